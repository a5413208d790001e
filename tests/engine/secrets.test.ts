import { describe } from 'vitest'
import type { Connector, PlatformError, RefreshOutcome } from '#lib/platforms/contract.ts'
import type { Ports } from '#worker/ports.ts'
import { takeCareOfConnections } from '#worker/secrets/upkeep.ts'
import { type Engine, expect, type Page, test } from './engine.ts'

const never = new AbortController().signal
const lookAfter = (ports: Ports) => takeCareOfConnections(ports, never)

/** As if the account's token had a clock: Pages connected through the dialog have none. */
async function endsIn(engine: Engine, { connectionId }: Page, span: string) {
  await engine.sql`
    update public.connections set token_expires_at = now() + ${span}::interval where id = ${connectionId}`
  await engine.sql`
    update public.encrypted_secrets set expires_at = now() + ${span}::interval
    where connection_id = ${connectionId} and secret_type = 'access_token'`
  // Looks that are due are another matter.
  await engine.sql`
    insert into private.connection_upkeep (connection_id, next_check_at)
    select id, now() + interval '6 hours' from public.connections
    on conflict (connection_id) do update set next_check_at = excluded.next_check_at`
}

async function lookIsDue(engine: Engine, { connectionId }: Page) {
  await endsIn(engine, { connectionId, pageId: '', name: '' }, '60 days')
  await engine.sql`update private.connection_upkeep set next_check_at = now() where connection_id = ${connectionId}`
}

async function account(engine: Engine, { connectionId }: Page) {
  const [row] = await engine.sql`
    select n.status, n.health_status, n.health_check_error, n.requires_reconnect, n.token_expires_at,
      (select max(s.version) from public.encrypted_secrets s where s.connection_id = n.id and s.secret_type = 'access_token') as version,
      (select count(*)::int from public.encrypted_secrets s where s.connection_id = n.id) as secrets,
      (select extract(epoch from u.next_refresh_at - now())::int from private.connection_upkeep u where u.connection_id = n.id) as refresh_in,
      (select extract(epoch from u.next_check_at - now())::int from private.connection_upkeep u where u.connection_id = n.id) as check_in
    from public.connections n where n.id = ${connectionId}`
  return row
}

async function told(engine: Engine, { connectionId }: Page) {
  return engine.sql<{ id: string; payload: Record<string, unknown>; noticed: number }[]>`
    select e.id, e.payload,
      (select count(*)::int from public.workflow_notifications w
       where w.user_id = e.to_user_id and w.type = 'connection_attention' and w.message like '%' || (e.payload ->> 'account_name') || '%') as noticed
    from public.outbound_emails e
    where e.template = 'connection_attention' and e.dedupe_key like ${`connection_attention:${connectionId}:%`}`
}

/** The same worker with `refresh` or `checkAccount` answering otherwise. */
function answering(engine: Engine, changed: Partial<Connector>): Ports {
  return { ...engine.ports, connectors: (name) => ({ ...engine.ports.connectors(name), ...changed }) }
}

const failed = (error: Pick<PlatformError, 'class' | 'code'>) =>
  Promise.resolve<RefreshOutcome>({ kind: 'failed', error: { ...error, message: 'They said no.' } })

describe('a token that ends within a week', () => {
  test('is renewed ahead of its end, and the account, its id and its posts stay', async ({ engine }) => {
    const page = await engine.connectPage()
    const before = await engine.ports.records.secrets.accessToken({ ...(await bound(engine, page)) })
    expect(await account(engine, page)).toMatchObject({ version: 1, secrets: 2 })
    await endsIn(engine, page, '6 days')
    await lookAfter(engine.ports)
    expect(await account(engine, page)).toMatchObject({
      status: 'active',
      health_status: 'healthy',
      token_expires_at: null,
      version: 2,
      secrets: 2,
    })
    const after = await engine.ports.records.secrets.accessToken({ ...(await bound(engine, page)) })
    expect(after).toMatch(/^EAA/)
    expect(after).not.toBe(before)
    const { jobIds } = await engine.publish({ body: 'With the new one', connectionIds: [page.connectionId] })
    await engine.tasks.publish_post({ job_id: jobIds[0] })
    expect(await engine.job(jobIds[0] ?? '')).toMatchObject({ status: 'published' })
  })

  test('is left alone while it has longer', async ({ engine }) => {
    const page = await engine.connectPage()
    await endsIn(engine, page, '8 days')
    await lookAfter(engine.ports)
    expect(await account(engine, page)).toMatchObject({ version: 1 })
  })

  test('is asked for once, however many workers there are, and never inside a transaction', async ({
    engine,
  }) => {
    const pages = await engine.connectPages(['Quay', 'Harbour', 'Pier'])
    for (const page of pages) await endsIn(engine, page, '1 day')
    const asked: string[] = []
    let inTransaction = 0
    const ports = answering(engine, {
      async refresh(work) {
        asked.push(work.accountId)
        const [row] = await engine.sql`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
        inTransaction += row?.n ?? 0
        return engine.ports.connectors('meta').refresh(work)
      },
    })
    await Promise.all([lookAfter(ports), lookAfter(ports), lookAfter(ports), lookAfter(ports)])
    expect(asked.sort()).toEqual(pages.map(({ pageId }) => pageId).sort())
    expect(inTransaction).toBe(0)
    for (const page of pages) expect(await account(engine, page)).toMatchObject({ version: 2 })
  })

  test('is asked for again later and later while the network is in trouble', async ({ engine }) => {
    const page = await engine.connectPage()
    await endsIn(engine, page, '2 days')
    const trouble = answering(engine, { refresh: () => failed({ class: 'transient', code: 'meta_trouble' }) })
    const waits: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      await lookAfter(trouble)
      waits.push(Number((await account(engine, page))?.refresh_in))
      await engine.sql`
        update private.connection_upkeep set next_refresh_at = now() where connection_id = ${page.connectionId}`
    }
    expect(waits[0]).toBeGreaterThan(50)
    expect(waits[1]).toBeGreaterThan(2 * (waits[0] ?? 0))
    expect(waits[2]).toBeGreaterThan(2 * (waits[1] ?? 0))
    // Three times in a row is said, and posts still go out.
    expect(await account(engine, page)).toMatchObject({
      status: 'active',
      requires_reconnect: false,
      health_status: 'warning',
      health_check_error: 'meta_trouble',
    })
    expect(await told(engine, page)).toEqual([])
  })

  test('that cannot be renewed works until it ends: people are told once, in time', async ({
    engine,
    mails,
  }) => {
    const page = await engine.connectPage()
    await endsIn(engine, page, '5 days')
    const refused = answering(engine, {
      refresh: () => failed({ class: 'auth', code: 'meta_password_changed' }),
    })
    await lookAfter(refused)
    await engine.sql`
      update private.connection_upkeep set next_refresh_at = now() where connection_id = ${page.connectionId}`
    await lookAfter(refused)
    expect(await account(engine, page)).toMatchObject({
      status: 'active',
      requires_reconnect: false,
      health_status: 'warning',
      version: 1,
    })
    const [mail, ...more] = await told(engine, page)
    expect(more).toEqual([])
    expect(mail).toMatchObject({ noticed: 1, payload: { account_name: page.name, waiting: 0 } })
    await engine.tasks.send_email({ email_id: mail?.id })
    const { subject } = await mails.next(engine.owner.email, `Connect ${page.name} again by`)
    expect(subject).toContain(page.name)

    // Its last day is over.
    await endsIn(engine, page, '-1 minute')
    await engine.sql`
      update private.connection_upkeep set next_refresh_at = now() where connection_id = ${page.connectionId}`
    await lookAfter(refused)
    expect(await account(engine, page)).toMatchObject({
      status: 'attention',
      requires_reconnect: true,
      health_status: 'critical',
      health_check_error: 'meta_password_changed',
    })
    expect(await told(engine, page)).toHaveLength(2)
  })

  test('renewed for an account that was connected again meanwhile changes nothing there', async ({
    engine,
  }) => {
    const { personId, pages } = await engine.sandbox.newPerson('Ana Reis', ['Tidewater Bath'])
    const pageIds = pages.map(({ id }) => id)
    const connect = async () =>
      engine.tasks.exchange_oauth({ oauth_state_id: await engine.consent(pageIds, { personId }) })
    await connect()
    const [page] = await engine.sql<Page[]>`
      select id as "connectionId", platform_account_id as "pageId", display_name as name
      from public.connections where platform_account_id = any (${pageIds})`
    if (!page) throw new Error('no Page')
    await endsIn(engine, page, '1 day')
    await lookAfter(
      answering(engine, {
        async refresh(work) {
          const answer = await engine.ports.connectors('meta').refresh(work)
          await connect()
          return answer
        },
      }),
    )
    expect(await account(engine, page)).toMatchObject({
      status: 'active',
      version: 2,
      token_expires_at: null,
    })
    expect(engine.logged.join('')).toContain('"kept":false')
  })
})

async function bound(engine: Engine, { connectionId }: Page) {
  const [row] = await engine.sql<{ tenantId: string }[]>`
    select tenant_id as "tenantId" from public.connections where id = ${connectionId}`
  return { tenantId: row?.tenantId ?? '', connectionId }
}

describe('a post that finds its token ended', () => {
  async function due(engine: Engine) {
    const page = await engine.connectPage()
    const { jobIds } = await engine.publish({ body: 'Just in time', connectionIds: [page.connectionId] })
    await endsIn(engine, page, '-1 minute')
    return { page, jobId: jobIds[0] ?? '' }
  }

  test('has it renewed, and goes out', async ({ engine }) => {
    const { page, jobId } = await due(engine)
    await engine.tasks.publish_post({ job_id: jobId })
    expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
    expect(await account(engine, page)).toMatchObject({ version: 2, token_expires_at: null })
  })

  test('waits while another worker asks for the new one', async ({ engine }) => {
    const { page, jobId } = await due(engine)
    const claim = await engine.ports.records.upkeep.claimEnded(page.connectionId, 60_000)
    expect(claim).toMatchObject({ kind: 'refresh' })
    await engine.tasks.publish_post({ job_id: jobId })
    expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled', last_error_code: 'worker_failed' })
    expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
    expect(await account(engine, page)).toMatchObject({ requires_reconnect: false, version: 1 })
  })
})

describe('the look at an account', () => {
  test('that can be used says so, and comes again in about six hours', async ({ engine }) => {
    const page = await engine.connectPage()
    await lookIsDue(engine, page)
    await engine.sql`update public.connections set health_status = 'warning' where id = ${page.connectionId}`
    await lookAfter(engine.ports)
    const seen = await account(engine, page)
    expect(seen).toMatchObject({ status: 'active', health_status: 'healthy', health_check_error: null })
    expect(seen?.check_in).toBeGreaterThan(5.4 * 3600)
    expect(seen?.check_in).toBeLessThan(6.6 * 3600)
  })

  test('whose rights are gone marks it before a post fails, and tells who looks after it', async ({
    engine,
  }) => {
    const page = await engine.connectPage()
    await engine.sandbox.endTokens({ page_id: page.pageId, reason: 'password_changed' })
    await lookIsDue(engine, page)
    await lookAfter(engine.ports)
    expect(await account(engine, page)).toMatchObject({
      status: 'attention',
      requires_reconnect: true,
      health_status: 'critical',
      health_check_error: 'meta_password_changed',
    })
    expect(await told(engine, page)).toMatchObject([{ noticed: 1 }])
  })

  test('that told nothing is tried again within minutes, and marks nothing', async ({ engine }) => {
    const page = await engine.connectPage()
    await lookIsDue(engine, page)
    await lookAfter(
      answering(engine, {
        checkAccount: async () => ({
          kind: 'unusable',
          error: { class: 'transient', code: 'platform_timeout', message: '' },
        }),
      }),
    )
    const seen = await account(engine, page)
    expect(seen).toMatchObject({ status: 'active', health_status: 'healthy' })
    expect(seen?.check_in).toBeLessThan(120)
  })
})
