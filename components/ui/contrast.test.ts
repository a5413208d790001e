import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast } from './colour.ts'

/** WCAG 2.2 AA: text 4.5, edges and marks that carry meaning 3. */
const TEXT = 4.5
const MARK = 3

const css = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8')
const PAIR = /--([\w-]+):\s*light-dark\(\s*oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\s*\)/g
const tokens = new Map(
  [...css.matchAll(PAIR)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light: toHex(light), dark: toHex(dark) },
  ]),
)

/** OKLCH to sRGB by Björn Ottosson's matrices, clipped as browsers clip. */
function toHex(oklch: string): string {
  const [lightness = 0, chroma = 0, hue = 0] = (oklch.split('/')[0] ?? '').trim().split(/\s+/).map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const channels = linear.map((value) => {
    const c = Math.min(1, Math.max(0, value))
    const encoded = c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${channels.join('')}`
}

const grounds = ['paper', 'sheet', 'raised', 'sunk']
const washes = ['pencil', 'pass', 'stop', 'warn', 'internal', 'client', 'agency'].map(
  (name) => `${name}-wash`,
)
const statuses = [
  'draft',
  'review',
  'changes',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'failed',
  'unknown',
  'archived',
]
const on = (bar: number, ink: string, ...under: string[]) =>
  under.map((ground) => [ink, ground, bar] as const)

const pairs = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((ink) => on(TEXT, ink, ...grounds)),
  ...['ink', 'ink-2'].flatMap((ink) => on(TEXT, ink, ...washes)),
  ...['pencil', 'pass', 'stop', 'warn'].flatMap((ink) =>
    on(TEXT, ink, 'paper', 'sheet', 'raised', `${ink}-wash`),
  ),
  ...['internal', 'client'].flatMap((ink) => on(TEXT, ink, `${ink}-wash`, 'sheet')),
  ...statuses.flatMap((status) => on(TEXT, `st-${status}`, 'sheet', 'paper', `st-${status}-wash`)),
  ...['on-blotter', 'on-blotter-2'].flatMap((ink) => on(TEXT, ink, 'blotter', 'blotter-2')),
  ...['pass', 'act', 'stop', 'agency', 'agency-bar'].flatMap((ground) => on(TEXT, `on-${ground}`, ground)),
  ...on(TEXT, 'agency', 'sheet', 'agency-wash'),
  ...on(TEXT, 'sheet', 'client', 'ink'),
  ...on(TEXT, 'paper', 'ink'),
  ...on(MARK, 'edge', 'sheet', 'paper'),
  ...on(MARK, 'pencil-mark', 'sheet'),
  ...on(MARK, 'client-edge', 'sheet'),
  ...[1, 2, 3, 4].flatMap((number) => on(MARK, `chart-${number}`, 'sheet')),
]

test.each(['light', 'dark'] as const)('every ink can be read on every ground it stands on, %s', (theme) => {
  const belowBar = pairs.flatMap(([ink, ground, bar]) => {
    const ratio = contrast(hexOf(ink, theme), hexOf(ground, theme))
    return ratio < bar ? [`${ink} on ${ground}: ${ratio.toFixed(2)}, needs ${bar}`] : []
  })
  expect(belowBar).toEqual([])
  expect(pairs.length).toBeGreaterThan(95)
})

function hexOf(token: string, theme: 'light' | 'dark'): string {
  const hex = tokens.get(token)?.[theme]
  if (!hex) throw new Error(`app/tokens.css has no --${token}`)
  return hex
}
