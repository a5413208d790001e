import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { facebook, instagram, networks } from './limits.ts'

const format = z.object({
  video_bytes_max: z.number().optional(),
  duration_ms_min: z.number().optional(),
  duration_ms_max: z.number().optional(),
  ratio_min: z.number().optional(),
  ratio_max: z.number().optional(),
  width_min: z.number().optional(),
  height_min: z.number().optional(),
})
const network = z.object({
  text_max: z.number(),
  images_max: z.number(),
  formats: z.record(z.string(), format),
})

function catalogue() {
  const file = new URL(
    '../../../supabase/migrations/20261124000500_publishing_and_oauth.sql',
    import.meta.url,
  )
  const limits = /\('meta',[^']*'v26\.0',[^']*'(\{.*?\})'\)/s.exec(readFileSync(file, 'utf8'))?.[1]
  return z.object({ facebook: network, instagram: network }).parse(JSON.parse(limits ?? ''))
}

test('the catalogue of the database and the connector name the same limits', () => {
  const { facebook: page, instagram: account } = catalogue()
  expect(page).toMatchObject({ text_max: facebook.messageChars, images_max: facebook.photos })
  expect(page.formats.video).toMatchObject(durations(facebook.video.durationMs))
  expect(page.formats.reel).toMatchObject({
    ...durations(facebook.reel.durationMs),
    width_min: facebook.reel.minPx.width,
    height_min: facebook.reel.minPx.height,
    ratio_min: facebook.reel.ratio.min,
    ratio_max: facebook.reel.ratio.max,
  })
  expect(account).toMatchObject({
    text_max: instagram.captionChars,
    images_max: instagram.carouselItems.max,
  })
  expect(account.formats.image).toMatchObject({
    ratio_min: instagram.image.ratio.min,
    ratio_max: instagram.image.ratio.max,
  })
  for (const name of ['reel', 'story'] as const) {
    expect(account.formats[name]).toMatchObject({
      video_bytes_max: instagram[name].maxBytes,
      ...durations(instagram[name].durationMs),
    })
  }
})

test('every format that goes out has a window to settle in, with its source', () => {
  for (const { settle } of Object.values(networks)) {
    for (const window of Object.values(settle)) {
      expect(window?.ms).toBeGreaterThan(60_000)
      expect(window?.source).toContain('meta.md')
    }
  }
})

function durations({ min, max }: { min: number; max: number }) {
  return { duration_ms_min: min, duration_ms_max: max }
}
