import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../../platform.ts'
import type { Container, Containers } from './containers.ts'

const media = z.object({
  seq: z.number(),
  id: z.string(),
  account_id: z.string(),
  parent_id: z.string().nullable(),
  kind: z.enum(['image', 'video', 'reel', 'story', 'carousel']),
  caption: z.string(),
  alt: z.string(),
  file: z.string().nullable(),
  cover: z.string().nullable(),
  created_at: z.number(),
  committed_at: z.number(),
  fingerprint: z.string(),
  comment_enabled: z.number().transform(Boolean),
  deleted_at: z.number().nullable(),
  mime: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  duration_ms: z.number().nullable(),
  times_committed: z.number(),
})
export type Media = z.infer<typeof media>

/** Deleted ones count too: a double send that somebody tidied up was still a double send. */
const MEDIA = `select m.*, f.mime, f.width, f.height, f.duration_ms, (select count(*) from meta_media same
  where same.account_id = m.account_id and same.fingerprint = m.fingerprint and same.parent_id is null)
  as times_committed from meta_media m left join meta_files f on f.sha256 = m.file`

const STORY_LIFE_MS = 86_400_000

interface Listing {
  accountId: string
  /** Stories have a list of their own, and leave it after a day. */
  isOfStories?: boolean
  since?: number | undefined
  until?: number | undefined
  /** The seq of the last one seen. */
  after?: number | undefined
  limit: number
  listLagMs?: number
}

/** What was published on Instagram. */
export class PublishedMedia {
  readonly #ground: Ground
  readonly #containers: Containers

  constructor(ground: Ground, containers: Containers) {
    this.#ground = ground
    this.#containers = containers
  }

  /** One container becomes one media; a carousel's items become media of their own in it. */
  publish(container: Container): Media {
    return this.#ground.store.transaction(() => {
      const items = container.children.flatMap((id) => this.#containers.find(id) ?? [])
      const files = [container, ...items].map(({ file }) => file)
      const parent = this.#keep(container, null, fingerprintOf(container, files))
      for (const item of items) this.#keep(item, parent, fingerprintOf(item, [item.file]))
      const published = this.byId(parent)
      if (!published) throw new Error(`Media ${parent} was not kept.`)
      return published
    })
  }

  byId(id: string): Media | null {
    return this.#ground.store.row(media, `${MEDIA} where m.id = ?`, id)
  }

  childrenOf(id: string): Media[] {
    return this.#ground.store.rows(media, `${MEDIA} where m.parent_id = ? order by m.seq`, id)
  }

  /** Newest first, deleted ones left out. */
  list({ accountId, isOfStories = false, since, until, after, limit, listLagMs = 0 }: Listing): Media[] {
    const oldest = isOfStories ? this.#ground.clock.now() - STORY_LIFE_MS : 0
    return this.#ground.store.rows(
      media,
      `${MEDIA} where m.account_id = ?1 and m.parent_id is null and m.deleted_at is null
         and (m.kind = 'story') = ?2 and m.created_at >= ?3 and m.created_at <= ?4 and m.committed_at <= ?5
         and (?6 is null or (m.created_at, m.seq) < (select created_at, seq from meta_media where seq = ?6))
       order by m.created_at desc, m.seq desc limit ?7`,
      accountId,
      Number(isOfStories),
      Math.max(since ?? 0, oldest),
      until ?? Number.MAX_SAFE_INTEGER,
      Date.now() - listLagMs,
      after ?? null,
      limit,
    )
  }

  /** Everything ever published, deleted ones included, oldest first. */
  all(accountId?: string): Media[] {
    return this.#ground.store.rows(
      media,
      `${MEDIA} where m.parent_id is null and (?1 is null or m.account_id = ?1) order by m.seq`,
      accountId ?? null,
    )
  }

  countSince(accountId: string, since: number): number {
    return this.#count('account_id = ? and created_at > ?', accountId, since)
  }

  /** What a profile counts: no stories, and nothing that was deleted. */
  countShown(accountId: string): number {
    return this.#count(`account_id = ? and deleted_at is null and kind <> 'story'`, accountId)
  }

  count(): number {
    return this.#count('true')
  }

  #count(condition: string, ...values: (string | number)[]): number {
    const sql = `select count(*) as n from meta_media where parent_id is null and ${condition}`
    return this.#ground.store.row(z.object({ n: z.number() }), sql, ...values)?.n ?? 0
  }

  delete(id: string): void {
    this.#ground.store.run(
      'update meta_media set deleted_at = ? where id = ? and deleted_at is null',
      this.#ground.clock.now(),
      id,
    )
  }

  enableComments(id: string, isEnabled: boolean): void {
    this.#ground.store.run('update meta_media set comment_enabled = ? where id = ?', Number(isEnabled), id)
  }

  #keep(container: Container, parentId: string | null, fingerprint: string): string {
    const { store, clock } = this.#ground
    const seq =
      (store.row(z.object({ n: z.number() }), 'select coalesce(max(seq), 0) as n from meta_media')?.n ?? 0) +
      1
    const id = `18010${String(27_448_190_000 + seq * 37).padStart(12, '0')}`
    store.run(
      `insert into meta_media (seq, id, account_id, parent_id, kind, caption, alt, file, cover,
         created_at, committed_at, fingerprint) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      id,
      container.account_id,
      parentId,
      container.kind,
      container.caption,
      container.alt,
      container.file,
      container.cover,
      clock.now(),
      Date.now(),
      fingerprint,
    )
    store.run('update meta_containers set media_id = ? where id = ?', id, container.id)
    return id
  }
}

/** Equal for two sends of the same thing. */
function fingerprintOf({ kind, caption }: Container, files: (string | null)[]): string {
  const text = caption.normalize('NFC').replaceAll('\r\n', '\n').trim()
  return createHash('sha256')
    .update(JSON.stringify([kind, text, ...files]))
    .digest('hex')
}
