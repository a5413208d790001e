import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../platform.ts'

const upload = z.object({ id: z.string(), size: z.number().nullable(), received: z.number() })
export type Upload = z.infer<typeof upload>

const UPLOAD = `select u.id, u.size, coalesce((select sum(length(p.bytes)) from meta_upload_parts p
  where p.upload_id = u.id), 0) as received from meta_uploads u`

/** Files that arrive in pieces, each where the last one ended. */
export class Uploads {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** The size may come with the first piece instead. */
  start(size: number | null): Upload {
    const id = randomBytes(18).toString('base64url')
    this.#ground.store.run('insert into meta_uploads values (?, ?, ?)', id, size, this.#ground.clock.now())
    return { id, size, received: 0 }
  }

  find(id: string): Upload | null {
    return this.#ground.store.row(upload, `${UPLOAD} where u.id = ?`, id)
  }

  /** @returns null where the piece does not start where the last one ended, or goes past the end */
  append(id: string, offset: number, bytes: Uint8Array, size: number | null): Upload | null {
    const known = this.find(id)
    const whole = known?.size ?? size
    if (!known || whole === null || offset !== known.received || offset + bytes.byteLength > whole)
      return null
    const { store } = this.#ground
    store.transaction(() => {
      store.run('update meta_uploads set size = ? where id = ?', whole, id)
      if (bytes.byteLength > 0) store.run('insert into meta_upload_parts values (?, ?, ?)', id, offset, bytes)
    })
    return { id, size: whole, received: offset + bytes.byteLength }
  }

  /** The whole file; the pieces stay, so that a status can still be read. */
  bytesOf(id: string): Uint8Array {
    const parts = this.#ground.store.rows(
      z.object({ bytes: z.instanceof(Uint8Array) }),
      'select bytes from meta_upload_parts where upload_id = ? order by start',
      id,
    )
    const [only] = parts
    // A film that came in one piece is not copied once more: films are heavy.
    return only && parts.length === 1 ? only.bytes : Buffer.concat(parts.map(({ bytes }) => bytes))
  }
}

export function isWhole({ size, received }: Upload): boolean {
  return size !== null && received === size
}
