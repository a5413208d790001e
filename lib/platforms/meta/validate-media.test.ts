import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Network, PostDraft } from '../contract.ts'
import { validatePost } from '../validate.ts'

const image = { mimeType: 'image/jpeg', width: 1080, height: 1080, sizeBytes: 500_000, durationMs: null }
const video = {
  mimeType: 'video/mp4',
  width: 1080,
  height: 1920,
  sizeBytes: 9_000_000,
  durationMs: 20_000,
}
const draft: PostDraft = { body: 'Six sourdoughs', link: null, firstComment: null, media: [] }

function problems(network: Network, change: Partial<PostDraft>) {
  return validatePost(network, { ...draft, ...change })
}
const errors = (network: Network, change: Partial<PostDraft>) =>
  problems(network, change)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)

describe('what the networks take', () => {
  test.each<[Network, Partial<PostDraft>]>([
    ['facebook', { media: [image, image] }],
    ['facebook', { media: [video] }],
    ['facebook', { media: [video], format: 'reel' }],
    ['instagram', { media: [image] }],
    ['instagram', { media: [image, video, image] }],
    ['instagram', { media: [video] }],
    ['instagram', { media: [video], format: 'reel' }],
    ['instagram', { media: [video], format: 'story', body: '' }],
    ['instagram', { media: [{ ...image, height: 1920 }], format: 'story', body: '' }],
    // Nothing is known of its size yet: the check of the file comes first.
    ['instagram', { media: [{ mimeType: 'image/jpeg' }] }],
  ])('%s: %j', (network, change) => {
    expect(errors(network, change)).toEqual([])
  })
})

describe('what they refuse, with the actual value and the limit', () => {
  test.each<[string, Network, Partial<PostDraft>, RegExp]>([
    ['facebook_mixed_media', 'facebook', { media: [image, video] }, /has 1 of the first and 1 of the second/],
    ['facebook_mixed_media', 'facebook', { media: [video, video] }, /0 of the first and 2 of the second/],
    ['format_refused', 'facebook', { media: [image], format: 'reel' }, /A reel is 1 video/],
    ['format_refused', 'facebook', { media: [image], format: 'story' }, /stories/],
    [
      'facebook_video_length',
      'facebook',
      { media: [{ ...video, durationMs: 95_500 }], format: 'reel' },
      /from 3 to 90 seconds; this video lasts 95\.5\./,
    ],
    [
      'facebook_video_shape',
      'facebook',
      { media: [{ ...video, width: 1920, height: 1080 }], format: 'reel' },
      /9:16 and at least 540 × 960; this video is 1,920 × 1,080 \(1\.78:1\)\./,
    ],
    [
      'facebook_video_too_heavy',
      'facebook',
      { media: [{ ...video, sizeBytes: 3 * 1024 ** 3 }] },
      /up to 2,048 MiB; this video has 3,072 MiB\./,
    ],
    ['instagram_needs_media', 'instagram', {}, /without a picture or a video/],
    [
      'instagram_too_many_media',
      'instagram',
      { media: Array(11).fill(image) },
      /up to 10 .* this one has 11\./,
    ],
    [
      'instagram_picture_shape',
      'instagram',
      { media: [{ ...image, height: 1920 }] },
      /4:5 \(0\.8:1\) to 1\.91:1; this one is 1,080 × 1,920 \(0\.56:1\)\./,
    ],
    [
      'instagram_caption_too_long',
      'instagram',
      { media: [image], body: 'a'.repeat(2_314) },
      /up to 2,200 characters; this caption has 2,314\./,
    ],
    [
      'instagram_too_many_hashtags',
      'instagram',
      { media: [image], body: '#a '.repeat(31) },
      /up to 30 hashtags; this caption has 31\./,
    ],
    [
      'instagram_too_many_mentions',
      'instagram',
      { media: [image], body: '@a '.repeat(21) },
      /up to 20 mentions; this caption has 21\./,
    ],
    [
      'instagram_alt_text_too_long',
      'instagram',
      { media: [{ ...image, altText: 'a'.repeat(1_001) }] },
      /up to 1,000 characters; this one has 1,001\./,
    ],
    [
      'instagram_video_length',
      'instagram',
      { media: [{ ...video, durationMs: 61_000 }], format: 'story', body: '' },
      /from 3 to 60 seconds; this video lasts 61\./,
    ],
    [
      'instagram_video_too_heavy',
      'instagram',
      { media: [{ ...video, sizeBytes: 400 * 1024 ** 2 }] },
      /up to 300 MiB; this video has 400 MiB\./,
    ],
    ['format_refused', 'instagram', { media: [image, image], format: 'story' }, /this one has 2 files/],
    ['format_refused', 'instagram', { media: [image], format: 'reel' }, /A reel is 1 video/],
  ])('%s', (code, network, change, words) => {
    const [problem] = problems(network, change)
    expect(problem).toMatchObject({ code, severity: 'error', message: expect.stringMatching(words) })
  })

  test('a carousel of several shapes is cropped, which is only noted', () => {
    const media = [image, { ...image, height: 1350 }]
    expect(problems('instagram', { media })).toMatchObject([
      { code: 'instagram_carousel_is_cropped', severity: 'note' },
    ])
  })
})

const anyMedium = fc.record(
  {
    mimeType: fc.constantFrom('image/jpeg', 'image/png', 'video/mp4', 'video/quicktime', ''),
    sizeBytes: fc.nat({ max: 4 * 1024 ** 3 - 1 }),
    width: fc.option(fc.integer({ min: 1, max: 8_000 })),
    height: fc.option(fc.integer({ min: 1, max: 8_000 })),
    durationMs: fc.option(fc.nat({ max: 4_000_000 })),
    altText: fc.option(fc.string({ maxLength: 1_200 })),
  },
  { requiredKeys: ['mimeType'] },
)
const anyDraft = fc.record({
  body: fc.string({ unit: 'grapheme', maxLength: 3_000 }),
  link: fc.option(fc.webUrl()),
  firstComment: fc.option(fc.string()),
  format: fc.constantFrom('feed' as const, 'reel' as const, 'story' as const),
  media: fc.array(anyMedium, { maxLength: 12 }),
})

test('whatever is drafted is answered in whole sentences, without holes in them', () => {
  fc.assert(
    fc.property(fc.constantFrom<Network>('facebook', 'instagram'), anyDraft, (network, any) => {
      for (const { message, code } of validatePost(network, any)) {
        expect(code).toMatch(/^[a-z_]+$/)
        expect(message).toMatch(/^[A-Z].*\.$/s)
        expect(message).not.toMatch(/undefined|null|NaN|Infinity/)
      }
    }),
  )
})

test('taking media away never makes a picture post too large', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), (pictures) => {
      const media = Array(pictures).fill(image)
      expect(errors('facebook', { media })).toEqual([])
      expect(errors('instagram', { media })).toEqual([])
    }),
  )
})
