import type { Db } from '#lib/supabase/db.ts'

const GOOD_FOR_S = 7200
/** Reused while it has this long to live, so that a page left open keeps its pictures. */
const REUSED_FOR_MS = 3_600_000
const MOST_KEPT = 5000

const kept = new Map<string, { address: string; until: number }>()

/**
 * Addresses that open private files for a while, by path; one Storage request for those not signed lately.
 * Paths must come from rows that the caller could read: an address opens for anyone who holds it, so all
 * readers of a file may as well hold the same one, and the browser's cache then knows it again.
 */
export async function signedAddresses(
  db: Db,
  paths: Iterable<string>,
  now = Date.now(),
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(paths)]
  const unsigned = wanted.filter((path) => (kept.get(path)?.until ?? 0) < now)
  if (unsigned.length > 0) {
    const { data, error } = await db.storage.from('media').createSignedUrls(unsigned, GOOD_FOR_S)
    if (error) throw error
    makeRoom()
    for (const { path, signedUrl } of data) {
      if (path && signedUrl) kept.set(path, { address: signedUrl, until: now + REUSED_FOR_MS })
    }
  }
  return new Map(
    wanted.flatMap((path) => {
      const found = kept.get(path)
      return found ? [[path, found.address]] : []
    }),
  )
}

/** Oldest first: a Map keeps the order in which its keys came. */
function makeRoom() {
  for (const path of kept.keys()) {
    if (kept.size <= MOST_KEPT) return
    kept.delete(path)
  }
}
