import { z } from 'zod'
import type { FoundPost, LookOutcome, LookWork } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, type Tools } from './client.ts'
import { PUBLISH, photoIds } from './facebook-feed.ts'
import { parseMetaTime } from './graph.ts'
import { CLOCK_SKEW_MS } from './limits.ts'
import { readList } from './list.ts'
import { facebookMessage, sameMessage } from './message.ts'
import { absolute } from './permalink.ts'

// The target of a shared link is an address without an id.
const target = z.object({ target: z.object({ id: platformId.optional() }).optional() })
const listedPost = z.object({
  id: platformId,
  message: z.string().optional(),
  created_time: z.string(),
  permalink_url: z.string().optional(),
  attachments: z
    .object({
      data: z.array(target.extend({ subattachments: z.object({ data: z.array(target) }).optional() })),
    })
    .optional(),
})
type ListedPost = z.infer<typeof listedPost>

/**
 * Looks for a post whose answer was lost: same text, not older than the intent, and, for pictures, the very
 * photos that were staged. Never simply the newest: somebody else may have posted in between
 * (platforms/meta.md 9).
 */
export async function findInFeed(work: LookWork, tools: Tools): Promise<LookOutcome> {
  // A picture that was only being staged has put nothing before anyone's eyes.
  if (work.post.media.length > 0 && work.step !== PUBLISH) return { kind: 'read', candidates: [] }

  const since = new Date(work.since.getTime() - CLOCK_SKEW_MS)
  const listed = await readList(
    createGraphClient(work.token, tools),
    `${work.post.accountId}/published_posts`,
    {
      fields: 'id,message,created_time,permalink_url,attachments{target{id},subattachments{target{id}}}',
      since: String(Math.floor(since.getTime() / 1000)),
    },
    listedPost,
  )
  if (listed.kind === 'error') return { kind: 'unreadable', error: listed.error }
  const candidates = listed.value.filter((post) => isOurs(post, work, since)).map(found)
  return { kind: 'read', candidates: candidates.sort(byTime) }
}

function byTime(a: FoundPost, b: FoundPost): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime()
}

function isOurs(listed: ListedPost, { post, memo }: LookWork, since: Date): boolean {
  if (parseMetaTime(listed.created_time) < since) return false
  const photos = photosOf(listed)
  const staged = photoIds(memo)
  if (staged.length > 0 && photos.length > 0) return staged.every((id) => photos.includes(id))
  return sameMessage(listed.message ?? '', facebookMessage(post))
}

function photosOf({ attachments }: ListedPost): string[] {
  return (attachments?.data ?? [])
    .flatMap((attachment) => [attachment, ...(attachment.subattachments?.data ?? [])])
    .flatMap(({ target }) => (target?.id ? [target.id] : []))
}

function found(listed: ListedPost): FoundPost {
  return {
    platformPostId: listed.id,
    permalink: absolute(listed.permalink_url ?? `/${listed.id}`),
    publishedAt: parseMetaTime(listed.created_time),
  }
}
