import { z } from 'zod'
import type { Ground } from '../platform.ts'

const comment = z.object({
  seq: z.number(),
  id: z.string(),
  object_id: z.string(),
  account_id: z.string(),
  author: z.string(),
  is_own: z.number().transform(Boolean),
  message: z.string(),
  created_at: z.number(),
})
export type Comment = z.infer<typeof comment>

/** What is written below posts and media, by the account itself or by visitors. */
export class Comments {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  add(written: {
    objectId: string
    accountId: string
    author: string
    isOwn: boolean
    message: string
  }): Comment {
    const { store, clock } = this.#ground
    const last = store.row(
      z.object({ n: z.number() }),
      'select coalesce(max(seq), 0) as n from meta_comments',
    )
    const seq = (last?.n ?? 0) + 1
    const id = `17860${String(9_114_560_000 + seq * 41).padStart(12, '0')}`
    store.run(
      'insert into meta_comments values (?, ?, ?, ?, ?, ?, ?, ?)',
      seq,
      id,
      written.objectId,
      written.accountId,
      written.author,
      Number(written.isOwn),
      written.message,
      clock.now(),
    )
    const kept = this.byId(id)
    if (!kept) throw new Error(`Comment ${id} was not kept.`)
    return kept
  }

  byId(id: string): Comment | null {
    return this.#ground.store.row(comment, 'select * from meta_comments where id = ?', id)
  }

  /** Newest first. */
  on(objectId: string): Comment[] {
    return this.#ground.store.rows(
      comment,
      'select * from meta_comments where object_id = ? order by created_at desc, seq desc',
      objectId,
    )
  }

  countOn(objectId: string): number {
    const sql = 'select count(*) as n from meta_comments where object_id = ?'
    return this.#ground.store.row(z.object({ n: z.number() }), sql, objectId)?.n ?? 0
  }

  delete(id: string): void {
    this.#ground.store.run('delete from meta_comments where id = ?', id)
  }
}
