import { z } from 'zod'

export const decisionOutcomes = ['approved', 'changes_requested', 'rejected', 'held'] as const
export type DecisionOutcome = (typeof decisionOutcomes)[number]

/** An account of a frozen version, with what differs there; null where the shared text goes. */
export const versionChannel = z.object({
  channel_id: z.string(),
  connection_id: z.string(),
  network: z.string(),
  account_name: z.string(),
  body: z.string().nullable(),
  first_comment: z.string().nullable(),
})
export type VersionChannel = z.infer<typeof versionChannel>

/** A picture of a frozen version, in order. */
export const versionPicture = z.object({
  asset_id: z.string(),
  path: z.string(),
  mime_type: z.string(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  alt_text: z.string().nullable(),
  hash: z.string(),
})
export type VersionPicture = z.infer<typeof versionPicture>

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
