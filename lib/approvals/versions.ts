import 'server-only'
import { z } from 'zod'
import type { Tables } from '#lib/supabase/db.ts'
import {
  type ClientStatus,
  clientStatuses,
  type DecisionOutcome,
  decisionOutcomes,
  permalink,
  type VersionChannel,
  type VersionPicture,
  versionChannel,
  versionPicture,
} from './schema.ts'

export const decisionColumns =
  'id, status, audience, decided_by, comment, created_at, content_digest, step' as const

/** A frozen version with what was decided about it; the same columns for staff and for clients. */
export const versionColumns = `
  content_id, version, number, title, body, link, first_comment, channels, media, content_digest, submitted_by, created_at,
  shared_at, superseded_at, client_status, scheduled_at, time_zone, permalinks, published_at,
  decisions:post_approvals(${decisionColumns})
` as const

type DecisionRow = Pick<
  Tables<'post_approvals'>,
  'id' | 'status' | 'audience' | 'decided_by' | 'comment' | 'created_at' | 'content_digest'
>
export type VersionRow = Omit<
  Tables<'content_versions'>,
  'id' | 'brand_id' | 'type' | 'ai_made' | 'local_time'
> & { decisions: DecisionRow[] }

export type VersionDecision = {
  id: string
  outcome: DecisionOutcome
  audience: 'internal' | 'client'
  by: string | null
  at: string
  comment: string | null
  digest: string
}

export type Version = {
  postId: string
  number: number
  version: number
  title: string
  body: string
  link: string | null
  firstComment: string | null
  channels: VersionChannel[]
  pictures: VersionPicture[]
  digest: string
  submittedBy: string | null
  submittedAt: string
  sharedAt: string | null
  supersededAt: string | null
  clientStatus: ClientStatus
  scheduledAt: string | null
  timeZone: string | null
  permalinks: { network: string; accountName: string; url: string | null }[]
  publishedAt: string | null
  /** Oldest first. */
  decisions: VersionDecision[]
}

export function asVersion(row: VersionRow): Version {
  return {
    postId: row.content_id,
    version: row.version,
    number: row.number,
    title: row.title ?? 'Untitled',
    body: row.body,
    link: row.link,
    firstComment: row.first_comment,
    channels: z.array(versionChannel).parse(row.channels),
    pictures: z.array(versionPicture).parse(row.media),
    digest: row.content_digest,
    submittedBy: row.submitted_by,
    submittedAt: row.created_at,
    sharedAt: row.shared_at,
    supersededAt: row.superseded_at,
    clientStatus: clientStatuses.find((status) => status === row.client_status) ?? 'waiting',
    scheduledAt: row.scheduled_at,
    timeZone: row.time_zone,
    permalinks: z
      .array(permalink)
      .parse(row.permalinks)
      .map(({ network, account_name, url }) => ({ network, accountName: account_name, url })),
    publishedAt: row.published_at,
    decisions: row.decisions.map(asDecision).sort((one, other) => one.at.localeCompare(other.at)),
  }
}

function asDecision(row: DecisionRow): VersionDecision {
  return {
    id: row.id,
    outcome: decisionOutcomes.find((outcome) => outcome === row.status) ?? 'approved',
    audience: row.audience === 'client' ? 'client' : 'internal',
    by: row.decided_by,
    at: row.created_at,
    comment: row.comment,
    digest: row.content_digest,
  }
}
