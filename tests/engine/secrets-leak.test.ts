import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { until } from '#tests/support/until.ts'
import { type Engine, expect, test } from './engine.ts'

/** Every secret of the database in clear, by the worker's own vault. */
async function clearTokens({ sql, ports }: Engine): Promise<string[]> {
  const rows = await sql<{ tenantId: string; connectionId: string }[]>`
    select distinct tenant_id as "tenantId", connection_id as "connectionId" from public.encrypted_secrets`
  const opened = await Promise.all(rows.map((row) => ports.records.secrets.tokens(row)))
  return opened
    .flatMap((tokens) => (tokens ? [tokens.accessToken, tokens.refreshToken ?? ''] : []))
    .filter(Boolean)
}

test('a whole run of workers, with exchange, posts, renewal and every kind of failure, leaves no token in clear', {
  timeout: 90_000,
}, async ({ engine, startWorker }) => {
  const settings = { WORKER_HEALTH_PORT: '0' }
  const workers = [await startWorker(settings), await startWorker(settings)]
  const known = new Set<string>([META_SANDBOX_APP.secret, engine.environment.SUPABASE_SECRET_KEY])
  known.add(engine.environment.SECRETS_KEYS.split(':')[1] ?? '')
  const learn = async () => {
    for (const token of await clearTokens(engine)) known.add(token)
  }

  // Exchanged by the workers themselves, as in life.
  const { personId, pages } = await engine.sandbox.newPerson('Ines', [
    'Good',
    'Ending',
    'Ended',
    'Busy',
    'Broken',
    'Refused',
  ])
  const stateId = await engine.consent(
    pages.map(({ id }) => id),
    { personId },
  )
  await until('the exchange', async () => {
    const [attempt] = await engine.sql`select status from public.oauth_states where id = ${stateId}`
    return attempt?.status === 'done'
  })
  await learn()
  const ids = new Map(
    (
      await engine.sql<{ name: string; id: string }[]>`
        select display_name as name, id from public.connections where platform_account_id = any (${pages.map(({ id }) => id)})`
    ).map(({ name, id }) => [name, id]),
  )
  const id = (name: string) => ids.get(name) ?? ''
  const pageId = (name: string) => pages.find((page) => page.name === name)?.id ?? ''

  await engine.sandbox.arm({
    kind: 'error',
    status: 500,
    code: 1,
    accept: 'before',
    match: { method: 'POST', path: '*/feed', account_id: pageId('Broken') },
  })
  await engine.sandbox.arm({
    kind: 'error',
    status: 403,
    code: 200,
    match: { method: 'POST', path: '*/feed', account_id: pageId('Refused') },
  })
  await engine.sandbox.arm({
    kind: 'rate_limit',
    code: 32,
    regain_minutes: 1,
    match: { method: 'POST', path: '*/feed', account_id: pageId('Busy') },
  })
  await engine.sql`update public.connections set token_expires_at = now() - interval '1 minute' where id = ${id('Ending')}`
  await engine.sql`update public.encrypted_secrets set expires_at = now() - interval '1 minute' where connection_id = ${id('Ending')} and secret_type = 'access_token'`
  await engine.sandbox.endTokens({ page_id: pageId('Ended'), reason: 'invalid' })
  const { jobIds } = await engine.publish({ body: 'Searched for', connectionIds: [...ids.values()] })
  await until(
    'the posts to end or wait',
    async () => {
      const jobs = await Promise.all(jobIds.map((jobId) => engine.job(jobId)))
      const moved = jobs.filter(
        ({ status, last_error_code }) =>
          status !== 'processing' && (status !== 'scheduled' || last_error_code),
      )
      return moved.length === jobIds.length
    },
    30_000,
  )
  await until('the renewal', async () => {
    const [row] = await engine.sql`
      select max(version) as version from public.encrypted_secrets where connection_id = ${id('Ending')} and secret_type = 'access_token'`
    return Number(row?.version) === 2
  })
  await learn()
  // Six Pages, the person's own, and the one that was renewed.
  expect([...known].filter((secret) => secret.startsWith('EAA')).length).toBeGreaterThanOrEqual(8)

  const tables = await engine.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'private', 'graphile_worker', '_private_graphile_worker', 'storage', 'auth')
       or schemaname like 'graphile%'`
  expect(tables.length).toBeGreaterThan(50)
  for (const { name } of tables) {
    const [{ dump } = { dump: '' }] = await engine.sql<{ dump: string }[]>`
      select coalesce(string_agg(t::text, ' '), '') as dump from ${engine.sql.unsafe(name)} t`
    expect([...known].filter((secret) => dump.includes(secret)).length, name).toBe(0)
  }
  await Promise.all(workers.map((worker) => worker.stop()))
  // Either may have done most of the work.
  const log = workers.map((worker) => worker.log()).join('')
  expect(log.length).toBeGreaterThan(1_000)
  expect([...known].filter((secret) => log.includes(secret)).length).toBe(0)
  const statuses = await Promise.all(jobIds.map(async (jobId) => (await engine.job(jobId)).status))
  for (const end of ['published', 'failed', 'scheduled']) expect(statuses).toContain(end)
})
