import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Meta } from './graph/call.ts'
import { forBrowser } from './images.ts'

/** scontent.xx.fbcdn.net: published and staged pictures, and each Page's own. */
export async function answerPicture(meta: Meta, path: string): Promise<Response> {
  const photoId = /^\/v\/(\d+)_n\.jpg$/.exec(path)?.[1]
  if (photoId !== undefined) {
    const photo = meta.posts.photo(photoId)
    const stored = meta.posts.bytesOf(photoId)
    if (!photo || !stored) return new Response('Not found', { status: 404 })
    const { bytes, mime } = await forBrowser(stored, photo.mime)
    return pictureResponse(bytes, mime)
  }
  const pageId = /^\/p\/(\d+)\.png$/.exec(path)?.[1]
  if (pageId === undefined || !meta.world.page(pageId)) return new Response('Not found', { status: 404 })
  return pictureResponse(await pageMark(pageId), 'image/png')
}

function pictureResponse(bytes: Uint8Array<ArrayBuffer>, mime: string): Response {
  return new Response(bytes, {
    headers: {
      'content-type': mime,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}

/** A mark of its own for each Page, drawn from its id, so that three Pages can be told apart. */
async function pageMark(pageId: string): Promise<Uint8Array<ArrayBuffer>> {
  const [hue = 0, turn = 0, shape = 0] = createHash('sha256').update(pageId).digest()
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
