import { z } from 'zod'
import { mediaKind } from './schema.ts'

const variants = z.array(z.looseObject({ size: z.string(), path: z.string() })).catch([])

/** What a list shows of a file: the picture, or a video's still; null where its browser could draw none. */
export function stillPathOf(file: {
  path: string
  mime_type: string | null
  variants: unknown
}): string | null {
  if (mediaKind(file.mime_type) === 'image') return file.path
  return variants.parse(file.variants).find(({ size }) => size === 'poster')?.path ?? null
}
