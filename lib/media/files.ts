import type { Refusal } from '#lib/errors.ts'
import { isPictureType, PICTURE_BYTES_MAX } from '#lib/media/schema.ts'
import { refusal } from '#lib/refusals.ts'

/** What a browser knows of a file before it reads it. */
export type FileFacts = { name: string; type: string; size: number }

/** What would be refused after the upload is refused before it: no byte is sent for nothing. */
export function refusalOf({ type, size }: FileFacts): Refusal | null {
  if (size === 0) return refusal('media_empty')
  if (!isPictureType(type)) return refusal('media_type_not_allowed', { found: type || 'of no known kind' })
  if (size > PICTURE_BYTES_MAX) {
    return refusal('media_too_large', { size_bytes: size, limit_bytes: PICTURE_BYTES_MAX })
  }
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
