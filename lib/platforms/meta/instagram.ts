import { z } from 'zod'
import type { Memo, PlatformError, PostMedia, PublishWork } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, type GraphClient, shaped, type Tools } from './client.ts'
import { GRAPH_VERSION } from './graph.ts'
import { type ContainerState, readContainer, readUploaded } from './instagram-container.ts'
import { instagram, settleMs } from './limits.ts'
import { instagramCaption } from './message.ts'
import { instagramPermalink } from './permalink.ts'
import { blocked, mutation, type Prepared } from './step.ts'
import { BEGUN, knownOffset, ruploadHeaders, ruploadUrl, UPLOAD, unplaced, uploadStep } from './upload.ts'
import { readFailed, waitFor } from './waiting.ts'

const CREATE = 'create_container'
const CREATE_CAROUSEL = 'create_carousel'
export const PUBLISH = 'publish'

/** A container that vanished for a moment was seen; one gone for good is made anew (meta.md 4.2). */
const MISSING_READS = 5
const REBUILDS = 2

/**
 * Containers first, which nobody sees: one a medium, and one around them for a carousel. Once Instagram has
 * finished them, one call makes the post public. The memo holds `id_0`, `id_1` … and `id_parent`, the containers;
 * `sent_0` … says that its video is there, `done_0` … that it is finished.
 * POST /{ig}/media, GET /{container}, POST /{ig}/media_publish; platforms/meta.md 4.
 */
export async function prepareInstagram(work: PublishWork, tools: Tools): Promise<Prepared> {
  const client = createGraphClient(work.token, tools)
  const { post, memo } = work
  for (const [index, media] of post.media.entries()) {
    const id = memo[`id_${index}`]
    if (!id) return createStep(work, index, memo, tools, client)
    if (media.kind === 'video' && !memo[`sent_${index}`]) {
      const upload = await continueUpload(work, { index, id, media }, tools, client)
      if (upload) return upload
    }
  }
  if (post.format === 'carousel' && !memo.id_parent) return prepareParent(work, tools, client)

  const id = memo.id_parent ?? memo.id_0 ?? ''
  const read = await readContainer(id, client)
  if (read.kind === 'error') return notRead(read.error, PUBLISH, work, tools, client)
  switch (read.value.kind) {
    case 'finished':
      return (await quotaReached(work, client)) ?? publishStep(work, id, client)
    case 'published':
      // Published by a send whose answer was lost: only a look can tell which post it is.
      return blocked({ kind: 'unknown', code: 'instagram_published_already', message: '', settleMs: 0 })
    default:
      return notFinished(read.value, PUBLISH, work, tools, client)
  }
}

async function prepareParent(work: PublishWork, tools: Tools, client: GraphClient): Promise<Prepared> {
  let memo = work.memo
  for (const index of work.post.media.keys()) {
    if (memo[`done_${index}`]) continue
    const read = await readContainer(memo[`id_${index}`] ?? '', client)
    const seen = { ...work, memo }
    if (read.kind === 'error') return notRead(read.error, CREATE_CAROUSEL, seen, tools, client)
    if (read.value.kind !== 'finished') return notFinished(read.value, CREATE_CAROUSEL, seen, tools, client)
    memo = { ...memo, [`done_${index}`]: 'yes' }
  }
  const form = {
    media_type: 'CAROUSEL',
    children: [...work.post.media.keys()].map((index) => memo[`id_${index}`]).join(','),
    ...captionOf(work),
  }
  return containerStep(work, {
    step: CREATE_CAROUSEL,
    form,
    sends: [form],
    next: (id) => ({ step: PUBLISH, memo: { ...unpolled(memo), id_parent: id } }),
    client,
  })
}

async function createStep(
  work: PublishWork,
  index: number,
  memo: Memo,
  { clock }: Tools,
  client: GraphClient,
): Promise<Prepared> {
  const { post } = work
  const media = post.media[index]
  if (!media) throw new Error(`The post has no medium ${index}.`)
  const form = formOf(work, media)
  const address = media.kind === 'image' ? await work.publicUrl(media, instagram.image.photo) : null
  return containerStep(work, {
    step: CREATE,
    form: address ? { ...form, image_url: address } : form,
    // The address differs each time; what it leads to is what was approved.
    sends: [form, media.hash],
    next: (id) => ({
      step: media.kind === 'video' ? UPLOAD : afterPart(post, index),
      memo: {
        made_at: clock.now().toISOString(),
        ...memo,
        [`id_${index}`]: id,
        ...(media.kind === 'video' ? BEGUN : {}),
      },
    }),
    client,
  })
}

function formOf(work: PublishWork, media: PostMedia): Record<string, string> {
  const { format } = work.post
  const isVideo = media.kind === 'video'
  const upload = isVideo ? { upload_type: 'resumable' } : {}
  const altText = media.altText && !isVideo ? { alt_text: media.altText } : {}
  if (format === 'story') return { media_type: 'STORIES', ...upload }
  if (format === 'reel') return { media_type: 'REELS', ...captionOf(work), ...upload }
  if (format === 'image') return { ...captionOf(work), ...altText }
  return { is_carousel_item: 'true', ...(isVideo ? { media_type: 'VIDEO' } : {}), ...altText, ...upload }
}

function captionOf({ post }: PublishWork): { caption?: string } {
  const caption = instagramCaption(post.body)
  return caption ? { caption } : {}
}

function afterPart({ media, format }: PublishWork['post'], index: number): string {
  if (index + 1 < media.length) return CREATE
  return format === 'carousel' ? CREATE_CAROUSEL : PUBLISH
}

function containerStep(
  work: PublishWork,
  container: {
    step: string
    form: Readonly<Record<string, string>>
    sends: readonly (string | Readonly<Record<string, string>>)[]
    next(id: string): { step: string; memo: Memo }
    client: GraphClient
  },
): Prepared {
  const { step, form, sends, next, client } = container
  return mutation(work, {
    step,
    effect: 'staging',
    sends,
    settleMs: 0,
    call: (timeoutMs) => client.write(`${work.post.accountId}/media`, form, timeoutMs),
    answer: z.object({ id: platformId }),
    outcome: ({ id }) => ({ kind: 'continue', ...next(id) }),
  })
}

/** null: the whole video is there. */
async function continueUpload(
  work: PublishWork,
  { index, id, media }: { index: number; id: string; media: PostMedia },
  tools: Tools,
  client: GraphClient,
): Promise<Prepared | null> {
  const known = knownOffset(work.memo)
  const uploaded = known === null ? await readUploaded(id, client) : ({ kind: 'ok', value: known } as const)
  if (uploaded.kind === 'error') return notRead(uploaded.error, UPLOAD, work, tools, client)
  if (uploaded.value === null || uploaded.value >= media.sizeBytes) return null
  const part = {
    media,
    url: ruploadUrl(`ig-api-upload/${GRAPH_VERSION}/${id}`),
    offset: uploaded.value,
    headers: ruploadHeaders,
    whole: () => ({
      step: afterPart(work.post, index),
      memo: { ...unplaced(work.memo), [`sent_${index}`]: 'yes' },
    }),
  }
  return uploadStep(work, part, client)
}

function publishStep(work: PublishWork, id: string, client: GraphClient): Prepared {
  const { post } = work
  const form = { creation_id: id }
  return mutation(work, {
    step: PUBLISH,
    effect: 'publishing',
    sends: [form],
    settleMs: settleMs('instagram', post.format),
    call: (timeoutMs) => client.write(`${post.accountId}/media_publish`, form, timeoutMs),
    answer: z.object({ id: platformId }),
    outcome: async (media) => ({
      kind: 'published',
      platformPostId: media.id,
      permalink: await instagramPermalink(media.id, client),
    }),
    async otherwise({ error, sent }) {
      if (sent === 'no' || error.class === 'auth' || error.class === 'rate_limit') return null
      if (error.code === 'instagram_not_ready') {
        // They say that they did not look at it. Had it been out all along, its container will say so.
        return { kind: 'unsent', code: error.code, message: error.message, retryAfterMs: 5_000 }
      }
      if (error.class !== 'invalid' && error.class !== 'permission') return null
      // Refusals of posts that were live were seen (meta.md 0.10): the container is asked once.
      const read = await readContainer(id, client)
      const isOut = read.kind === 'ok' && read.value.kind === 'published'
      return isOut ? { kind: 'unknown', code: error.code, message: error.message, settleMs: 0 } : null
    },
  })
}

const quota = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }) })),
})

/** Their own count decides: two of their pages differ on the limit (platforms/meta.md 4.4). */
async function quotaReached({ post }: PublishWork, client: GraphClient): Promise<Prepared | null> {
  const answer = await client.read(`${post.accountId}/content_publishing_limit`, {
    fields: 'quota_usage,config',
  })
  const read = shaped(answer, quota)
  // Unreadable: the catalogue's own limit holds, and they enforce theirs.
  const [today] = read.kind === 'ok' ? read.value.data : []
  if (!today || today.quota_usage < today.config.quota_total) return null
  return blocked({
    kind: 'refused',
    class: 'rate_limit',
    code: 'instagram_quota_reached',
    message: `Instagram counts ${today.quota_usage} posts of this account in 24 hours; it takes ${today.config.quota_total}.`,
    retryAfterMs: 3_600_000,
  })
}

function notFinished(
  state: Exclude<ContainerState, { kind: 'finished' }>,
  step: string,
  work: PublishWork,
  tools: Tools,
  client: GraphClient,
): Prepared | Promise<Prepared> {
  if (state.kind === 'in_progress') {
    const hasVideo = work.post.media.some(({ kind }) => kind === 'video')
    return waitFor(hasVideo ? 'video' : 'image', step, work.memo)
  }
  if (state.kind === 'error' && !(state.isPassing && rebuildsLeft(work.memo))) {
    const { code, message } = state
    return blocked({ kind: 'refused', class: 'invalid', code, message })
  }
  return rebuild(work, tools, client)
}

/** Fresh containers were seen to be unknown for some seconds; one that stays so is given up. */
function notRead(
  error: PlatformError,
  step: string,
  work: PublishWork,
  tools: Tools,
  client: GraphClient,
): Prepared | Promise<Prepared> {
  if (error.code !== 'meta_object_missing') return readFailed(error)
  const missing = Number(work.memo.missing ?? 0) + 1
  if (missing <= MISSING_READS) {
    return waitFor('image', step, { ...work.memo, missing: String(missing) })
  }
  return rebuildsLeft(work.memo) ? rebuild(work, tools, client) : readFailed(error)
}

function rebuildsLeft(memo: Memo): boolean {
  return Number(memo.rebuilds ?? 0) < REBUILDS
}

/** From the first container on; the old ones expire unseen. */
function rebuild(work: PublishWork, tools: Tools, client: GraphClient): Promise<Prepared> {
  const memo = { rebuilds: String(Number(work.memo.rebuilds ?? 0) + 1) }
  return createStep(work, 0, memo, tools, client)
}

function unpolled(memo: Memo): Memo {
  const { polls: _polls, missing: _missing, ...kept } = memo
  return kept
}
