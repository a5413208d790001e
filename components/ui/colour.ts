/**
 * Colours that people bring (a brand's, an agency's) and the ink that can be read on them.
 * WCAG 2 relative luminance and contrast.
 */
const HEX = /^#?([0-9a-f]{6})$/i

function channels(hex: string): number[] | null {
  const digits = HEX.exec(hex.trim())?.[1]
  if (!digits) return null
  const value = Number.parseInt(digits, 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const toHex = (rgb: readonly number[]) =>
  `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`

function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((channel) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(a: string, b: string): number {
  const [x, y] = [channels(a), channels(b)]
  if (!x || !y) return 1
  const [one, other] = [luminance(x), luminance(y)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** Light or dark ink: one of the two always reaches 4.5 on any ground. */
export function inkOn(ground: string): '#ffffff' | '#000000' {
  return contrast(ground, '#ffffff') >= 4.5 ? '#ffffff' : '#000000'
}

/** The colour as #rrggbb, or null where it is none: what a person typed is never put into a style unread. */
export function hexColour(colour: string | null | undefined): string | null {
  const rgb = colour ? channels(colour) : null
  return rgb && toHex(rgb)
}

function mix(colour: string, other: string, share: number): string {
  const [a, b] = [channels(colour), channels(other)]
  return a && b ? toHex(a.map((c, i) => c + ((b[i] ?? 0) - c) * share)) : colour
}

/** Moves a colour towards black or white in small steps until it reads on the ground. */
function readableOn(colour: string, ground: string, towards: string, ratio: number): string {
  let shade = colour
  for (let step = 1; step <= 20 && contrast(shade, ground) < ratio; step++)
    shade = mix(colour, towards, step / 20)
  return shade
}

export type AgencyInks = {
  /** The portal's bar, dark in both themes, and what is written on it. */
  bar: string
  onBar: string
  /** The tab mark, pins and pressed things on light and on dark paper. */
  onLight: string
  onDark: string
}

/** An agency's colour made safe: where it can't be read it is deepened or lifted; without one, null (ink). */
export function agencyInks(colour: string | null | undefined): AgencyInks | null {
  const own = hexColour(colour)
  if (!own) return null
  return {
    bar: readableOn(own, '#f7faf8', '#000000', 5.5),
    onBar: '#f7faf8',
    onLight: readableOn(own, '#f1f5f2', '#000000', 4.5),
    onDark: readableOn(own, '#1b2320', '#ffffff', 4.5),
  }
}
