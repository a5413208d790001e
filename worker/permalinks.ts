import type { Ports } from './ports.ts'
import { freshAccessToken } from './secrets/fresh-token.ts'

/** Asks where posts stand that went out without saying so, until none is due. Reads only. */
export async function readLatePermalinks(ports: Ports, signal: AbortSignal): Promise<void> {
  const { permalinks } = ports.records
  while (!signal.aborted) {
    const claim = await permalinks.claim()
    if (!claim) return
    const { network, postId, platform } = claim
    const token = await freshAccessToken(claim, ports)
    if (token === null) continue
    const permalink = await ports.connectors(platform).readPermalink({ network, postId, token })
    if (permalink !== null) await permalinks.record(claim.jobId, permalink)
  }
}
