import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  type Clock,
  type Connector,
  type PreparedStep,
  type PublishWork,
  type StepOutcome,
  UnreadableMedia,
} from '../contract.ts'
import type { PlatformHttp, PlatformRequest } from '../http.ts'
import { platformId } from '../json.ts'
import { outcomeOfFailure, readMetaAnswer } from './errors.ts'
import { appSecretProof, graphUrl, type MetaApp } from './graph.ts'
import { facebook } from './limits.ts'
import { facebookMessage } from './message.ts'
import { validateFacebookPost } from './validate.ts'

type Tools = { app: MetaApp; http: PlatformHttp; clock: Clock }
type Prepared = Awaited<ReturnType<Connector['prepare']>>

const SETTLE_MS = facebook.lateCommitMs + facebook.listLagMs

/**
 * Text and links go out in one step. A picture is staged unpublished first: its id is then the proof by
 * which a lost post is found again, and an answer lost while staging leaves an orphan nobody sees.
 * Meta Graph, POST /{page}/photos and /{page}/feed; platforms/meta.md 3.1 to 3.3 and 9.
 */
export async function prepareFacebookStep(work: PublishWork, tools: Tools): Promise<Prepared> {
  const problem = validateFacebookPost({ ...work.post, firstComment: null }).find(
    ({ severity }) => severity === 'error',
  )
  if (problem) {
    const { code, message } = problem
    return { kind: 'blocked', outcome: { kind: 'refused', class: 'invalid', code, message } }
  }

  const { format } = work.post
  if (format !== 'text' && format !== 'link' && format !== 'image') {
    const message = `A ${format} cannot go to Facebook from here yet.`
    return {
      kind: 'blocked',
      outcome: { kind: 'refused', class: 'invalid', code: 'format_impossible', message },
    }
  }

  const [picture] = work.post.media
  if (!picture) return { kind: 'ready', step: feedStep(work, {}, tools) }
  const staged = stagedPhoto(work, tools.clock)
  if (staged) {
    const attached = { attached_media: JSON.stringify([{ media_fbid: staged }]) }
    return { kind: 'ready', step: feedStep(work, attached, tools) }
  }
  try {
    const photo = await work.photo(picture, facebook.photo)
    return { kind: 'ready', step: stageStep(work, { ...photo, altText: picture.altText }, tools) }
  } catch (error) {
    if (!(error instanceof UnreadableMedia)) throw error
    const { code, message } = error
    // What was approved is what is published: other bytes need a new yes, an unreachable store only time.
    return code === 'publish_media_unreachable'
      ? { kind: 'blocked', outcome: { kind: 'unsent', code, message } }
      : { kind: 'blocked', outcome: { kind: 'refused', class: 'invalid', code, message } }
  }
}

export const STAGE = 'stage_photo'
export const PUBLISH = 'publish'

function stagedPhoto({ step, memo }: PublishWork, clock: Clock): string | null {
  const { photo_id: photoId, staged_at: stagedAt } = memo
  if (step !== PUBLISH || !photoId || !stagedAt) return null
  const age = clock.now().getTime() - Date.parse(stagedAt)
  return age < facebook.stagedPhotoMs ? photoId : null
}

function stageStep(
  { post, token }: PublishWork,
  photo: { bytes: Uint8Array<ArrayBuffer>; mimeType: string; altText: string | null },
  { app, http, clock }: Tools,
): PreparedStep {
  const form = {
    published: 'false',
    ...(photo.altText ? { alt_text_custom: photo.altText } : {}),
  }
  const file = { field: 'source', name: 'picture', mimeType: photo.mimeType, bytes: photo.bytes }
  return {
    step: STAGE,
    digest: digestOf(STAGE, post.accountId, form, photo.bytes),
    settleMs: 0, // an unpublished photo is seen by nobody: staging it again does no harm
    async send(timeoutMs) {
      const answer = readMetaAnswer(
        await http.send({
          ...asPage(token, app),
          method: 'POST',
          url: graphUrl(`${post.accountId}/photos`),
          form: { ...form, appsecret_proof: appSecretProof(app, token) },
          file,
          timeoutMs,
        }),
      )
      if (answer.kind === 'error') return outcomeOfFailure(answer, 0)
      const staged = z.object({ id: platformId }).safeParse(answer.body)
      if (!staged.success) return unreadable(0)
      const memo = { photo_id: staged.data.id, staged_at: clock.now().toISOString() }
      return { kind: 'continue', step: PUBLISH, memo }
    },
  }
}

function feedStep(
  { post, token }: PublishWork,
  attached: { attached_media?: string },
  { app, http }: Tools,
): PreparedStep {
  const message = facebookMessage(post)
  const form = {
    ...(message ? { message } : {}),
    ...(post.link && !attached.attached_media ? { link: post.link } : {}),
    ...attached,
  }
  return {
    step: PUBLISH,
    digest: digestOf(PUBLISH, post.accountId, form),
    settleMs: SETTLE_MS,
    async send(timeoutMs) {
      const answer = readMetaAnswer(
        await http.send({
          ...asPage(token, app),
          method: 'POST',
          url: graphUrl(`${post.accountId}/feed`),
          form: { ...form, appsecret_proof: appSecretProof(app, token) },
          timeoutMs,
        }),
      )
      if (answer.kind === 'error') return outcomeOfFailure(answer, SETTLE_MS)
      const created = z.object({ id: platformId }).safeParse(answer.body)
      if (!created.success) return unreadable(SETTLE_MS)
      const platformPostId = created.data.id
      const permalink = await readPermalink(platformPostId, token, { app, http })
      return { kind: 'published', platformPostId, permalink }
    },
  }
}

const PERMALINK_TIMEOUT_MS = 3_000

/** A read after the mutation. The post is out whatever comes of it, so that its failure is no failure. */
async function readPermalink(
  platformPostId: string,
  token: string,
  { app, http }: { app: MetaApp; http: PlatformHttp },
): Promise<string> {
  const answer = readMetaAnswer(
    await http.send({
      ...asPage(token, app),
      method: 'GET',
      url: graphUrl(platformPostId),
      query: { fields: 'permalink_url', appsecret_proof: appSecretProof(app, token) },
      timeoutMs: PERMALINK_TIMEOUT_MS,
    }),
  )
  const read = z
    .object({ permalink_url: z.string().min(1) })
    .safeParse(answer.kind === 'ok' ? answer.body : null)
  return absolute(read.success ? read.data.permalink_url : `/${platformPostId}`)
}

/** `permalink_url` may be a path ("/reel/123/"); meta-second-reading.md 3. */
export function absolute(permalink: string): string {
  return new URL(permalink, 'https://www.facebook.com').href
}

function asPage(token: string, app: MetaApp): Pick<PlatformRequest, 'bearer' | 'secrets'> {
  return { bearer: token, secrets: [token, app.secret, appSecretProof(app, token)] }
}

function unreadable(settleMs: number): StepOutcome {
  const message = 'Facebook took it and answered with something unreadable.'
  return { kind: 'unknown', code: 'meta_answer_unreadable', message, settleMs }
}

function digestOf(
  step: string,
  accountId: string,
  form: Readonly<Record<string, string>>,
  bytes?: Uint8Array,
): string {
  const hash = createHash('sha256').update(JSON.stringify([step, accountId, form]))
  return (bytes ? hash.update(bytes) : hash).digest('hex')
}
