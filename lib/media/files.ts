import type { Refusal } from '#lib/errors.ts'
import { mediaKind, mediaTypes, PICTURE_BYTES_MAX, VIDEO_BYTES_MAX } from '#lib/media/schema.ts'
import { refusal } from '#lib/refusals.ts'

/** What a browser knows of a file before it reads it. */
export type FileFacts = { name: string; type: string; size: number }

/** What would be refused after the upload is refused before it: no byte is sent for nothing. */
export function refusalOf({ type, size }: FileFacts): Refusal | null {
  if (size === 0) return refusal('media_empty')
  if (!mediaTypes.includes(type)) {
    return refusal('media_type_not_allowed', { found: type || 'of no known kind' })
  }
  const kind = mediaKind(type)
  const limit = kind === 'video' ? VIDEO_BYTES_MAX : PICTURE_BYTES_MAX
  if (size > limit) return refusal('media_too_large', { kind, size_bytes: size, limit_bytes: limit })
  return null
}

const NAME_MAX = 120

/** A file's name as the store takes it: plain letters, and its ending kept however long it is. */
export function storedName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+/, '')
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 ? plain.slice(dot).slice(0, 20) : ''
  const stem = dot > 0 ? plain.slice(0, dot) : plain
  return (stem.slice(0, NAME_MAX - ending.length) || 'file') + ending
}

/** The name people see: what the file was called, cut where the library's limit is. */
export function shownName(name: string): string {
  return name.trim().slice(0, 200) || 'file'
}
