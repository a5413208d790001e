import { isLoopback } from '../loopback.ts'

export type FetchedFile =
  | { kind: 'fetched'; bytes: Uint8Array<ArrayBuffer>; contentType: string }
  | { kind: 'failed'; reason: 'address' | 'timeout' | 'answer' }

/**
 * Fetches a file by its address as the platform's crawler would, from this machine only: a sandbox never
 * calls out. No redirects, no login, and an address of plain ASCII.
 */
export async function fetchFile(address: string, timeoutMs = 10_000): Promise<FetchedFile> {
  const url = URL.canParse(address) ? new URL(address) : null
  const isTaken =
    url && /^[\x21-\x7e]+$/.test(address) && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)
  if (!isTaken) return { kind: 'failed', reason: 'address' }
  try {
    const answer = await fetch(url, {
      headers: { 'user-agent': 'facebookexternalhit/1.1 (sandbox)' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!answer.ok) return { kind: 'failed', reason: 'answer' }
    return {
      kind: 'fetched',
      bytes: new Uint8Array(await answer.arrayBuffer()),
      contentType: answer.headers.get('content-type') ?? '',
    }
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError'
    return { kind: 'failed', reason: isLate ? 'timeout' : 'answer' }
  }
}
