import { SecretRefused, type Vault } from '#lib/connections/secrets.ts'
import type { Rotation, SealedRow } from '../records/rotation.ts'

export type RotationReport = {
  rewrapped: number
  /** Still under another key: they do not open. */
  left: number
  unopened: readonly { row: Omit<SealedRow, 'wrappedKey'>; reason: string }[]
}

/** Enough to name the fault; a table full of them is one fault. */
const MAX_NAMED = 20

/**
 * Wraps every data key with the current key, batch by batch, while workers publish: no token is opened, and each row
 * changes at once, so that a reader finds the old wrap or the new. Killed at any point and run again, it goes on.
 */
export async function rotateSecrets(
  rotation: Rotation,
  vault: Vault,
  { batch = 500, onProgress = () => {} }: { batch?: number; onProgress?: (rewrapped: number) => void } = {},
): Promise<RotationReport> {
  const unopened = new Map<string, RotationReport['unopened'][number]>()
  const rewrap = (row: SealedRow) => {
    try {
      return vault.rewrap(row, row)
    } catch (error) {
      if (!(error instanceof SecretRefused)) throw error
      const { wrappedKey: _, ...named } = row
      if (unopened.size < MAX_NAMED) unopened.set(row.id, { row: named, reason: error.message })
      return null
    }
  }

  let rewrapped = 0
  // A pass leaves out rows that were locked, and those made meanwhile: pass after pass, until one brings nothing.
  for (;;) {
    const before = rewrapped
    let afterId: string | null = null
    for (;;) {
      const done = await rotation.rewrapBatch(
        { currentKeyId: vault.currentKeyId, afterId, limit: batch },
        rewrap,
      )
      if (done.seen === 0) break
      rewrapped += done.rewrapped
      afterId = done.lastId
      onProgress(rewrapped)
    }
    if (rewrapped === before) break
  }
  return { rewrapped, left: await countLeft(rotation, vault), unopened: [...unopened.values()] }
}

async function countLeft(rotation: Rotation, vault: Vault): Promise<number> {
  const counts = await rotation.countByKey()
  return counts.reduce((sum, { keyId, secrets }) => sum + (keyId === vault.currentKeyId ? 0 : secrets), 0)
}
