import { z } from 'zod'
import type { Memo, PostMedia, PublishWork } from '../contract.ts'
import type { GraphClient } from './client.ts'
import { UPLOAD_PART_BYTES } from './limits.ts'
import { mutation, type Prepared } from './step.ts'

export const UPLOAD = 'upload'

/**
 * A file of which every answer came is where our memo says, and nobody need be asked between its parts: asking is
 * a call of the account's, bytes are none (docs/decisions/0014). The memo's `offset` is dropped with the first
 * answer that is lost.
 */
export const BEGUN: Memo = { offset: '0' }

/** null: only they know how far it came. */
export function knownOffset({ offset }: Memo): number | null {
  return offset === undefined ? null : Number(offset)
}

export function unplaced({ offset: _offset, ...kept }: Memo): Memo {
  return kept
}

const taken = z.object({ h: z.string().min(1).optional() })

type Part = {
  media: PostMedia
  url: string
  /** What they have already, as they say, or as our memo does. */
  offset: number
  headers(offset: number, sizeBytes: number): Readonly<Record<string, string>>
  /** Where to go on once the whole file is there; `handle` names it where a handle is given. */
  whole(handle: string | undefined): { step: string; memo: Memo }
}

/** The next part of a video, one a step: after a worker's death the upload goes on where it broke off. */
export async function uploadStep(
  work: PublishWork,
  { media, url, offset, headers, whole }: Part,
  client: GraphClient,
): Promise<Prepared> {
  const { sizeBytes, read } = await work.video(media)
  const bytes = await read(offset, Math.min(UPLOAD_PART_BYTES, sizeBytes - offset))
  const part = { headers: headers(offset, sizeBytes), bytes }
  return mutation(work, {
    step: UPLOAD,
    effect: 'staging',
    sends: [media.hash, String(offset), bytes],
    settleMs: 0,
    call: (timeoutMs) => client.upload(url, part, timeoutMs),
    answer: taken,
    outcome: ({ h }) =>
      offset + bytes.length < sizeBytes
        ? { kind: 'continue', step: UPLOAD, memo: { ...work.memo, offset: String(offset + bytes.length) } }
        : { kind: 'continue', ...whole(h) },
    async otherwise({ error, sent }) {
      const isLost = sent === 'maybe' || error.code === 'meta_upload_broken'
      // Asked where it stands, it goes on at once; what breaks after that is counted as a try.
      return isLost && knownOffset(work.memo) !== null
        ? { kind: 'continue', step: UPLOAD, memo: unplaced(work.memo) }
        : null
    },
  })
}

/** `Authorization: OAuth` goes to this host alone, whatever address an answer names. */
export function ruploadUrl(path: string): string {
  return `https://rupload.facebook.com/${path}`
}

export function ruploadHeaders(offset: number, sizeBytes: number): Readonly<Record<string, string>> {
  return { offset: String(offset), file_size: String(sizeBytes) }
}

/** The name was misspelt in older versions. */
export const uploadingPhase = z.object({
  status: z.string().optional(),
  bytes_transferred: z.coerce.number().optional(),
  bytes_transfered: z.coerce.number().optional(),
})

export function receivedBytes(phase: z.infer<typeof uploadingPhase> | undefined): number {
  return phase?.bytes_transferred ?? phase?.bytes_transfered ?? 0
}
