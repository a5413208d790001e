import { z } from 'zod'
import type { Memo, PostMedia, PublishWork } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, type Tools } from './client.ts'
import { facebook, settleMs } from './limits.ts'
import { facebookMessage } from './message.ts'
import { facebookPermalink } from './permalink.ts'
import { mutation, type Prepared } from './step.ts'

export const STAGE = 'stage_photo'
export const PUBLISH = 'publish'

/**
 * Text and links go out in one step. Pictures are staged unpublished first, one a step: their ids are then the
 * proof by which a lost post is found again, and an answer lost while staging leaves an orphan nobody sees.
 * Meta Graph, POST /{page}/photos and /{page}/feed; platforms/meta.md 3.1 to 3.3 and 9.
 */
export async function prepareFacebookFeed(work: PublishWork, tools: Tools): Promise<Prepared> {
  const { media } = work.post
  const staged = stagedPhotos(work.memo, tools)
  const next = media[staged.length]
  if (next) return stageStep(work, next, staged, tools)
  return feedStep(work, staged.slice(0, media.length), tools)
}

/** The ids of what was staged, in the order of the post. */
export function photoIds(memo: Memo): string[] {
  return memo.photo_ids ? memo.photo_ids.split(',') : []
}

/** Unpublished photos are dropped after a day: all are staged again rather than some. */
function stagedPhotos(memo: Memo, { clock }: Tools): string[] {
  if (!memo.staged_at) return []
  const ageMs = clock.now().getTime() - Date.parse(memo.staged_at)
  return ageMs < facebook.stagedPhotoMs ? photoIds(memo) : []
}

async function stageStep(
  work: PublishWork,
  picture: PostMedia,
  staged: readonly string[],
  tools: Tools,
): Promise<Prepared> {
  const { post, memo, token } = work
  const photo = await work.photo(picture, facebook.photo)
  const form = { published: 'false', ...(picture.altText ? { alt_text_custom: picture.altText } : {}) }
  const file = { field: 'source', name: 'picture', mimeType: photo.mimeType, bytes: photo.bytes }
  const client = createGraphClient(token, tools)
  return mutation(work, {
    step: STAGE,
    effect: 'staging',
    sends: [form, photo.bytes],
    settleMs: 0,
    call: (timeoutMs) => client.write(`${post.accountId}/photos`, form, timeoutMs, file),
    answer: z.object({ id: platformId }),
    outcome: ({ id }) => {
      const all = [...staged, id]
      const since = staged.length > 0 ? memo.staged_at : undefined
      return {
        kind: 'continue',
        step: all.length < post.media.length ? STAGE : PUBLISH,
        memo: { photo_ids: all.join(','), staged_at: since ?? tools.clock.now().toISOString() },
      }
    },
  })
}

function feedStep(work: PublishWork, photos: readonly string[], tools: Tools): Prepared {
  const { post, token } = work
  const message = facebookMessage(post)
  const form = {
    ...(message ? { message } : {}),
    ...(post.link && photos.length === 0 ? { link: post.link } : {}),
    ...(photos.length > 0
      ? { attached_media: JSON.stringify(photos.map((media_fbid) => ({ media_fbid }))) }
      : {}),
  }
  const client = createGraphClient(token, tools)
  return mutation(work, {
    step: PUBLISH,
    effect: 'publishing',
    sends: [form],
    settleMs: settleMs('facebook', post.format),
    call: (timeoutMs) => client.write(`${post.accountId}/feed`, form, timeoutMs),
    answer: z.object({ id: platformId }),
    outcome: async ({ id }) => ({
      kind: 'published',
      platformPostId: id,
      // A read after the mutation: the post is out whatever comes of it.
      permalink: await facebookPermalink(id, client),
    }),
  })
}
