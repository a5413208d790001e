import { backdrop, box, disc, floor, lines, type Motif, moved, shape } from './shapes.ts'

export const loaf: Motif = ({ back, floor: board, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(board, 84),
    box(accent, -2, 82, 124, 9, 3),
    shape(shade, 'M16 83c-5-27 14-46 44-46s49 19 44 46z'),
    shape(main, 'M24 79c-2-19 12-35 36-35s38 16 36 35z'),
    lines(light, 4, 'M40 51c7 8 8 18 3 27M60 47c7 8 7 22 2 31M79 52c6 8 5 17 2 25'),
  ].join('')

export const slices: Motif = ({ back, floor: board, main, shade, light, accent }) => {
  const slice = [
    shape(shade, 'M-17 30c-9-4-8-22 0-27 2-13 32-13 34 0 8 5 9 23 0 27z'),
    shape(light, 'M-13 26c-6-4-6-16 1-20 2-9 22-9 24 0 7 4 7 16 1 20z'),
    disc(main, -4, 12, 2),
    disc(main, 5, 17, 2.4),
    disc(main, -7, 20, 1.5),
    disc(main, 3, 7, 1.4),
  ].join('')
  return [
    backdrop(back),
    floor(board, 70),
    box(accent, -4, 78, 128, 14, 4),
    shape(shade, 'M4 80C0 56 10 42 32 42h12v38z'),
    shape(main, 'M9 76C6 58 14 47 32 47h8v29z'),
    moved(54, 49, slice, -6),
    moved(82, 52, slice, 8),
  ].join('')
}

export const croissant: Motif = ({ back, floor: plate, main, shade, light }) =>
  [
    backdrop(back),
    disc(plate, 60, 64, 46),
    `<circle cx="60" cy="64" r="38" fill="none" stroke="${light}" stroke-width="1.5" opacity=".6"/>`,
    shape(
      main,
      'M22 76c2-28 18-41 38-41s36 13 38 41c-8 5-15 0-18-8-4-9-11-13-20-13s-16 4-20 13c-3 8-10 13-18 8z',
    ),
    lines(shade, 3.4, 'M45 39l4 17M60 36v18M75 39l-4 17M31 52l11 11M89 52 78 63M24 68l11 4M96 68l-11 4'),
    lines(light, 1.6, 'M38 44l3 6M53 40l2 6M68 40l-1 6'),
  ].join('')

export const tray: Motif = ({ back, floor: sheet, main, shade, light }) => {
  const bake = [
    shape(main, 'M-15 8c3-20 27-20 30 0-8 6-22 6-30 0z'),
    lines(shade, 2.6, 'M-6-3l1 9M6-3l-1 9M0-6v12'),
    lines(light, 1.4, 'M-10 3c1-3 2-5 4-7'),
  ].join('')
  const rows = [34, 62, 90].flatMap((y) => [30, 60, 90].map((x) => moved(x, y, bake)))
  return [backdrop(back), box(shade, 6, 12, 108, 98, 7), box(sheet, 11, 17, 98, 88, 3), ...rows].join('')
}

export const buns: Motif = ({ back, floor: paper, main, shade, light }) => {
  const bun = [
    disc(main, 0, 0, 21),
    lines(shade, 3.6, 'M13 3A13 13 0 1 1 1-13M7 1A7 7 0 1 1 0-6M13 3c1-5-1-11-6-14'),
    disc(light, -7, -10, 1.7),
    disc(light, 9, 9, 1.7),
    disc(light, -10, 6, 1.4),
  ].join('')
  return [
    backdrop(back),
    shape(paper, 'M6 18 104 8l10 96-100 8z'),
    moved(37, 42, bun),
    moved(84, 37, bun, 60),
    moved(41, 86, bun, 130),
    moved(87, 83, bun, 210),
  ].join('')
}

export const pie: Motif = ({ back, floor: table, main, shade, light, accent }) => {
  const bars = (turn: number) =>
    moved(60, 61, [-22, -7, 8, 23].map((x) => box(light, x - 3, -36, 6.5, 72, 1)).join(''), turn)
  const crimps = Array.from({ length: 24 }, (_, n) => moved(60, 61, disc(main, 0, -42, 5.2), n * 15))
  return [
    backdrop(back),
    shape(table, 'M-20 92c50-14 110-14 160 2v26H-20z'),
    disc(shade, 60, 64, 49),
    ...crimps,
    disc(main, 60, 61, 42),
    `<clipPath id="lid"><circle cx="60" cy="61" r="36"/></clipPath>`,
    `<g clip-path="url(#lid)">${disc(accent, 60, 61, 36)}${bars(45)}${bars(-45)}</g>`,
  ].join('')
}

export const shopFront: Motif = ({ back, floor: street, main, shade, light, accent }) => {
  const stripes = [0, 1, 2, 3, 4].map((n) => {
    const [left, right] = [10 + n * 20, 20 + n * 20]
    const [low, lowRight] = [4 + n * 22.4, 15.2 + n * 22.4]
    return shape(light, `M${left} 34h${right - left}L${lowRight} 57H${low}z`)
  })
  return [
    backdrop(back),
    floor(street, 108),
    box(light, 10, 30, 100, 78),
    box(accent, 26, 18, 68, 12, 2),
    shape(main, 'M10 34h100l6 23H4z'),
    ...stripes,
    box(shade, 76, 66, 22, 42),
    disc(accent, 94, 88, 1.8),
    box(shade, 20, 66, 46, 30, 1),
    box(back, 22.5, 68.5, 41, 25),
    lines(accent, 6, 'M28 90h6M40 90h6M52 90h6'),
    lines(light, 1.4, 'M43 69v24'),
    box(street, 106, 92, 10, 16, 1),
    disc(main, 111, 88, 7),
  ].join('')
}

export const flourSack: Motif = ({ back, floor: shelf, main, shade, light, accent }) => {
  const ear = [
    lines(accent, 2.2, 'M0 20V-18'),
    ...[-12, -3, 6].map((y) =>
      shape(accent, `M0 ${y + 6}c-8 0-11-4-12-9 7 0 11 3 12 9zM0 ${y + 6}c8 0 11-4 12-9-7 0-11 3-12 9z`),
    ),
    shape(accent, 'M0-14c-4-4-4-8 0-12 4 4 4 8 0 12z'),
  ].join('')
  return [
    backdrop(back),
    floor(shelf, 100),
    shape(shade, 'M84 58l20 2 6 44H82z'),
    shape(main, 'M28 34c10-7 54-7 64 0l8 70H20z'),
    shape(light, 'M36 34c2-13 46-13 48 0-12 6-36 6-48 0z'),
    lines(shade, 1.6, 'M30 46c20 5 40 5 60 0'),
    moved(60, 76, ear),
  ].join('')
}

export const hands: Motif = ({ back, floor: table, main, shade, light }) =>
  [
    backdrop(back),
    floor(table, 74),
    disc(light, 20, 92, 3),
    disc(light, 98, 98, 2.4),
    disc(light, 84, 108, 1.8),
    disc(light, 36, 106, 2),
    shape(light, 'M26 78c0-20 14-31 34-31s34 11 34 31c-14 10-54 10-68 0z'),
    lines(shade, 2, 'M40 62c12-8 28-8 40 0'),
    shape(
      main,
      'M-20 96V60c18-12 34-16 48-8 8 5 16 12 22 15 3 3-2 8-7 6l-13-5 10 12c2 4-3 7-7 4L20 74c-8 2-14 12-14 24z',
    ),
    shape(
      shade,
      'M140 96V60c-18-12-34-16-48-8-8 5-16 12-22 15-3 3 2 8 7 6l13-5-10 12c-2 4 3 7 7 4l13-10c8 2 14 12 14 24z',
    ),
  ].join('')

export const mill: Motif = ({ back, floor: field, main, shade, light, accent }) =>
  [
    backdrop(back),
    disc(accent, 100, 26, 11),
    shape(field, 'M-20 96c40-16 110-18 160-4v28H-20z'),
    shape(light, 'M42 98 50 46h20l8 52z'),
    shape(main, 'M48 46c4-13 20-13 24 0z'),
    box(shade, 55, 80, 11, 18, 5),
    box(shade, 57, 58, 6, 8, 1),
    ...[40, 130, 220, 310].map((turn) =>
      moved(
        60,
        42,
        `${lines(shade, 3, 'M0 0V-40')}${box(main, 1, -39, 10, 27)}${lines(light, 1, 'M1-33h10M1-26h10M1-19h10')}`,
        turn,
      ),
    ),
    disc(shade, 60, 42, 4.5),
  ].join('')

export const oven: Motif = ({ back, floor: hearth, main, shade, light, accent }) =>
  [
    backdrop(back),
    ...[0, 1, 2, 3, 4].map((row) =>
      lines(
        shade,
        1.5,
        `M-20 ${row * 22 + 10}h160M${row % 2 ? -6 : 10} ${row * 22 + 10}v22M${row % 2 ? 122 : 108} ${row * 22 + 10}v22`,
      ),
    ),
    shape(hearth, 'M8 104c0-46 16-78 52-78s52 32 52 78z'),
    shape('#1c110c', 'M20 104c0-38 12-64 40-64s40 26 40 64z'),
    shape(main, 'M32 104c-2-22 10-26 15-40 8 8 7 16 13 20 3-4 7-14 11-24 6 10 17 24 17 44z'),
    shape(accent, 'M44 104c0-16 7-18 10-28 6 7 5 12 10 15 3-4 4-9 6-14 5 9 8 16 8 27z'),
    box(shade, 0, 102, 120, 9, 1),
    shape(light, 'M46 102c0-8 7-12 15-12s15 4 15 12z'),
  ].join('')

export const card: Motif = ({ back, floor: paper, main, shade, accent }) =>
  [
    backdrop(back),
    moved(
      60,
      60,
      [
        box(shade, -38, -43, 80, 92, 2),
        box(paper, -42, -47, 80, 92, 2),
        box(accent, -32, -36, 34, 8),
        lines(main, 3.4, 'M-31-16h50M-31-4h56M-31 8h44M-31 20h52'),
        disc(accent, 22, 32, 7),
      ].join(''),
      -5,
    ),
  ].join('')

export const soup: Motif = ({ back, floor: table, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(table, 78),
    lines(light, 3, 'M44 34c-6-8 6-12 0-20M60 30c-6-8 6-12 0-20M76 34c-6-8 6-12 0-20'),
    shape(shade, 'M18 54h84c0 28-16 44-42 44S18 82 18 54z'),
    `<ellipse cx="60" cy="54" rx="42" ry="12" fill="${light}"/>`,
    `<ellipse cx="60" cy="55" rx="36" ry="9" fill="${accent}"/>`,
    lines(light, 2.4, 'M40 55c8-5 14 4 22 0 6-3 10 2 16-1'),
    box(shade, 44, 96, 32, 5, 2),
    shape(main, 'M86 98c-1-13 8-20 20-20s20 7 19 20z'),
    lines(light, 2.4, 'M98 83l4 8M108 82l3 8'),
  ].join('')

export const cup: Motif = ({ back, floor: table, main, shade, light, accent }) =>
  [
    backdrop(back),
    floor(table, 92),
    shape(main, 'M36 34h48l-7 68H43z'),
    box(light, 31, 24, 58, 11, 3),
    shape(shade, 'M38.5 56h43l-2.5 25H41z'),
    moved(60, 68, shape(light, 'M-8 6c-2-11 4-15 8-15s10 4 8 15z')),
    lines(light, 2.6, 'M54 14c-5-6 5-9 0-15M67 14c-5-6 5-9 0-15'),
    `<ellipse cx="100" cy="100" rx="15" ry="6" fill="${accent}"/>`,
    shape(shade, 'M88 98c2-10 22-10 24 0-6 4-18 4-24 0z'),
  ].join('')
