import type postgres from 'postgres'
import type { Agency, Brand, Post } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'

/** Sends what waits for a person, as the worker does; how many mails that were. */
async function deliver(db: postgres.Sql, to: Person): Promise<number> {
  const waiting = await db<{ id: string }[]>`
    select id from outbound_emails where to_email = ${to.email} and status = 'queued' order by created_at`
  let sent = 0
  for (const { id } of waiting) {
    const [mail] = await db`select id from private.claim_email(${id})`
    if (!mail?.id) continue
    await db`select private.record_email(${id}, true)`
    sent += 1
  }
  return sent
}

/** As if everything that was mailed so far had been mailed that much earlier. */
const earlier = (db: postgres.Sql, to: Person, by: string) =>
  db`update outbound_emails set tried_at = tried_at - ${by}::interval where to_email = ${to.email}`

async function people(agency: Agency, brand: Brand) {
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  return { author, client }
}

async function submitAgain(by: Person, post: Post): Promise<void> {
  await by.client.rpc('withdraw_post', { post_id: post.id }).throwOnError()
  await by.client.rpc('submit_post', { post_id: post.id, revision: post.revision }).throwOnError()
}

test('a post that is sent and taken back in a loop is one mail, and after a while one more', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { author, client } = await people(agency, brand)
  await deliver(db, client)
  const post = await agency.submitted(brand, author)
  let sent = await deliver(db, client)
  for (let n = 0; n < 12; n += 1) {
    await submitAgain(author, post)
    sent += await deliver(db, client)
  }
  expect(sent).toBe(1)

  // What waits is sent by itself, once, and about the version that is there.
  const [waiting] = await db`
    select e.id, k.run_at > now() + interval '9 minutes' and k.run_at <= now() + interval '10 minutes' as later
      from outbound_emails e join graphile_worker.jobs k on k.key = 'email:' || e.id
     where e.to_email = ${client.email} and e.status = 'queued' and k.run_at > now()`
  expect(waiting).toMatchObject({ later: true })
  await earlier(db, client, '10 minutes')
  expect(await deliver(db, client)).toBe(1)
  const states = await db`
    select status, count(*)::int as n from outbound_emails
     where content_id = ${post.id} and to_email = ${client.email} group by status order by status`
  expect([...states]).toEqual([
    { status: 'sent', n: 2 },
    { status: 'suppressed', n: 11 },
  ])
})

test('a client who asked for changes is told of the new version at once', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { author, client } = await people(agency, brand)
  await deliver(db, client)
  const post = await agency.submitted(brand, author)
  expect(await deliver(db, client)).toBe(1)
  await client.client
    .rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'changes_requested',
      comment: 'The price is wrong.',
    })
    .throwOnError()
  await author.client.rpc('submit_post', { post_id: post.id, revision: post.revision }).throwOnError()
  expect(await deliver(db, client)).toBe(1)
})

test('nobody gets more mails a day about a brand than they want, and the rest the day after', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { author, client } = await people(agency, brand)
  await deliver(db, client)
  await client.client
    .from('client_settings')
    .insert({ client_id: client.id, brand_id: brand.id, email_preferences: { maxEmailsPerDay: 2 } })
    .throwOnError()
  for (let n = 0; n < 4; n += 1) await agency.submitted(brand, author)
  expect(await deliver(db, client)).toBe(2)
  await earlier(db, client, '23 hours')
  expect(await deliver(db, client)).toBe(0)
  await earlier(db, client, '1 hour')
  expect(await deliver(db, client)).toBe(2)
})

test('a wish for mails that is no number counts as none', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { client } = await people(agency, brand)
  const wanted = async (maxEmailsPerDay: unknown) => {
    await db`
      insert into client_settings (client_id, brand_id, email_preferences)
      values (${client.id}, ${brand.id}, ${db.json({ maxEmailsPerDay } as never)})
      on conflict (client_id, brand_id) do update set email_preferences = excluded.email_preferences`
    const [row] = await db`select private.mails_wanted(${client.id}, ${brand.id}) as n`
    return row?.n
  }
  expect(await wanted('many')).toBe(20)
  expect(await wanted(null)).toBe(20)
  expect(await wanted(-3)).toBe(1)
  expect(await wanted(2.9)).toBe(2)
  expect(await wanted(1e300)).toBe(100)
})

test('a failure is told beyond the number a person set, up to what an address takes at all', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { client } = await people(agency, brand)
  await deliver(db, client)
  const queue = (template: string) => db`
    select private.queue_email(${agency.tenant.id}, ${brand.id}, ${client.email}, ${client.id}, ${template}, '{}',
      ${`${template}:${brand.id}:`} || n) from generate_series(1, 70) n`
  await queue('approved')
  expect(await deliver(db, client)).toBe(20)
  await queue('publish_failed')
  expect(await deliver(db, client)).toBe(40)
})

test('an agency mails no more a day than its share, and mails of others go on', async ({
  foundAgency,
  db,
}) => {
  const [agency, other] = [await foundAgency(), await foundAgency('Marrow & Co')]
  for (const { tenant, owner } of [agency, other]) {
    await db`
      insert into outbound_emails (tenant_id, to_email, template, dedupe_key, status, tried_at)
      select ${tenant.id}, 'nobody.' || n || '@elsewhere.example', 'approved', ${tenant.id} || ':' || n, 'sent', now()
        from generate_series(1, ${tenant.id === agency.tenant.id ? 2000 : 1999}) n`
    await db`select private.queue_email(${tenant.id}, null, ${owner.email}, ${owner.id}, 'approved', '{}', ${owner.id})`
  }
  expect(await deliver(db, agency.owner)).toBe(0)
  expect(await deliver(db, other.owner)).toBe(1)
})

test('an address gets five invitations a day, new ones and repeated ones alike', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const [brand, next] = [await agency.brand(), await agency.brand()]
  const email = `nadia.${brand.id}@elsewhere.example`
  const { client } = agency.owner
  const { data: invitation } = await client
    .rpc('invite_member', { brand_id: brand.id, email, role: 'member' })
    .throwOnError()
  const answers: string[] = []
  for (let n = 0; n < 5; n += 1) {
    await db`update brand_invitations set last_sent_at = now() - interval '5 minutes' where id = ${invitation.id}`
    const { error } = await client.rpc('resend_invitation', { invitation_id: invitation.id })
    answers.push(error?.message ?? 'sent')
  }
  expect(answers).toEqual([...Array(4).fill('sent'), 'invite_too_many_today'])
  const more = await client.rpc('invite_member', { brand_id: next.id, email, role: 'member' })
  expect(more.error).toMatchObject({ message: 'invite_too_many_today' })
  expect(JSON.parse(more.error?.details ?? '')).toEqual({ email, limit: 5 })
})
