import type { FoundPost, LookOutcome, LookWork } from '../contract.ts'
import { createGraphClient, type GraphClient, type Tools } from './client.ts'
import { readVideo, stateOf, type VideoState, videoFields, videoNode } from './facebook-status.ts'
import { AWAIT, PUBLISH } from './facebook-video.ts'
import { CLOCK_SKEW_MS } from './limits.ts'
import { readList } from './list.ts'
import { facebookMessage, sameMessage } from './message.ts'

const nothing: LookOutcome = { kind: 'read', candidates: [] }
const stillWorking: LookOutcome = {
  kind: 'unreadable',
  error: {
    class: 'transient',
    code: 'publish_still_processing',
    message: 'Facebook is still working on the video.',
  },
}

/** By the video's own state where we know which it is, else by text and time (platforms/meta.md 9). */
export async function findFacebookVideo(work: LookWork, tools: Tools): Promise<LookOutcome> {
  if (work.step !== PUBLISH && work.step !== AWAIT) return nothing
  const client = createGraphClient(work.token, tools)
  const id = work.memo.video_id
  if (!id) return findByText(work, client)

  const read = await readVideo(id, client)
  if (read.kind === 'error') return { kind: 'unreadable', error: read.error }
  switch (read.value.kind) {
    case 'out':
      return { kind: 'read', candidates: [found(read.value, work)] }
    case 'failed':
      return nothing
    case 'working':
      return stillWorking
    case 'waiting':
      // Nobody has asked to publish it, unless we know that they took our asking.
      return work.step === AWAIT ? stillWorking : nothing
  }
}

async function findByText(work: LookWork, client: GraphClient): Promise<LookOutcome> {
  const since = new Date(work.since.getTime() - CLOCK_SKEW_MS)
  const query = { fields: videoFields, type: 'uploaded', since: String(Math.floor(since.getTime() / 1000)) }
  const listed = await readList(client, `${work.post.accountId}/videos`, query, videoNode)
  if (listed.kind === 'error') return { kind: 'unreadable', error: listed.error }
  const states = listed.value
    .filter(({ description }) => sameMessage(description ?? '', facebookMessage(work.post)))
    .map(stateOf)
    .filter(({ createdAt }) => createdAt !== null && createdAt >= since)
  const candidates = states.filter(({ kind }) => kind === 'out').map((state) => found(state, work))
  if (candidates.length === 0 && states.some(({ kind }) => kind === 'working')) return stillWorking
  return { kind: 'read', candidates: candidates.sort(byTime) }
}

function byTime(a: FoundPost, b: FoundPost): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime()
}

function found({ platformPostId, permalink, createdAt }: VideoState, { since }: LookWork): FoundPost {
  return { platformPostId, permalink, publishedAt: createdAt ?? since }
}
