import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../platform.ts'
import { LIFETIMES_S } from './facts.ts'
import type { ReadImage } from './images.ts'

const post = z.object({
  seq: z.number(),
  id: z.string(),
  number: z.string(),
  page_id: z.string(),
  message: z.string(),
  link: z.string().nullable(),
  created_at: z.number(),
  committed_at: z.number(),
  fingerprint: z.string(),
  deleted_at: z.number().nullable(),
  times_committed: z.number(),
})
export type Post = z.infer<typeof post>

const photo = z.object({
  id: z.string(),
  page_id: z.string(),
  mime: z.string(),
  width: z.number(),
  height: z.number(),
  byte_count: z.number(),
  sha256: z.string(),
  caption: z.string(),
  alt: z.string(),
  created_at: z.number(),
  post_id: z.string().nullable(),
})
export type Photo = z.infer<typeof photo>

/** Deleted posts count too: a double send that somebody tidied up was still a double send. */
const POST = `select p.*, (select count(*) from meta_posts same
  where same.page_id = p.page_id and same.fingerprint = p.fingerprint) as times_committed from meta_posts p`
const PHOTO = `select id, page_id, mime, width, height, length(bytes) as byte_count, sha256, caption, alt,
  created_at, post_id from meta_photos`

/** Eighteen digits: ids of this platform exceed what a JavaScript number counts exactly. */
const FIRST_POST = 122_104_517_000_000_401n
const FIRST_PHOTO = 122_208_633_000_000_207n

interface Draft {
  message: string
  link: string | null
  photos: Photo[]
  /** The hash of a film's bytes. */
  film?: string
}

interface Listing {
  pageId: string
  since?: number | undefined
  until?: number | undefined
  /** The seq of the last post seen. */
  after?: number | undefined
  limit: number
  listLagMs?: number
}

/** What was published on Pages, and the pictures staged for it. */
export class Posts {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  publish(pageId: string, draft: Draft, at = this.#ground.clock.now()): Post {
    const { store } = this.#ground
    const { message, link, photos } = draft
    return store.transaction(() => {
      const seq = this.#nextSeq('meta_posts')
      const number = String(FIRST_POST + BigInt(seq) * 13n)
      const id = `${pageId}_${number}`
      store.run(
        'insert into meta_posts values (?, ?, ?, ?, ?, ?, ?, ?, ?, null)',
        seq,
        id,
        number,
        pageId,
        message,
        link,
        at,
        Date.now(),
        fingerprintOf(draft),
      )
      photos.forEach((attached, position) => {
        store.run('update meta_photos set post_id = ?, position = ? where id = ?', id, position, attached.id)
      })
      const published = this.byId(id)
      if (!published) throw new Error(`Post ${id} was not kept.`)
      return published
    })
  }

  /** Would this be the same as the Page's newest post? */
  repeatsNewest(pageId: string, draft: Draft): boolean {
    const [newest] = this.list({ pageId, limit: 1 })
    return newest?.fingerprint === fingerprintOf(draft)
  }

  stage(pageId: string, image: ReadImage, caption: string, alt: string): Photo {
    const { store, clock } = this.#ground
    return store.transaction(() => {
      const seq = this.#nextSeq('meta_photos')
      const id = String(FIRST_PHOTO + BigInt(seq) * 13n)
      store.run(
        'insert into meta_photos values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, 0)',
        seq,
        id,
        pageId,
        image.bytes,
        image.mime,
        image.width,
        image.height,
        createHash('sha256').update(image.bytes).digest('hex'),
        caption,
        alt,
        clock.now(),
      )
      const staged = this.photo(id)
      if (!staged) throw new Error(`Photo ${id} was not kept.`)
      return staged
    })
  }

  /** Deleted posts included; whoever shows one decides. */
  byId(id: string): Post | null {
    return this.#ground.store.row(post, `${POST} where id = ?`, id)
  }

  byNumber(pageId: string, number: string): Post | null {
    return this.byId(`${pageId}_${number}`)
  }

  /** Newest first, deleted ones left out. */
  list({ pageId, since, until, after, limit, listLagMs = 0 }: Listing): Post[] {
    return this.#ground.store.rows(
      post,
      `${POST} where page_id = ?1 and deleted_at is null
         and created_at >= ?2 and created_at <= ?3 and committed_at <= ?4
         and (?5 is null or (created_at, seq) < (select created_at, seq from meta_posts where seq = ?5))
       order by created_at desc, seq desc limit ?6`,
      pageId,
      since ?? 0,
      until ?? Number.MAX_SAFE_INTEGER,
      Date.now() - listLagMs,
      after ?? null,
      limit,
    )
  }

  /** Everything ever committed, deleted posts included, oldest first. */
  all({
    pageId,
    fingerprint,
  }: {
    pageId?: string | undefined
    fingerprint?: string | undefined
  } = {}): Post[] {
    return this.#ground.store.rows(
      post,
      `${POST} where (?1 is null or page_id = ?1) and (?2 is null or fingerprint = ?2) order by seq`,
      pageId ?? null,
      fingerprint ?? null,
    )
  }

  count(): number {
    return this.#ground.store.row(z.object({ n: z.number() }), 'select count(*) as n from meta_posts')?.n ?? 0
  }

  delete(id: string): void {
    this.#ground.store.run(
      'update meta_posts set deleted_at = ? where id = ? and deleted_at is null',
      this.#ground.clock.now(),
      id,
    )
  }

  photo(id: string): Photo | null {
    return this.#ground.store.row(photo, `${PHOTO} where id = ?`, id)
  }

  photosOf(postId: string): Photo[] {
    return this.#ground.store.rows(photo, `${PHOTO} where post_id = ? order by position`, postId)
  }

  /** Staged pictures that were never published are dropped after a day. */
  isExpired(staged: Photo): boolean {
    return (
      staged.post_id === null &&
      staged.created_at + LIFETIMES_S.stagedPhoto * 1000 <= this.#ground.clock.now()
    )
  }

  bytesOf(photoId: string): Uint8Array<ArrayBuffer> | null {
    const found = this.#ground.store.row(
      z.object({ bytes: z.instanceof(Uint8Array) }),
      'select bytes from meta_photos where id = ?',
      photoId,
    )
    return found ? new Uint8Array(found.bytes) : null
  }

  deletePhoto(id: string): void {
    this.#ground.store.run('delete from meta_photos where id = ?', id)
  }

  #nextSeq(table: 'meta_posts' | 'meta_photos'): number {
    const last = this.#ground.store.row(
      z.object({ n: z.number() }),
      `select coalesce(max(seq), 0) as n from ${table}`,
    )
    return (last?.n ?? 0) + 1
  }
}

/** Equal for two sends of the same thing: text, link and the bytes of pictures or film. */
function fingerprintOf({ message, link, photos, film }: Draft): string {
  const content = [
    message.normalize('NFC').replaceAll('\r\n', '\n').trim(),
    link,
    ...photos.map((p) => p.sha256),
    ...(film === undefined ? [] : [film]),
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
