import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { until } from '#tests/support/until.ts'
import { type Engine, expect, type Job, test } from './engine.ts'

const ENDED = ['published', 'failed', 'dlq', 'cancelled']

/** Wakes the job again and again, as queue and sweep do together, until it has ended. */
function workUntilEnded(engine: Engine, jobId: string): Promise<Job> {
  return until('the job to end', async () => {
    await engine.tasks.publish_post({ job_id: jobId })
    const job = await engine.job(jobId)
    return ENDED.includes(job.status) && job
  })
}

async function publishOne(
  engine: Engine,
  body: string,
  { pageOf, mediaIds = [] }: { pageOf?: { connectionId: string; pageId: string }; mediaIds?: string[] } = {},
) {
  const page = pageOf ?? (await engine.connectPage())
  const { jobIds, postId } = await engine.publish({ body, connectionIds: [page.connectionId], mediaIds })
  return { page, postId, jobId: jobIds[0] ?? '' }
}

const onFeed = (pageId: string) => ({ match: { method: 'POST', path: '*/feed', account_id: pageId } })

test('a text and a picture go out to two Pages, and the post knows where', async ({ engine }) => {
  const pages = await engine.connectPages(['Oat & Ember', 'Oat & Ember Bristol'])
  const { jobIds, postId } = await engine.publish({
    body: 'One tray, one take',
    connectionIds: pages.map(({ connectionId }) => connectionId),
    mediaIds: [await engine.picture()],
  })
  for (const jobId of jobIds) await engine.tasks.publish_post({ job_id: jobId })

  for (const page of pages) {
    const [post] = await engine.sandbox.postsOn(page.pageId)
    expect(post).toMatchObject({ message: 'One tray, one take', photos: [{ mime: 'image/jpeg' }] })
    const rows = await engine.sql`
      select status, permalink from public.publish_jobs where content_id = ${postId} and connection_id = ${page.connectionId}`
    expect(rows).toMatchObject([{ status: 'published', permalink: post?.permalink_url }])
  }
  const [piece] = await engine.sql`select status from public.content_items where id = ${postId}`
  expect(piece).toEqual({ status: 'published' })
})

test('of two equal texts for one Page, each with its answer lost, both go out and each finds its own', async ({
  engine,
}) => {
  const page = await engine.connectPage()
  await engine.sandbox.arm({ kind: 'drop', accept: 'after', times: 2, ...onFeed(page.pageId) })
  const first = await publishOne(engine, 'Open on Sunday', { pageOf: page })
  const second = await publishOne(engine, 'Open on Sunday', { pageOf: page })
  const ended = await Promise.all([first, second].map(({ jobId }) => workUntilEnded(engine, jobId)))

  const posts = await engine.sandbox.postsOn(page.pageId)
  expect(posts).toHaveLength(2)
  expect(ended.map(({ platform_post_id }) => platform_post_id).sort()).toEqual(
    posts.map(({ id }) => id).sort(),
  )
})

test('a post that is refused as equal is looked for before anything is concluded', async ({ engine }) => {
  const page = await engine.connectPage()
  // The first send commits late and unseen; what the second is told, is the truth about the first.
  await engine.sandbox.arm({ kind: 'error', status: 400, code: 506, accept: 'after', ...onFeed(page.pageId) })
  const { jobId } = await publishOne(engine, 'Said twice', { pageOf: page })
  const job = await workUntilEnded(engine, jobId)
  const posts = await engine.sandbox.postsOn(page.pageId)
  expect(posts).toHaveLength(1)
  expect(job).toMatchObject({ status: 'published', platform_post_id: posts[0]?.id })
})

test('a throttled Page is left alone for at least a minute, and nothing counts as sent', async ({
  engine,
}) => {
  const page = await engine.connectPage()
  await engine.sandbox.arm({ kind: 'rate_limit', code: 32, regain_minutes: 3, ...onFeed(page.pageId) })
  const { jobId } = await publishOne(engine, 'Too much at once', { pageOf: page })
  await engine.tasks.publish_post({ job_id: jobId })
  const job = await engine.job(jobId)
  expect(job).toMatchObject({ status: 'scheduled', last_error_code: 'meta_rate_limit' })
  expect(job.waits_ms).toBeGreaterThan(60_000)
  expect(await engine.sandbox.postsOn(page.pageId)).toEqual([])
})

test('a picture that is no longer the approved one does not go out', async ({ engine }) => {
  const picture = await engine.picture()
  const { page, jobId } = await publishOne(engine, 'As approved', { mediaIds: [picture] })
  // What no role of the API can do: other bytes behind the sealed hash.
  await engine.sql`
    update public.publish_jobs set media = jsonb_set(media, '{0,hash}', to_jsonb(repeat('0', 64))) where id = ${jobId}`
  expect(await workUntilEnded(engine, jobId)).toMatchObject({
    status: 'failed',
    last_error_code: 'publish_media_changed',
  })
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
})

test('a sealed token moved from another account does not open, and nothing is sent with it', async ({
  engine,
}) => {
  const [mine, other] = await engine.connectPages(['Marrow Lane', 'Tidewater'])
  if (!mine || !other) throw new Error('two Pages')
  await engine.sql`
    update public.encrypted_secrets s
    set encrypted_value = o.encrypted_value, wrapped_key = o.wrapped_key, iv = o.iv, auth_tag = o.auth_tag
    from public.encrypted_secrets o
    where s.connection_id = ${mine.connectionId} and o.connection_id = ${other.connectionId}`
  const { jobId } = await publishOne(engine, 'With a stolen key', { pageOf: mine })
  await engine.tasks.publish_post({ job_id: jobId })
  expect(await engine.job(jobId)).toMatchObject({
    status: 'scheduled',
    last_error_code: 'connection_token_unreadable',
  })
  expect(await engine.sandbox.mutationsOf(other.pageId)).toEqual([])
})

test('no token stands in clear in the database or in the log, after all of this', async ({ engine }) => {
  const { jobId } = await publishOne(engine, 'Searched for')
  await workUntilEnded(engine, jobId)
  const tokens = await Promise.all(
    (
      await engine.sql<{ tenantId: string; connectionId: string }[]>`
        select tenant_id as "tenantId", connection_id as "connectionId" from public.encrypted_secrets`
    ).map((secret) => engine.ports.records.secrets.accessToken(secret).catch(() => null)),
  )
  const clear = [...tokens.filter((token) => token !== null), META_SANDBOX_APP.secret]
  expect(clear.length).toBeGreaterThan(2)

  const tables = await engine.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'private', 'graphile_worker', 'storage')`
  for (const { name } of tables) {
    const [{ dump } = { dump: '' }] = await engine.sql<{ dump: string }[]>`
      select coalesce(string_agg(t::text, ' '), '') as dump from ${engine.sql.unsafe(name)} t`
    expect(
      clear.filter((secret) => dump.includes(secret)),
      name,
    ).toEqual([])
  }
  expect(engine.logged.length).toBeGreaterThan(10)
  expect(clear.filter((secret) => engine.logged.join('').includes(secret))).toEqual([])
})
