import { z } from 'zod'
import type { FoundPost, LookOutcome, LookWork } from '../contract.ts'
import type { PlatformHttp } from '../http.ts'
import { platformId } from '../json.ts'
import { readMetaAnswer } from './errors.ts'
import { appSecretProof, graphUrl, type MetaApp, parseMetaTime } from './graph.ts'
import { facebook } from './limits.ts'
import { facebookMessage, sameMessage } from './message.ts'
import { absolute, PUBLISH } from './publish.ts'

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

const page = z.object({
  data: z.array(listedPost),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
})

const PAGE_SIZE = 50
const MAX_PAGES = 10
const LOOK_TIMEOUT_MS = 10_000

/**
 * Looks for a post whose answer was lost: same text, not older than the intent, and, for a picture, the
 * very photo that was staged. Never simply the newest: somebody else may have posted in between
 * (platforms/meta.md 9).
 */
export async function findOnFacebook(
  work: LookWork,
  { app, http }: { app: MetaApp; http: PlatformHttp },
): Promise<LookOutcome> {
  // A picture that was only being staged has put nothing before anyone's eyes.
  if (work.post.media.length > 0 && work.step !== PUBLISH) return { kind: 'read', candidates: [] }

  const proof = appSecretProof(app, work.token)
  const since = new Date(work.since.getTime() - facebook.clockSkewMs)
  const candidates: FoundPost[] = []
  let after: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const answer = readMetaAnswer(
      await http.send({
        method: 'GET',
        url: graphUrl(`${work.post.accountId}/published_posts`),
        query: {
          fields: 'id,message,created_time,permalink_url,attachments{target{id},subattachments{target{id}}}',
          since: String(Math.floor(since.getTime() / 1000)),
          limit: String(PAGE_SIZE),
          appsecret_proof: proof,
          ...(after ? { after } : {}),
        },
        bearer: work.token,
        secrets: [app.secret, proof],
        timeoutMs: LOOK_TIMEOUT_MS,
      }),
    )
    if (answer.kind === 'error') return { kind: 'unreadable', error: answer.error }
    const listed = page.safeParse(answer.body)
    if (!listed.success) {
      const message = 'Facebook listed the posts of the Page in a form we cannot read.'
      return { kind: 'unreadable', error: { class: 'unknown', code: 'meta_answer_unreadable', message } }
    }
    candidates.push(...listed.data.data.filter((post) => isOurs(post, work, since)).map(found))
    after = listed.data.paging?.next ? listed.data.paging.cursors?.after : undefined
    if (!after) {
      candidates.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
      return { kind: 'read', candidates }
    }
  }
  const message = `Facebook lists more than ${MAX_PAGES * PAGE_SIZE} posts since this one was sent.`
  return { kind: 'unreadable', error: { class: 'unknown', code: 'meta_list_too_long', message } }
}

function isOurs(listed: ListedPost, { post, memo }: LookWork, since: Date): boolean {
  if (parseMetaTime(listed.created_time) < since) return false
  const photos = photosOf(listed)
  if (memo.photo_id && photos.length > 0) return photos.includes(memo.photo_id)
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
