import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Store } from '../store.ts'

const storedFile = z.object({
  sha256: z.string(),
  mime: z.string(),
  width: z.number(),
  height: z.number(),
  duration_ms: z.number().nullable(),
  byte_count: z.number(),
})
export type StoredFile = z.infer<typeof storedFile>

interface NewFile {
  bytes: Uint8Array
  mime: string
  width: number
  height: number
  durationMs: number | null
}

/** Films, and what Instagram fetched: each kept once, by its bytes. */
export class Files {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** @returns its name: the hash of its bytes */
  keep({ bytes, mime, width, height, durationMs }: NewFile): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#store.run(
      'insert or ignore into meta_files values (?, ?, ?, ?, ?, ?)',
      sha256,
      bytes,
      mime,
      width,
      height,
      durationMs,
    )
    return sha256
  }

  find(sha256: string): StoredFile | null {
    return this.#store.row(
      storedFile,
      `select sha256, mime, width, height, duration_ms, length(bytes) as byte_count
       from meta_files where sha256 = ?`,
      sha256,
    )
  }

  bytesOf(sha256: string): Uint8Array<ArrayBuffer> | null {
    const found = this.#store.row(
      z.object({ bytes: z.instanceof(Uint8Array) }),
      'select bytes from meta_files where sha256 = ?',
      sha256,
    )
    return found ? new Uint8Array(found.bytes) : null
  }
}
