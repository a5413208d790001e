import 'server-only'
import { z } from 'zod'
import { versionChannel, versionPicture } from '#lib/approvals/schema.ts'
import type { Permission } from '#lib/members/roles.ts'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db } from '#lib/supabase/db.ts'
import type { Account } from './problems.ts'
import {
  networkLimits,
  type PostDraft,
  type PostFilter,
  type PostState,
  postWish,
  storedContent,
} from './schema.ts'
import { numberIn, shownState } from './states.ts'
import type { PostVersion } from './versions.ts'

/** A piece as lists show it. */
export type PostRow = {
  id: string
  number: number
  title: string
  state: PostState
  networks: string[]
  /** Its first picture. */
  pictureId: string | null
  scheduledFor: string | null
  publishedAt: string | null
  requestedAt: string | null
  createdAt: string
  createdBy: string | null
}

type ListQuery = PostFilter & { brand: { id: string; code: string }; limit?: number }

/**
 * Pieces of one brand in the order their state is worked through, and how many there are (on the first page
 * alone). One Data API request.
 */
export async function listPosts(
  db: Db,
  { brand, status, q, after, limit = 50 }: ListQuery,
): Promise<Page<PostRow> & { count: number | null }> {
  const { column, ascending } = orderOf(status)
  const cursor = afterCursor([column, 'id'], after, ascending ? 'ascending' : 'descending')
  const join = status === 'outcome_unknown' ? '!inner' : ''
  let query = db
    .from('content_items')
    .select(
      `id, number, title, status, scheduled_for, published_at, requested_at, created_at, created_by, picture:content->media->>0, channels:content_channels(network), unknown:publish_jobs${join}(id)` as const,
      cursor ? {} : { count: 'exact' },
    )
    .eq('brand_id', brand.id)
    .eq('unknown.status', 'outcome_unknown')
  if (status === 'all') query = query.neq('status', 'archived')
  else if (status !== 'outcome_unknown') query = query.eq('status', status)
  if (q) {
    const number = numberIn(q, brand.code)
    query = number === null ? query.ilike('title', `%${literal(q)}%`) : query.eq('number', number)
  }
  if (cursor) query = query.or(cursor)
  const { data, count } = await query
    .order(column, { ascending })
    .order('id', { ascending })
    .limit(limit + 1)
    .throwOnError()
  const page = toPage(data, limit, (row) => [String(row[column]), row.id])
  return { rows: page.rows.map(asRow), next: page.next, count }
}

/** What goes out next comes first, what waits longest comes first; all else from the newest. */
function orderOf(status: PostFilter['status']) {
  if (status === 'scheduled') return { column: 'scheduled_for', ascending: true } as const
  if (status === 'pending_review') return { column: 'requested_at', ascending: true } as const
  if (status === 'published') return { column: 'published_at', ascending: false } as const
  return { column: 'created_at', ascending: false } as const
}

type Row = {
  id: string
  number: number
  title: string | null
  status: string
  scheduled_for: string | null
  published_at: string | null
  requested_at: string | null
  created_at: string
  created_by: string | null
  picture: string | null
  channels: { network: string }[]
  unknown: { id: string }[]
}

function asRow(row: Row): PostRow {
  return {
    id: row.id,
    number: row.number,
    title: row.title ?? 'Untitled',
    state: shownState(row.status, row.unknown.length > 0),
    networks: row.channels.map((channel) => channel.network),
    pictureId: row.picture,
    scheduledFor: row.scheduled_for,
    publishedAt: row.published_at,
    requestedAt: row.requested_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}

/** The most posts a month shows; a brand of five thousand a month still sees all. */
export const MONTH_MAX = 6000

/** A piece with a time, as the calendar places it. */
export type PlannedPost = Pick<PostRow, 'id' | 'number' | 'title' | 'state' | 'networks' | 'pictureId'> & {
  at: string
}

/**
 * Pieces whose time lies in [from, to), in the order of their times. Two requests: the range, and the few
 * pieces of the brand whose answer got lost.
 */
export async function listPlanned(
  db: Db,
  { brandId, from, to }: { brandId: string; from: string; to: string },
): Promise<PlannedPost[]> {
  const [{ data: rows }, { data: unknown }] = await Promise.all([
    db
      .from('content_items')
      .select(
        'id, number, title, status, scheduled_for, picture:content->media->>0, channels:content_channels(network)',
      )
      .eq('brand_id', brandId)
      .gte('scheduled_for', from)
      .lt('scheduled_for', to)
      .order('scheduled_for')
      .order('id')
      .limit(MONTH_MAX)
      .throwOnError(),
    db
      .from('publish_jobs')
      .select('content_id')
      .eq('brand_id', brandId)
      .eq('status', 'outcome_unknown')
      .order('content_id')
      .limit(1000)
      .throwOnError(),
  ])
  const lost = new Set(unknown.map((job) => job.content_id))
  return rows.flatMap((row) =>
    row.scheduled_for === null
      ? []
      : {
          id: row.id,
          number: row.number,
          title: row.title ?? 'Untitled',
          state: shownState(row.status, lost.has(row.id)),
          networks: row.channels.map((channel) => channel.network),
          pictureId: row.picture,
          at: row.scheduled_for,
        },
  )
}

export type PostComment = {
  id: string
  audience: 'internal' | 'client'
  body: string
  version: number | null
  authorId: string | null
  at: string
}

/** A piece whole: what is written, what was frozen, who said what. */
export type Post = {
  id: string
  number: number
  status: string
  state: PostState
  revision: number
  version: number
  draft: PostDraft
  plannedAt: string | null
  publishedAt: string | null
  requestedAt: string | null
  heldAt: string | null
  updatedAt: string
  createdBy: string | null
  isAiMade: boolean
  /** A job that is being sent, may be out or is out. */
  isUnderway: boolean
  /** Newest first. */
  versions: PostVersion[]
  /** Who was asked at the step that is open. */
  asked: { userId: string | null; audience: 'internal' | 'client' }[]
  /** Oldest first. */
  comments: PostComment[]
}

const postColumns = `
  id, number, title, status, content, revision, version, scheduled_for, published_at, requested_at, held_at, updated_at,
  created_by, generated_by_agent,
  channels:content_channels(connection_id, format, body, first_comment, position),
  plan:scheduled_content(scheduled_at),
  underway:publish_jobs(status),
  requests:approval_requests(assigned_to, audience),
  comments:content_comments(id, audience, body, version, author_id, created_at),
  versions:content_versions(
    version, title, body, link, first_comment, channels, media, content_digest, submitted_by, created_at, shared_at,
    superseded_at, decisions:post_approvals(status, decided_by, audience, comment, created_at),
    way:workflow_instances(status)
  )
` as const

const audience = z.enum(['internal', 'client'])
const outcome = z.enum(['approved', 'rejected', 'changes_requested', 'held'])

/** The piece that a brand calls by this number, or null. One Data API request. */
export async function readPost(
  db: Db,
  { brandId, number }: { brandId: string; number: number },
): Promise<Post | null> {
  const { data: row } = await db
    .from('content_items')
    .select(postColumns)
    .eq('brand_id', brandId)
    .eq('number', number)
    .eq('plan.status', 'scheduled')
    .in('underway.status', ['processing', 'outcome_unknown', 'published'])
    .eq('requests.status', 'pending')
    .order('position', { referencedTable: 'channels' })
    .order('created_at', { referencedTable: 'comments' })
    .order('version', { referencedTable: 'versions', ascending: false })
    .maybeSingle()
    .throwOnError()
  if (!row) return null
  const content = storedContent.parse(row.content)
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    state: shownState(
      row.status,
      row.underway.some((job) => job.status === 'outcome_unknown'),
    ),
    revision: row.revision,
    version: row.version,
    draft: {
      title: row.title ?? '',
      body: content.body,
      link: content.link ?? '',
      firstComment: content.first_comment,
      mediaIds: content.media,
      channels: row.channels.map((channel) => ({
        connectionId: channel.connection_id,
        format: postWish.parse(channel.format),
        body: channel.body,
        firstComment: channel.first_comment,
      })),
    },
    plannedAt: only(row.plan)?.scheduled_at ?? null,
    publishedAt: row.published_at,
    requestedAt: row.requested_at,
    heldAt: row.held_at,
    updatedAt: row.updated_at,
    createdBy: row.created_by,
    isAiMade: row.generated_by_agent !== null,
    isUnderway: row.underway.length > 0,
    versions: row.versions.map((version) => ({
      version: version.version,
      title: version.title ?? '',
      body: version.body,
      link: version.link ?? '',
      firstComment: version.first_comment,
      channels: z.array(versionChannel).parse(version.channels),
      pictures: z.array(versionPicture).parse(version.media),
      digest: version.content_digest,
      submittedBy: version.submitted_by,
      createdAt: version.created_at,
      sharedAt: version.shared_at,
      supersededAt: version.superseded_at,
      wasApproved: only(version.way)?.status === 'completed',
      decisions: version.decisions
        .map((decision) => ({
          outcome: outcome.parse(decision.status),
          by: decision.decided_by,
          audience: audience.parse(decision.audience),
          comment: decision.comment,
          at: decision.created_at,
        }))
        .sort((one, other) => one.at.localeCompare(other.at)),
    })),
    asked: row.requests.map((request) => ({
      userId: request.assigned_to,
      audience: audience.parse(request.audience),
    })),
    comments: row.comments.map((comment) => ({
      id: comment.id,
      audience: audience.parse(comment.audience),
      body: comment.body,
      version: comment.version,
      authorId: comment.author_id,
      at: comment.created_at,
    })),
  }
}

/** One row each, which PostgREST gives as a list and the local API, seeing a unique index, bare. */
function only<Embedded>(rows: Embedded | Embedded[] | null): Embedded | undefined {
  return Array.isArray(rows) ? rows[0] : (rows ?? undefined)
}

export type NearPost = { number: number; title: string; state: PostState }

/** The pieces whose numbers come next to one that is not there. */
export async function listNearest(
  db: Db,
  { brandId, number }: { brandId: string; number: number },
): Promise<NearPost[]> {
  const { data } = await db
    .from('content_items')
    .select('number, title, status')
    .eq('brand_id', brandId)
    .gte('number', number - 50)
    .lte('number', number + 50)
    .order('number')
    .limit(100)
    .throwOnError()
  return data
    .map((row) => ({
      number: row.number,
      title: row.title ?? 'Untitled',
      state: shownState(row.status, false),
    }))
    .sort((one, other) => Math.abs(one.number - number) - Math.abs(other.number - number))
    .slice(0, 3)
}

/** Accounts of a brand with what their network takes; those long disconnected are there for old pieces. */
export async function listAccounts(
  db: Db,
  { brandId, tenantId }: { brandId: string; tenantId: string },
): Promise<Account[]> {
  const [{ data: connections }, { data: catalogue }] = await Promise.all([
    db
      .from('connections')
      .select('id, platform, network, display_name, status, requires_reconnect, paused_at')
      .eq('brand_id', brandId)
      .order('display_name')
      .order('id')
      .throwOnError(),
    db.from('connector_platforms').select('platform_name, tenant_id, limits').throwOnError(),
  ])
  return connections.map((connection) => {
    // The agency's own limits, where it has tightened the catalogue's.
    const rows = catalogue.filter((row) => row.platform_name === connection.platform)
    const row = rows.find((one) => one.tenant_id === tenantId) ?? rows.find((one) => one.tenant_id === null)
    return {
      id: connection.id,
      network: connection.network,
      name: connection.display_name,
      health: healthOf(connection),
      limits: limitsOf(row?.limits, connection.network),
    }
  })
}

function healthOf(connection: {
  status: string
  requires_reconnect: boolean
  paused_at: string | null
}): Account['health'] {
  if (connection.status === 'disconnected') return 'disconnected'
  if (connection.status !== 'active' || connection.requires_reconnect) return 'reconnect'
  return connection.paused_at === null ? 'usable' : 'paused'
}

function limitsOf(limits: unknown, network: string): Account['limits'] {
  const own = z.record(z.string(), z.unknown()).safeParse(limits).data?.[network]
  return networkLimits.safeParse(own).data ?? null
}

/** Which roles hold a permission, from the one matrix. One request. */
export async function listRoleRights(db: Db): Promise<(permission: Permission) => string[]> {
  const { data } = await db.rpc('role_permissions').throwOnError()
  return (permission) => data.filter((row) => row.permissions.includes(permission)).map((row) => row.role)
}

/** What was typed, with no letter that means something to LIKE. */
function literal(typed: string): string {
  return typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)
}
