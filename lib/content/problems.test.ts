import { describe, expect, test } from 'vitest'
import { type Account, type CheckedPicture, problemsOf, problemsTitle, stops } from './problems.ts'
import { newChannel, type PostDraft } from './schema.ts'

const page: Account = {
  id: 'page',
  network: 'facebook',
  name: 'Oat & Ember',
  health: 'usable',
  limits: {
    text_max: 40,
    images_max: 1,
    image_bytes_max: 4 * 1024 ** 2,
    image_types: ['image/jpeg', 'image/png'],
  },
}
const shop: Account = { ...page, id: 'shop', name: 'Harbour Street' }
const fig: CheckedPicture = {
  id: 'fig',
  filename: 'fig.jpg',
  mimeType: 'image/jpeg',
  sizeBytes: 1_000_000,
  width: 1080,
  height: 1080,
  durationMs: null,
  altText: 'A fig',
  status: 'active',
  rejected: null,
}
const draft: PostDraft = {
  title: 'Friday pie drop',
  body: 'Fig, brown butter, a lid of lattice.',
  link: '',
  firstComment: null,
  mediaIds: ['fig'],
  channels: [newChannel('page')],
}
const around = {
  accounts: [page, shop],
  pictures: [fig],
  plannedAt: null,
  timeZone: 'Europe/London',
  now: '2026-09-17T10:00:00Z',
}
const messages = (changed: Partial<PostDraft>, surroundings: Partial<typeof around> = {}) =>
  problemsOf({ ...draft, ...changed }, { ...around, ...surroundings }).map((problem) => problem.message)

describe('before a piece can go', () => {
  test('a whole one has nothing to mend', () => {
    expect(problemsOf(draft, around)).toEqual([])
  })

  test('an account and something to say are needed', () => {
    expect(messages({ channels: [], body: ' ', mediaIds: [] })).toEqual([
      'It goes to no account yet.',
      'A post needs text or a picture.',
    ])
  })

  test('where no account is left to choose, the way leads to Connections', () => {
    const bare = { ...around, accounts: [{ ...page, health: 'disconnected' as const }] }
    for (const surroundings of [bare, { ...around, accounts: [] }]) {
      const [problem] = problemsOf({ ...draft, channels: [] }, surroundings)
      expect(problem?.message).toBe('The brand has no account it could go to.')
      expect(problem?.remedy).toEqual({ label: 'Open Connections', act: 'reconnect' })
    }
  })

  test('a text over the limit names both figures and offers what is too many', () => {
    const [problem] = problemsOf({ ...draft, body: 'x'.repeat(43) }, around)
    expect(problem?.message).toBe('Facebook takes up to 40 characters; this text has 43.')
    expect(problem?.remedy).toEqual({
      label: 'Select the 3 too many',
      act: 'write',
      accountId: null,
      from: 40,
    })
  })

  test('letters beyond the first plane count twice, as the networks count them', () => {
    expect(messages({ body: '𝕆'.repeat(20) })).toEqual([])
    expect(messages({ body: '𝕆'.repeat(21) })).toHaveLength(1)
  })

  test('two accounts that share a text share its problem; one with its own text has its own', () => {
    const both = [newChannel('page'), newChannel('shop')]
    expect(messages({ body: 'x'.repeat(43), channels: both })).toHaveLength(1)
    const own = [both[0] as (typeof both)[0], { ...newChannel('shop'), body: 'y'.repeat(50) }]
    const [problem] = problemsOf({ ...draft, channels: own }, around)
    expect(problem?.remedy).toMatchObject({ act: 'write', accountId: 'shop' })
  })

  test('what its check has not passed keeps a picture back', () => {
    expect(messages({}, { pictures: [{ ...fig, status: 'processing' }] })).toEqual([
      'Picture 1 is still being checked. It takes a few seconds.',
    ])
    const [problem] = problemsOf(draft, {
      ...around,
      pictures: [{ ...fig, status: 'rejected', rejected: 'It is a programme.' }],
    })
    expect(problem).toMatchObject({
      severity: 'error',
      message: 'Picture 1: It is a programme.',
      remedy: { act: 'drop_pictures', pictureIds: ['fig'] },
    })
  })

  test('more pictures than a network takes are dropped from the end', () => {
    const [problem] = problemsOf(
      { ...draft, mediaIds: ['fig', 'pie'] },
      { ...around, pictures: [fig, { ...fig, id: 'pie' }] },
    )
    expect(problem).toMatchObject({
      message: 'Facebook takes one file a post; this one has 2.',
      remedy: { label: 'Keep the first', act: 'drop_pictures', pictureIds: ['pie'] },
    })
  })

  test('weight and kind of a picture are held against each network', () => {
    expect(
      messages({}, { pictures: [{ ...fig, sizeBytes: 5.2 * 1024 ** 2, mimeType: 'image/webp' }] }),
    ).toEqual([
      'Picture 1 weighs 5.2 MB; Facebook takes up to 4 MB.',
      'Picture 1 is WebP; Facebook takes JPEG, PNG.',
    ])
  })

  test('a picture without words, and an account that needs its login again, do not block', () => {
    const problems = problemsOf(draft, {
      ...around,
      accounts: [{ ...page, health: 'reconnect' as const }],
      pictures: [{ ...fig, altText: ' ' }],
    })
    expect(problems.map((problem) => problem.severity)).toEqual(['note', 'note'])
    expect(stops(problems)).toBe(false)
  })

  test('a disconnected account can only be left out', () => {
    const [problem] = problemsOf(draft, {
      ...around,
      accounts: [{ ...page, health: 'disconnected' as const }],
    })
    expect(problem?.remedy).toMatchObject({ act: 'drop_account', accountId: 'page' })
  })

  test('a first comment that would be lost is said, and a half-typed link is not kept', () => {
    expect(messages({ firstComment: 'Hello' })[0]).toMatch(/without a first comment/)
    expect(messages({ link: 'tarn' })).toEqual(['The link is no web address yet, so it is not kept.'])
  })

  test('a time that has passed stops it', () => {
    expect(messages({}, { plannedAt: '2026-09-17T09:00:00Z' } as never)).toEqual([
      'Thu 17 Sep, 10:00 BST has passed. Choose a time from now on.',
    ])
  })
})

describe('on Instagram', () => {
  const insta: Account = {
    ...page,
    id: 'insta',
    network: 'instagram',
    name: 'oatandember',
    limits: { text_max: 2_200, images_max: 10, image_bytes_max: 8 * 1024 ** 2, image_types: ['image/jpeg'] },
  }
  const there = { ...around, accounts: [page, insta] }
  const film: CheckedPicture = {
    ...fig,
    id: 'fig',
    mimeType: 'video/mp4',
    sizeBytes: 120 * 1024 ** 2,
    altText: null,
    width: 720,
    height: 1_280,
    durationMs: 75_000,
  }
  const to = (format: PostDraft['channels'][number]['format']) => ({
    channels: [{ ...newChannel('insta'), format }],
  })

  test('a post without a picture and one of the wrong shape are told so, with both figures', () => {
    expect(messages({ ...to('feed'), mediaIds: [] }, there)).toEqual([
      'Instagram takes no post without a picture or a video.',
    ])
    expect(messages(to('feed'), { ...there, pictures: [{ ...fig, width: 900, height: 1_600 }] })).toEqual([
      'Instagram takes pictures from 4:5 (0.8:1) to 1.91:1; this one is 900 × 1,600 (0.56:1).',
    ])
  })

  test('a video is held to what its form takes, and may be made a post instead', () => {
    expect(messages(to('feed'), { ...there, pictures: [film] })).toEqual([])
    const problems = problemsOf({ ...draft, ...to('story') }, { ...there, pictures: [film] })
    expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
      'Instagram stories take up to 100 MiB; this video has 120 MiB.',
      'Instagram stories last from 3 to 60 seconds; this video lasts 75.',
    ])
    expect(problems[0]?.remedy).toEqual({ label: 'Make it a post', act: 'as_post', accountId: 'insta' })
  })

  test('a picture cannot be a reel, and a video that is still checked is called one', () => {
    expect(messages(to('reel'), there)).toEqual(['A reel is 1 video; this one has 1 files.'])
    expect(messages(to('feed'), { ...there, pictures: [{ ...film, status: 'processing' }] })).toEqual([
      'Video 1 is still being checked. It takes a few seconds.',
    ])
  })
})

test.each([
  [1, 0, 'One thing stops this'],
  [2, 1, 'Two things stop this, one to think about'],
  [0, 1, 'One thing to think about'],
  [0, 12, '12 things to think about'],
])('%i errors and %i notes are titled %j', (errors, notes, title) => {
  const of = (severity: 'error' | 'note', count: number) =>
    Array.from({ length: count }, () => ({ key: '', severity, network: null, message: '', remedy: null }))
  expect(problemsTitle([...of('error', errors), ...of('note', notes)])).toBe(title)
})
