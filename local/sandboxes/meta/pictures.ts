import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Meta } from './graph/call.ts'
import { forBrowser } from './images.ts'

const ADDRESS = /^\/([vpmo])\/(\d+)(_n|_poster|_first)?\.(?:jpg|png|mp4)$/

/** scontent.xx.fbcdn.net: pictures and films, published or staged, and each account's own mark. */
export async function answerPicture(meta: Meta, request: Request): Promise<Response> {
  const [, shelf, id = '', suffix] = ADDRESS.exec(new URL(request.url).pathname) ?? []
  const isPoster = suffix === '_poster'
  switch (shelf) {
    case 'v':
      return photoOf(meta, id)
    case 'p':
      return meta.world.page(id) || meta.world.instagram(id)?.id === id
        ? fileResponse(await markOf(id), 'image/png')
        : notFound()
    case 'm': {
      const media = meta.media.byId(id)
      if (!media) return notFound()
      if (suffix === '_first') return stillOfFirst(meta, media.id)
      return isPoster ? posterOf(meta, media.cover, media.file) : fileOf(meta, media.file, request)
    }
    case 'o': {
      const video = meta.videos.byId(id)
      if (!video) return notFound()
      return isPoster ? posterOf(meta, null, video.file) : fileOf(meta, video.file, request)
    }
    default:
      return notFound()
  }
}

/** The first item of a carousel, standing still. */
function stillOfFirst(meta: Meta, id: string): Promise<Response> | Response {
  const [first] = meta.media.childrenOf(id)
  const file = first?.file ? meta.files.find(first.file) : null
  const bytes = file && meta.files.bytesOf(file.sha256)
  if (!first || !bytes) return notFound()
  return file.mime.startsWith('video/')
    ? posterOf(meta, first.cover, first.file)
    : fileResponse(bytes, file.mime)
}

async function photoOf({ posts }: Meta, id: string): Promise<Response> {
  const photo = posts.photo(id)
  const stored = posts.bytesOf(id)
  if (!photo || !stored) return notFound()
  const { bytes, mime } = await forBrowser(stored, photo.mime)
  return fileResponse(bytes, mime)
}

/** Players ask for parts of a film. */
function fileOf({ files }: Meta, sha256: string | null, request: Request): Response {
  const file = sha256 === null ? null : files.find(sha256)
  const bytes = file && files.bytesOf(file.sha256)
  if (!bytes) return notFound()
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '')
  if (!range) return fileResponse(bytes, file.mime, { 'accept-ranges': 'bytes' })
  const first = Number(range[1])
  const last = Math.min(range[2] ? Number(range[2]) : bytes.byteLength - 1, bytes.byteLength - 1)
  if (first > last)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.byteLength}` } })
  const part = fileResponse(bytes.slice(first, last + 1), file.mime, {
    'accept-ranges': 'bytes',
    'content-range': `bytes ${first}-${last}/${bytes.byteLength}`,
  })
  return new Response(part.body, { status: 206, headers: part.headers })
}

/** The cover that was chosen, or a picture drawn from the film's bytes: nothing here decodes films. */
async function posterOf({ files }: Meta, cover: string | null, film: string | null): Promise<Response> {
  const chosen = cover === null ? null : files.bytesOf(cover)
  if (chosen) return fileResponse(chosen, 'image/jpeg')
  const file = film === null ? null : files.find(film)
  if (!file) return notFound()
  return fileResponse(await drawPoster(file), 'image/jpeg')
}

async function drawPoster({ sha256, width, height }: { sha256: string; width: number; height: number }) {
  const scale = 720 / Math.max(width, height, 1)
  const [w, h] = [width, height].map((side) => Math.max(2, Math.round(side * scale)))
  const [hue = 0, tilt = 0, rise = 0] = createHash('sha256').update(sha256).digest()
  const angle = Math.round((hue / 255) * 360)
  const horizon = 45 + (rise / 255) * 25
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 100 100" preserveAspectRatio="none">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="${((tilt / 255) * 0.6).toFixed(2)}" y2="1">
      <stop offset="0" stop-color="hsl(${angle} 38% 30%)"/><stop offset="1" stop-color="hsl(${(angle + 40) % 360} 45% 58%)"/>
    </linearGradient></defs>
    <rect width="100" height="100" fill="url(#sky)"/>
    <path d="M0 ${horizon} Q30 ${horizon - 14} 55 ${horizon} T100 ${horizon - 6} V100 H0Z" fill="hsl(${angle} 32% 22%)" opacity=".75"/>
    <path d="M0 ${horizon + 16} Q40 ${horizon + 4} 70 ${horizon + 18} T100 ${horizon + 12} V100 H0Z" fill="hsl(${angle} 34% 15%)" opacity=".8"/>
  </svg>`
  return new Uint8Array(await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer())
}

function notFound(): Response {
  return new Response('Not found', { status: 404 })
}

function fileResponse(
  bytes: Uint8Array<ArrayBuffer>,
  mime: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(bytes, {
    headers: {
      'content-type': mime,
      'content-length': String(bytes.byteLength),
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      ...headers,
    },
  })
}

/** A mark of its own for each account, drawn from its id, so that three can be told apart. */
async function markOf(accountId: string): Promise<Uint8Array<ArrayBuffer>> {
  const [hue = 0, turn = 0, shape = 0] = createHash('sha256').update(accountId).digest()
  const shapes = [
    '<circle cx="100" cy="100" r="46"/>',
    '<rect x="58" y="58" width="84" height="84"/>',
    '<path d="M100 46 154 146H46Z"/>',
    '<path d="M60 60h80v28H60zM60 112h80v28H60z"/>',
  ]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">
    <rect width="200" height="200" fill="hsl(${Math.round((hue / 255) * 360)} 35% 38%)"/>
    <g fill="#fff" transform="rotate(${(turn % 8) * 45} 100 100)">${shapes[shape % shapes.length]}</g></svg>`
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer())
}
