import { until } from '#tests/support/until.ts'
import { type Engine, expect, test } from './engine.ts'

async function publishOne(engine: Engine, body: string) {
  const page = await engine.connectPage()
  const { jobIds } = await engine.publish({ body, connectionIds: [page.connectionId] })
  return { page, jobId: jobIds[0] ?? '' }
}

const dropOnFeed = (pageId: string, accept: 'before' | 'after') => ({
  kind: 'drop',
  accept,
  match: { method: 'POST', path: '*/feed', account_id: pageId },
})

function workUntilPublished(engine: Engine, jobId: string) {
  return until('the post to be out', async () => {
    await engine.tasks.publish_post({ job_id: jobId })
    return (await engine.job(jobId)).status === 'published'
  })
}

async function told({ sql }: Engine, jobId: string, kinds: readonly string[]) {
  const rows = await sql<{ status: string }[]>`
    select status from public.publishing_logs where job_id = ${jobId} and kind = any (${[...kinds]}) order by created_at, attempt`
  return rows.map(({ status }) => status)
}

test('a lost answer that stands in the lists is found long before the settle window ends', async ({
  engine,
}) => {
  const { page, jobId } = await publishOne(engine, 'Lost and found')
  await engine.sandbox.arm(dropOnFeed(page.pageId, 'after'))
  await workUntilPublished(engine, jobId)
  expect(await told(engine, jobId, ['look'])).toEqual(['published'])
  const [row] = await engine.sql`
    select last_look_at < intent_at + (settle_until - intent_at) / 2 as early from public.publish_jobs where id = ${jobId}`
  expect(row).toEqual({ early: true })
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(1)
})

test('what an early look does not find may come still: only the end of the window lets it be sent again', async ({
  engine,
}) => {
  const { page, jobId } = await publishOne(engine, 'Never there')
  await engine.sandbox.arm(dropOnFeed(page.pageId, 'before'))
  await workUntilPublished(engine, jobId)
  const looks = await told(engine, jobId, ['look'])
  expect(looks.slice(0, -1).every((status) => status === 'not_yet')).toBe(true)
  expect(looks.length).toBeGreaterThanOrEqual(2)
  expect(looks.at(-1)).toBe('absent')
  const [row] = await engine.sql`
    select bool_and(l.created_at >= i.created_at + interval '1.4 seconds') as settled
    from public.publishing_logs l, public.publishing_logs i
    where l.job_id = ${jobId} and l.status = 'absent' and i.job_id = l.job_id and i.kind = 'intent' and i.attempt = 1`
  expect(row).toEqual({ settled: true })
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(1)
})

/** Past its bound by a minute, with nobody coming. */
const STUCK = {
  lease_expired: `status = 'processing', lease_token = gen_random_uuid(), leased_by = 'gone:1', lease_expires_at = now() - interval '1 minute'`,
  wakeup_overdue: `scheduled_for = now() - interval '1 minute'`,
  look_overdue: `status = 'outcome_unknown', intent_at = now() - interval '3 minutes', settle_until = now() - interval '1 minute', next_look_at = now() - interval '1 minute'`,
}

for (const [reason, state] of Object.entries(STUCK)) {
  test(`the sweep wakes a job past its bound and says why, once: ${reason}`, async ({ engine }) => {
    const { jobId } = await publishOne(engine, reason)
    await engine.sql`select graphile_worker.remove_job('publish:' || ${jobId})`
    await engine.sql.unsafe(`update public.publish_jobs set ${state} where id = '${jobId}'`)
    await engine.sql`select private.sweep_publish_jobs()`
    await engine.sql`select private.sweep_publish_jobs()`
    const notes = await engine.sql`
      select status, error_code from public.publishing_logs where job_id = ${jobId} and kind = 'note'`
    expect(notes).toEqual([{ status: 'woken', error_code: reason }])
    const [woken] = await engine.sql`
      select run_at <= now() as due from graphile_worker.jobs where key = 'publish:' || ${jobId}`
    expect(woken).toEqual({ due: true })
    await workUntilPublished(engine, jobId)
  })
}

test('every state that a job can rest in is explained or ends', async ({ engine }) => {
  const [row] = await engine.sql<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = 'public.publish_jobs'::regclass and conname = 'publish_jobs_status_check'`
  const states = [...(row?.definition ?? '').matchAll(/'(\w+)'/g)].map(([, state]) => state)
  const bounded = ['scheduled', 'processing', 'outcome_unknown']
  const ended = ['published', 'failed', 'dlq', 'cancelled']
  // pending is the plan's, and no job is ever in it; paused ends with the client's hold, and with the piece.
  expect(states.sort()).toEqual([...bounded, ...ended, 'pending', 'paused'].sort())
})
