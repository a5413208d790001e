/**
 * Motifs are drawn on a square of 120 by 120. A wide picture shows 20 more on either side, so grounds and
 * horizons run from -20 to 140.
 */
export type Colours = {
  /** What stands behind everything. */
  back: string
  /** What things stand on. */
  floor: string
  /** The thing itself, its shade, its light. */
  main: string
  shade: string
  light: string
  /** The one colour that speaks up. */
  accent: string
}

export type Motif = (colours: Colours) => string

export function backdrop(colour: string): string {
  return `<rect x="-20" width="160" height="120" fill="${colour}"/>`
}

export function floor(colour: string, y: number): string {
  return `<rect x="-20" y="${y}" width="160" height="${120 - y}" fill="${colour}"/>`
}

/** Strokes without a fill, with round ends: folds, spokes, steam. */
export function lines(colour: string, width: number, path: string): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
}

export function shape(colour: string, path: string): string {
  return `<path d="${path}" fill="${colour}"/>`
}

export function disc(colour: string, x: number, y: number, radius: number): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`
}

export function ring(colour: string, x: number, y: number, radius: number, width: number): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${colour}" stroke-width="${width}"/>`
}

export function box(colour: string, x: number, y: number, width: number, height: number, corner = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${corner}" fill="${colour}"/>`
}

export function moved(x: number, y: number, drawing: string, turn = 0): string {
  return `<g transform="translate(${x} ${y})${turn === 0 ? '' : ` rotate(${turn})`}">${drawing}</g>`
}
