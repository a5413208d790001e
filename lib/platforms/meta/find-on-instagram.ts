import { z } from 'zod'
import type { FoundPost, LookOutcome, LookWork, PostFormat } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, type GraphClient, type Tools } from './client.ts'
import { parseMetaTime } from './graph.ts'
import { PUBLISH } from './instagram.ts'
import { readContainer } from './instagram-container.ts'
import { CLOCK_SKEW_MS, instagram } from './limits.ts'
import { readList } from './list.ts'
import { instagramCaption, sameCaption } from './message.ts'

const listedMedia = z.object({
  id: platformId,
  caption: z.string().optional(),
  media_type: z.string(),
  media_product_type: z.string().optional(),
  permalink: z.string().optional(),
  timestamp: z.string(),
})
type ListedMedia = z.infer<typeof listedMedia>

/**
 * The container says whether it is out; which media it became, the list says: same caption, same type, not older
 * than the intent. Never simply the newest (platforms/meta.md 9).
 *
 * A container never names the medium it became, and a story has no caption: type and time are all there is. Where
 * more than one fits, private.record_look asks a person.
 */
export async function findOnInstagram(work: LookWork, tools: Tools): Promise<LookOutcome> {
  // Containers are seen by nobody.
  const id = work.memo.id_parent ?? work.memo.id_0
  if (work.step !== PUBLISH || !id) return nothing
  const client = createGraphClient(work.token, tools)
  const read = await readContainer(id, client)
  if (read.kind === 'ok' && read.value.kind === 'finished') return nothing
  if (read.kind === 'ok' && read.value.kind === 'in_progress') return stillWorking

  const listed = await listMedia(work, client)
  if (listed.kind === 'unreadable' || listed.candidates.length > 0) return listed
  if (read.kind === 'error') {
    // A container that expired may be gone; what it became would have been listed.
    return isExpired(work, tools) ? listed : { kind: 'unreadable', error: read.error }
  }
  return read.value.kind === 'published' ? notListed : listed
}

const nothing: LookOutcome = { kind: 'read', candidates: [] }
const stillWorking: LookOutcome = {
  kind: 'unreadable',
  error: {
    class: 'transient',
    code: 'publish_still_processing',
    message: 'Instagram is still working on it.',
  },
}
const notListed: LookOutcome = {
  kind: 'unreadable',
  error: {
    class: 'transient',
    code: 'instagram_not_listed',
    message: 'Instagram says that it is out, and does not list it yet.',
  },
}

function isExpired({ memo }: LookWork, { clock }: Tools): boolean {
  return !!memo.made_at && clock.now().getTime() - Date.parse(memo.made_at) > instagram.containerMs
}

async function listMedia(work: LookWork, client: GraphClient): Promise<LookOutcome> {
  const since = new Date(work.since.getTime() - CLOCK_SKEW_MS)
  const edge = work.post.format === 'story' ? 'stories' : 'media'
  const listed = await readList(
    client,
    `${work.post.accountId}/${edge}`,
    {
      fields: 'id,caption,media_type,media_product_type,permalink,timestamp',
      ...(edge === 'media' ? { since: String(Math.floor(since.getTime() / 1000)) } : {}),
    },
    listedMedia,
  )
  if (listed.kind === 'error') return { kind: 'unreadable', error: listed.error }
  const candidates = listed.value.filter((media) => isOurs(media, work, since)).map(found)
  candidates.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
  return { kind: 'read', candidates }
}

function isOurs(media: ListedMedia, { post }: LookWork, since: Date): boolean {
  if (parseMetaTime(media.timestamp) < since) return false
  if (!isOfFormat(media, post.format, post.media[0]?.kind)) return false
  return post.format === 'story' || sameCaption(media.caption ?? '', instagramCaption(post.body))
}

function isOfFormat(
  { media_type: type, media_product_type: product }: ListedMedia,
  format: PostFormat,
  kind: 'image' | 'video' | undefined,
): boolean {
  if (format === 'carousel') return type === 'CAROUSEL_ALBUM'
  if (format === 'story') return type === (kind === 'video' ? 'VIDEO' : 'IMAGE')
  if (format === 'image') return type === 'IMAGE'
  return type === 'VIDEO' && (product === undefined || product === 'REELS')
}

function found({ id, permalink, timestamp }: ListedMedia): FoundPost {
  return { platformPostId: id, permalink: permalink || null, publishedAt: parseMetaTime(timestamp) }
}
