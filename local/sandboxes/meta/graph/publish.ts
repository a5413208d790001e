import { z } from 'zod'
import { GraphError, invalidParameter, mayNotPublish, unreadablePhoto } from '../errors.ts'
import { tellOfPost } from '../events.ts'
import { LIMITS } from '../facts.ts'
import { parseFields, pick } from '../fields.ts'
import { fetchImage, readImage } from '../images.ts'
import type { Params } from '../params.ts'
import type { Photo, Post } from '../posts.ts'
import type { Page } from '../world.ts'
import type { GraphCall } from './call.ts'
import { postSources } from './post-fields.ts'

/** Parts of the real edges that this sandbox lacks: refused by name, so that no test passes by accident. */
const NOT_HERE = [
  'backdated_time',
  'child_attachments',
  'feed_targeting',
  'place',
  'scheduled_publish_time',
  'tags',
  'targeting',
  'unpublished_content_type',
]

/** POST /{page}/feed: text, a link, or pictures staged before. */
export function publishToFeed(call: GraphCall, page: Page) {
  mustPublish(call, page)
  const { params } = call
  refuseWhatIsMissing(params)
  if (!params.flag('published', true)) throw notHere('published=false on /feed')

  const message = readMessage(params, ['message'])
  const photos = readAttachedPhotos(call, page)
  const link = readLink(params)
  if (link !== null && photos.length > 0)
    // Undocumented; refused rather than dropped without a word.
    throw invalidParameter('Only one of link and attached_media can be used in a post')
  if (message === '' && link === null && photos.length === 0)
    throw invalidParameter('Missing message or attachment')

  const post = commit(call, page, { message, link, photos })
  const fields = params.text('fields')
  return fields === undefined
    ? { id: post.id }
    : pick('PagePost', postSources(call), post, parseFields(fields))
}

/** POST /{page}/photos: publishes a picture at once, or stages it for a post. */
export async function addPhoto(call: GraphCall, page: Page) {
  mustPublish(call, page)
  const { meta, params } = call
  refuseWhatIsMissing(params)
  const isPublished = params.flag('published', true)
  const caption = readMessage(params, ['caption', 'message'])

  const source = params.file('source')
  const url = params.text('url')
  if (!source && !url) throw new GraphError('(#324) Requires upload file', { code: 324 })
  const image = await readImage(source ?? (await fetchImage(url ?? '')))
  if (image.width < 1 || image.height < 1) throw unreadablePhoto()

  const photo = meta.posts.stage(page.id, image, caption, params.text('alt_text_custom') ?? '')
  if (!isPublished) return { id: photo.id }
  const post = commit(call, page, { message: caption, link: null, photos: [photo] })
  return { id: photo.id, post_id: post.id }
}

function commit(
  { meta }: GraphCall,
  page: Page,
  draft: { message: string; link: string | null; photos: Photo[] },
): Post {
  if (meta.ground.settings.values.refuse_repeats && meta.posts.repeatsNewest(page.id, draft))
    throw new GraphError('(#506) Duplicate status message', {
      code: 506,
      userTitle: 'Duplicate status update',
      userMessage: 'This status update is identical to the last one you posted.',
    })
  meta.tally.note(page.id, 'published')
  const post = meta.posts.publish(page.id, draft)
  tellOfPost(meta, post)
  return post
}

export function mustPublish({ meta, session }: GraphCall, page: Page): void {
  const { token } = session
  const role = meta.world.pagesOf(token.person_id).find((held) => held.id === page.id)
  const may =
    token.page_id === page.id &&
    role?.tasks.includes('CREATE_CONTENT') === true &&
    session.may('pages_manage_posts', page.id) &&
    session.may('pages_read_engagement', page.id)
  if (!may) throw mayNotPublish()
}

export function readMessage(params: Params, names: string[]): string {
  const message = names.map((name) => params.text(name)).find((text) => text !== undefined) ?? ''
  if ([...message].length > LIMITS.messageChars)
    throw invalidParameter(`The message is longer than ${LIMITS.messageChars} characters`)
  return message.trim() === '' ? '' : message
}

function readLink(params: Params): string | null {
  const link = params.text('link')
  if (!link) return null
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
    throw invalidParameter('There was a problem scraping data from the provided link.', {
      subcode: 1609005,
      userTitle: 'Error posting link',
      userMessage: 'Check the link and try again.',
    })
  return link
}

function readAttachedPhotos({ meta, params }: GraphCall, page: Page): Photo[] {
  const attached = params.list('attached_media', z.object({ media_fbid: z.string() }))
  if (attached.length > LIMITS.attachedMedia)
    throw invalidParameter(`Param attached_media must have at most ${LIMITS.attachedMedia} items`)
  return attached.map(({ media_fbid: id }, index) => {
    const photo = meta.posts.photo(id)
    if (!photo || photo.page_id !== page.id || meta.posts.isExpired(photo))
      throw invalidParameter(`Param attached_media[${index}] must be a photo of this Page`)
    const isRepeated = attached.findIndex((other) => other.media_fbid === id) !== index
    if (photo.post_id !== null || isRepeated)
      throw invalidParameter('Already posted', {
        subcode: 1366051,
        userTitle: 'Already posted',
        userMessage: 'These photos were already posted.',
      })
    return photo
  })
}

export function refuseWhatIsMissing(params: Params): void {
  for (const name of NOT_HERE) if (params.has(name)) throw notHere(name)
}

export function notHere(what: string): GraphError {
  return invalidParameter(
    `This sandbox does not do ${what} yet; the platform does. See local/sandboxes/README.md.`,
  )
}
