import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../platform.ts'

const story = z.object({
  seq: z.number(),
  id: z.string(),
  page_id: z.string(),
  photo_id: z.string().nullable(),
  video_id: z.string().nullable(),
  created_at: z.number(),
  committed_at: z.number(),
  fingerprint: z.string(),
  times_committed: z.number(),
})
export type Story = z.infer<typeof story>

const STORY = `select s.*, (select count(*) from meta_stories same
  where same.page_id = s.page_id and same.fingerprint = s.fingerprint) as times_committed from meta_stories s`
const LIFE_MS = 86_400_000
const FIRST_STORY = 122_301_900_000_000_113n

/** Stories of Pages: outside every feed, and gone from their own list after a day. */
export class Stories {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  publish(pageId: string, shown: { photoId?: string; videoId?: string; sha256: string }): Story {
    const { store, clock } = this.#ground
    const last = store.row(z.object({ n: z.number() }), 'select coalesce(max(seq), 0) as n from meta_stories')
    const seq = (last?.n ?? 0) + 1
    const id = String(FIRST_STORY + BigInt(seq) * 13n)
    store.run(
      'insert into meta_stories values (?, ?, ?, ?, ?, ?, ?, ?)',
      seq,
      id,
      pageId,
      shown.photoId ?? null,
      shown.videoId ?? null,
      clock.now(),
      Date.now(),
      createHash('sha256').update(`story ${shown.sha256}`).digest('hex'),
    )
    const kept = this.byId(id)
    if (!kept) throw new Error(`Story ${id} was not kept.`)
    return kept
  }

  byId(id: string): Story | null {
    return this.#ground.store.row(story, `${STORY} where s.id = ?`, id)
  }

  ofPhoto(photoId: string): Story | null {
    return this.#ground.store.row(story, `${STORY} where s.photo_id = ?`, photoId)
  }

  /** Those of the last day, newest first. */
  list(pageId: string, listLagMs = 0): Story[] {
    return this.#ground.store.rows(
      story,
      `${STORY} where s.page_id = ? and s.created_at > ? and s.committed_at <= ? order by s.seq desc`,
      pageId,
      this.#ground.clock.now() - LIFE_MS,
      Date.now() - listLagMs,
    )
  }

  all(): Story[] {
    return this.#ground.store.rows(story, `${STORY} order by s.seq`)
  }
}
