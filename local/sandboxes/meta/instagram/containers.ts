import { z } from 'zod'
import type { Ground } from '../../platform.ts'
import { isProcessed, progress, type Start } from '../processing.ts'
import { INSTAGRAM_LIMITS } from './rules.ts'

const container = z.object({
  seq: z.number(),
  id: z.string(),
  account_id: z.string(),
  kind: z.enum(['image', 'video', 'reel', 'story', 'carousel']),
  is_item: z.number().transform(Boolean),
  caption: z.string(),
  alt: z.string(),
  children: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  upload_id: z.string().nullable(),
  file: z.string().nullable(),
  cover: z.string().nullable(),
  created_at: z.number(),
  ...progress,
  media_id: z.string().nullable(),
})
export type Container = z.infer<typeof container>
export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED'

export interface NewContainer {
  accountId: string
  kind: Container['kind']
  isItem: boolean
  caption: string
  alt?: string
  children?: string[]
  file?: string | null
  cover?: string | null
  uploadId?: string | null
  /** Null while the bytes are still to come. */
  start: Start | null
}

/** What is prepared for Instagram: made, worked on, published once or forgotten after a day. */
export class Containers {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  create({ accountId, kind, isItem, caption, start, ...more }: NewContainer): Container {
    const { store, clock } = this.#ground
    const seq =
      (store.row(z.object({ n: z.number() }), 'select coalesce(max(seq), 0) as n from meta_containers')?.n ??
        0) + 1
    const id = `17990${String(61_002_413_000 + seq * 31).padStart(12, '0')}`
    store.run(
      `insert into meta_containers
         (seq, id, account_id, kind, is_item, caption, alt, children, upload_id, file, cover, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      id,
      accountId,
      kind,
      Number(isItem),
      caption,
      more.alt ?? '',
      JSON.stringify(more.children ?? []),
      more.uploadId ?? null,
      more.file ?? null,
      more.cover ?? null,
      clock.now(),
    )
    if (start) this.begin(id, more.file ?? null, start)
    const made = this.find(id)
    if (!made) throw new Error(`Container ${id} was not kept.`)
    return made
  }

  /** The bytes are here: the work on them begins. */
  begin(id: string, file: string | null, { takesMs, failure }: Start): void {
    this.#ground.store.run(
      `update meta_containers set file = ?2, began_at = ?3, began_real = ?4, takes_ms = ?5,
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

  find(id: string): Container | null {
    return this.#ground.store.row(container, 'select * from meta_containers where id = ?', id)
  }

  ofUpload(uploadId: string): Container | null {
    return this.#ground.store.row(container, 'select * from meta_containers where upload_id = ?', uploadId)
  }

  statusOf(held: Container): ContainerStatus {
    const { clock } = this.#ground
    if (held.media_id !== null) return 'PUBLISHED'
    if (held.created_at + INSTAGRAM_LIMITS.containerLifeMs <= clock.now()) return 'EXPIRED'
    if (!isProcessed(held, clock)) return 'IN_PROGRESS'
    return held.failure_code === null ? 'FINISHED' : 'ERROR'
  }

  /** How many the account made in the last day. */
  countOfDay(accountId: string): number {
    const counted = this.#ground.store.row(
      z.object({ n: z.number() }),
      'select count(*) as n from meta_containers where account_id = ? and created_at > ?',
      accountId,
      this.#ground.clock.now() - 86_400_000,
    )
    return counted?.n ?? 0
  }
}
