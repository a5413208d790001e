import { z } from 'zod'
import { platformId } from '../json.ts'
import { type GraphClient, type Read, shaped } from './client.ts'
import { parseMetaTime } from './graph.ts'
import { absolute } from './permalink.ts'
import { receivedBytes, uploadingPhase } from './upload.ts'

const phase = z.object({
  status: z.string().optional(),
  publish_status: z.string().optional(),
  errors: z.array(z.object({ code: z.number().optional(), message: z.string().optional() })).optional(),
  error: z.object({ message: z.string().optional() }).optional(),
})
const status = z.object({
  video_status: z.string().optional(),
  uploading_phase: uploadingPhase.optional(),
  processing_phase: phase.optional(),
  publishing_phase: phase.optional(),
})
export const videoNode = z.object({
  id: platformId,
  status: status.optional(),
  post_id: platformId.optional(),
  permalink_url: z.string().optional(),
  created_time: z.string().optional(),
  description: z.string().optional(),
})
export const videoFields = 'id,status,post_id,permalink_url,created_time,description'
type VideoNode = z.infer<typeof videoNode>

export type VideoState = {
  /** `working`: it was asked to be published, and is not out yet. */
  kind: 'out' | 'failed' | 'working' | 'waiting'
  platformPostId: string
  permalink: string
  createdAt: Date | null
  receivedBytes: number
  isWhole: boolean
  reason: string
}

/** How far a video of a Page is, its three phases read as one (platforms/meta.md 3.4, 3.5). */
export async function readVideo(id: string, client: GraphClient): Promise<Read<VideoState>> {
  const read = shaped(await client.read(id, { fields: videoFields }), videoNode)
  return read.kind === 'error' ? read : { kind: 'ok', value: stateOf(read.value) }
}

export function stateOf(video: VideoNode): VideoState {
  const { uploading_phase: uploading, publishing_phase: publishing } = video.status ?? {}
  return {
    kind: kindOf(video),
    // A reel may be known by its video alone.
    platformPostId: video.post_id ?? video.id,
    permalink: absolute(video.permalink_url ?? `/reel/${video.id}`),
    createdAt: video.created_time ? parseMetaTime(video.created_time) : null,
    receivedBytes: receivedBytes(uploading),
    isWhole: uploading?.status === 'complete' || publishing?.status === 'complete',
    reason: reasonOf(video),
  }
}

function kindOf({ status: told = {} }: VideoNode): VideoState['kind'] {
  const { video_status: whole, processing_phase: processing, publishing_phase: publishing } = told
  const phases = [told.uploading_phase, processing, publishing]
  if (whole === 'error' || whole === 'expired' || phases.some((one) => one?.status === 'error'))
    return 'failed'
  if (publishing) {
    if (publishing.status === 'complete' && publishing.publish_status !== 'draft') return 'out'
    return publishing.status === 'not_started' && publishing.publish_status === undefined
      ? 'waiting'
      : 'working'
  }
  return whole === 'ready' ? 'out' : 'working'
}

function reasonOf({ status: told = {} }: VideoNode): string {
  const { processing_phase: processing, publishing_phase: publishing } = told
  const texts = [processing, publishing].flatMap((one) => [
    ...(one?.errors ?? []).map(({ message }) => message),
    one?.error?.message,
  ])
  return texts.find((text) => text) ?? 'Facebook could not process the video.'
}
