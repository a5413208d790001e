import type postgres from 'postgres'
import type { Json } from '#lib/supabase/database.types.ts'
import { type Agency, approve, type Brand, type Post, tomorrow } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'

const refused = { kind: 'refused', class: 'invalid', code: 'publish_invalid', message: 'They said no.' }
const lost = { kind: 'unknown', code: 'publish_transient', message: 'The line broke.', settle_ms: 60_000 }

async function cast(agency: Agency) {
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  return { brand, manager, client }
}

/** A post for two accounts that the client said yes to, for tomorrow. */
async function toTwoAccounts(agency: Agency, brand: Brand, author: Person, approver: Person) {
  const accounts = [await agency.account(brand, 'Page A'), await agency.account(brand, 'Page B')]
  const { data: draft } = await author.client
    .rpc('create_post', {
      brand_id: brand.id,
      title: 'In two places',
      body: 'Forty fig pies.',
      channels: accounts.map((connection_id) => ({ connection_id })),
    })
    .throwOnError()
  await planAt(draft, author, '09:00').throwOnError()
  const { data: post } = await author.client
    .rpc('submit_post', { post_id: draft.id, revision: draft.revision })
    .throwOnError()
  await approve(post, approver)
  return { post, accounts }
}

function planAt(post: Pick<Post, 'id'>, by: Person, time: string) {
  return by.client.rpc('schedule_post', {
    post_id: post.id,
    local_time: tomorrow(time),
    time_zone: 'Europe/London',
  })
}

/** Sends what is due of one account as the worker does, and files the outcome. Returns the job's id. */
async function attempt(
  db: postgres.Sql,
  post: Pick<Post, 'id'>,
  outcome: typeof refused | typeof lost | { kind: 'unsent'; code: string; message: string },
  account?: string,
) {
  const [job] = await db<{ id: string }[]>`
    update publish_jobs set scheduled_for = now() - interval '1 second'
     where id = (select id from publish_jobs where content_id = ${post.id} and status = 'scheduled'
                    and connection_id = coalesce(${account ?? null}::uuid, connection_id) limit 1)
    returning id`
  if (!job) throw new Error('Nothing waits to be sent.')
  const [row] = await db`select private.claim_publish_job(${job.id}, 'w', 60000) as claim`
  if (!row?.claim) throw new Error('Nothing could be claimed.')
  await db`select private.record_publish_result(${job.id}, ${row.claim.fence}, ${db.json(outcome)})`
  return job.id
}

/** What a call came to: the refusal's name, or that it was done. */
async function outcomeOf(call: PromiseLike<{ error: { code: string; message: string } | null }>) {
  const { error } = await call
  if (error && error.code !== 'P0001') throw new Error(`${error.code}: ${error.message}`)
  return error?.message ?? 'done'
}

function say(outcome: 'approved' | 'held' | 'changes_requested', post: Post, by: Person) {
  return by.client.rpc('decide_approval', {
    post_id: post.id,
    seen_digest: post.content_digest,
    outcome,
    comment: 'As I said.',
  })
}

/** Live jobs by account, each with whether it goes out later than in an hour. */
async function live(db: postgres.Sql, post: Pick<Post, 'id'>) {
  const jobs = await db`
    select connection_id, status, scheduled_for > now() + interval '1 hour' as later from publish_jobs
     where content_id = ${post.id} and status in ('scheduled', 'paused') order by created_at`
  return new Map(jobs.map((job) => [job.connection_id, [job.status, job.later]]))
}

async function claimable(db: postgres.Sql, post: Pick<Post, 'id'>) {
  const claims = await db`
    select private.claim_publish_job(j.id, 'w', 1000) as claim from publish_jobs j where j.content_id = ${post.id}`
  return claims.filter(({ claim }) => claim !== null)
}

async function save(post: Pick<Post, 'id'>, by: Person, body: string) {
  const { data: now } = await by.client
    .from('content_items')
    .select('revision, title')
    .eq('id', post.id)
    .single()
    .throwOnError()
  const { data: channels } = await by.client
    .from('content_channels')
    .select('connection_id')
    .eq('content_id', post.id)
    .throwOnError()
  const { data } = await by.client
    .rpc('save_post', {
      post_id: post.id,
      base_revision: now.revision,
      title: now.title ?? '',
      body,
      channels,
    })
    .throwOnError()
  return data
}

test('what the client holds or sent back goes out by no retry, and nobody says that it is live', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const { post } = await toTwoAccounts(agency, brand, manager, client)
  const job = await attempt(db, post, refused)
  const retry = () => outcomeOf(manager.client.rpc('retry_job', { job_id: job }))
  const mark = () =>
    outcomeOf(
      manager.client.rpc('mark_job_live', {
        job_id: job,
        url: 'https://www.facebook.com/oatandember/posts/2',
      }),
    )

  await say('held', post, client).throwOnError()
  expect([await retry(), await mark()]).toEqual(['post_held', 'post_held'])
  await say('changes_requested', post, client).throwOnError()
  expect([await retry(), await mark()]).toEqual(['post_wrong_state', 'post_wrong_state'])
  expect(await claimable(db, post)).toEqual([])
  expect((await agency.state(post)).status).toBe('changes_requested')
})

test('an archived post is not sent by a retry', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const job = await attempt(db, post, refused)
  await manager.client.rpc('archive_post', { post_id: post.id }).throwOnError()
  expect(await outcomeOf(manager.client.rpc('retry_job', { job_id: job }))).toBe('post_wrong_state')
  expect(await agency.state(post)).toMatchObject({ status: 'archived', jobs: ['failed'] })
})

test('an edit there and back again does not bring the old yes back, nor what it let out', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client, { body: 'As approved.' })
  const job = await attempt(db, post, refused)
  const retry = () => outcomeOf(manager.client.rpc('retry_job', { job_id: job }))

  await save(post, manager, 'Something else.')
  const back = await save(post, manager, 'As approved.')
  expect(back).toMatchObject({ status: 'draft', content_digest: post.content_digest, approved_at: null })
  expect(await retry()).toBe('post_wrong_state')
  const { data: again } = await manager.client
    .rpc('submit_post', { post_id: post.id, revision: back.revision })
    .throwOnError()
  expect(await retry()).toBe('post_wrong_state')
  expect(await claimable(db, post)).toEqual([])

  // Nor beside the new yes to the same words: that one has jobs of its own.
  await approve(again, client)
  await planAt(post, manager, '10:00').throwOnError()
  expect(await retry()).toBe('seal_broken')
  expect((await agency.state(post)).jobs).toEqual(['failed', 'scheduled'])
})

test('a person may say that a post is live, on the network’s own pages alone', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const job = await attempt(db, post, lost)
  const mark = (url: string) => outcomeOf(manager.client.rpc('mark_job_live', { job_id: job, url }))

  for (const url of [
    '',
    'javascript:alert(1)',
    'http://www.facebook.com/1/posts/2',
    'https://facebook.com@evil.example/p',
    'https://evil.example/facebook.com/',
    'https://evilfacebook.com/x',
    'https://facebook.com.evil.example/x',
    'https://evil.example\\.facebook.com/x',
    'https://www.facebook.com/1 2',
    `https://www.facebook.com/${'1'.repeat(255)}`,
  ])
    expect(await mark(url), url).toBe('publish_url_invalid')

  const url = 'https://www.facebook.com/oatandember/posts/2'
  expect(await mark(url)).toBe('done')
  expect(await agency.state(post)).toMatchObject({ status: 'published', jobs: ['published'] })
  const { data: seen } = await client.client
    .from('content_versions')
    .select('client_status, permalinks')
    .single()
    .throwOnError()
  expect(seen).toMatchObject({ client_status: 'published', permalinks: [{ url }] })
})

test('nor with an address of another account, of the account itself, or of another post', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const job = await attempt(db, post, lost)
  const mark = (url: string) => outcomeOf(manager.client.rpc('mark_job_live', { job_id: job, url }))
  const [account] = await db`
    select n.platform_account_id as id from public.publish_jobs j join public.connections n on n.id = j.connection_id
    where j.id = ${job}`

  for (const path of [
    '1/posts/2',
    '1_2',
    '1/videos/2/',
    'permalink.php?story_fbid=2&id=1',
    'stories/1/2',
    'Permalink.php?ID=1',
  ])
    expect(await mark(`https://www.facebook.com/${path}`), path).toBe('publish_url_not_ours')
  for (const path of [
    'oatandember',
    'oatandember/',
    `${account?.id}`,
    'profile.php?x=2',
    'oatandember?x=/posts',
  ])
    expect(await mark(`https://www.facebook.com/${path}`), path).toBe('publish_url_not_a_post')
  expect((await agency.state(post)).jobs).toEqual(['outcome_unknown'])

  const url = `https://www.facebook.com/${account?.id}/posts/2`
  expect(await mark(url)).toBe('done')
  const second = await agency.scheduled(brand, manager, client, { body: 'Another one.' })
  await db`
    update public.publish_jobs set connection_id = (select connection_id from public.publish_jobs where id = ${job})
    where content_id = ${second.id}`
  const other = await attempt(db, second, lost)
  expect(await outcomeOf(manager.client.rpc('mark_job_live', { job_id: other, url }))).toBe(
    'publish_url_taken',
  )
})

test('however often people ask for a look, the account is asked once in a while, and it is told once', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const job = await attempt(db, post, lost)
  await db`
    update public.publish_jobs set next_look_at = now() + interval '1 hour', last_look_at = now() where id = ${job}`
  const ask = () => manager.client.rpc('recheck_job', { job_id: job }).throwOnError()
  const times = await Promise.all([1, 2, 3, 4, 5].map(async () => Date.parse(String((await ask()).data))))
  expect(new Set(times).size).toBe(1)
  expect(times[0]).toBeGreaterThan(Date.now() + 10_000)
  const [audited] = await db`
    select count(*)::int as n from public.audit_logs where action = 'job.rechecked' and metadata ->> 'job_id' = ${job}`
  expect(audited).toEqual({ n: 1 })
})

test('a draft is not said to be live', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const job = await attempt(db, post, refused)
  await save(post, manager, 'Never approved.')
  const url = 'https://www.facebook.com/oatandember/posts/2'
  expect(await outcomeOf(manager.client.rpc('mark_job_live', { job_id: job, url }))).toBe('post_wrong_state')
  expect(await agency.state(post)).toMatchObject({ status: 'draft', jobs: ['failed'] })
  const { data: seen } = await client.client
    .from('content_versions')
    .select('client_status, permalinks')
    .throwOnError()
  expect(seen).toEqual([{ client_status: 'withdrawn', permalinks: [] }])
})

test('a second retry of one attempt is refused in words, and what was retried can fail and be retried', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const first = await attempt(db, post, refused)
  const both = await Promise.all(
    [1, 2].map(() => outcomeOf(manager.client.rpc('retry_job', { job_id: first }))),
  )
  expect(both.toSorted()).toEqual(['done', 'job_wrong_state'])
  expect(await outcomeOf(manager.client.rpc('retry_job', { job_id: first }))).toBe('job_wrong_state')
  const url = 'https://www.facebook.com/oatandember/posts/2'
  expect(await outcomeOf(manager.client.rpc('mark_job_live', { job_id: first, url }))).toBe('job_wrong_state')

  const second = await attempt(db, post, refused)
  expect(second).not.toBe(first)
  expect(await outcomeOf(manager.client.rpc('retry_job', { job_id: first }))).toBe('job_wrong_state')
  expect(await outcomeOf(manager.client.rpc('retry_job', { job_id: second }))).toBe('done')
  expect((await agency.state(post)).jobs).toEqual(['failed', 'failed', 'scheduled'])
  const [keys] = await db`
    select count(distinct idempotency_key)::int as keys, count(replays)::int as replays
    from public.publish_jobs where content_id = ${post.id}`
  expect(keys).toEqual({ keys: 3, replays: 2 })
})

test('after an attempt that did not leave us, a post is still held, released, moved and unscheduled', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  await attempt(db, post, { kind: 'unsent', code: 'publish_transient', message: 'No network.' })
  await say('held', post, client).throwOnError()
  expect((await agency.state(post)).jobs).toEqual(['paused'])
  await say('approved', post, client).throwOnError()
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })
  await attempt(db, post, { kind: 'unsent', code: 'publish_transient', message: 'No network.' })
  await planAt(post, manager, '12:00').throwOnError()
  expect([...(await live(db, post)).values()]).toEqual([['scheduled', true]])
  await attempt(db, post, { kind: 'unsent', code: 'publish_transient', message: 'No network.' })
  await manager.client.rpc('unschedule_post', { post_id: post.id }).throwOnError()
  expect(await agency.state(post)).toMatchObject({ status: 'approved', jobs: ['cancelled'] })
})

test('what was published again is moved, held, released and sent at once like any post', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const post = await agency.scheduled(brand, manager, client)
  const first = await attempt(db, post, lost)
  await manager.client.rpc('retry_job', { job_id: first }).throwOnError()

  await planAt(post, manager, '10:00').throwOnError()
  expect([...(await live(db, post)).values()]).toEqual([['scheduled', true]])
  await say('held', post, client).throwOnError()
  expect([...(await live(db, post)).values()]).toEqual([['paused', true]])
  await say('approved', post, client).throwOnError()
  expect([...(await live(db, post)).values()]).toEqual([['scheduled', true]])
  await manager.client.rpc('unschedule_post', { post_id: post.id }).throwOnError()
  await manager.client.rpc('publish_now', { post_id: post.id }).throwOnError()
  expect([...(await live(db, post)).values()]).toEqual([['scheduled', false]])
  expect((await agency.state(post)).jobs).toEqual(['cancelled', 'scheduled'])
  expect(await claimable(db, post)).toHaveLength(1)
})

test('a hold and a release of a post to two accounts, one of them retried, loses neither', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const { post, accounts } = await toTwoAccounts(agency, brand, manager, client)
  const [a = '', b = ''] = accounts
  const failed = await attempt(db, post, refused, a)
  await manager.client.rpc('retry_job', { job_id: failed }).throwOnError()
  await say('held', post, client).throwOnError()
  expect((await live(db, post)).get(a)?.[0]).toBe('paused')
  await say('approved', post, client).throwOnError()
  const waiting = new Map([a, b].map((account) => [account, ['scheduled', true]]))
  expect(await live(db, post)).toEqual(waiting)
  expect((await agency.state(post)).jobs.toSorted()).toEqual(['failed', 'scheduled', 'scheduled'])

  // Also where the time has come meanwhile, and it is planned or sent anew.
  await manager.client.rpc('publish_now', { post_id: post.id }).throwOnError()
  await say('held', post, client).throwOnError()
  await say('approved', post, client).throwOnError()
  expect(await agency.state(post)).toMatchObject({ status: 'approved', scheduled_for: null })
  await planAt(post, manager, '15:00').throwOnError()
  expect(await live(db, post)).toEqual(waiting)
  await manager.client.rpc('publish_now', { post_id: post.id }).throwOnError()
  expect(await claimable(db, post)).toHaveLength(2)
})

test('mail preferences that make no sense stop no submission, no decision and no report of a failure', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const { brand, manager, client } = await cast(agency)
  const mailed = async (template: string, to: Person) => {
    const [row] = await db`
      select count(*)::int as n from outbound_emails where brand_id = ${brand.id} and template = ${template} and to_user_id = ${to.id}`
    return row?.n
  }
  const prefer = (person: Person, preference: string | number | boolean | null | object) =>
    person.client
      .from('client_settings')
      .update({
        email_preferences: { approvalsNeeded: preference, publishFailures: preference } as NonNullable<Json>,
      })
      .eq('client_id', person.id)
      .throwOnError()
  for (const person of [manager, client])
    await person.client
      .from('client_settings')
      .insert({ client_id: person.id, brand_id: brand.id })
      .throwOnError()

  const nonsense = ['banana', '', null, 0, [], { on: true }]
  for (const preference of nonsense) {
    for (const person of [manager, client]) await prefer(person, preference)
    const post = await agency.submitted(brand, manager)
    await approve(post, client)
    await attempt(db, post, refused)
    expect(await agency.state(post), JSON.stringify(preference)).toMatchObject({ status: 'failed' })
  }
  expect(await mailed('approval_request', client)).toBe(nonsense.length)
  expect(await mailed('approved', manager)).toBe(nonsense.length)

  // A wish that is one is kept.
  for (const person of [manager, client]) await prefer(person, false)
  await agency.scheduled(brand, manager, client)
  expect(await mailed('approval_request', client)).toBe(nonsense.length)
  expect(await mailed('approved', manager)).toBe(nonsense.length)
})
