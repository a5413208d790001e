import type { Connector } from '#lib/platforms/contract.ts'
import { usernameOf } from '#tests/platforms/desk.ts'
import { until } from '#tests/support/until.ts'
import type { Ports } from '#worker/ports.ts'
import { takeCareOfConnections } from '#worker/secrets/upkeep.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { type Engine, expect, type Page, test } from './engine.ts'

const wake = (engine: Engine, jobId: string) => engine.tasks.publish_post({ job_id: jobId })

/** A Page whose owner can connect it again. */
async function ownPage(engine: Engine) {
  const name = `Lost ${crypto.randomUUID()}`
  const { personId, pages } = await engine.sandbox.newPerson('Noor Haddad', [name])
  const pageIds = pages.map(({ id }) => id)
  const connect = async () => {
    await engine.tasks.exchange_oauth({ oauth_state_id: await engine.consent(pageIds, { personId }) })
  }
  await connect()
  const [page] = await engine.sql<Page[]>`
    select id as "connectionId", platform_account_id as "pageId", display_name as name
    from public.connections where platform_account_id = any (${pageIds})`
  if (!page) throw new Error('no Page')
  return { page, connect }
}

async function publishOne(engine: Engine, page: Page, body: string) {
  const { jobIds } = await engine.publish({ body, connectionIds: [page.connectionId] })
  return jobIds[0] ?? ''
}

async function account({ sql }: Engine, { connectionId }: Page) {
  const [row] = await sql`
    select status, health_status, health_check_error, requires_reconnect from public.connections where id = ${connectionId}`
  return row
}

/** Mails and notices about the account. */
async function told({ sql }: Engine, { connectionId, name }: Page) {
  const [row] = await sql`
    select (select count(*)::int from public.outbound_emails where dedupe_key like ${`connection_attention:${connectionId}:%`}) as mails,
      (select count(*)::int from public.workflow_notifications where type = 'connection_attention' and message like ${`${name}%`}) as notices,
      (select count(*)::int from public.audit_logs where action = 'connection.attention' and resource_id = ${connectionId}) as audited`
  return row
}

const LOST = {
  status: 'attention',
  health_status: 'critical',
  health_check_error: 'meta_password_changed',
  requires_reconnect: true,
}

test('a key that ended holds the account’s posts instead of failing them, and people are told at once and once', async ({
  engine,
}) => {
  const { page, connect } = await ownPage(engine)
  const jobIds: string[] = []
  for (const n of [1, 2, 3]) jobIds.push(await publishOne(engine, page, `Number ${n}`))
  await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
  for (const id of jobIds) await wake(engine, id)

  expect(await account(engine, page)).toEqual(LOST)
  expect(await told(engine, page)).toEqual({ mails: 1, notices: 1, audited: 1 })
  expect(await engine.job(jobIds[0] ?? '')).toMatchObject({
    status: 'scheduled',
    last_error_code: 'meta_password_changed',
    waits_ms: null,
  })
  const [counted] = await engine.sql`
    select max(attempt_count)::int as attempts, count(*) filter (where status = 'scheduled')::int as waiting
    from public.publish_jobs where id = any (${jobIds})`
  expect(counted).toEqual({ attempts: 0, waiting: 3 })
  expect(await engine.sandbox.mutationsOf(page.pageId)).toHaveLength(1)
  // Nobody is woken in vain meanwhile.
  await engine.sql`update public.publish_jobs set scheduled_for = now() - interval '1 hour' where id = any (${jobIds})`
  const [stuck] = await engine.sql`
    select count(*)::int as jobs from private.explain_stuck_jobs() where job_id = any (${jobIds})`
  expect(stuck).toEqual({ jobs: 0 })

  await connect()
  expect(await account(engine, page)).toMatchObject({ status: 'active', requires_reconnect: false })
  const [queued] = await engine.sql`
    select count(*)::int as jobs from graphile_worker.jobs where key = any (${jobIds.map((id) => `publish:${id}`)})`
  expect(queued).toEqual({ jobs: 3 })
  await engine.sql`update public.publish_jobs set next_retry_at = now() where id = any (${jobIds})`
  const out = await until('all of them to be out', async () => {
    for (const id of jobIds) await wake(engine, id)
    const posts = await engine.sandbox.postsOn(page.pageId)
    return posts.length === 3 && posts
  })
  expect(out.map(({ message }) => message).sort()).toEqual(['Number 1', 'Number 2', 'Number 3'])
})

test('what was more than a day late when the account came back fails and says so', async ({ engine }) => {
  const { page, connect } = await ownPage(engine)
  const jobId = await publishOne(engine, page, 'Yesterday’s soup')
  await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
  await wake(engine, jobId)
  await engine.sql`update public.publish_jobs set scheduled_for = now() - interval '25 hours' where id = ${jobId}`
  await connect()
  expect(await engine.job(jobId)).toMatchObject({ status: 'failed', last_error_code: 'publish_missed' })
  expect(await engine.sandbox.postsOn(page.pageId)).toEqual([])
})

test('what stands while the account is lost still leaves alone what a pause holds', async ({ engine }) => {
  const { page, connect } = await ownPage(engine)
  const jobId = await publishOne(engine, page, 'Held twice')
  await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
  await wake(engine, jobId)
  await engine.asOwner((db) => db`select public.pause_publishing('connection', ${page.connectionId})`)
  await connect()
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled' })
  expect(await engine.sandbox.postsOn(page.pageId)).toEqual([])
})

test('a look that finds the key ended tells people too, and the post stays unknown', async ({ engine }) => {
  const { page } = await ownPage(engine)
  const jobId = await publishOne(engine, page, 'Out, and nobody knows')
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.sandbox.arm({ kind: 'drop', accept: 'after', match })
  await wake(engine, jobId)
  await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
  await engine.sql`update public.publish_jobs set next_look_at = now() where id = ${jobId}`
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'outcome_unknown' })
  expect(await account(engine, page)).toEqual(LOST)
  expect(await told(engine, page)).toEqual({ mails: 1, notices: 1, audited: 1 })
})

test('an answer to a key that was renewed meanwhile marks nothing: the post goes out with the new one', async ({
  engine,
}) => {
  const { page, connect } = await ownPage(engine)
  const jobId = await publishOne(engine, page, 'Just renewed')
  const meanwhile = answering(engine, {
    async prepare(work) {
      await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
      await connect()
      return engine.ports.connectors('meta').prepare(work)
    },
  })
  await createTasks(meanwhile, 'meanwhile').publish_post({ job_id: jobId })
  expect(await account(engine, page)).toMatchObject({ status: 'active', requires_reconnect: false })
  expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled' })
  await engine.sql`update public.publish_jobs set next_retry_at = now() where id = ${jobId}`
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
})

test('one sign-in brings a Page and its Instagram account, and signing in again brings both of them back', async ({
  engine,
}) => {
  const name = `Both ${crypto.randomUUID().slice(0, 8)}`
  const { personId, pages } = await engine.sandbox.newPerson('Mara Quill', [name], undefined, usernameOf)
  const pageIds = pages.map(({ id }) => id)
  const connect = async () => {
    await engine.tasks.exchange_oauth({ oauth_state_id: await engine.consent(pageIds, { personId }) })
    return engine.sql`
      select id, network, status, requires_reconnect from public.connections
      where display_name in (${name}, ${usernameOf(name)}) order by network`
  }
  const first = await connect()
  expect(first).toMatchObject([{ network: 'facebook' }, { network: 'instagram' }])
  await engine.sql`
    select private.lose_connection(id, 'meta_password_changed') from public.connections
    where id = any (${first.map(({ id }) => id)})`
  const again = await connect()
  expect(again).toEqual(first)
  expect(again.every(({ status, requires_reconnect }) => status === 'active' && !requires_reconnect)).toBe(
    true,
  )
})

test('a right that is missing fails the post that met it, and holds the rest', async ({ engine }) => {
  const { page } = await ownPage(engine)
  const first = await publishOne(engine, page, 'Not allowed')
  const second = await publishOne(engine, page, 'Nor this')
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.sandbox.arm({ kind: 'permission', code: 200, match })
  await wake(engine, first)
  await wake(engine, second)
  expect(await engine.job(first)).toMatchObject({ status: 'failed', last_error_code: 'meta_permission' })
  expect(await engine.job(second)).toMatchObject({ status: 'scheduled' })
  expect(await told(engine, page)).toEqual({ mails: 1, notices: 1, audited: 1 })
})

test('that the network refuses the desk as an app is no account’s fault: everything stands, and is told once a day', async ({
  engine,
}) => {
  const { page } = await ownPage(engine)
  const other = await engine.connectPage()
  const mine = await publishOne(engine, page, 'Waits for the keys')
  const theirs = await publishOne(engine, other, 'Waits too')
  const match = { method: 'POST', path: '*/feed' }
  await engine.sandbox.arm({ kind: 'error', status: 400, code: 101, accept: 'before', match })
  await wake(engine, mine)
  await wake(engine, theirs)
  const job = await engine.job(mine)
  expect(job).toMatchObject({ status: 'scheduled', last_error_code: 'platform_not_configured' })
  expect(job.waits_ms).toBeGreaterThan(9 * 60_000)
  expect(await engine.job(theirs)).toMatchObject({ status: 'scheduled' })
  expect(await engine.sandbox.mutationsOf(other.pageId)).toEqual([])
  for (const one of [page, other]) {
    expect(await account(engine, one)).toMatchObject({ status: 'active', health_status: 'healthy' })
  }

  await engine.sandbox.arm({ kind: 'error', status: 400, code: 101, accept: 'before', match })
  await engine.sql`delete from private.rate_buckets`
  await engine.sql`update public.publish_jobs set next_retry_at = now() where id = ${mine}`
  await wake(engine, mine)
  const [notices] = await engine.sql`
    select count(*)::int as n from public.workflow_notifications
    where user_id = ${engine.owner.id} and type = 'escalation' and message like '%as an app%'`
  expect(notices).toEqual({ n: 1 })
  await engine.sql`delete from private.rate_buckets`
})

test('nor does a look at an account that meets it mark the account, however often', async ({ engine }) => {
  const { page } = await ownPage(engine)
  const refused = answering(engine, {
    checkAccount: async () => ({
      kind: 'unusable',
      error: { class: 'rate_limit', code: 'platform_not_configured', message: '', scope: 'app' },
    }),
  })
  await engine.sql`
    insert into private.connection_upkeep (connection_id, next_check_at)
    select id, now() + interval '6 hours' from public.connections
    on conflict (connection_id) do update set next_check_at = excluded.next_check_at`
  for (const _ of [1, 2, 3, 4]) {
    await engine.sql`update private.connection_upkeep set next_check_at = now() where connection_id = ${page.connectionId}`
    await takeCareOfConnections(refused, new AbortController().signal)
  }
  expect(await account(engine, page)).toMatchObject({ status: 'active', health_status: 'healthy' })
})

/** The same worker with a connector that answers otherwise. */
function answering(engine: Engine, changed: Partial<Connector>): Ports {
  return { ...engine.ports, connectors: (name) => ({ ...engine.ports.connectors(name), ...changed }) }
}
