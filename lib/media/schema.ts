import { z } from 'zod'

/** Files we take, by what people call them. The database and the worker refuse every other kind. */
export const pictureKinds = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
} as const
export const videoKinds = { 'video/mp4': 'MP4', 'video/quicktime': 'MOV' } as const
export const mediaTypes = [...Object.keys(pictureKinds), ...Object.keys(videoKinds)]

/** The database's own limits. */
export const PICTURE_BYTES_MAX = 30 * 1024 * 1024
export const VIDEO_BYTES_MAX = 300 * 1024 * 1024
export const ALT_TEXT_MAX = 1000

export type MediaKind = 'image' | 'video'

export function mediaKind(mimeType: string | null): MediaKind {
  return mimeType?.startsWith('video/') ? 'video' : 'image'
}

export function kind(mimeType: string | null): string {
  if (mimeType === null) return 'of no known kind'
  const names: Record<string, string> = { ...pictureKinds, ...videoKinds }
  return names[mimeType] ?? mimeType
}

const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

// Limits are set in powers of two, so that 30 MB and 5 GB read as what was set.
const KIB = 1024
const MIB = 1024 * KIB
const GIB = 1024 * MIB

/** Bytes as people weigh files: "3.1 MB", "412 kB". */
export function weight(bytes: number): string {
  if (bytes >= GIB) return `${figures.format(bytes / GIB)} GB`
  if (bytes >= MIB) return `${figures.format(bytes / MIB)} MB`
  return `${figures.format(Math.ceil(bytes / KIB))} kB`
}

export const mediaShelves = ['library', 'unused', 'undescribed', 'refused', 'archived'] as const
export type MediaShelf = (typeof mediaShelves)[number]

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

/** The library's address: unknown values fall back to everything usable, newest first. */
export const mediaFilter = z.object({
  shelf: z.preprocess(oneOf, z.enum(mediaShelves).catch('library')).default('library'),
  q: z.preprocess(oneOf, z.string().trim().max(100).catch('')).default(''),
  after: z.preprocess(oneOf, z.string().optional().catch(undefined)),
  /** The file that is open beside the grid. */
  asset: z.preprocess(oneOf, z.uuid().optional().catch(undefined)),
})
export type MediaFilter = z.infer<typeof mediaFilter>

/** The library's address with this filter, and with one file open where one is named. */
export function mediaAddress(
  brandSlug: string,
  { shelf, q, after }: Omit<MediaFilter, 'asset'>,
  { asset }: { asset?: string } = {},
): string {
  const parameters = new URLSearchParams()
  if (shelf !== 'library') parameters.set('shelf', shelf)
  if (q) parameters.set('q', q)
  if (after) parameters.set('after', after)
  if (asset) parameters.set('asset', asset)
  const base = `/brands/${brandSlug}/media`
  return parameters.size > 0 ? `${base}?${parameters}` : base
}

export const altText = z.object({
  assetId: z.uuid(),
  altText: z.string().trim().max(ALT_TEXT_MAX, 'An alt text holds up to 1,000 characters.'),
})
export const assetChoice = z.object({ assetId: z.uuid() })
