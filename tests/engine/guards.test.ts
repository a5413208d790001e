import { randomUUID } from 'node:crypto'
import { describe } from 'vitest'
import type { Network } from '#lib/platforms/contract.ts'
import { until } from '#tests/support/until.ts'
import type { Ports } from '#worker/ports.ts'
import { postMedia } from '#worker/tasks/post-media.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { CONTENTS } from './cases.ts'
import { type Engine, expect, LATE_COMMIT_MS, LIST_LAG_MS, test } from './engine.ts'
import { rewrite } from './rewrite.ts'

/**
 * Each guard against publishing twice, taken away in turn, while the same thing happens as with it: only then is
 * the post out twice. A guard that could go unnoticed would prove nothing elsewhere.
 */

type One = {
  jobId: string
  posts(): Promise<number>
  armPublishing(fault: Record<string, unknown>): Promise<unknown>
  /** What hides a second send on its own is taken away too, from the look after next on if `skip` is 1. */
  forget(skip?: number): Promise<unknown>
}

async function publishOne(engine: Engine, network: Network): Promise<One> {
  const [accounts] = await engine.connectAccounts([`Guarded ${randomUUID().slice(0, 8)}`])
  if (!accounts) throw new Error('no accounts')
  const { connectionId, accountId } = accounts[network]
  const mediaIds = network === 'instagram' ? [await engine.picture()] : []
  // So that each read of a container is one of those counted below.
  await engine.sandbox.setting({ image_processing_ms: 0 })
  const { jobIds } = await engine.publish({ body: 'Once', connectionIds: [connectionId], mediaIds })
  const [jobId = ''] = jobIds
  await engine.sql`select graphile_worker.remove_job('publish:' || ${jobId})`
  const path = network === 'facebook' ? '*/feed' : '*/media_publish'
  return {
    jobId,
    posts: async () => (await engine.sandbox.publishedBy(accountId)).length,
    armPublishing: (fault) =>
      engine.sandbox.arm({ ...fault, match: { method: 'POST', path, account_id: accountId } }),
    // Instagram publishes a container once. One that it does not know any more, which was seen, is made anew.
    forget: async (skip = 0) =>
      network === 'instagram' &&
      engine.sandbox.arm({
        ...{ kind: 'error', status: 400, code: 100, subcode: 33, times: MISSING_READS + 1, skip },
        match: { method: 'GET', node: 'container', account_id: accountId },
      }),
  }
}

/** After so many reads that do not know it, the connector makes a container anew. */
const MISSING_READS = 5
/** Before it is published, and by the look that finds it unpublished still. */
const READS_BEFORE_ABSENCE = 2

async function workUntilPublished(engine: Engine, jobId: string, ports: Ports = engine.ports) {
  const tasks = createTasks(ports, 'guards')
  await until('the job to end', async () => {
    await tasks.publish_post({ job_id: jobId })
    // No waiting between tries: only the guards stand between a look and the next send.
    await engine.sql`update public.publish_jobs set next_retry_at = null where id = ${jobId} and next_retry_at > now()`
    await engine.sql`
      update public.publish_jobs set next_look_at = settle_until
      where id = ${jobId} and status = 'outcome_unknown' and next_look_at > settle_until`
    return (await engine.job(jobId)).status === 'published'
  })
}

/** Up to what publishes, as one worker would before it files the result of that. */
async function sendWithoutResult({ ports, sql }: Engine, jobId: string, { reallySend = true } = {}) {
  const { jobs, secrets } = ports.records
  const { leaseMs, httpTimeoutMs } = ports.publishing
  return until('the step that publishes', async () => {
    await sql`update public.publish_jobs set next_retry_at = null where id = ${jobId}`
    const claim = await jobs.claim(jobId, { workerId: 'guards', leaseMs })
    if (!claim) return null
    const token = (await secrets.accessToken(claim)) ?? ''
    const prepared = await ports.connectors('meta').prepare({ ...claim, token, ...postMedia(ports) })
    if (prepared.kind === 'blocked') {
      await jobs.recordResult(claim, prepared.outcome, [])
      return null
    }
    const { step } = prepared
    if (!(await jobs.recordIntent(claim, { step, httpTimeoutMs, settleMs: 0 }))) throw new Error('no intent')
    if (step.effect === 'publishing' && !reallySend) return { claim, outcome: null }
    const outcome = await step.send(httpTimeoutMs)
    if (step.effect === 'publishing') return { claim, outcome }
    await jobs.recordResult(claim, outcome, [])
    return null
  })
}

/** The lease of a worker that is gone has ended, and so has the time a look must wait. */
async function itsTimeIsOver({ sql }: Engine, jobId: string) {
  await sql`
    update public.publish_jobs
    set lease_expires_at = now() - interval '1 second', settle_until = now() - interval '1 second', next_retry_at = null
    where id = ${jobId}`
}

const NETWORKS = ['facebook', 'instagram'] as const
const CASES = NETWORKS.flatMap((network) => [
  { network, guarded: true, how: 'with', out: 1 },
  { network, guarded: false, how: 'without', out: 2 },
])

describe.each(CASES)('on $network, $how', ({ network, guarded, out }) => {
  test(`the fence, the late word of a worker thought dead leaves the post out ${out} times`, async ({
    engine,
  }) => {
    const { jobId, posts, forget } = await publishOne(engine, network)
    if (!guarded) {
      await rewrite(engine, 'fenced_job', (sql) => sql.replace('and j.fence = fenced_job.fence', ''))
    }
    const first = await sendWithoutResult(engine, jobId, { reallySend: false })
    await itsTimeIsOver(engine, jobId)
    await engine.tasks.publish_post({ job_id: jobId }) // looks: it is not there
    await itsTimeIsOver(engine, jobId)
    const second = await sendWithoutResult(engine, jobId)
    await forget()
    const late = { kind: 'unsent', code: 'platform_busy', message: '429, an age ago' } as const
    await engine.ports.records.jobs.recordResult(first.claim, late, [])
    if (second.outcome) await engine.ports.records.jobs.recordResult(second.claim, second.outcome, [])
    await workUntilPublished(engine, jobId)
    expect(await posts()).toBe(out)
  })

  test(`the intent, a worker that dies after sending leaves the post out ${out} times`, async ({
    engine,
  }) => {
    const { jobId, posts, forget } = await publishOne(engine, network)
    if (!guarded) {
      await rewrite(engine, 'record_intent', (sql) =>
        sql
          .replace('where j.id = record_intent.job_id and j.fence', 'where false and j.fence')
          .replace('return false', 'return true'),
      )
    }
    await sendWithoutResult(engine, jobId)
    await forget()
    await itsTimeIsOver(engine, jobId)
    await workUntilPublished(engine, jobId)
    expect(await posts()).toBe(out)
  })

  test(`the settle window, a late commit leaves the post out ${out} times`, async ({ engine }) => {
    const { jobId, posts, armPublishing, forget } = await publishOne(engine, network)
    await armPublishing({ kind: 'late_commit', after_ms: LATE_COMMIT_MS + LIST_LAG_MS })
    const publishing = { ...engine.ports.publishing, ...(guarded ? {} : { settleScale: 1e-6 }) }
    await forget(READS_BEFORE_ABSENCE)
    await workUntilPublished(engine, jobId, { ...engine.ports, publishing })
    await until('the late commit', async () => (await posts()) >= out)
    expect(await posts()).toBe(out)
  })

  test(`reconciling, a lost answer leaves the post out ${out} times`, async ({ engine }) => {
    const { jobId, posts, forget } = await publishOne(engine, network)
    await sendWithoutResult(engine, jobId)
    await forget()
    await itsTimeIsOver(engine, jobId)
    const connectors: Ports['connectors'] = (platform) => ({
      ...engine.ports.connectors(platform),
      ...(guarded ? {} : { findPublished: async () => ({ kind: 'read', candidates: [] }) }),
    })
    await workUntilPublished(engine, jobId, { ...engine.ports, connectors })
    expect(await posts()).toBe(out)
  })
})

test('each network says for each of its formats how a lost answer is cleared up, and from where it knows how long to wait', ({
  engine,
}) => {
  const { networks } = engine.ports.connectors('meta')
  for (const { network, format } of CONTENTS) {
    const facts = networks[network]
    expect(facts?.reconcile, network).toBe('list_by_time_and_fingerprint')
    expect(facts?.settle[format]?.ms, `${network} ${format}`).toBeGreaterThan(120_000)
    expect(facts?.settle[format]?.source, `${network} ${format}`).not.toBe('')
  }
})
