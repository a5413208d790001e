import { createClient } from '@supabase/supabase-js'

export type OpenedFile = { sizeBytes: number; body: AsyncIterable<Uint8Array>; cancel(): Promise<void> }

export type MediaStorage = {
  /** The file's bytes; null where there is none. Rejects where the store cannot be reached. */
  download(path: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** The same, as it comes in: for what no memory should hold. */
  open(path: string): Promise<OpenedFile | null>
  /** An address for whoever has it, until it expires. */
  signedUrl(path: string, seconds: number): Promise<string>
  /** Where nothing is yet: it replaces no file. */
  upload(path: string, bytes: Uint8Array<ArrayBuffer>, mimeType: string): Promise<void>
  /** Within the store: the bytes do not pass through here. false: there is nothing to copy. */
  copy(from: string, to: string): Promise<boolean>
  remove(path: string): Promise<void>
  /** Removes whatever lies directly in the folder. */
  clear(folder: string): Promise<void>
  /** Removes whatever lies in the folder's own folders. */
  clearTree(folder: string): Promise<void>
}

const BUCKET = 'media'
/** An asset's folder holds what was uploaded and a copy for each time it was read: a dozen at most. */
const LISTED = 1_000

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

    async open(path) {
      const silence = new AbortController()
      const timer = setTimeout(() => silence.abort(), timeoutMs)
      const response = await fetch(`${url}/storage/v1/object/${BUCKET}/${path}`, {
        headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
        signal: silence.signal,
      }).finally(() => clearTimeout(timer))
      if (response.status === 404 || response.status === 400) {
        await response.body?.cancel()
        return null
      }
      if (!response.ok || !response.body) throw new Error(`Storage did not give the file: ${response.status}`)
      return {
        sizeBytes: Number(response.headers.get('content-length')),
        body: unlessSilent(response.body, silence, timeoutMs),
        cancel: async () => silence.abort(),
      }
    },

    signedUrl,

    async upload(path, bytes, mimeType) {
      const { error } = await bucket.upload(path, new Blob([bytes], { type: mimeType }))
      if (error) throw new Error(`Storage did not take the file: ${error.message}`, { cause: error })
    },

    async copy(from, to) {
      const { error } = await bucket.copy(from, to)
      if (!error) return true
      if ('status' in error && (error.status === 404 || error.status === 400)) return false
      throw new Error(`Storage did not copy the file: ${error.message}`, { cause: error })
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

/** A large file may take its time, as long as something comes. */
async function* unlessSilent(body: ReadableStream<Uint8Array>, silence: AbortController, timeoutMs: number) {
  let timer = setTimeout(() => silence.abort(), timeoutMs)
  try {
    for await (const chunk of body) {
      clearTimeout(timer)
      yield chunk
      timer = setTimeout(() => silence.abort(), timeoutMs)
    }
  } finally {
    clearTimeout(timer)
  }
}
