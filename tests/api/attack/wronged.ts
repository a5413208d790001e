import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { type Agency, type Brand, type Post, tomorrow } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import type { Argument } from './functions.ts'

/** A brand that has one thing of each kind, each in the state in which the right person's call would go through. */
export type Wronged = {
  agency: Agency
  brand: Brand
  /** One more of the agency, whose deletion is planned. */
  leaving: Brand
  people: Map<BrandRole, Person>
  fill(functionName: string, argument: Argument): unknown
}

export const lesserRoles = [
  'admin',
  'manager',
  'creator',
  'analyst',
  'member',
  'client_approver',
  'client_viewer',
] as const
export type BrandRole = (typeof lesserRoles)[number]

export async function wrongedBrand(agency: Agency, db: postgres.Sql): Promise<Wronged> {
  const brand = await agency.brand()
  const leaving = await agency.brand()
  const people = new Map<BrandRole, Person>()
  for (const role of lesserRoles) people.set(role, await agency.member(brand, role, role.replace('_', ' ')))
  const { owner } = agency
  const client = person(people, 'client_approver')
  const author = person(people, 'manager')

  const waiting = await agency.submitted(brand, author)
  const draft = await agency.draft(brand, owner)
  const approved = await agency.scheduled(brand, author, client)
  const failed = await sent(db, await agency.scheduled(brand, author, client), refused)
  const lost = await sent(
    db,
    await agency.scheduled(brand, author, client, { body: 'Lost on the way.' }),
    unanswered,
  )
  const open = await agency.invite(brand, `asked.${randomUUID().slice(0, 8)}@elsewhere.example`, 'creator')
  const closed = await agency.invite(brand, `closed.${randomUUID().slice(0, 8)}@elsewhere.example`, 'creator')
  await owner.client.rpc('revoke_invitation', { invitation_id: closed.id }).throwOnError()
  await db`update brand_invitations set last_sent_at = now() - interval '1 hour' where id = ${open.id}`
  await db`
    insert into brand_members (user_id, brand_id, role)
    select user_id, ${leaving.id}, role from brand_members where brand_id = ${brand.id} and not mirrored`
  await db`update brands set delete_after = now() + interval '14 days' where id = ${leaving.id}`
  const { data: attempt } = await owner.client
    .rpc('begin_connect', { brand_id: brand.id, platform: 'meta', redirect_uri: 'https://desk.example/' })
    .single()
    .throwOnError()
  const picture = await agency.picture(brand, owner)
  const upload = await agency.uploaded(brand, owner)
  const [milestone] = await db`
    insert into milestones (tenant_id, key) values (${agency.tenant.id}, 'onboarding_complete') returning id`
  const [account] = await db`select id from connections where brand_id = ${brand.id}`
  const idle = await agency.account(brand, 'Nothing goes out here')

  // By argument, or by function and argument where one thing does not serve all.
  const fills: Record<string, unknown> = {
    'archive_media.asset_id': picture.id,
    'create_brand.name': 'One more',
    'create_tenant.name': 'An agency',
    'delete_draft.post_id': draft.id,
    'disconnect.connection_id': idle,
    'finish_connect.code': 'a code',
    'keep_brand.brand_id': leaving.id,
    'invite_member.role': 'creator',
    'publish_now.post_id': approved.id,
    'recheck_job.job_id': lost,
    'request_brand_deletion.name': brand.name,
    'save_post.base_revision': waiting.revision,
    'submit_post.post_id': draft.id,
    'submit_post.revision': draft.revision,
    'refuse_connect.error': 'access_denied',
    approval_mode: 'internal',
    asset_ids: [upload.asset.id],
    asset_id: upload.asset.id,
    base_revision: waiting.revision,
    body: 'Someone else was here.',
    brand_id: brand.id,
    channels: [{ connection_id: account?.id, body: null, first_comment: null }],
    code: null,
    comment: 'So be it.',
    connection_id: account?.id,
    days: 30,
    email: 'next@elsewhere.example',
    first_comment: null,
    id: brand.id,
    invitation_id: open.id,
    job_id: failed,
    link: null,
    local_time: tomorrow('11:00'),
    max_rows: 8,
    media_ids: [picture.id],
    milestone_id: milestone?.id,
    only_brand: brand.id,
    outcome: 'approved',
    platform: 'meta',
    post_id: waiting.id,
    primary_color: '#112233',
    reason: null,
    redirect_uri: 'https://desk.example/',
    role: 'client_viewer',
    scope: 'brand',
    seen_digest: waiting.content_digest,
    state: attempt.state,
    tenant_id: agency.tenant.id,
    time_zone: 'Europe/London',
    title: 'Taken over',
    // One that no longer opens anything: a living one is meant to, whoever brings it.
    token: closed.token,
    url: 'https://www.facebook.com/reel/2',
    user_id: person(people, 'analyst').id,
    words: 'forty fig',
  }
  return {
    agency,
    brand,
    leaving,
    people,
    fill(functionName, { name }) {
      const value = fills[`${functionName}.${name}`]
      if (value !== undefined) return value
      if (name in fills) return fills[name]
      throw new Error(
        `No test knows what to give ${functionName} as ${name}. Name a value with which the brand's owner ` +
          `could call it in \`fills\` of tests/api/attack/wronged.ts, as '${name}' or '${functionName}.${name}'.`,
      )
    },
  }
}

export function person(people: Map<BrandRole, Person>, role: BrandRole): Person {
  const found = people.get(role)
  if (!found) throw new Error(`Nobody is ${role}.`)
  return found
}

const refused = { kind: 'refused', class: 'invalid', code: 'publish_invalid', message: 'They said no.' }
const unanswered = {
  kind: 'unknown',
  code: 'publish_transient',
  message: 'The line broke.',
  settle_ms: 60_000,
}

/** Sends the post's one job as the worker does, and files the outcome. @returns the job's id */
async function sent(
  db: postgres.Sql,
  post: Post,
  outcome: typeof refused | typeof unanswered,
): Promise<string> {
  const [job] = await db<{ id: string }[]>`
    update publish_jobs set scheduled_for = now() - interval '1 second' where content_id = ${post.id} returning id`
  if (!job) throw new Error('Nothing waits to be sent.')
  const [row] = await db`select private.claim_publish_job(${job.id}, 'w', 60000) as claim`
  if (!row?.claim) throw new Error('Nothing could be claimed.')
  await db`select private.record_publish_result(${job.id}, ${row.claim.fence}, ${db.json(outcome)})`
  return job.id
}
