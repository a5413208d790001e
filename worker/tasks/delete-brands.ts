import type { Ports } from '../ports.ts'

/**
 * Ends the brands whose grace is over: their files, then their rows. The files go first, since only the rows
 * know of them, and once more afterwards, for what was uploaded meanwhile.
 */
export async function deleteBrands({ records, storage, log }: Ports, signal: AbortSignal): Promise<void> {
  for (const brandId of await records.brands.toDelete()) {
    if (signal.aborted) break
    try {
      await storage.clearTree(brandId)
      if (!(await records.brands.delete(brandId))) continue
      await storage.clearTree(brandId)
      log.info({ brand: brandId }, 'brand deleted')
    } catch (error) {
      log.warn({ err: error, brand: brandId }, 'a brand to be deleted stays for now')
    }
  }
}
