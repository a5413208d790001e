import { GraphError, invalidParameter } from '../errors.ts'
import { RUPLOAD_HOST } from '../facts.ts'
import { fetchFile } from '../fetching.ts'
import { parseFields, pick } from '../fields.ts'
import type { Container, NewContainer } from '../instagram/containers.ts'
import {
  filmFailure,
  INSTAGRAM_LIMITS,
  instagramError,
  mustFitCaption,
  problemWithFilm,
  REEL_LIMITS,
  readInstagramImage,
  STORY_LIMITS,
} from '../instagram/rules.ts'
import { readMp4 } from '../mp4.ts'
import type { Params } from '../params.ts'
import { type Failure, type Start, startOf } from '../processing.ts'
import type { InstagramAccount } from '../world.ts'
import type { GraphCall, Meta } from './call.ts'
import { mustUseInstagram } from './instagram.ts'
import { notHere } from './publish.ts'

/** Parts of the real edge that this sandbox lacks: refused by name, so that no test passes by accident. */
const NOT_HERE = [
  'audio_name',
  'branded_content_sponsor_ids',
  'collaborators',
  'is_ai_generated',
  'is_paid_partnership',
  'location_id',
  'product_tags',
  'trial_params',
  'user_tags',
]

type Kind = Container['kind']
type Prepared = Omit<NewContainer, 'accountId' | 'kind' | 'isItem' | 'caption' | 'alt'>

/** POST /{ig}/media: what is to be published is fetched, or announced, and worked on. */
export async function createContainer(call: GraphCall, account: InstagramAccount) {
  mustUseInstagram(call, account, 'instagram_content_publish', 'pages_read_engagement')
  const { meta, params } = call
  for (const name of NOT_HERE) if (params.has(name)) throw notHere(name)
  if (meta.containers.countOfDay(account.id) >= meta.ground.settings.values.instagram_containers_per_day)
    throw new GraphError('(#4) Too many media containers were created in 24 hours', { code: 4 })

  const isItem = params.flag('is_carousel_item', false)
  const kind = readKind(params, isItem)
  const texts = readTexts(params, kind, isItem)
  const prepared = await prepare(call, account, kind)
  const container = meta.containers.create({ accountId: account.id, kind, isItem, ...texts, ...prepared })
  meta.tally.note(account.id, 'containers')
  return {
    id: container.id,
    ...(container.upload_id !== null && {
      uri: `https://${RUPLOAD_HOST}/ig-api-upload/${call.version}/${container.id}`,
    }),
  }
}

function readKind(params: Params, isItem: boolean): Kind {
  switch (params.text('media_type')) {
    case undefined:
    case '':
    case 'IMAGE':
      return 'image'
    case 'VIDEO':
      // Single videos are reels since 2023-07-01.
      if (!isItem) throw instagramError(100, 2207023)
      return 'video'
    case 'REELS':
      if (isItem) throw instagramError(100, 2207028)
      return 'reel'
    case 'STORIES':
      if (isItem) throw instagramError(100, 2207028)
      return 'story'
    case 'CAROUSEL':
      if (isItem) throw instagramError(100, 2207028)
      return 'carousel'
    default:
      throw instagramError(100, 2207023)
  }
}

function readTexts(params: Params, kind: Kind, isItem: boolean): { caption: string; alt: string } {
  const caption = params.text('caption') ?? ''
  const alt = params.text('alt_text') ?? ''
  if (isItem && caption !== '') throw invalidParameter('Param caption is not allowed on carousel items')
  if (alt !== '' && kind !== 'image') throw invalidParameter('Param alt_text is for images only')
  if ([...alt].length > INSTAGRAM_LIMITS.altChars)
    throw invalidParameter(`Param alt_text must have at most ${INSTAGRAM_LIMITS.altChars} characters`)
  mustFitCaption(caption)
  // A story shows no caption, whatever was sent with it.
  return { caption: kind === 'story' ? '' : caption, alt }
}

async function prepare(call: GraphCall, account: InstagramAccount, kind: Kind): Promise<Prepared> {
  const { params } = call
  if (kind === 'carousel') return prepareCarousel(call, account)
  if (kind === 'image') return prepareImage(call, kind)
  if (params.text('upload_type') === 'resumable') return prepareUpload(call)
  if (kind === 'story' && params.has('image_url')) return prepareImage(call, kind)
  return prepareFilm(call, kind)
}

async function prepareImage({ meta, params, conditions }: GraphCall, kind: Kind): Promise<Prepared> {
  if (!params.text('image_url')) throw invalidParameter('The parameter image_url is required')
  const fetched = await fetchFile(params.required('image_url'))
  const image = await readInstagramImage(fetched, { isStory: kind === 'story' })
  const usual = { takesMs: meta.ground.settings.values.image_processing_ms, failure: null }
  return {
    file: meta.files.keep(image),
    start: startOf(conditions.processing, usual, filmFailure(-1, 2207053)),
  }
}

/** Fetched at once, judged later: whatever is wrong with it shows when the container is read. */
async function prepareFilm(call: GraphCall, kind: Kind): Promise<Prepared> {
  const { meta, params } = call
  if (!params.text('video_url')) throw invalidParameter('The parameter video_url is required')
  const fetched = await fetchFile(params.required('video_url'))
  if (fetched.kind === 'failed' && fetched.reason === 'address') throw instagramError(9004, 2207052)
  const cover = await prepareCover(call, kind)
  if (fetched.kind === 'failed' || !fetched.contentType.startsWith('video/'))
    return { file: null, cover, start: filmStart(call, filmFailure(-1, 2207077)) }
  const { file, failure } = keepFilm(meta, fetched.bytes, kind)
  return { file, cover, start: filmStart(call, failure) }
}

async function prepareCover({ meta, params }: GraphCall, kind: Kind): Promise<string | null> {
  const offset = params.text('thumb_offset')
  if (offset !== undefined && !/^\d{1,7}$/.test(offset)) throw instagramError(1, 2207057)
  const address = params.text('cover_url')
  if (!address || kind !== 'reel') return null
  return meta.files.keep(await readInstagramImage(await fetchFile(address), { isStory: true }))
}

/** Bytes come to rupload.facebook.com later. */
async function prepareUpload(call: GraphCall): Promise<Prepared> {
  const { meta, params } = call
  if (params.has('video_url')) throw invalidParameter('Only one of video_url and upload_type can be used')
  const cover = await prepareCover(call, 'reel')
  return { uploadId: meta.uploads.start(null).id, cover, start: null }
}

export function keepFilm(
  { files }: Meta,
  bytes: Uint8Array,
  kind: Kind,
): { file: string | null; failure: Failure | null } {
  const film = readMp4(bytes)
  const failure = problemWithFilm(film, bytes.byteLength, kind === 'story' ? STORY_LIMITS : REEL_LIMITS)
  if (!film) return { file: null, failure }
  const mime = film.container === 'mov' ? 'video/quicktime' : 'video/mp4'
  const { width, height, durationMs } = film
  return { file: files.keep({ bytes, mime, width, height, durationMs }), failure }
}

export function filmStart(
  { meta, conditions }: Pick<GraphCall, 'meta' | 'conditions'>,
  failure: Failure | null,
): Start {
  const usual = { takesMs: meta.ground.settings.values.video_processing_ms, failure }
  return startOf(conditions.processing, usual, filmFailure(-1, 2207053))
}

function prepareCarousel(call: GraphCall, account: InstagramAccount): Prepared {
  const { meta, params, conditions } = call
  const ids = readChildren(params)
  const { min, max } = INSTAGRAM_LIMITS.carouselItems
  if (ids.length < min || ids.length > max || new Set(ids).size < ids.length)
    throw instagramError(100, 2207028)
  for (const id of ids) {
    const child = meta.containers.find(id)
    if (!child || child.account_id !== account.id || !child.is_item) throw instagramError(100, 2207028)
    mustBeReady(meta, child)
  }
  const usual = { takesMs: meta.ground.settings.values.image_processing_ms, failure: null }
  return { children: ids, start: startOf(conditions.processing, usual, filmFailure(-1, 2207053)) }
}

/** With commas between them, or as a JSON array. */
function readChildren(params: Params): string[] {
  const text = params.required('children').trim()
  if (!text.startsWith('[')) return text.split(',').map((id) => id.trim())
  const ids = /^\[\s*("\d+"\s*,\s*)*"\d+"\s*\]$/.test(text) ? text.match(/\d+/g) : null
  if (!ids) throw invalidParameter('Param children must be an array')
  return ids
}

function mustBeReady({ containers }: Meta, container: Container): void {
  switch (containers.statusOf(container)) {
    case 'FINISHED':
      return
    case 'EXPIRED':
      throw instagramError(-2, 2207020)
    default:
      throw instagramError(9007, 2207027, true)
  }
}

/** POST /{ig}/media_publish: once for each container. */
export function publishContainer(call: GraphCall, account: InstagramAccount) {
  mustUseInstagram(call, account, 'instagram_content_publish', 'pages_read_engagement')
  const { meta, params } = call
  const container = meta.containers.find(params.required('creation_id'))
  if (!container || container.account_id !== account.id || container.is_item)
    throw instagramError(24, 2207006)
  mustBeReady(meta, container)
  const dayAgo = meta.ground.clock.now() - 86_400_000
  if (meta.media.countSince(account.id, dayAgo) >= meta.ground.settings.values.instagram_quota_total)
    throw instagramError(9, 2207042)
  const media = meta.media.publish(container)
  meta.tally.note(account.id, 'published')
  return { id: media.id }
}

const STATUS_TEXTS = {
  IN_PROGRESS: 'In Progress: Media is still being processed.',
  FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
  PUBLISHED: 'Published: Media has been already published.',
  EXPIRED: 'Expired: The container was not published within 24 hours and has expired.',
} as const

export function readContainer(call: GraphCall, container: Container) {
  const { meta, params } = call
  const account = meta.world.instagram(container.account_id)
  if (account) mustUseInstagram(call, account)
  const status = meta.containers.statusOf(container)
  const sources = {
    id: () => container.id,
    status_code: () => status,
    status: () =>
      status === 'ERROR'
        ? `Error: Media upload has failed with error code ${container.failure_subcode}`
        : STATUS_TEXTS[status],
    copyright_check_status: () =>
      container.kind === 'reel'
        ? { status: status === 'IN_PROGRESS' ? 'in_progress' : 'completed', matches_found: false }
        : { status: 'not_started', matches_found: false },
    video_status: () => uploadStatus(meta, container),
  }
  return pick('IGContainer', sources, container, parseFields(params.text('fields') ?? 'id'))
}

/** Of a resumable upload: where to go on after a break. */
function uploadStatus({ uploads }: Meta, container: Container) {
  const upload = container.upload_id === null ? null : uploads.find(container.upload_id)
  if (!upload) return undefined
  return {
    uploading_phase: {
      status: container.began_at !== null ? 'complete' : upload.received > 0 ? 'in_progress' : 'not_started',
      bytes_transferred: upload.received,
      ...(upload.size !== null && { source_file_size: upload.size }),
    },
  }
}
