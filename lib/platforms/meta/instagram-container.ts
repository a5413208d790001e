import { z } from 'zod'
import type { GraphClient } from './client.ts'
import { type Read, shaped } from './client.ts'
import { verdictOfStatus } from './errors.ts'
import { receivedBytes, uploadingPhase } from './upload.ts'

const container = z.object({
  status_code: z.string().optional(),
  status: z.string().optional(),
  video_status: z.object({ uploading_phase: uploadingPhase.optional() }).optional(),
})

export type ContainerState =
  | { kind: 'in_progress' | 'finished' | 'published' | 'expired' }
  /** `isPassing`: another container may fare better. */
  | { kind: 'error'; code: string; message: string; isPassing: boolean }

/** What Instagram says of a container; HTTP is 200 even for one that failed (platforms/meta.md 4.2). */
export async function readContainer(id: string, client: GraphClient): Promise<Read<ContainerState>> {
  const read = shaped(await client.read(id, { fields: 'status_code,status' }), container)
  return read.kind === 'error' ? read : { kind: 'ok', value: stateOf(read.value) }
}

function stateOf({ status_code: code, status = '' }: z.infer<typeof container>): ContainerState {
  if (code === 'FINISHED') return { kind: 'finished' }
  if (code === 'PUBLISHED') return { kind: 'published' }
  if (code === 'EXPIRED') return { kind: 'expired' }
  // Seen: the code missing while the text tells of an error.
  if (code === 'ERROR' || (code === undefined && /^error/i.test(status))) {
    return { kind: 'error', ...verdictOfStatus(status) }
  }
  return { kind: 'in_progress' }
}

/** How far the upload into a container came; null: it has all it needs. */
export async function readUploaded(id: string, client: GraphClient): Promise<Read<number | null>> {
  const fields = 'id,status,status_code,video_status'
  const read = shaped(await client.read(id, { fields }), container)
  if (read.kind === 'error') return read
  const phase = read.value.video_status?.uploading_phase
  const isWhole = phase?.status === 'complete' || read.value.status_code === 'FINISHED'
  return { kind: 'ok', value: isWhole ? null : receivedBytes(phase) }
}
