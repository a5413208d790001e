import { z } from 'zod'
import { postWish } from '#lib/content/schema.ts'
import { mediaKind } from '#lib/media/schema.ts'

export const decisionOutcomes = ['approved', 'changes_requested', 'rejected', 'held'] as const
export type DecisionOutcome = (typeof decisionOutcomes)[number]

/** An account of a frozen version, with what differs there; null where the shared text goes. */
export const versionChannel = z.object({
  channel_id: z.string(),
  connection_id: z.string(),
  network: z.string(),
  account_name: z.string(),
  /** Versions frozen before there was a choice are posts of the feed. */
  format: postWish.catch('feed'),
  body: z.string().nullable(),
  first_comment: z.string().nullable(),
})
export type VersionChannel = z.infer<typeof versionChannel>

/** A picture or video of a frozen version, in order. */
export const versionPicture = z.object({
  asset_id: z.string(),
  path: z.string(),
  still_path: z.string().nullish(),
  mime_type: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  duration_ms: z.number().nullish(),
  alt_text: z.string().nullable(),
  hash: z.string(),
})
export type VersionPicture = z.infer<typeof versionPicture>

/** What a list shows of it: the picture itself, or a video's still where it has one. */
export function stillPathOf({ path, still_path, mime_type }: VersionPicture): string | null {
  return still_path ?? (mediaKind(mime_type) === 'image' ? path : null)
}

/** Of a version's media as the database keeps them. */
export function firstStillOf(media: unknown): string | null {
  const [first] = z.array(versionPicture).parse(media ?? [])
  return first ? stillPathOf(first) : null
}

/** Everything that a page showing it needs addresses of. */
export function pathsOf(picture: VersionPicture): string[] {
  return [picture.path, ...(picture.still_path ? [picture.still_path] : [])]
}

export const clientStatuses = [
  'waiting',
  'changes_requested',
  'approved',
  'rejected',
  'held',
  'scheduled',
  'publishing',
  'checking',
  'published',
  'failed',
  'withdrawn',
] as const
/** How a version stands in a client's eyes. */
export type ClientStatus = (typeof clientStatuses)[number]

/** Where a published version stands, account by account. */
export const permalink = z.object({
  network: z.string(),
  account_name: z.string(),
  url: z.string().nullable(),
})

/** A step of a brand's way to a yes. */
export const workflowStep = z.object({ audience: z.enum(['internal', 'client']) })

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

export const approvalQueues = ['mine', 'team', 'client', 'changes', 'held'] as const
export type ApprovalQueue = (typeof approvalQueues)[number]

/** The address of the approvals page: unknown values fall back to what waits for the reader. */
export const approvalFilter = z.object({
  queue: z.preprocess(oneOf, z.enum(approvalQueues).optional().catch(undefined)),
  post: z.preprocess(oneOf, z.uuid().optional().catch(undefined)),
  view: z.preprocess(oneOf, z.enum(['changes', 'look']).optional().catch(undefined)),
  /** The version the reader had before them when it changed under their hands. */
  seen: z.preprocess(oneOf, z.coerce.number().int().positive().optional().catch(undefined)),
})
export type ApprovalFilter = z.infer<typeof approvalFilter>

export const COMMENT_MAX = 4000

export const decision = z
  .object({
    postId: z.uuid(), // content_items.id; post_approvals names it post_id
    seenDigest: z.string().length(64),
    outcome: z.enum(decisionOutcomes),
    comment: z.string().trim().max(COMMENT_MAX, 'Comments hold up to 4,000 characters.').optional(),
  })
  .refine(({ outcome, comment }) => (outcome !== 'changes_requested' && outcome !== 'rejected') || comment, {
    path: ['comment'],
    message: 'Say what should change, so the author can act on it.',
  })
export type Decision = z.infer<typeof decision>

/** One row of post_timeline: what happened to a piece, when, by whom, and who may read it. */
export const timelineRow = z.object({
  at: z.string(),
  kind: z.string(),
  actor_id: z.string().nullable(),
  actor_name: z.string().nullable(),
  audience: z.enum(['internal', 'client']),
  version: z.number().nullable(),
  text: z.string().nullable(),
  facts: z
    .object({
      digest: z.string(),
      before: z.string().nullable(),
      after: z.string(),
      time_zone: z.string(),
      reason: z.string().nullable(),
      job_id: z.string(),
      network: z.string(),
      account_name: z.string(),
      permalink: z.string().nullable(),
      code: z.string().nullable(),
      attempt: z.number().nullable(),
    })
    .partial(),
})
export type TimelineRow = z.infer<typeof timelineRow>
