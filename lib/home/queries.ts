import 'server-only'
import { z } from 'zod'
import { firstStillOf, versionChannel } from '#lib/approvals/schema.ts'
import { type AccountHealth, healthOf } from '#lib/connections/queries.ts'
import { type PostState, postStates } from '#lib/content/schema.ts'
import { isClientRole, isRole, type Role } from '#lib/members/roles.ts'
import { asJobState, type JobState, jobStateColumns } from '#lib/publishing/queries.ts'
import type { Db } from '#lib/supabase/db.ts'
import type { HomeDays } from './days.ts'

/** An account of a brand, and what waits for it while it is lost. */
export type HomeAccount = {
  id: string
  brandId: string
  name: string
  network: string
  health: AccountHealth
  keyEndsAt: string | null
  /** The code of what ended its access. */
  cause: string | null
  /** When each post that waits for it is to go out, soonest first; only of a lost one. */
  waiting: string[]
}

/** A piece with a time from today to the end of next week. */
export type HomePiece = {
  id: string
  brandId: string
  number: number
  title: string
  state: PostState
  at: string
  isHeld: boolean
  networks: string[]
  /** Of the account that was served last; null while nothing is out. */
  latenessMs: number | null
}

/** A line of the caller's inbox that they have not read. */
export type HomeNotice = {
  id: string
  brandId: string
  message: string
  at: string
  piece: { number: number; title: string } | null
}

export type HomeBrand = {
  id: string
  accounts: HomeAccount[]
  people: { userId: string; role: Role }[]
  /** Someone decides as the client, or was invited to. */
  hasClient: boolean
  hasPiece: boolean
  planned: HomePiece[]
  notices: HomeNotice[]
}

/** Two weeks of the largest brand we plan for. */
const PLANNED_MAX = 5000
const NOTICES_MAX = 6

/** The accounts, people, plan and news of brands. One Data API request, however many brands. */
export async function readHomeBrands(
  db: Db,
  { brandIds, days, now }: { brandIds: readonly string[]; days: HomeDays; now: Date },
): Promise<HomeBrand[]> {
  const { data } = await db
    .from('brands')
    .select(
      `id,
       accounts:connections!connections_brand_id_tenant_id_fkey(id, network, display_name, status, health_status, requires_reconnect, paused_at, token_expires_at, health_check_error),
       lost:connections!connections_brand_id_tenant_id_fkey(id, jobs:publish_jobs!publish_jobs_connection_id_brand_id_fkey(scheduled_for)),
       people:brand_members(user_id, role),
       invited:brand_invitations!brand_invitations_brand_id_tenant_id_fkey(id),
       written:content_items!content_items_brand_id_tenant_id_fkey(id),
       planned:content_items!content_items_brand_id_tenant_id_fkey(id, number, title, status, scheduled_for, held_at, channels:content_channels(network), jobs:publish_jobs!publish_jobs_content_id_brand_id_fkey(status, lateness_ms)),
       notices:workflow_notifications(id, message, created_at, piece:content_items!workflow_notifications_content_id_brand_id_fkey(number, title))`,
    )
    .in('id', brandIds)
    .neq('accounts.status', 'disconnected')
    .order('display_name', { referencedTable: 'accounts' })
    .or('requires_reconnect.is.true,status.neq.active,health_status.eq.critical', { referencedTable: 'lost' })
    .in('lost.jobs.status', ['pending', 'scheduled', 'paused'])
    .eq('invited.status', 'pending')
    .in('invited.role', ['client_approver', 'client_viewer'])
    .limit(1, { referencedTable: 'invited' })
    .limit(1, { referencedTable: 'written' })
    .gte('planned.scheduled_for', days.from)
    .lt('planned.scheduled_for', days.to)
    .neq('planned.status', 'archived')
    .in('planned.jobs.status', ['outcome_unknown', 'published'])
    .order('scheduled_for', { referencedTable: 'planned' })
    .limit(PLANNED_MAX, { referencedTable: 'planned' })
    .is('notices.read_at', null)
    .order('created_at', { referencedTable: 'notices', ascending: false })
    .limit(NOTICES_MAX, { referencedTable: 'notices' })
    .throwOnError()

  return data.map((row) => {
    const waitingFor = new Map(row.lost.map(({ id, jobs }) => [id, jobs.map((job) => job.scheduled_for)]))
    const people = row.people.flatMap(({ user_id, role }) => (isRole(role) ? { userId: user_id, role } : []))
    return {
      id: row.id,
      accounts: row.accounts.map((account) => ({
        id: account.id,
        brandId: row.id,
        name: account.display_name,
        network: account.network,
        health: healthOf(
          {
            status: account.status,
            healthStatus: account.health_status,
            requiresReconnect: account.requires_reconnect,
            pausedAt: account.paused_at,
            tokenExpiresAt: account.token_expires_at,
          },
          now,
        ),
        keyEndsAt: account.token_expires_at,
        cause: account.health_check_error,
        waiting: (waitingFor.get(account.id) ?? []).sort(),
      })),
      people,
      hasClient: row.invited.length > 0 || people.some(({ role }) => isClientRole(role)),
      hasPiece: row.written.length > 0,
      planned: row.planned.flatMap((piece) =>
        piece.scheduled_for === null
          ? []
          : {
              id: piece.id,
              brandId: row.id,
              number: piece.number,
              title: piece.title ?? 'Untitled',
              state: shownState(piece.status, piece.jobs),
              at: piece.scheduled_for,
              isHeld: piece.held_at !== null,
              networks: piece.channels.map(({ network }) => network),
              latenessMs: latest(piece.jobs),
            },
      ),
      notices: row.notices.map((notice) => ({
        id: notice.id,
        brandId: row.id,
        message: notice.message,
        at: notice.created_at,
        piece: notice.piece && { number: notice.piece.number, title: notice.piece.title ?? 'Untitled' },
      })),
    }
  })
}

type OutJob = { status: string; lateness_ms: number | null }

/** The piece's own, but for an answer that got lost on its way. */
function shownState(status: string, jobs: readonly OutJob[]): PostState {
  if (status === 'publishing' && jobs.some((job) => job.status === 'outcome_unknown'))
    return 'outcome_unknown'
  return postStates.find((state) => state === status) ?? 'draft'
}

function latest(jobs: readonly OutJob[]): number | null {
  const known = jobs.flatMap((job) => job.lateness_ms ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

/** A piece that cannot go on without a person. */
export type NeedyPiece = {
  id: string
  brandId: string
  number: number
  title: string
  status: string
  version: number
  goesOutAt: string | null
  heldAt: string | null
  updatedAt: string
  asked: { audience: 'internal' | 'client'; assignedTo: string | null; at: string; deadline: string | null }[]
  networks: string[]
  picturePath: string | null
  /** Newest first. */
  jobs: JobState[]
}

/** Beyond this many a home page says so; each brand’s own pages have the rest. */
export const NEEDY_MAX = 500

/**
 * Pieces of brands that wait for a decision, came back, are held, failed, got no answer, or were stopped at
 * their hour: the one that goes out first is first, those without a time last. One Data API request.
 */
export async function listNeedy(
  db: Db,
  { brandIds, now }: { brandIds: readonly string[]; now: Date },
): Promise<NeedyPiece[]> {
  const { data } = await db
    .from('content_items')
    .select(
      `id, brand_id, number, title, status, version, scheduled_for, held_at, updated_at,
       requests:approval_requests!approval_requests_post_id_brand_id_fkey(audience, assigned_to, created_at, deadline),
       versions:content_versions!content_versions_content_id_brand_id_fkey(version, channels, media),
       jobs:publish_jobs!publish_jobs_content_id_brand_id_fkey(${jobStateColumns})`,
    )
    .in('brand_id', brandIds)
    .or(
      `status.in.(pending_review,changes_requested,publishing,failed),held_at.not.is.null,and(status.eq.scheduled,scheduled_for.lt.${now.toISOString()})`,
    )
    .eq('requests.status', 'pending')
    .order('version', { referencedTable: 'versions', ascending: false })
    .limit(1, { referencedTable: 'versions' })
    .order('created_at', { referencedTable: 'jobs', ascending: false })
    .order('scheduled_for', { nullsFirst: false })
    .order('requested_at')
    .order('id')
    .limit(NEEDY_MAX)
    .throwOnError()

  return data.map((row) => {
    const [latestVersion] = row.versions
    return {
      id: row.id,
      brandId: row.brand_id,
      number: row.number,
      title: row.title ?? 'Untitled',
      status: row.status,
      version: row.version,
      goesOutAt: row.scheduled_for,
      heldAt: row.held_at,
      updatedAt: row.updated_at,
      asked: row.requests.map((request) => ({
        audience: request.audience === 'client' ? 'client' : 'internal',
        assignedTo: request.assigned_to,
        at: request.created_at,
        deadline: request.deadline,
      })),
      networks: z
        .array(versionChannel)
        .parse(latestVersion?.channels ?? [])
        .map(({ network }) => network),
      picturePath: firstStillOf(latestVersion?.media),
      jobs: row.jobs.map((job) => asJobState(job, row)),
    }
  })
}
