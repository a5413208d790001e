import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MediaStorage } from './storage.ts'

/** Seven of the largest videos: what is read again and again during one upload stays, an archive it is not. */
const KEPT_BYTES = 2 * 1024 ** 3

export type LocalFile = {
  file: string
  sizeBytes: number
  hash: string
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>
}

/** Files of the store on this machine's disk, where they can be read in parts and any number of times. */
export type LocalFiles = {
  /** What lies in the store now; a number: it has so many bytes, more than asked for; null: nothing is there. */
  fetch(path: string, mostBytes: number): Promise<LocalFile | number | null>
  /** The file with this hash: as it was fetched before, or fetched anew. */
  keep(path: string, wanted: { hash: string; sizeBytes: number }): Promise<LocalFile | 'other' | null>
  clear(): Promise<void>
}

/**
 * Only this process writes into the folder, and a name there is the hash of what was written: bytes are hashed
 * as they come in, and not once more for each part that is read.
 */
export function createLocalFiles(storage: Pick<MediaStorage, 'open'>, keptBytes = KEPT_BYTES): LocalFiles {
  const folder = path.join(tmpdir(), `${FOLDER}${process.pid}-${randomUUID()}`)
  const kept = new Map<string, LocalFile>()
  const coming = new Map<string, Promise<LocalFile | number | null>>()
  let made: Promise<unknown> | null = null

  async function fetch(from: string, mostBytes: number): Promise<LocalFile | number | null> {
    made ??= sweepAbandoned().then(() => mkdir(folder, { mode: 0o700 }))
    await made
    const opened = await storage.open(from)
    if (!opened) return null
    if (opened.sizeBytes > mostBytes) {
      await opened.cancel()
      return opened.sizeBytes
    }
    const half = path.join(folder, randomUUID())
    const hash = createHash('sha256')
    let sizeBytes = 0
    try {
      await pipeline(
        async function* () {
          for await (const chunk of opened.body) {
            hash.update(chunk)
            sizeBytes += chunk.byteLength
            yield chunk
          }
        },
        createWriteStream(half, { mode: 0o600 }),
      )
    } catch (error) {
      await rm(half, { force: true })
      throw error
    }
    const name = hash.digest('hex')
    const place = path.join(folder, name)
    await rename(half, place)
    const file = { file: place, sizeBytes, hash: name, read: readerOf(place) }
    kept.delete(name)
    kept.set(name, file)
    await makeRoom(name)
    return file
  }

  /** The longest unread go first, and never the one that just came. */
  async function makeRoom(newest: string) {
    let sum = [...kept.values()].reduce((bytes, file) => bytes + file.sizeBytes, 0)
    for (const [name, file] of kept) {
      if (sum <= keptBytes || name === newest) return
      kept.delete(name)
      sum -= file.sizeBytes
      await rm(file.file, { force: true })
    }
  }

  return {
    fetch,

    async keep(from, { hash, sizeBytes }) {
      const here = kept.get(hash)
      if (here) {
        kept.delete(hash)
        kept.set(hash, here)
        return here
      }
      // Two jobs with one video: the second waits for what the first brings.
      const under = coming.get(hash) ?? fetch(from, sizeBytes).finally(() => coming.delete(hash))
      coming.set(hash, under)
      const file = await under
      if (file === null) return null
      return typeof file !== 'number' && file.hash === hash ? file : 'other'
    },

    clear: () => rm(folder, { recursive: true, force: true }),
  }
}

function readerOf(file: string): LocalFile['read'] {
  return async (offset, length) => {
    const handle = await open(file)
    try {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  }
}

const FOLDER = 'copydesk-media-'

/** A worker that was killed leaves its folder: whoever starts next takes it away. */
async function sweepAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER))
  for (const name of names) {
    const pid = Number(name.slice(FOLDER.length).split('-')[0])
    if (!isAlive(pid)) await rm(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
