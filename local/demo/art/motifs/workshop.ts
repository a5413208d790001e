import { backdrop, box, disc, floor, lines, type Motif, moved, ring, shape } from './shapes.ts'

function spokes(colour: string, radius: number, count: number): string {
  return Array.from({ length: count }, (_, n) => {
    const angle = (n * 2 * Math.PI) / count
    return lines(
      colour,
      0.8,
      `M0 0L${(Math.cos(angle) * radius).toFixed(1)} ${(Math.sin(angle) * radius).toFixed(1)}`,
    )
  }).join('')
}

export const bike: Motif = ({ back, floor: road, main, shade, light, accent }) => {
  const wheel = `${spokes(light, 20, 14)}${ring(shade, 0, 0, 21, 4.5)}${disc(shade, 0, 0, 3)}`
  return [
    backdrop(back),
    floor(road, 98),
    moved(28, 76, wheel),
    moved(94, 76, wheel),
    lines(main, 5, 'M28 76l17-32h33L60 76zM45 44l15 32M78 44l16 32'),
    lines(accent, 5, 'M44 40l-2-6'),
    lines(shade, 5, 'M34 33h16M76 40l-1-6M75 34h9c5 0 6 8 1 9'),
    disc(shade, 60, 76, 5.5),
    lines(shade, 3, 'M60 76l7 9M64 86h7'),
  ].join('')
}

export const frame: Motif = ({ back, main, shade, light, accent }) =>
  [
    backdrop(back),
    lines(shade, 1.2, 'M-20 30h160M-20 60h160M-20 90h160M0 0v120M30 0v120M60 0v120M90 0v120M120 0v120'),
    lines(main, 8, 'M8 88l34-50h44L58 88zM42 38l16 50M86 38l3 9M42 38l-3-11'),
    lines(main, 6, 'M89 47l18 41'),
    lines(light, 1.8, 'M9 84l32-47h42M45 42l14 42'),
    disc(accent, 58, 88, 6.5),
    disc(back, 58, 88, 3),
    disc(accent, 8, 88, 4.5),
    disc(accent, 107, 88, 4),
    lines(accent, 1.4, 'M58 104v8M8 104v8M8 108h50'),
  ].join('')

export const torch: Motif = ({ back, floor: bench, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(bench, 98),
    lines(shade, 14, 'M-20 78 72 66'),
    lines(shade, 14, 'M72 66 108-6'),
    disc(main, 72, 66, 15),
    shape(accent, 'M72 64c-18 0-26 12-34 34 4-4 6-4 8-2 2-6 6-8 9-7 3-7 10-10 17-25z'),
    shape(light, 'M71 66c-11 2-17 10-22 22 7-5 15-10 22-22z'),
    shape(shade, 'M36 92l12 9-20 26-14-8z'),
    ...[
      [88, 44],
      [98, 60],
      [92, 82],
      [54, 50],
      [108, 74],
      [80, 94],
    ].map(([x = 0, y = 0]) => disc(light, x, y, 1.6)),
    lines(accent, 1.4, 'M86 58l8-6M88 68l9 1M83 78l7 6'),
  ].join('')

export const wheel: Motif = ({ back, floor: stand, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(stand, 108),
    shape(shade, 'M22 112 52 58h16l30 54H86L60 70 34 112z'),
    moved(60, 56, `${spokes(light, 42, 28)}${ring(main, 0, 0, 44, 6)}${ring(light, 0, 0, 39, 1.2)}`),
    disc(shade, 60, 56, 7),
    disc(accent, 60, 56, 3.5),
    box(accent, 58, 96, 4, 7),
  ].join('')

export const mountain: Motif = ({ back, floor: water, main, shade, light, accent }) =>
  [
    backdrop(back),
    disc(accent, 92, 26, 10),
    shape(shade, 'M-20 84 22 30l30 38 26-30 62 54v10H-20z'),
    shape(light, 'M22 30l14 18-9-2-6 6-7-7zM78 38l14 12-9-1-5 5-8-6z'),
    shape(main, 'M-20 92c36-20 60-14 90-6s50 4 70-6v24H-20z'),
    floor(water, 98),
    lines(light, 1.6, 'M10 106h34M62 110h40M-12 114h26M100 104h22'),
    ring(shade, 50, 82, 4.5, 1.6),
    ring(shade, 64, 83, 4.5, 1.6),
    lines(accent, 1.8, 'M50 82l4-7h8l2 8M54 75l4 7'),
  ].join('')

export const bench: Motif = ({ back, floor: top, main, shade, light, accent }) =>
  [
    backdrop(back),
    box(shade, -4, 10, 128, 58, 2),
    lines(light, 4.5, 'M16 22v34'),
    ring(light, 16, 20, 5, 3.6),
    lines(light, 4, 'M36 26v32'),
    box(light, 29, 18, 14, 10, 2),
    lines(accent, 4.5, 'M56 40v20'),
    lines(light, 3, 'M56 18v22'),
    ring(light, 84, 36, 14, 3),
    lines(light, 1.4, 'M84 22v28M70 36h28'),
    lines(accent, 4, 'M110 20v18'),
    lines(light, 3, 'M110 38v20'),
    floor(top, 82),
    box(main, -20, 78, 160, 7),
    box(accent, 18, 62, 28, 17, 2),
    lines(shade, 2, 'M18 70h28'),
    shape(main, 'M80 78V64h8v-6h18v6h8v14z'),
    lines(shade, 3, 'M76 62h42'),
  ].join('')

export const rider: Motif = ({ back, floor: road, main, shade, light, accent }) =>
  [
    backdrop(back),
    shape(light, 'M-20 86c30-26 60-30 90-14s50 8 70-2v50H-20z'),
    shape(road, 'M-20 104c50-12 110-12 160-2v18H-20z'),
    ring(shade, 36, 88, 17, 4),
    ring(shade, 92, 86, 17, 4),
    lines(main, 4.4, 'M36 88l14-27h26L62 88zM76 61l16 25M76 61l-2-8'),
    lines(accent, 11, 'M50 50 70 31'),
    lines(accent, 7, 'M70 33l8 18'),
    lines(shade, 10, 'M51 53l16 12-4 24'),
    lines(shade, 6, 'M61 91h9'),
    disc('#e5a683', 80, 22, 8),
    shape(main, 'M70 20c1-13 19-13 21 0-6-1-14 2-21 0z'),
  ].join('')

export const tubes: Motif = ({ back, floor: rack, main, shade, light, accent }) =>
  [
    backdrop(back),
    box(rack, -20, 24, 160, 8),
    box(rack, -20, 88, 160, 8),
    ...[0, 1, 2, 3, 4, 5].map((n) => {
      const colour = [main, shade, accent, main, light, shade][n] ?? main
      const x = 8 + n * 18
      return `${box(colour, x, 8 + (n % 3) * 5, 12, 100 - (n % 2) * 8, 6)}${lines(light, 1.4, `M${x + 3.5} ${20 + (n % 3) * 5}v${60 - (n % 2) * 8}`)}`
    }),
  ].join('')

export const nightWindow: Motif = ({ back, floor: street, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(street, 104),
    disc(light, 106, 18, 7),
    disc(back, 103, 16, 6),
    box(shade, 12, 24, 96, 80),
    box(main, 20, 34, 80, 50, 1),
    shape(accent, 'M60 34 84 84H36z'),
    lines(shade, 2.4, 'M46 34v50M74 34v50M20 58h80'),
    lines(shade, 3, 'M38 84l9-18h16l-8 18zM47 66l8 18M63 66l9 18'),
    ring(shade, 38, 84, 9, 2.4),
    ring(shade, 72, 84, 9, 2.4),
    box(shade, 16, 84, 88, 20),
    lines(light, 2, 'M24 94h30M62 94h18'),
  ].join('')
