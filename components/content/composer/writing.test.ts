import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newChannel, type PostDraft } from '#lib/content/schema.ts'
import { RefusalError } from '#lib/errors.ts'
import { refusal } from '#lib/refusals.ts'
import { createWriting, type KeptPost, LONGEST_MS, PAUSE_MS, sameContent, TRY_AGAIN_MS } from './writing.ts'

const empty: PostDraft = { title: '', body: '', link: '', firstComment: null, mediaIds: [], channels: [] }
const post: KeptPost = {
  id: 'p',
  number: 12,
  revision: 3,
  version: 0,
  status: 'draft',
  savedAt: '2026-09-17T10:00:00Z',
}

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-09-17T11:42:00Z') }))
afterEach(() => void vi.useRealTimers())

/** A database that answers when told to; `sent` is what reached it. */
function world({ start = post as KeptPost | null, draft = { ...empty, body: 'Fig' } } = {}) {
  const sent: { body: string; revision: number | null }[] = []
  let answer: (() => KeptPost) | null = null
  let held: (() => void) | null = null
  let revision = start?.revision ?? 0
  const respond = async (draft: PostDraft, base: KeptPost | null) => {
    sent.push({ body: draft.body, revision: base?.revision ?? null })
    if (held) await new Promise<void>((resolve) => (held = resolve))
    if (answer) return answer()
    revision += 1
    return { ...(base ?? post), revision }
  }
  const kept: KeptPost[] = []
  const writing = createWriting({
    draft,
    post: start,
    create: (draft) => respond(draft, null),
    save: (base, draft) => respond(draft, base),
    onKept: (saved) => kept.push(saved),
    now: () => new Date().toISOString(),
  })
  return {
    writing,
    sent,
    kept,
    refuse(code: string, facts = {}) {
      answer = () => {
        throw new RefusalError(refusal(code, facts))
      }
    },
    answerAgain: () => {
      answer = null
    },
    hold: () => {
      held = () => {}
    },
    release: async () => {
      const go = held
      held = null
      go?.()
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
const kindOf = ({ writing }: ReturnType<typeof world>) => writing.read().save.kind

describe('what is typed', () => {
  test('is kept a moment after the last keystroke, once', async () => {
    const w = world()
    w.writing.edit({ body: 'Fig,' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
    w.writing.edit({ body: 'Fig, brown' })
    expect(w.sent).toEqual([])
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(w.sent).toEqual([{ body: 'Fig, brown', revision: 3 }])
    expect(kindOf(w)).toBe('clean')
    expect(w.writing.read().post?.revision).toBe(4)
  })

  test('is kept even by someone who never pauses', async () => {
    const w = world()
    for (let at = 0; at < LONGEST_MS; at += 500) {
      w.writing.edit({ body: `Fig ${at}` })
      await vi.advanceTimersByTimeAsync(500)
    }
    expect(w.sent).toHaveLength(1)
  })

  test('while a save is under way follows it from the new revision', async () => {
    const w = world()
    w.hold()
    w.writing.edit({ body: 'one' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    w.writing.edit({ body: 'two' })
    await w.release()
    expect(w.writing.read().draft.body).toBe('two')
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(w.sent).toEqual([
      { body: 'one', revision: 3 },
      { body: 'two', revision: 4 },
    ])
  })

  test('and taken back again is nothing to keep', async () => {
    const w = world()
    w.writing.edit({ body: 'Figs' })
    w.writing.edit({ body: 'Fig' })
    expect(kindOf(w)).toBe('clean')
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(w.sent).toEqual([])
  })

  test('makes the piece with its first save, and not before', async () => {
    const w = world({ start: null, draft: empty })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(w.sent).toEqual([])
    w.writing.edit({ body: 'F' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(w.sent).toEqual([{ body: 'F', revision: null }])
    expect(w.kept).toHaveLength(1)
  })
})

describe('a line that is down', () => {
  test('loses nothing: it says since when, tries again, and ends by itself', async () => {
    const w = world()
    w.refuse('no_connection')
    w.writing.edit({ body: 'Fig, brown' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    const since = w.writing.read().save
    expect(since).toEqual({ kind: 'offline', since: '2026-09-17T11:42:00.900Z' })
    w.writing.edit({ body: 'Fig, brown butter' })
    await vi.advanceTimersByTimeAsync(TRY_AGAIN_MS)
    expect(w.writing.read().save).toEqual(since)
    w.answerAgain()
    await vi.advanceTimersByTimeAsync(TRY_AGAIN_MS)
    expect(kindOf(w)).toBe('clean')
    expect(w.sent.at(-1)?.body).toBe('Fig, brown butter')
  })

  test('is tried at once when the browser says it is back', async () => {
    const w = world()
    w.refuse('no_connection')
    w.writing.edit({ body: 'x' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    w.answerAgain()
    w.writing.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(kindOf(w)).toBe('clean')
  })
})

describe('someone else saved meanwhile', () => {
  async function conflict() {
    const w = world()
    w.refuse('revision_stale', { revision: 9, changed_by: 'Ana' })
    w.writing.edit({ body: 'mine' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    w.answerAgain()
    return w
  }

  test('what was typed stays, and nothing is sent until a person chose', async () => {
    const w = await conflict()
    w.writing.edit({ body: 'mine, longer' })
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(kindOf(w)).toBe('stale')
    expect(w.sent).toHaveLength(1)
    expect(w.writing.read().draft.body).toBe('mine, longer')
  })

  test('mine goes over theirs, knowingly', async () => {
    const w = await conflict()
    await w.writing.keepMine()
    expect(w.sent.at(-1)).toEqual({ body: 'mine', revision: 9 })
    expect(kindOf(w)).toBe('clean')
  })

  test('theirs takes the place of mine', async () => {
    const w = await conflict()
    w.writing.take({ ...post, revision: 9 }, { ...empty, body: 'theirs' })
    expect(w.writing.read()).toMatchObject({ draft: { body: 'theirs' }, save: { kind: 'clean' } })
  })
})

describe('a piece that people said yes to', () => {
  const sealed = { ...post, status: 'scheduled', version: 3 }

  test('is not changed before a person agrees', async () => {
    const w = world({ start: sealed })
    w.writing.edit({ body: 'Fig and honey' })
    expect(kindOf(w)).toBe('held')
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(w.sent).toEqual([])
    expect(await w.writing.flush()).toBeNull()
    await w.writing.saveNow()
    expect(w.sent).toHaveLength(1)
  })

  test('takes a new title by itself: nobody said yes to that', async () => {
    const w = world({ start: sealed })
    w.writing.edit({ title: 'Another title' })
    await vi.advanceTimersByTimeAsync(PAUSE_MS)
    expect(w.sent).toHaveLength(1)
  })
})

test('a refusal stays until the next edit, which is tried anew', async () => {
  const w = world()
  w.refuse('channel_not_found')
  w.writing.edit({ body: 'x' })
  await vi.advanceTimersByTimeAsync(PAUSE_MS)
  expect(w.writing.read().save).toMatchObject({ kind: 'refused', refusal: { code: 'channel_not_found' } })
  w.answerAgain()
  w.writing.edit({ body: 'xy' })
  await vi.advanceTimersByTimeAsync(PAUSE_MS)
  expect(kindOf(w)).toBe('clean')
})

test('flush answers with the piece once everything is kept', async () => {
  const w = world({ start: null, draft: empty })
  w.writing.edit({ body: 'Now' })
  expect(await w.writing.flush()).toMatchObject({ id: 'p', revision: 1 })
  w.refuse('no_connection')
  w.writing.edit({ body: 'Later' })
  expect(await w.writing.flush()).toBeNull()
})

test("news from the page is taken over, but never over what is typed or older than what's kept", () => {
  const w = world()
  w.writing.hear({ ...post, revision: 2, status: 'approved' }, { ...empty, body: 'old' })
  expect(w.writing.read().post?.status).toBe('draft')
  w.writing.hear({ ...post, status: 'pending_review', version: 1 }, { ...empty, body: 'Fig' })
  expect(w.writing.read().post?.status).toBe('pending_review')
  w.writing.hear({ ...post, revision: 4 }, { ...empty, body: 'theirs' })
  expect(w.writing.read().draft.body).toBe('theirs')
  w.writing.edit({ body: 'typing' })
  w.writing.hear({ ...post, revision: 5 }, { ...empty, body: 'theirs again' })
  expect(w.writing.read().draft.body).toBe('typing')
})

test('the order of accounts is no change, their texts are', () => {
  const channel = (connectionId: string, body: string | null) => ({
    ...newChannel(connectionId),
    body,
  })
  const one = { ...empty, channels: [channel('a', null), channel('b', 'own')] }
  expect(sameContent(one, { ...empty, channels: [channel('b', 'own'), channel('a', null)] })).toBe(true)
  expect(sameContent(one, { ...empty, channels: [channel('a', null), channel('b', 'other')] })).toBe(false)
})
