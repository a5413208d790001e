import { z } from 'zod'
import { postStates } from './post-states.ts'

export { type PostState, postStates } from './post-states.ts'

export const TITLE_MAX = 200
/** What one text of a draft may hold at most, in UTF-16 units; networks take less (their own limits). */
export const TEXT_MAX = 100_000
/** What the database keeps in one post, whatever the networks take. */
export const PICTURES_MAX = 10

const count = new Intl.NumberFormat('en-GB')
const text = z
  .string()
  .max(TEXT_MAX, `A text holds up to ${count.format(TEXT_MAX)} characters; this one has more.`)

/** What an account is asked to make of a piece; with what it holds it decides the form (./formats.ts). */
export const postWishes = ['feed', 'reel', 'story'] as const
export const postWish = z.enum(postWishes)
export type PostWish = z.infer<typeof postWish>

/** A piece as it is written: shared text, and for each chosen account its own where it differs. */
export const postDraft = z.object({
  title: z.string().max(TITLE_MAX, 'A title has at most 200 characters.'),
  body: text,
  link: z
    .string()
    .max(2000, 'An address holds up to 2,000 characters.')
    .regex(/^(https?:\/\/\S+)?$/i, 'A link starts with http:// or https://.'),
  firstComment: text.nullable(),
  mediaIds: z.array(z.uuid()).max(PICTURES_MAX, 'A post takes up to 10 pictures and videos.'),
  channels: z.array(
    z.object({
      connectionId: z.uuid(),
      format: postWish.default('feed'),
      body: text.nullable(),
      firstComment: text.nullable(),
    }),
  ),
})
export type PostDraft = z.infer<typeof postDraft>

/** An account that a piece newly goes to: with the shared text, in its feed. */
export function newChannel(connectionId: string): PostDraft['channels'][number] {
  return { connectionId, format: 'feed', body: null, firstComment: null }
}

export const newPost = z.object({ brandId: z.uuid(), draft: postDraft })
export const postSave = z.object({
  postId: z.uuid(),
  /** The revision the writing started from; an older one than the database's is refused. */
  baseRevision: z.int().positive(),
  draft: postDraft,
})
export const postChoice = z.object({ postId: z.uuid() })
export const postSubmission = z.object({ postId: z.uuid(), revision: z.int().positive() })
export const postTime = z.object({
  postId: z.uuid(),
  localTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Choose a day and a time.'),
  timeZone: z.string().min(1),
})
export const newComment = z.object({
  postId: z.uuid(),
  brandId: z.uuid(),
  audience: z.enum(['internal', 'client']),
  body: z.string().trim().min(1, 'Write something first.').max(4000, 'Comments hold up to 4,000 characters.'),
})

/** content_items.content */
export const storedContent = z.object({
  body: z.string(),
  link: z.string().nullable(),
  first_comment: z.string().nullable(),
  media: z.array(z.string()),
})

/** connector_platforms.limits, one network of it. */
export const networkLimits = z.object({
  text_max: z.number(),
  images_max: z.number(),
  image_bytes_max: z.number(),
  image_types: z.array(z.string()),
})
export type NetworkLimits = z.infer<typeof networkLimits>

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)
const query = z.preprocess(oneOf, z.string().trim().max(100).catch('')).default('')

/** The list's address: unknown values fall back to all posts from the newest. */
export const postFilter = z.object({
  status: z.preprocess(oneOf, z.enum(['all', ...postStates]).catch('all')).default('all'),
  q: query,
  after: z.preprocess(oneOf, z.string().optional().catch(undefined)),
})
export type PostFilter = z.infer<typeof postFilter>

export function postsAddress(brandSlug: string, { status, q, after }: PostFilter): string {
  const parameters = new URLSearchParams()
  if (status !== 'all') parameters.set('status', status)
  if (q) parameters.set('q', q)
  if (after) parameters.set('after', after)
  const base = `/brands/${brandSlug}/content`
  return parameters.size > 0 ? `${base}?${parameters}` : base
}

/** The calendar's address. `status` lists the pressed chips; `month` is absent for the current one. */
export const calendarFilter = z.object({
  month: z.preprocess(
    oneOf,
    z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
      .optional()
      .catch(undefined),
  ),
  status: z.preprocess(
    (value) =>
      String(oneOf(value) ?? '')
        .split(',')
        .filter((name) => postStates.some((state) => state === name)),
    z.array(z.enum(postStates)),
  ),
})
export type CalendarFilter = z.infer<typeof calendarFilter>

/** A piece's number in an address: "318". */
export const postNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
