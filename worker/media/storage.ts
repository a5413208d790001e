import { createClient } from '@supabase/supabase-js'

export type MediaStorage = {
  /** The file's bytes; null where there is none. Rejects where the store cannot be reached. */
  download(path: string): Promise<Uint8Array<ArrayBuffer> | null>
}

const BUCKET = 'media'

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
  return {
    async download(path) {
      const { data, error } = await client.storage.from(BUCKET).download(path)
      if (data) return new Uint8Array(await data.arrayBuffer())
      // Storage says 400 with "not found" inside, or 404, by version.
      if ('status' in error && (error.status === 404 || error.status === 400)) return null
      throw new Error(`Storage did not give the file: ${error.message}`, { cause: error })
    },
  }
}
