import sharp from 'sharp'
import type { Colours, Motif } from './motifs/shapes.ts'

export type Picture = { motif: Motif; colours: Colours; format: keyof typeof FORMATS; alt: string }

const FORMATS = {
  square: { width: 1080, height: 1080, viewBox: '0 0 120 120' },
  wide: { width: 1200, height: 900, viewBox: '-20 0 160 120' },
} as const

/** A drawing as the JPEG that somebody's camera or designer would have handed in. */
export async function renderJpeg({ motif, colours, format }: Picture): Promise<Buffer> {
  const { width, height, viewBox } = FORMATS[format]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${viewBox}">${motif(colours)}</svg>`
  return sharp(Buffer.from(svg)).flatten({ background: colours.back }).jpeg({ quality: 90 }).toBuffer()
}
