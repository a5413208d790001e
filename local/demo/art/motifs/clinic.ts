import { backdrop, box, disc, floor, lines, type Motif, moved, ring, shape } from './shapes.ts'

export const knee: Motif = ({ back, floor: couch, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(couch, 102),
    shape(main, 'M28-2h40l5 46c2 8 2 16-1 24l-9 40 14 8v6H34c-4-18-5-34-8-52-2-10 0-18 2-26z'),
    shape(shade, 'M52-2h16l5 46c2 8 2 16-1 24l-9 40 14 8v6H58c2-26 8-44 4-70-3-18-6-30-10-52z'),
    shape(accent, 'M25 46c14 6 34 6 48 0 1 10 0 18-2 26-14 6-30 6-45 0-2-9-2-18-1-26z'),
    lines(light, 3, 'M26 54c14 6 32 6 47 0M25 62c15 6 32 6 47 0M26 70c14 5 30 5 45 0'),
    disc(light, 100, 30, 9),
    lines(accent, 3, 'M96 30h8M100 26v8'),
  ].join('')

export const mat: Motif = ({ back, floor: room, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(room, 84),
    disc(light, 116, 24, 10),
    shape(accent, 'M0 90h120l8 12H-8z'),
    lines(shade, 13, 'M94 87 62 84 40 60'),
    lines(main, 9, 'M44 64 66 48 84 40'),
    lines(main, 10, 'M96 88l12-2'),
    lines(shade, 9, 'M62 85 36 87'),
    disc(main, 30, 47, 9.5),
    shape(shade, 'M21 44c2-9 16-9 19 0-6 0-12-2-19 0z'),
  ].join('')

export const stairs: Motif = ({ back, floor: hall, main, shade, light, accent }) =>
  [
    backdrop(back),
    shape(hall, 'M-20 120V104h34V84h26V64h26V44h26V24h68v96z'),
    lines(light, 2.6, 'M-20 104h34M14 84h26M40 64h26M66 44h26M92 24h48'),
    lines(shade, 3, 'M4 60 96-20M4 60v44M80-6v50'),
    lines(shade, 11, 'M36 46 31 64l-3 14'),
    lines(accent, 11, 'M37 46l17 1v10'),
    lines(accent, 13, 'M37 44l4-20'),
    lines(main, 5.5, 'M42 26l14 12 8-6'),
    disc(main, 45, 11, 8),
    shape(shade, 'M36 10c0-10 16-12 18-2-6-1-12 0-18 2z'),
    lines(light, 5.5, 'M27 81.5h9M54 61.5h8'),
  ].join('')

export const desk: Motif = ({ back, floor: room, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(room, 100),
    box(light, 8, 14, 30, 36, 2),
    lines(back, 2, 'M23 14v36M8 32h30'),
    box(shade, 52, 58, 72, 6, 2),
    lines(shade, 5, 'M62 64v38M116 64v38'),
    box(main, 72, 24, 38, 25, 2),
    box(light, 75, 27, 32, 19, 1),
    lines(main, 5, 'M91 49v8'),
    box(accent, 16, 72, 32, 7, 3),
    lines(accent, 6, 'M18 73c-2-12-2-20 0-30'),
    lines(shade, 4, 'M32 79v16M20 100c2-5 22-5 24 0'),
    lines(main, 2, 'M50 58V30M47 33l3-3 3 3M47 55l3 3 3-3'),
  ].join('')

export const chair: Motif = ({ back, floor: room, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(room, 98),
    `<ellipse cx="60" cy="104" rx="44" ry="6" fill="${shade}" opacity=".35"/>`,
    shape(main, 'M38 14c14-5 30-5 44 0 3 14 3 28-2 42H40c-5-14-5-28-2-42z'),
    shape(light, 'M45 21c10-3 20-3 30 0 2 9 2 18-1 27H46c-3-9-3-18-1-27z'),
    lines(shade, 5, 'M60 54v12'),
    box(accent, 32, 62, 56, 11, 5),
    lines(shade, 5, 'M60 73v16M60 88 34 100M60 88l26 12M60 88v14M30 60v-8M90 60v-8'),
    disc(shade, 34, 102, 4),
    disc(shade, 86, 102, 4),
    disc(shade, 60, 104, 4),
  ].join('')

export const spine: Motif = ({ back, floor: ground, main, shade, light, accent }) => {
  const bones = [22, 33, 44, 55, 66, 77, 88].map((y, n) =>
    moved(60 + Math.sin(n / 1.3) * 3, y, box(light, -6.5, -4, 13, 8, 3.5)),
  )
  return [
    backdrop(back),
    shape(ground, 'M-20 120c30-24 130-24 160 0z'),
    shape(main, 'M38 120c2-30-14-46-12-66 3-24 20-34 34-34s31 10 34 34c2 20-14 36-12 66z'),
    shape(
      shade,
      'M26 54c-3-10 0-20 6-25-1 14 1 30 6 47-6-8-10-14-12-22zM94 54c3-10 0-20-6-25 1 14-1 30-6 47 6-8 10-14 12-22z',
    ),
    disc(accent, 60, 9, 14),
    ...bones,
    lines(shade, 2.6, 'M34 60c8 6 13 6 18 2M86 60c-8 6-13 6-18 2'),
  ].join('')
}

export const door: Motif = ({ back, floor: street, main, shade, light, accent }) =>
  [
    backdrop(back),
    ...[16, 34, 52, 70, 88].map((y) => lines(shade, 0.9, `M-20 ${y}h50M90 ${y}h50`)),
    floor(street, 106),
    box(light, 32, 14, 56, 92, 2),
    box(main, 38, 34, 44, 72),
    shape(accent, 'M38 31c2-18 42-18 44 0z'),
    lines(light, 1.5, 'M60 18v13M48 21l5 10M72 21l-5 10'),
    box(shade, 44, 42, 14, 22, 1),
    box(shade, 62, 42, 14, 22, 1),
    box(shade, 44, 72, 32, 24, 1),
    disc(accent, 76, 69, 2.2),
    box(light, 98, 34, 24, 18, 2),
    lines(main, 3, 'M104 43h12M110 37v12'),
    shape(street, 'M26 106h68l6 8H20z'),
  ].join('')

export const shoe: Motif = ({ back, floor: track, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(track, 88),
    lines(light, 2, 'M-20 104h160'),
    shape(main, 'M20 46c10 5 18 2 24-6 10 16 26 26 48 30 12 2 18 8 17 18H16c-3-14-2-28 4-42z'),
    shape(light, 'M14 84h96c1 6-3 9-8 9H22c-6 0-8-4-8-9z'),
    shape(accent, 'M20 46c10 5 18 2 24-6l6 9c-8 12-20 18-33 16 0-7 1-13 3-19z'),
    lines(light, 3, 'M52 52l-8 8M60 59l-8 8M69 64l-7 8'),
    lines(shade, 3.4, 'M74 84c2-8 10-13 20-13'),
    lines(accent, 3, 'M-14 62h18M-10 74h12M-16 50h14'),
  ].join('')

export const bicycleClinic: Motif = ({ back, floor: room, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(room, 100),
    ring(shade, 28, 78, 20, 4),
    ring(shade, 94, 78, 20, 4),
    lines(accent, 4, 'M28 78l18-28h30L60 78zM46 50l14 28M76 50l18 28M42 45h12M74 42l10-3'),
    lines(main, 10, 'M50 40 72 26'),
    lines(main, 7, 'M71 27l11 14'),
    lines(light, 9, 'M51 42l14 14-7 20'),
    disc(main, 82, 17, 8),
    shape(accent, 'M73 15c1-11 17-12 19-1-6 1-12 0-19 1z'),
  ].join('')
