import { randomUUID } from 'node:crypto'
import { isKnownCode } from '#lib/errors.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test as realParts } from '#tests/support/test.ts'
import { tryCall } from './attack/as-person.ts'
import { changedTables, contentsReader } from './attack/contents.ts'
import { type Answer, callThrough, type Door, doorOf, inParallel, tokenOf } from './attack/door.ts'
import { type Exposed, exposedFunctions, hostileValues, malformedValue } from './attack/functions.ts'
import { type BrandRole, lesserRoles, person, type Wronged, wrongedBrand } from './attack/wronged.ts'

// Every function that the Data API offers is found in pg_proc and called by everyone who should not. One that is
// added later is attacked like the others; what these tests cannot know of it they ask for.

/** Meant for everyone signed in, or for whoever holds the token: nobody's role has a say in it. */
const forAnyone: Record<string, string> = {
  accept_invitation: 'the token of a mailed link alone admits',
  check_request: 'asked before every request, and says nothing',
  create_tenant: 'anyone may found an agency',
  media_uses: 'counts what the caller may read',
  my_permissions: 'tells about oneself',
  peek_invitation: 'tells what the link in one’s hand leads to',
  peek_portal_link: 'tells what the link in one’s hand leads to',
  publishing_lateness: 'counts what the caller may read',
  publishing_pauses: 'names the switches that are off over what the caller may read',
  publishing_queue: 'counts what the caller may read',
  role_permissions: 'the matrix is no secret',
  worker_health: 'counts what waits on the caller’s brands, and workers, who belong to nobody',
}

/** The brand permission that a function asks for; one that is not named here is for the owner alone. */
const permissions: Record<string, string> = {
  archive_media: 'media.manage',
  archive_post: 'content.delete',
  begin_connect: 'connections.manage',
  create_post: 'content.create',
  decide_approval: 'approvals.decide_client',
  // Somebody else's draft is tried.
  delete_draft: 'content.delete',
  disconnect: 'connections.manage',
  finish_upload: 'media.upload',
  invite_member: 'members.manage',
  mark_job_live: 'publishing.retry',
  pause_publishing: 'publishing.pause',
  post_timeline: 'content.view_shared',
  publish_now: 'publishing.publish_now',
  recheck_job: 'publishing.retry',
  remove_member: 'members.manage',
  resend_invitation: 'members.manage',
  resume_publishing: 'publishing.pause',
  retry_job: 'publishing.retry',
  revoke_invitation: 'members.manage',
  save_post: 'content.edit',
  schedule_post: 'publishing.schedule',
  search_posts: 'content.view',
  set_approval_mode: 'approvals.configure',
  set_member_role: 'members.manage',
  submit_post: 'approvals.request',
  unschedule_post: 'publishing.cancel',
  withdraw_post: 'approvals.request',
}
/** Of the agency: its staff may, whatever their role on a brand. */
const forStaff = ['acknowledge_milestone']

/** A search refuses nobody: to whoever may not read the brand it finds nothing. */
const searches = ['search_posts']

/** Random words of 32 bytes: whoever holds one is told what became of it. */
const secrets = ['state', 'token']

/** `plain`: tries what exists and what does not, and leaves the nonsense to others. */
type Attacker = { name: string; door: Door; person: Person | null; isStaff: boolean; plain: boolean }
type Call = { attacker: Attacker; fn: Exposed; values: Record<string, unknown>; how: string }

type World = Wronged & { functions: Exposed[]; outsiders: Attacker[]; insiders: Attacker[] }

const test = realParts.extend(
  'world',
  { scope: 'file' },
  async ({ db, api, foundAgency, signUp }): Promise<World> => {
    const agency = await foundAgency()
    const wronged = await wrongedBrand(agency, db)
    const sibling = await agency.brand()
    const attacker = async (
      name: string,
      person: Person | null,
      { isStaff = false, plain = true } = {},
    ): Promise<Attacker> => ({
      name,
      person,
      isStaff,
      plain,
      door: doorOf(api, person ? await tokenOf(person) : null),
    })
    const [neighbour, client] = [
      await agency.member(sibling, 'admin', 'Priya Raman'),
      await agency.member(sibling, 'client_approver', 'Jun Ito'),
    ]
    return {
      ...wronged,
      functions: await exposedFunctions(db),
      outsiders: await Promise.all([
        attacker('someone not signed in', null, { plain: false }),
        attacker('a stranger', await signUp('Nobody Yet')),
        attacker('the owner of another agency', (await foundAgency('Marrow & Co')).owner),
        attacker('an admin of another brand', neighbour, { isStaff: true, plain: false }),
        attacker('a client of another brand', client),
      ]),
      insiders: await Promise.all(
        lesserRoles.map((role) =>
          attacker(role, person(wronged.people, role), { isStaff: !role.startsWith('client') }),
        ),
      ),
    }
  },
)

const valuesFor = (world: World, fn: Exposed): Record<string, unknown> =>
  Object.fromEntries(fn.args.map((arg) => [arg.name, world.fill(fn.name, arg)]))

const guarded = ({ functions }: World) => functions.filter(({ name }) => !(name in forAnyone))

test('each function is known: what it asks for, and what to give it', async ({ world, db, api }) => {
  const { agency, people } = world
  const names = world.functions.map(({ name }) => name)
  const [matrix] =
    await db`select array_agg(distinct permission) as permissions from private.role_permissions`
  for (const permission of Object.values(permissions)) expect(matrix?.permissions).toContain(permission)
  for (const name of [...Object.keys(forAnyone), ...Object.keys(permissions), ...forStaff, ...searches])
    expect(names, `${name} is gone: take it out of this file`).toContain(name)

  // Refusals below prove nothing unless the very same call goes through for the one who may make it.
  for (const fn of guarded(world)) {
    const values = valuesFor(world, fn)
    const verdicts = await Promise.all(
      [agency.owner, person(people, 'client_approver')].map(({ id }) => tryCall(db, id, fn, values)),
    )
    expect(
      verdicts.some(({ done }) => done),
      `${fn.name} goes through for nobody: ${JSON.stringify(verdicts)}`,
    ).toBe(true)
  }
  const owner = doorOf(api, await tokenOf(agency.owner))
  for (const fn of world.functions.filter(({ name }) => searches.includes(name)))
    expect((await callThrough(owner, fn.name, valuesFor(world, fn))).text, fn.name).toContain(world.brand.id)
})

test('outsiders change nothing by any function, and cannot tell what exists from what does not', async ({
  world,
  db,
}) => {
  const contents = await contentsReader(db)
  const wrongs: string[] = []
  for (const fn of guarded(world)) {
    const before = await contents()
    const outsiders = world.outsiders.filter(({ isStaff }) => !(isStaff && forStaff.includes(fn.name)))
    const calls = outsiders.flatMap((attacker) => attacksOf(world, fn, attacker))
    const answers = await inParallel(calls, ({ attacker, values }) =>
      callThrough(attacker.door, fn.name, values),
    )
    for (const [n, call] of calls.entries()) {
      const wrong = wrongOf(answers[n], call)
      if (wrong) wrongs.push(`${fn.name}, ${call.attacker.name}, ${call.how}: ${wrong}`)
    }
    for (const attacker of outsiders) {
      const alike = calls.flatMap((call, n) =>
        call.attacker === attacker && call.how.startsWith('as if') ? [said(answers[n])] : [],
      )
      if (new Set(alike).size > 1)
        wrongs.push(`${fn.name} tells ${attacker.name} what exists: ${alike.join(' | ')}`)
    }
    const changed = changedTables(before, await contents())
    if (changed.length > 0) wrongs.push(`${fn.name} changed ${changed.join(', ')}`)
  }
  expect(wrongs).toEqual([])
})

test('of a brand’s own people each is refused what their role lacks, and learns nothing of what it hides', async ({
  world,
  db,
}) => {
  const contents = await contentsReader(db)
  const held = await db<{ role: BrandRole; permissions: string[] }[]>`
    select role, array_agg(permission) as permissions from private.role_permissions group by role`
  const may = new Map(held.map(({ role, permissions }) => [String(role), permissions]))
  const wrongs: string[] = []
  let tried = 0
  for (const fn of guarded(world)) {
    const before = await contents()
    const lacking = world.insiders.filter(
      ({ name, isStaff }) =>
        !may.get(name)?.includes(permissions[fn.name] ?? 'brand.delete') &&
        !(isStaff && forStaff.includes(fn.name)),
    )
    const calls = lacking.flatMap((attacker) => attacksOf(world, fn, attacker))
    const answers = await inParallel(calls, ({ attacker, values }) =>
      callThrough(attacker.door, fn.name, values),
    )
    tried += calls.length
    for (const [n, call] of calls.entries()) {
      const wrong = wrongOf(answers[n], call)
      if (wrong) wrongs.push(`${fn.name}, ${call.attacker.name}, ${call.how}: ${wrong}`)
    }
    for (const attacker of lacking) {
      if (await seesTarget(attacker, fn, world)) continue
      const alike = calls.flatMap((call, n) => (call.attacker === attacker ? [said(answers[n])] : []))
      if (new Set(alike).size > 1)
        wrongs.push(`${fn.name} tells ${attacker.name} what exists: ${alike.join(' | ')}`)
    }
    const changed = changedTables(before, await contents())
    if (changed.length > 0) wrongs.push(`${fn.name} changed ${changed.join(', ')}`)
  }
  expect(wrongs).toEqual([])
  expect(tried).toBeGreaterThan(200)
})

/** Where one reads the thing that an argument names. */
const shown: Record<string, string[]> = {
  asset_id: ['media_assets?id'],
  brand_id: ['brands?id'],
  connection_id: ['connections?id'],
  id: ['brands?id'],
  invitation_id: ['brand_invitations?id'],
  job_id: ['publish_jobs?id'],
  milestone_id: ['milestones?id'],
  only_brand: ['brands?id'],
  post_id: ['content_items?id', 'content_versions?content_id'],
  tenant_id: ['tenants?id'],
}

/** Whether the attacker reads the row that the call is about, by the Data API's tables. */
async function seesTarget({ door }: Attacker, fn: Exposed, world: World): Promise<boolean> {
  const target = fn.args.find(({ type }) => type === 'uuid')
  if (!target) return true
  const places = shown[target.name]
  if (!places) throw new Error(`Say in \`shown\` where one reads what ${target.name} names.`)
  const answers = await Promise.all(
    places.map((place) =>
      door(`/rest/v1/${place}=eq.${world.fill(fn.name, target)}&select=${place.split('?')[1]}`),
    ),
  )
  return answers.some(({ json }) => Array.isArray(json) && json.length > 0)
}

test('to those who may, nonsense is refused in words too, by each function, in each place', async ({
  world,
  db,
}) => {
  const people = [world.agency.owner, person(world.people, 'client_approver')]
  const wrongs: string[] = []
  for (const fn of world.functions) {
    const real = valuesFor(world, fn)
    const rightful = await rightfulCaller(fn, real)
    const attempts = fn.args.flatMap((arg) =>
      hostileValues(arg).map((value) => ({ ...real, [arg.name]: value })),
    )
    await inParallel(
      attempts,
      async (values) => {
        const verdict = await tryCall(db, rightful.id, fn, values)
        if (verdict.done || (verdict.code === 'P0001' && isKnownCode(verdict.message))) return
        wrongs.push(`${fn.name}(${JSON.stringify(values).slice(0, 400)}): ${verdict.code} ${verdict.message}`)
      },
      4,
    )
  }
  expect(wrongs).toEqual([])

  async function rightfulCaller(fn: Exposed, values: Record<string, unknown>): Promise<Person> {
    for (const candidate of people) if ((await tryCall(db, candidate.id, fn, values)).done) return candidate
    return world.agency.owner
  }
})

test('whoever may not call a function does not wait for the rows either', async ({ world, db }) => {
  const tables = await db<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
     where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
       and c.oid not in ('private.role_permissions'::regclass, 'private.tenant_role_permissions'::regclass)`
  const functions = guarded(world).filter(({ args }) => !args.some(({ name }) => secrets.includes(name)))
  const attackers = world.outsiders.filter(({ isStaff }) => !isStaff)
  await db.begin(async (tx) => {
    for (const { name } of tables) await tx.unsafe(`select from ${name} for update`)
    const waiting = await inParallel(
      functions.flatMap((fn) => attackers.map((attacker) => ({ fn, attacker }))),
      async ({ fn, attacker }) => {
        const answer = callThrough(attacker.door, fn.name, valuesFor(world, fn))
        const late = new Promise<null>((resolve) => setTimeout(resolve, 5_000, null))
        return (await Promise.race([answer, late])) ? [] : [`${fn.name}, ${attacker.name}`]
      },
    )
    expect(waiting.flat()).toEqual([])
  })
})

test('what is meant for anyone does no more than it says', async ({ world, db }) => {
  const contents = await contentsReader(db)
  const { agency, functions } = world
  const open = functions.filter(({ name }) => name in forAnyone)
  const before = await contents()
  for (const { door, person } of world.outsiders) {
    for (const fn of open.filter(({ name }) => !person || name !== 'create_tenant')) {
      const { text, json } = await callThrough(door, fn.name, valuesFor(world, fn))
      if (!person && !fn.toAnon) expect(json, fn.name).toMatchObject({ code: '42501' })
      for (const secret of [agency.tenant.id, world.brand.id, agency.owner.id])
        if (fn.name !== 'my_permissions') expect(text, fn.name).not.toContain(secret)
    }
  }
  expect(changedTables(before, await contents())).toEqual([])
})

/** The real thing, the same with each id of nothing, and nonsense in each place. */
function attacksOf(world: World, fn: Exposed, attacker: Attacker): Call[] {
  const real = valuesFor(world, fn)
  const call = (how: string, changed: Record<string, unknown>): Call => ({
    attacker,
    fn,
    how,
    values: { ...real, ...changed },
  })
  const ids = fn.args.filter(({ type, name }) => type === 'uuid' && !secrets.includes(name))
  const feigned = [
    call('as if it were theirs', {}),
    ...ids.map(({ name }) => call(`as if ${name} existed`, { [name]: randomUUID() })),
  ]
  return attacker.plain
    ? feigned
    : [
        ...feigned,
        call('with nothing', Object.fromEntries(fn.args.map(({ name }) => [name, null]))),
        ...fn.args.map(({ name }) => call(`with no ${name}`, { [name]: null })),
        ...fn.args.flatMap((arg) => {
          const value = malformedValue(arg)
          return value === undefined ? [] : [call(`with a malformed ${arg.name}`, { [arg.name]: value })]
        }),
      ]
}

/** What is wrong with an answer to someone who may not, if anything. */
function wrongOf(answer: Answer | undefined, { fn, how }: Call): string | null {
  if (!answer) return 'no answer'
  const { status, text, json } = answer
  if (status === 200 && text === '[]' && searches.includes(fn.name)) return null
  if (status < 400) return `let through: ${text.slice(0, 300)}`
  if (status >= 500) return `broke: ${text.slice(0, 300)}`
  const { code, message, details, hint } = (json ?? {}) as Record<string, unknown>
  const facts = JSON.stringify([details, hint])
  if (/\b(select|insert|update|PL\/pgSQL|SQL|public\.|private\.|auth\.)/i.test(facts))
    return `tells its insides: ${text.slice(0, 300)}`
  if (code === 'P0001') return isKnownCode(String(message)) ? null : `refused in no known words: ${text}`
  // Before any function runs: it is not for them, or what they sent is not even a value of the type.
  if (code === '42501') return /^permission denied for function \w+$/.test(String(message)) ? null : text
  if (how.startsWith('with a malformed') && ['22P02', '22007'].includes(String(code))) return null
  return `unforeseen: ${text.slice(0, 300)}`
}

const said = (answer: Answer | undefined) => `${answer?.status} ${answer?.text}`
