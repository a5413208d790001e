import { createClient } from '@supabase/supabase-js'

export type MediaStorage = {
  /** The file's bytes; null where there is none. Rejects where the store cannot be reached. */
  download(path: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** A part of the file; null where there is none. */
  read(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | null>
  /** An address for whoever has it, until it expires. */
  signedUrl(path: string, seconds: number): Promise<string>
  /** Where nothing is yet: it replaces no file. */
  upload(path: string, bytes: Uint8Array<ArrayBuffer>, mimeType: string): Promise<void>
  remove(path: string): Promise<void>
  /** Removes whatever lies directly in the folder. */
  clear(folder: string): Promise<void>
  /** Removes whatever lies in the folder's own folders. */
  clearTree(folder: string): Promise<void>
}

const BUCKET = 'media'
/** An asset's folder holds what was uploaded and a copy for each time it was read: a dozen at most. */
const LISTED = 1_000
const RANGE_URL_SECONDS = 60

/** The private bucket, by the service key: the worker alone reads files without a person's session. */
export function createMediaStorage({
  url,
  secretKey,
  timeoutMs,
}: {
  url: string
  secretKey: string
  timeoutMs: number
}): MediaStorage {
  const client = createClient(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) }) },
  })
  const bucket = client.storage.from(BUCKET)

  async function remove(paths: string[]) {
    const { error } = await bucket.remove(paths)
    if (error) throw new Error(`Storage did not remove the file: ${error.message}`, { cause: error })
  }

  async function signedUrl(path: string, seconds: number) {
    const { data, error } = await bucket.createSignedUrl(path, seconds)
    if (error) throw new Error(`Storage did not open the file: ${error.message}`, { cause: error })
    return data.signedUrl
  }

  async function list(folder: string) {
    const { data, error } = await bucket.list(folder, { limit: LISTED })
    if (error) throw new Error(`Storage did not list the folder: ${error.message}`, { cause: error })
    return data
  }

  async function clear(folder: string) {
    const files = (await list(folder)).filter(({ id }) => id !== null)
    if (files.length > 0) await remove(files.map(({ name }) => `${folder}/${name}`))
  }

  return {
    async download(path) {
      const { data, error } = await bucket.download(path)
      if (data) return new Uint8Array(await data.arrayBuffer())
      // Storage says 400 with "not found" inside, or 404, by version.
      if ('status' in error && (error.status === 404 || error.status === 400)) return null
      throw new Error(`Storage did not give the file: ${error.message}`, { cause: error })
    },

    async read(path, offset, length) {
      const address = await signedUrl(path, RANGE_URL_SECONDS)
      const last = offset + length - 1
      const response = await fetch(address, {
        headers: { range: `bytes=${offset}-${last}` },
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (response.status === 404 || response.status === 400) return null
      if (!response.ok) throw new Error(`Storage did not give the file: ${response.status}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      // A store that knows no ranges answers 200 with everything.
      return response.status === 206 ? bytes : bytes.slice(offset, offset + length)
    },

    signedUrl,

    async upload(path, bytes, mimeType) {
      const { error } = await bucket.upload(path, new Blob([bytes], { type: mimeType }))
      if (error) throw new Error(`Storage did not take the file: ${error.message}`, { cause: error })
    },

    remove: (path) => remove([path]),

    clear,

    async clearTree(folder) {
      // An emptied folder is gone from the list: the next thousand move up.
      for (;;) {
        const folders = (await list(folder)).filter(({ id }) => id === null)
        if (folders.length === 0) return
        for (const { name } of folders) await clear(`${folder}/${name}`)
      }
    },
  }
}
