import 'server-only'
import { z } from 'zod'
import type { Db } from '#lib/supabase/db.ts'
import { type Asked, queueOf } from './queue.ts'
import {
  type ApprovalQueue,
  firstStillOf,
  stillPathOf,
  type TimelineRow,
  timelineRow,
  versionChannel,
  versionPicture,
  workflowStep,
} from './schema.ts'
import { asVersion, type Version, versionColumns } from './versions.ts'

/** Every step of a piece, oldest first; a client gets theirs alone. One request. */
export async function readTimeline(db: Db, { postId }: { postId: string }): Promise<TimelineRow[]> {
  const { data } = await db.rpc('post_timeline', { post_id: postId }).throwOnError()
  return z.array(timelineRow).parse(data)
}

/** A piece in one of the queues of the approvals page. */
export type QueuedPiece = {
  id: string
  number: number
  title: string
  queue: ApprovalQueue
  version: number
  goesOutAt: string | null
  /** When the open step was asked, or the piece came back. */
  since: string | null
  asked: Asked[]
  networks: string[]
  picturePath: string | null
}

/** Beyond this many the page says so: nobody decides on more at a sitting. */
export const QUEUE_LIMIT = 200

/**
 * Pieces of a brand that wait for a decision, were sent back or are held: the one that goes out first is first,
 * those without a time last. One request.
 */
export async function listQueue(
  db: Db,
  { brandId, userId }: { brandId: string; userId: string },
): Promise<QueuedPiece[]> {
  const { data } = await db
    .from('content_items')
    .select(
      `id, number, title, status, version, scheduled_for, requested_at, held_at, updated_at,
       requests:approval_requests(audience, assigned_to, created_at, deadline),
       versions:content_versions(version, channels, media)`,
    )
    .eq('brand_id', brandId)
    .or('status.in.(pending_review,changes_requested),held_at.not.is.null')
    .eq('requests.status', 'pending')
    .order('version', { referencedTable: 'versions', ascending: false })
    .limit(1, { referencedTable: 'versions' })
    .order('scheduled_for', { nullsFirst: false })
    .order('requested_at')
    .order('id')
    .limit(QUEUE_LIMIT)
    .throwOnError()

  return data.flatMap((row) => {
    const asked = row.requests.map(asAsked)
    const queue = queueOf({ status: row.status, heldAt: row.held_at, asked }, userId)
    if (!queue) return []
    const [latest] = row.versions
    const pictures = z.array(versionPicture).parse(latest?.media ?? [])
    const channels = z.array(versionChannel).parse(latest?.channels ?? [])
    return {
      id: row.id,
      number: row.number,
      title: row.title ?? 'Untitled',
      queue,
      version: row.version,
      goesOutAt: row.scheduled_for,
      since: queue === 'held' ? row.held_at : (asked[0]?.at ?? row.updated_at),
      asked,
      networks: channels.map((channel) => channel.network),
      picturePath: pictures[0] ? stillPathOf(pictures[0]) : null,
    }
  })
}

type RequestRow = {
  audience: string
  assigned_to: string | null
  created_at: string
  deadline: string | null
}

function asAsked(row: RequestRow): Asked {
  return {
    audience: row.audience === 'client' ? 'client' : 'internal',
    assignedTo: row.assigned_to,
    at: row.created_at,
    deadline: row.deadline,
  }
}

export type ReviewedPiece = {
  id: string
  number: number
  title: string
  status: string
  version: number
  /** The text as it is now; another than the version's while someone edits. */
  digest: string
  createdBy: string | null
  goesOutAt: string | null
  timeZone: string | null
  heldAt: string | null
  /** Newest first, each with its decisions. */
  versions: Version[]
  /** The way of the current version: its steps, and which of them is open. */
  way: { audiences: ('internal' | 'client')[]; at: number; isOpen: boolean } | null
  asked: Asked[]
  comments: PieceComment[]
}

export type PieceComment = {
  id: string
  audience: 'internal' | 'client'
  body: string
  by: string | null
  at: string
}

/** Everything a reviewer needs of one piece. One request; null where the piece is not the caller's to see. */
export async function readForReview(
  db: Db,
  { brandId, postId }: { brandId: string; postId: string },
): Promise<ReviewedPiece | null> {
  const { data: row } = await db
    .from('content_items')
    .select(
      `id, number, title, status, version, content_digest, created_by, scheduled_for, held_at,
       plan:scheduled_content(time_zone, status),
       requests:approval_requests(audience, assigned_to, created_at, deadline),
       comments:content_comments(id, audience, body, author_id, created_at),
       versions:content_versions(${versionColumns},
         way:workflow_instances(steps, current_step, status))`,
    )
    .eq('id', postId)
    .eq('brand_id', brandId)
    .eq('requests.status', 'pending')
    .order('created_at', { referencedTable: 'comments' })
    .order('version', { referencedTable: 'versions', ascending: false })
    .maybeSingle()
    .throwOnError()
  if (!row) return null

  const [way] = asList(row.versions.find((version) => version.version === row.version)?.way)
  return {
    id: row.id,
    number: row.number,
    title: row.title ?? 'Untitled',
    status: row.status,
    version: row.version,
    digest: row.content_digest,
    createdBy: row.created_by,
    goesOutAt: row.scheduled_for,
    timeZone: asList(row.plan).find((slot) => slot.status === 'scheduled')?.time_zone ?? null,
    heldAt: row.held_at,
    versions: row.versions.map(asVersion),
    way: way
      ? {
          audiences: z
            .array(workflowStep)
            .parse(way.steps)
            .map(({ audience }) => audience),
          at: way.current_step,
          isOpen: way.status === 'active',
        }
      : null,
    asked: row.requests.map(asAsked),
    comments: row.comments.map((comment) => ({
      id: comment.id,
      audience: comment.audience === 'client' ? 'client' : 'internal',
      body: comment.body,
      by: comment.author_id,
      at: comment.created_at,
    })),
  }
}

/** What PostgREST gives as a list the local API, seeing a partial unique index, gives bare. */
function asList<Embedded>(rows: Embedded | Embedded[] | null | undefined): Embedded[] {
  if (rows === null || rows === undefined) return []
  return Array.isArray(rows) ? rows : [rows]
}

export type OwnDecision = {
  postId: string
  title: string
  number: number
  outcome: string
  at: string
  picturePath: string | null
}

/** What the caller decided on this brand since a moment, newest first. One request. */
export async function listOwnDecisions(
  db: Db,
  { brandId, userId, since }: { brandId: string; userId: string; since: string },
): Promise<OwnDecision[]> {
  const { data } = await db
    .from('post_approvals')
    .select('post_id, status, created_at, piece:content_versions(title, number, media)')
    .eq('brand_id', brandId)
    .eq('decided_by', userId)
    .gte('created_at', since)
    .order('created_at', { ascending: false })
    .limit(20)
    .throwOnError()
  return data.map(({ post_id, status, created_at, piece }) => ({
    postId: post_id,
    title: piece?.title ?? 'Untitled',
    number: piece?.number ?? 0,
    outcome: status,
    at: created_at,
    picturePath: firstStillOf(piece?.media),
  }))
}
