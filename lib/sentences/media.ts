import { duration, type Facts, fact, megabytes, type Sentence } from './facts.ts'

const KINDS: Record<string, string> = {
  'application/pdf': 'a PDF',
  'application/x-msdownload': 'a Windows program',
  'application/zip': 'a ZIP archive',
  'image/avif': 'an AVIF',
  'image/bmp': 'a bitmap',
  'image/gif': 'a GIF',
  'image/heic': 'a HEIC',
  'image/heif': 'a HEIF',
  'image/jpeg': 'a JPEG',
  'image/png': 'a PNG',
  'image/svg+xml': 'an SVG',
  'image/tiff': 'a TIFF',
  'image/webp': 'a WebP',
}

/** What people call a file of this type; nobody has to read "application/x-msdownload". */
function fileKind(facts: Facts, name: string, otherwise: string): string {
  const type = fact(facts, name, otherwise)
  if (type === 'video/mp4' || type === 'video/quicktime') return 'a video'
  if (type.startsWith('video/')) return 'a video of another kind'
  if (type.startsWith('audio/')) return 'a sound'
  return KINDS[type] ?? (type.includes('/') ? otherwise : type)
}

const TAKEN = 'Use a JPEG, PNG, WebP or GIF, or an MP4 or MOV video.'

/** Uploads and what their check found. */
export const media: Record<string, Sentence> = {
  media_too_many_waiting: (f) =>
    `This brand has ${fact(f, 'limit', 'many')} files whose upload or check has not ended. Wait until some are done, then add this one.`,
  media_not_found: 'This file is not here, or it is not yours to see.',
  media_not_uploaded: 'The file did not arrive. Upload it again.',
  media_missing: 'The file did not arrive whole. Upload it again.',
  media_in_use: (f) =>
    `This file is in ${fact(f, 'posts', 'other')} ${f.posts === 1 ? 'post that is' : 'posts that are'} still to go out, so it stays.`,
  media_duplicate: 'This file is in the library already. Use that one.',
  media_empty: 'This file is empty. Choose another.',
  media_too_large: (f) =>
    `${f.kind === 'video' ? 'A video' : 'A picture'} may weigh up to ${megabytes(f, 'limit_bytes', f.kind === 'video' ? '300 MB' : '30 MB')}; this one weighs ${megabytes(f, 'size_bytes', 'more')}. Make it smaller, then upload it again.`,
  media_too_many_pixels: (f) =>
    `This picture has ${fact(f, 'width', 'too many')} by ${fact(f, 'height', 'too many')} pixels, more than we can open. Make it smaller.`,
  media_type_unknown: `This file is no picture and no video, whatever its name says. ${TAKEN}`,
  media_type_not_allowed: (f) =>
    `This file is ${fileKind(f, 'found', 'of a kind we do not know')}, which we do not take. ${TAKEN}`,
  media_type_mismatch: (f) =>
    `The name says ${fileKind(f, 'claimed', 'one thing')}, but the file is ${fileKind(f, 'found', 'something else')}. Upload the file itself.`,
  media_unreadable: 'This picture is damaged and cannot be opened. Export it again, then upload it.',
  video_unreadable: 'This video is damaged or breaks off. Export it again, then upload it.',
  video_without_pictures: 'This video holds sound alone. Export it with its pictures, then upload it.',
  video_too_long: (f) =>
    `A video may run for up to ${duration(f, 'limit_ms', '15 minutes')}; this one runs for ${duration(f, 'duration_ms', 'longer')}. Cut it, then upload it again.`,
  quota_exceeded: (f) =>
    `The brand’s storage is full: ${megabytes(f, 'used_bytes', 'all')} of ${megabytes(f, 'limit_bytes', 'it')} are used. Delete what is not needed, or ask for more.`,
}
