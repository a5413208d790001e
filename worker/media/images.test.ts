import { randomBytes } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { mailThumbnail, renditionFor } from './images.ts'

const limit = { mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 1_000_000, maxEdgePx: 1_024 }

async function noise(width: number, height: number) {
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
}

async function asPhoto(image: Sharp, type: 'jpeg' | 'png' | 'webp') {
  const bytes = new Uint8Array(await image.toFormat(type).toBuffer())
  return { bytes, mimeType: `image/${type}` }
}

describe('a rendition for a network', () => {
  test('is the original, byte for byte, where that fits', async () => {
    const original = await asPhoto(await noise(200, 100), 'png')
    expect(await renditionFor(original, limit)).toBe(original)
  })

  test('keeps the proportions of a picture that is too heavy, within size and edge', async () => {
    const original = await asPhoto(await noise(1_600, 800), 'png')
    expect(original.bytes.length).toBeGreaterThan(limit.maxBytes)
    const rendition = await renditionFor(original, limit)
    expect(rendition.mimeType).toBe('image/jpeg')
    expect(rendition.bytes.length).toBeLessThanOrEqual(limit.maxBytes)
    expect(await sharp(rendition.bytes).metadata()).toMatchObject({ width: 1_024, height: 512 })
  })

  test('of a kind that the network does not take is a JPEG, its clear parts white', async () => {
    const clear = sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
    const rendition = await renditionFor(await asPhoto(clear, 'webp'), limit)
    expect(rendition.mimeType).toBe('image/jpeg')
    expect((await sharp(rendition.bytes).stats()).channels.map(({ mean }) => Math.round(mean))).toEqual([
      255, 255, 255,
    ])
  })

  test('stands upright, as the original is shown', async () => {
    const sideways = (await noise(1_600, 800)).withMetadata({ orientation: 6 })
    const rendition = await renditionFor(await asPhoto(sideways, 'webp'), limit)
    expect(await sharp(rendition.bytes).metadata()).toMatchObject({ width: 512, height: 1_024 })
  })
})

test('a thumbnail for a mail is a small square', async () => {
  const { bytes } = await asPhoto(await noise(300, 500), 'png')
  const thumbnail = await mailThumbnail(bytes, 184)
  expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 184, height: 184 })
})
