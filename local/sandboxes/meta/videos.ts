import { z } from 'zod'
import type { Ground } from '../platform.ts'
import type { Posts } from './posts.ts'
import { isProcessed, processedAt, progress, type Start } from './processing.ts'
import type { Stories } from './stories.ts'

const video = z.object({
  seq: z.number(),
  id: z.string(),
  page_id: z.string(),
  surface: z.enum(['feed', 'reel', 'story']),
  upload_id: z.string().nullable(),
  file: z.string().nullable(),
  title: z.string(),
  message: z.string(),
  created_at: z.number(),
  ...progress,
  wanted_at: z.number().nullable(),
  post_id: z.string().nullable(),
  deleted_at: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  duration_ms: z.number().nullable(),
  byte_count: z.number().nullable(),
})
export type Video = z.infer<typeof video>

const VIDEO = `select v.*, f.width, f.height, f.duration_ms, length(f.bytes) as byte_count
  from meta_videos v left join meta_files f on f.sha256 = v.file`
const FIRST_VIDEO = 9_402_118_000_000_301n

interface NewVideo {
  pageId: string
  surface: Video['surface']
  uploadId: string | null
}

/**
 * Films on Pages: announced, sent, worked on, and public once somebody asked for it and the work is done.
 * Whoever looks calls `settle` first, and sees what would have happened by then.
 */
export class Videos {
  readonly #ground: Ground
  readonly #posts: Posts
  readonly #stories: Stories
  readonly #timers = new Set<NodeJS.Timeout>()
  /** Called with each post that came out. */
  onPublished: (postId: string) => void = () => {}

  constructor(ground: Ground, posts: Posts, stories: Stories) {
    this.#ground = ground
    this.#posts = posts
    this.#stories = stories
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  announce({ pageId, surface, uploadId }: NewVideo): Video {
    const { store, clock } = this.#ground
    const last = store.row(z.object({ n: z.number() }), 'select coalesce(max(seq), 0) as n from meta_videos')
    const seq = (last?.n ?? 0) + 1
    const id = String(FIRST_VIDEO + BigInt(seq) * 17n)
    store.run(
      `insert into meta_videos (seq, id, page_id, surface, upload_id, title, message, created_at)
       values (?, ?, ?, ?, ?, '', '', ?)`,
      seq,
      id,
      pageId,
      surface,
      uploadId,
      clock.now(),
    )
    const announced = this.byId(id)
    if (!announced) throw new Error(`Video ${id} was not kept.`)
    return announced
  }

  /** The bytes are here whole: the work on them begins. */
  begin(id: string, file: string | null, { takesMs, failure }: Start): void {
    this.#ground.store.run(
      `update meta_videos set file = ?2, began_at = ?3, began_real = ?4, takes_ms = ?5,
         failure_code = ?6, failure_subcode = ?7, failure_message = ?8 where id = ?1`,
      id,
      file,
      this.#ground.clock.now(),
      Date.now(),
      takesMs,
      failure?.code ?? null,
      failure?.subcode ?? null,
      failure?.message ?? null,
    )
  }

  /** Asks for it to become public. Asking again changes nothing. */
  want(id: string, { title, message }: { title: string; message: string }): void {
    this.#ground.store.run(
      'update meta_videos set wanted_at = ?, title = ?, message = ? where id = ? and wanted_at is null',
      this.#ground.clock.now(),
      title,
      message,
      id,
    )
    // For those who do not look but wait to be told.
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        this.settle()
      },
      (this.byId(id)?.takes_ms ?? 0) + 5,
    )
    timer.unref()
    this.#timers.add(timer)
  }

  byId(id: string): Video | null {
    return this.#ground.store.row(video, `${VIDEO} where v.id = ?`, id)
  }

  ofUpload(uploadId: string): Video | null {
    return this.#ground.store.row(video, `${VIDEO} where v.upload_id = ?`, uploadId)
  }

  ofPost(postId: string): Video | null {
    return this.#ground.store.row(video, `${VIDEO} where v.post_id = ?`, postId)
  }

  /** Published ones, newest first. */
  list(pageId: string, surface: Video['surface'] | null): Video[] {
    return this.#ground.store.rows(
      video,
      `${VIDEO} where v.page_id = ?1 and (?2 is null or v.surface = ?2) and v.deleted_at is null
         and v.post_id is not null order by v.seq desc limit 100`,
      pageId,
      surface,
    )
  }

  isProcessed(held: Video): boolean {
    return isProcessed(held, this.#ground.clock)
  }

  /** Reels that the Page asked for in the last day. */
  reelsOfDay(pageId: string): number {
    const counted = this.#ground.store.row(
      z.object({ n: z.number() }),
      `select count(*) as n from meta_videos where page_id = ? and surface = 'reel' and wanted_at > ?`,
      pageId,
      this.#ground.clock.now() - 86_400_000,
    )
    return counted?.n ?? 0
  }

  delete(id: string): void {
    this.#ground.store.run('update meta_videos set deleted_at = ? where id = ?', this.#ground.clock.now(), id)
  }

  /** Publishes what was asked for and is ready by now. @returns what came out */
  settle(): Video[] {
    const due = this.#ground.store
      .rows(
        video,
        `${VIDEO} where v.wanted_at is not null and v.post_id is null and v.failure_code is null
           and v.began_at is not null and v.deleted_at is null order by v.seq`,
      )
      .filter((held) => this.isProcessed(held))
    const published = this.#ground.store.transaction(() => due.map((held) => this.#publish(held)))
    for (const { post_id } of published) if (post_id !== null) this.onPublished(post_id)
    return published
  }

  #publish(held: Video): Video {
    const at = Math.max(held.wanted_at ?? 0, processedAt(held, this.#ground.clock))
    const sha256 = held.file ?? ''
    const { id } =
      held.surface === 'story'
        ? this.#stories.publish(held.page_id, { videoId: held.id, sha256 })
        : this.#posts.publish(
            held.page_id,
            { message: held.message, link: null, photos: [], film: sha256 },
            at,
          )
    this.#ground.store.run('update meta_videos set post_id = ? where id = ?', id, held.id)
    return { ...held, post_id: id }
  }
}
