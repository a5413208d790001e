import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { asPerson } from './cast.ts'
import type { Job, Piece } from './pieces.ts'
import { seat, type World, withClock } from './world.ts'

export type WorkerMove = { world: World; piece: Piece; pick: number }

/**
 * What the worker may call, in any order, as a worker that lost its way would; and the time that passes for it.
 * Where a move needs a job and the piece has none, nothing happens.
 */
export const workerMoves = {
  claim: (move) => onJob(move, (at, job) => at`select private.claim_publish_job(${job.id}, 'worker', 90000)`),
  claimWhenDue: async ({ world, piece }) => {
    const [due] = await world.db`
      select id, case status when 'outcome_unknown' then next_look_at when 'processing' then lease_expires_at
        else greatest(scheduled_for, next_retry_at) end as at
      from public.publish_jobs where content_id = ${piece.id} and status in ('scheduled', 'processing', 'outcome_unknown')
      order by at, connection_id = any (${world.db.array([...world.connectionIds.slice(1)])}::uuid[]) limit 1`
    if (!due) return
    world.aheadMs = Math.max(world.aheadMs, due.at - Date.now() + 1000)
    await withClock(world, (at) => at`select private.claim_publish_job(${due.id}, 'worker', 90000)`)
  },
  intent: (move) =>
    onJob(
      move,
      (at, job) =>
        at`select private.record_intent(${job.id}, ${fenceOf(job, move.pick)}::bigint, 30000, 'digest', 60000, 'publish')`,
    ),
  result: (move) =>
    onJob(
      move,
      (at, job) =>
        at`select private.record_publish_result(${job.id}, ${fenceOf(job, move.pick)}::bigint, ${at.json(outcome(move))})`,
    ),
  look: (move) =>
    onJob(
      move,
      (at, job) =>
        at`select private.record_look(${job.id}, ${fenceOf(job, move.pick)}::bigint, ${at.json(found(move))}, null)`,
    ),
  lookInVain: (move) =>
    onJob(move, (at, job) => {
      const unreadable = at.json({ code: 'worker_failed', message: 'No answer.' })
      return at`select private.record_look(${job.id}, ${fenceOf(job, move.pick)}::bigint, null, ${unreadable})`
    }),
  sweep: ({ world }) => withClock(world, async (at) => at`select private.sweep_publish_jobs()`),
  wait: async ({ world, pick }) => {
    world.aheadMs += waits[pick % waits.length] ?? 0
  },
  readPictures: ({ world, piece }) =>
    withClock(
      world,
      (at) => at`
        select private.record_verification(a.id, jsonb_build_object('ok', true, 'mime_type', 'image/jpeg', 'size_bytes', a.size_bytes + 7,
          'width', 400, 'height', 400, 'hash', encode(sha256(convert_to(a.id::text, 'UTF8')), 'hex')))
        from public.media_assets a where a.brand_id = ${piece.brand_id} and a.status = 'processing'`,
    ),
  reconnect: async ({ world, piece, pick }) => {
    const { db, cast } = world
    const [account] = await db`
      select id, platform_account_id from public.connections where brand_id = ${piece.brand_id} order by platform_account_id offset ${pick % 2} limit 1`
    if (!account) return
    const attempt = await asPerson(db, cast.owner, async (owner) => {
      const [begun] = await owner`
        select * from public.begin_connect(${piece.brand_id}, 'meta', 'http://127.0.0.1:3000/api/oauth/meta')`
      await owner`select public.finish_connect(${begun?.state}, 'a code')`
      return begun?.oauth_state_id
    })
    const sealed = { version: 1, key_id: 'k', wrapped_key: 's', encrypted_value: 's', iv: 's', auth_tag: 's' }
    const result = {
      kind: 'connected',
      accounts: [
        {
          connection_id: account.id,
          network: 'facebook',
          platform_user_id: '77',
          account_id: account.platform_account_id,
          display_name: 'Page',
          secret: sealed,
        },
      ],
    }
    await withClock(world, (at) => at`select private.record_oauth_result(${attempt}, ${at.json(result)})`)
  },
  rejoin: ({ world }) => seat(world.db, world.cast, world.brandIds),
} satisfies Record<string, (move: WorkerMove) => Promise<unknown>>

/** A minute past a lease, ten, past tomorrow's planned time, past the day in which a job is still tried. */
const waits = [100_000, 600_000, 30 * 3_600_000, 60 * 3_600_000]

async function onJob(
  { world, piece, pick }: WorkerMove,
  act: (at: postgres.TransactionSql, job: Job) => PromiseLike<unknown>,
) {
  const busy = piece.jobs.find(({ status }) => ['processing', 'outcome_unknown'].includes(status))
  const job = (pick >> 4) % 4 === 3 || !busy ? piece.jobs[pick % Math.max(piece.jobs.length, 1)] : busy
  if (job) await withClock(world, async (at) => act(at, job))
}

/** Its own, or that of a worker that was overtaken. */
function fenceOf({ fence }: Job, pick: number): string {
  return String(BigInt(fence) - ((pick >> 6) % 5 === 4 ? 1n : 0n))
}

function outcome({ world, pick }: WorkerMove) {
  const published = {
    kind: 'published',
    platform_post_id: platformPostId(world, pick),
    permalink: 'https://www.facebook.com/1',
  }
  const outcomes = [
    published,
    published,
    { kind: 'unknown', code: 'publish_no_answer', message: 'No answer.', settle_ms: 60_000 },
    { kind: 'unsent', code: 'publish_transient', message: 'Not sent.' },
    { kind: 'continue', step: 'publish', memo: { container: 1 } },
    { kind: 'refused', class: 'transient', code: 'publish_transient', message: 'Later.' },
    { kind: 'refused', class: 'rate_limit', code: 'publish_rate_limited', message: 'Later.' },
    { kind: 'refused', class: 'content', code: 'publish_refused', message: 'Not this.' },
    { kind: 'refused', class: 'auth', code: 'connection_token_ended', message: 'Sign in again.' },
    { kind: 'refused', class: 'duplicate', code: 'publish_duplicate', message: 'Again?' },
    published,
    published,
  ]
  return outcomes[pick % outcomes.length] ?? published
}

function found({ world, pick }: WorkerMove) {
  return pick % 3 === 2
    ? []
    : [{ platform_post_id: platformPostId(world, pick), permalink: 'https://www.facebook.com/1' }]
}

/** Most often one of its own; now and then one that another job may have. */
function platformPostId({ tenantId }: World, pick: number): string {
  return pick % 7 === 6 ? `${tenantId}-known` : randomUUID()
}
