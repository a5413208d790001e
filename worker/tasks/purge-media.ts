import type { Ports } from '../ports.ts'

const BATCH = 100

/**
 * Removes the bytes of files that were rejected, deleted or never finished. What one asset's folder refuses
 * stays for the next time and holds up no other.
 */
export async function purgeMedia({ records, storage, log }: Ports, signal: AbortSignal): Promise<void> {
  let purged = 0
  for (const { assetId, folder } of await records.media.toPurge(BATCH)) {
    if (signal.aborted) break
    try {
      await storage.clear(folder)
      await records.media.recordPurge(assetId)
      purged++
    } catch (error) {
      log.warn({ err: error, asset: assetId }, 'the bytes of an unwanted file stay for now')
    }
  }
  if (purged > 0) log.info({ purged }, 'bytes of unwanted files removed')
}
