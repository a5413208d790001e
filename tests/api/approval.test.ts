import fc from 'fast-check'
import type postgres from 'postgres'
import { sentenceFor } from '#lib/errors.ts'
import { approve, type Post, tomorrow } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'
import { until } from '#tests/support/until.ts'

test('a post goes from draft through asked changes to a sealed yes, and its jobs carry the seal', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const first = await agency.submitted(brand, author)
  expect(first).toMatchObject({ status: 'pending_review', version: 1 })

  await client.client
    .rpc('decide_approval', {
      post_id: first.id,
      seen_digest: first.content_digest,
      outcome: 'changes_requested',
      comment: 'Write forty in words.',
    })
    .throwOnError()
  expect(await agency.state(first)).toMatchObject({ status: 'changes_requested', jobs: [] })

  const channels = await author.client
    .from('content_channels')
    .select('connection_id')
    .eq('content_id', first.id)
    .throwOnError()
  const { data: edited } = await author.client
    .rpc('save_post', {
      post_id: first.id,
      base_revision: first.revision,
      title: 'Friday pie drop',
      body: 'Forty fig pies, in words.',
      channels: channels.data,
    })
    .throwOnError()
  const { data: second } = await author.client
    .rpc('submit_post', { post_id: edited.id, revision: edited.revision })
    .throwOnError()
  expect(second.version).toBe(2)
  await approve(second, client)

  const [job] =
    await db`select status, content_digest, version, body from publish_jobs where content_id = ${first.id}`
  expect(job).toEqual({
    status: 'scheduled',
    content_digest: second.content_digest,
    version: 2,
    body: 'Forty fig pies, in words.',
  })
  const { data: timeline } = await client.client.rpc('post_timeline', { post_id: first.id }).throwOnError()
  expect(timeline.map((step) => step.kind)).toEqual(['shared', 'changes_requested', 'shared', 'approved'])
})

test('a yes to what has changed meanwhile is refused, and nothing moves', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)
  const { error } = await client.client.rpc('decide_approval', {
    post_id: post.id,
    seen_digest: 'a'.repeat(64),
    outcome: 'approved',
  })
  expect(error).toMatchObject({ code: 'P0001', message: 'content_changed' })
  expect(await agency.state(post)).toMatchObject({ status: 'pending_review', jobs: [] })
})

test('an edit after the yes voids it and cancels what was to go out; a move of time does not', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, author, client)

  await author.client
    .rpc('schedule_post', { post_id: post.id, local_time: tomorrow('14:30'), time_zone: 'Europe/London' })
    .throwOnError()
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })

  const channels = await author.client
    .from('content_channels')
    .select('connection_id')
    .eq('content_id', post.id)
    .throwOnError()
  const same = {
    post_id: post.id,
    title: 'A new title only',
    body: 'Forty fig pies, out at half past seven.',
    channels: channels.data,
  }
  const { data: renamed } = await author.client
    .rpc('save_post', { ...same, base_revision: post.revision })
    .throwOnError()
  expect(renamed.status).toBe('scheduled')

  const { data: edited } = await author.client
    .rpc('save_post', { ...same, body: 'Fifty fig pies.', base_revision: renamed.revision })
    .throwOnError()
  expect(edited.status).toBe('draft')
  expect(await agency.state(post)).toMatchObject({ status: 'draft', jobs: ['cancelled'] })
  const { data: version } = await client.client
    .from('content_versions')
    .select('client_status')
    .eq('content_id', post.id)
    .single()
    .throwOnError()
  expect(version.client_status).toBe('withdrawn')
})

test('of two who save from the same revision the second is told, and loses nothing of the first', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator', 'Teo Okafor')
  const post = await agency.draft(brand, author)
  const save = (body: string, by = author) =>
    by.client.rpc('save_post', { post_id: post.id, base_revision: post.revision, title: 'Pie', body })
  const [one, two] = await Promise.all([save('From one window'), save('From another', agency.owner)])
  const refused = [one, two].filter(({ error }) => error)
  expect(refused).toHaveLength(1)
  expect(refused[0]?.error).toMatchObject({ code: 'P0001', message: 'revision_stale' })
})

test('an author gives no inside yes to their own piece, unless the brand allows it', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal')
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const post = await agency.submitted(brand, manager)
  const refused = await manager.client.rpc('decide_approval', {
    post_id: post.id,
    seen_digest: post.content_digest,
    outcome: 'approved',
  })
  expect(refused.error).toMatchObject({ code: 'P0001', message: 'decision_own_post' })
  await db`update brands set self_approval = true where id = ${brand.id}`
  await approve(post, manager)
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled' })
})

test('with two steps the client sees a post only after the inside yes', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal_client')
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)
  const seen = () =>
    client.client.from('content_versions').select('id').eq('content_id', post.id).throwOnError()

  expect((await seen()).data).toEqual([])
  const early = await client.client.rpc('decide_approval', {
    post_id: post.id,
    seen_digest: post.content_digest,
    outcome: 'approved',
  })
  expect(early.error).toMatchObject({ code: 'P0001', message: 'post_not_found' })

  await approve(post, agency.owner)
  expect((await seen()).data).toHaveLength(1)
  expect(await agency.state(post)).toMatchObject({ status: 'pending_review', jobs: [] })
  await approve(post, client)
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })
})

test('a brand that asks nobody approves at submission; what a machine wrote still waits for a person', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'none')
  const author = await agency.member(brand, 'creator')
  const plain = await agency.submitted(brand, author)
  expect(plain.status).toBe('scheduled')

  const made = await agency.draft(brand, author, { body: 'Written by a machine.' })
  await db`update content_items set generated_by_agent = 'copywriter' where id = ${made.id}`
  const { data } = await author.client
    .rpc('submit_post', { post_id: made.id, revision: made.revision })
    .throwOnError()
  expect(data.status).toBe('pending_review')
})

test('a client holds an approved post and lets it go again; held, it is not claimed', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, author, client)
  const decide = (outcome: string) =>
    client.client
      .rpc('decide_approval', { post_id: post.id, seen_digest: post.content_digest, outcome })
      .throwOnError()

  await decide('held')
  expect(await agency.state(post)).toMatchObject({ jobs: ['paused'], held_at: expect.any(Date) })
  const [claimed] = await db`
    select private.claim_publish_job(j.id, 'w', 1000) as claim from publish_jobs j where content_id = ${post.id}`
  expect(claimed?.claim).toBeNull()
  await decide('approved')
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'], held_at: null })
})

test('a yes that comes after the planned time sends nothing late', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)
  await db`update scheduled_content set scheduled_at = scheduled_at - interval '3 days', local_time = local_time - interval '3 days' where content_id = ${post.id}`
  await db`update content_items set scheduled_for = scheduled_for - interval '3 days' where id = ${post.id}`
  await approve(post, client)
  expect(await agency.state(post)).toMatchObject({ status: 'approved', scheduled_for: null, jobs: [] })
})

test('a submission says what stops it, with the value and the limit', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const submit = async (post: { id: string; revision: number }) =>
    (await author.client.rpc('submit_post', { post_id: post.id, revision: post.revision })).error

  const nobody = await agency.draft(brand, author)
  expect(await submit(nobody)).toMatchObject({ message: 'no_client_approver' })
  await agency.member(brand, 'client_approver', 'Marguerite Oakes')

  const long = await agency.draft(brand, author, { body: 'x'.repeat(63_207) })
  const tooLong = await submit(long)
  expect(tooLong).toMatchObject({ message: 'post_too_long' })
  expect(JSON.parse(tooLong?.details ?? '')).toMatchObject({
    network: 'facebook',
    limit: 63_206,
    length: 63_207,
  })

  const unread = await agency.uploaded(brand, author)
  const early = await agency.draft(brand, author, { media: [unread.asset.id] })
  expect(await submit(early)).toMatchObject({ message: 'media_not_ready' })
  await db`select private.record_verification(${unread.asset.id}, ${db.json({ ok: false, code: 'media_unreadable', facts: {} })})`
  expect(await submit(early)).toMatchObject({ message: 'media_rejected' })

  const { data: bare } = await author.client
    .rpc('create_post', { brand_id: brand.id, title: 'Nowhere', body: 'Goes nowhere.' })
    .throwOnError()
  expect(await submit(bare)).toMatchObject({ message: 'post_no_channels' })
})

test('a time that the clocks leave out is refused, and one that they repeat is the later of the two', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const post = await agency.draft(brand, author)
  const at = (local_time: string, time_zone = 'Europe/London') =>
    author.client.rpc('schedule_post', { post_id: post.id, local_time, time_zone })

  const gap = await at('2027-03-28T01:30:00')
  expect(gap.error).toMatchObject({ code: 'P0001', message: 'schedule_nonexistent_time' })
  const { data: after } = await at('2027-03-28T02:30:00').throwOnError()
  expect(new Date(after.scheduled_for ?? '').toISOString()).toBe('2027-03-28T01:30:00.000Z')
  const { data: repeated } = await at('2027-10-31T01:30:00').throwOnError()
  expect(new Date(repeated.scheduled_for ?? '').toISOString()).toBe('2027-10-31T01:30:00.000Z')
  const elsewhere = await at('2027-03-28T02:30:00', '+02:00')
  expect(elsewhere.error).toMatchObject({ message: 'time_zone_unknown' })
})

test('no sequence of calls by anyone reaches a state without what it stands for', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal_client')
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  await agency.account(brand)
  const people = [author, client, manager, agency.owner]
  const outcomes = ['approved', 'changes_requested', 'rejected', 'held']

  const step = fc.record({
    who: fc.integer({ min: 0, max: people.length - 1 }),
    what: fc.constantFrom(
      'save',
      'retitle',
      'submit',
      'decide',
      'schedule',
      'unschedule',
      'withdraw',
      'publish_now',
      'claim',
      'archive',
    ),
    outcome: fc.constantFrom(...outcomes),
  })

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      const post = await agency.draft(brand, author)
      const { data: channels } = await author.client
        .from('content_channels')
        .select('connection_id')
        .eq('content_id', post.id)
        .throwOnError()
      for (const [n, { who, what, outcome }] of steps.entries()) {
        const person = people[who] ?? author
        const { revision, content_digest } = await agency.state(post)
        const save = (body: string) =>
          person.client.rpc('save_post', {
            post_id: post.id,
            base_revision: revision,
            title: `Step ${n}`,
            body,
            channels,
          })
        const calls: Record<string, () => PromiseLike<unknown>> = {
          save: () => save(`Text of step ${n}`),
          retitle: () => save('Forty fig pies, out at half past seven.'),
          submit: () => person.client.rpc('submit_post', { post_id: post.id, revision }),
          decide: () =>
            person.client.rpc('decide_approval', {
              post_id: post.id,
              seen_digest: content_digest,
              outcome,
              comment: 'As said.',
            }),
          schedule: () =>
            person.client.rpc('schedule_post', {
              post_id: post.id,
              local_time: tomorrow('10:00'),
              time_zone: 'Europe/London',
            }),
          unschedule: () => person.client.rpc('unschedule_post', { post_id: post.id }),
          withdraw: () => person.client.rpc('withdraw_post', { post_id: post.id }),
          publish_now: () => person.client.rpc('publish_now', { post_id: post.id }),
          claim: () =>
            db`select private.claim_publish_job(j.id, 'w', 1000) from publish_jobs j where content_id = ${post.id}`,
          archive: () => person.client.rpc('archive_post', { post_id: post.id }),
        }
        await calls[what]?.()
        await expectSound(post.id)
      }
    }),
    { numRuns: 12 },
  )

  /** What every state stands for, read past row security. */
  async function expectSound(postId: string) {
    const [broken] = await db`
      select i.status, i.version,
        i.status in ('approved', 'scheduled', 'publishing', 'published') and not exists (
          select from post_approvals a where a.post_id = i.id and a.version = i.version
            and a.content_digest = i.content_digest and a.status = 'approved' and a.audience = 'client') as unapproved,
        i.status in ('approved', 'scheduled', 'publishing', 'published') and not exists (
          select from post_approvals a where a.post_id = i.id and a.version = i.version
            and a.content_digest = i.content_digest and a.status = 'approved' and a.audience = 'internal'
            and a.decided_by not in (i.created_by, (select v.submitted_by from content_versions v where v.content_id = i.id and v.version = i.version))) as unchecked,
        i.status = 'scheduled' and not exists (select from publish_jobs j where j.content_id = i.id and j.status in ('scheduled', 'paused')) as jobless,
        i.status = 'published' and not exists (select from publish_jobs j where j.content_id = i.id and j.status = 'published') as unsent,
        exists (select from publish_jobs j where j.content_id = i.id and j.status in ('scheduled', 'processing')
          and (j.content_digest <> i.content_digest or j.version <> i.version)) as stale_job,
        (select count(*) > 1 from publish_jobs j where j.content_id = i.id
          and j.status in ('scheduled', 'processing', 'outcome_unknown', 'paused')) as two_live,
        i.status in ('draft', 'changes_requested', 'pending_review', 'archived') and exists (
          select from publish_jobs j where j.content_id = i.id and j.status in ('scheduled', 'processing', 'paused', 'outcome_unknown')) as loose_job
      from content_items i where i.id = ${postId}`
    expect(broken).toMatchObject({
      unapproved: false,
      unchecked: false,
      jobless: false,
      unsent: false,
      stale_job: false,
      two_live: false,
      loose_job: false,
    })
  }
}, 90_000)

// Whom a waiting post waits for -----------------------------------------------------------------------

const waitingFor = async (db: postgres.Sql, post: Post) => {
  const rows = await db<{ assigned_to: string }[]>`
    select assigned_to from approval_requests where post_id = ${post.id} and status = 'pending'`
  return rows.map((row) => row.assigned_to).toSorted()
}

test('the last one who may say yes to a waiting post stays until someone else may', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const marguerite = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)
  const { client: owner } = agency.owner
  const whom = { brand_id: brand.id, user_id: marguerite.id }
  const leave = [
    () => owner.rpc('remove_member', whom),
    () => owner.rpc('set_member_role', { ...whom, role: 'client_viewer' }),
    () => owner.rpc('set_member_role', { ...whom, role: 'manager' }),
  ]
  for (const attempt of leave) {
    const { error } = await attempt()
    expect(error).toMatchObject({ code: 'P0001', message: 'member_last_approver' })
    expect(sentenceFor('member_last_approver', JSON.parse(error?.details ?? ''))).toMatch(
      /^Marguerite Oakes is the only one left who may say yes to a post that waits\./,
    )
  }
  expect(await waitingFor(db, post)).toEqual([marguerite.id])

  // Someone who came after it was sent: the post is theirs to decide once she goes, and they are told.
  const nadia = await agency.member(brand, 'client_approver', 'Nadia Aziz')
  await owner.rpc('remove_member', whom).throwOnError()
  expect(await waitingFor(db, post)).toEqual([nadia.id])
  const mailed = await db`
    select template from outbound_emails where content_id = ${post.id} and to_user_id = ${nadia.id}`
  expect([...mailed]).toEqual([{ template: 'approval_request' }])
  const told = await nadia.client.from('workflow_notifications').select('type').throwOnError()
  expect(told.data).toEqual([{ type: 'assignment' }])
  await approve(post, nadia)
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled' })
})

test('of the agency’s own approvers the last but the author stays, in a role that may say yes', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal')
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const post = await agency.submitted(brand, agency.owner)
  const whom = { brand_id: brand.id, user_id: manager.id }
  const { client: owner } = agency.owner
  const lowered = await owner.rpc('set_member_role', { ...whom, role: 'creator' })
  expect(lowered.error).toMatchObject({ message: 'member_last_approver' })
  await owner.rpc('set_member_role', { ...whom, role: 'admin' }).throwOnError()
  expect(await waitingFor(db, post)).toEqual([manager.id])

  await owner.rpc('withdraw_post', { post_id: post.id }).throwOnError()
  await owner.rpc('remove_member', whom).throwOnError()
})

test('an approver who goes while a post is sent never leaves it to nobody', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const approver = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.draft(brand, author)
  /** Calls as a person, leaves it open while `meanwhile` begins, and then keeps it. */
  const during = async <Answer>(by: Person, call: string, meanwhile: () => PromiseLike<Answer>) => {
    let answer: Promise<Answer> | undefined
    await db.begin(async (tx) => {
      const claims = JSON.stringify({ sub: by.id, role: 'authenticated' })
      await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`
      await tx.unsafe(`select public.${call}`)
      answer = Promise.resolve(meanwhile())
      await tx`reset role`
      await until('the other call to wait', async () => {
        const [waiting] = await tx`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        return waiting !== undefined
      })
    })
    return await answer
  }

  const sent = `submit_post('${post.id}', ${post.revision})`
  const gone = `remove_member('${brand.id}', '${approver.id}')`
  const removed = await during(author, sent, () =>
    agency.owner.client.rpc('remove_member', { brand_id: brand.id, user_id: approver.id }),
  )
  expect(removed?.error).toMatchObject({ message: 'member_last_approver' })
  await author.client.rpc('withdraw_post', { post_id: post.id }).throwOnError()
  const submitted = await during(agency.owner, gone, () =>
    author.client.rpc('submit_post', { post_id: post.id, revision: post.revision }),
  )
  expect(submitted?.error).toMatchObject({ message: 'no_client_approver' })
  expect(await agency.state(post)).toMatchObject({ status: 'draft' })
})
