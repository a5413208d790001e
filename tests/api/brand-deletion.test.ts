import { randomUUID } from 'node:crypto'
import { sentenceFor } from '#lib/errors.ts'
import { expect, test } from '#tests/support/test.ts'
import { tryCall } from './attack/as-person.ts'
import { exposedFunctions } from './attack/functions.ts'
import { person, wrongedBrand } from './attack/wronged.ts'

/** What still goes through though it changes something, and why. */
const open: Record<string, string> = {
  acknowledge_milestone: 'of the agency',
  create_brand: 'another brand',
  create_tenant: 'another agency',
  keep_brand: 'takes the deletion back',
  request_brand_deletion: 'is what was asked',
}
/** Goes by a link in one's hand, which is tried by itself. */
const byLink = ['accept_invitation']

test('no function changes a brand that is to be deleted', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const { brand, people, fill } = await wrongedBrand(agency, db)
  const callers = [agency.owner, person(people, 'client_approver')]
  const functions = (await exposedFunctions(db)).filter(({ name }) => !byLink.includes(name))
  const changing = await db<{ name: string }[]>`
    select proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v'`
  const answers = async () => {
    const found = new Map<string, string>()
    for (const fn of functions) {
      const values = Object.fromEntries(fn.args.map((arg) => [arg.name, fill(fn.name, arg)]))
      const verdicts = await Promise.all(callers.map(({ id }) => tryCall(db, id, fn, values)))
      const said = verdicts.map((verdict) => (verdict.done ? 'done' : verdict.message))
      found.set(
        fn.name,
        said.find((answer) => ['done', 'brand_being_deleted'].includes(answer)) ?? said.join(', '),
      )
    }
    return found
  }
  const before = await answers()
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  const after = await answers()
  for (const { name } of functions) {
    expect(before.get(name), `${name}, before`).toBe('done')
    const refused = changing.some((one) => one.name === name) && !(name in open)
    expect(after.get(name), name).toBe(refused ? 'brand_being_deleted' : 'done')
  }
})

test('nobody writes into a brand that is to be deleted, joins it or fills its places, until it is kept', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'manager')
  const invited = await agency.invite(brand, `nadia.${brand.id}@elsewhere.example`, 'creator')
  const nadia = await agency.member(await agency.brand(), 'creator', 'Nadia Aziz')
  const post = await agency.draft(brand, author)
  const picture = await agency.picture(brand, author)
  const { data: goal } = await author.client
    .from('analytics_goals')
    .insert({ brand_id: brand.id, metric: 'reach', target: 10, deadline: '2030-01-01T00:00:00Z' })
    .select('id')
    .single()
    .throwOnError()
  const announced = (id = randomUUID()) => ({
    id,
    brand_id: brand.id,
    filename: 'loaf.jpg',
    mime_type: 'image/jpeg',
    size_bytes: 10,
    path: `${brand.id}/${id}/loaf.jpg`,
  })
  const place = announced()
  await author.client.from('media_assets').insert(place).throwOnError()

  const { client } = author
  const writes = {
    brands: () => client.from('brands').update({ industry: 'Baking' }).eq('id', brand.id),
    media_assets: () => client.from('media_assets').update({ alt_text: 'A loaf' }).eq('id', picture.id),
    announced: () => client.from('media_assets').insert(announced()),
    content_comments: () =>
      client
        .from('content_comments')
        .insert({ content_id: post.id, brand_id: brand.id, audience: 'internal', body: 'Mind the oven.' }),
    analytics_goals: () => client.from('analytics_goals').update({ target: 20 }).eq('id', goal.id),
    'a goal set': () =>
      client
        .from('analytics_goals')
        .insert({ brand_id: brand.id, metric: 'reach', target: 10, deadline: '2030-01-01T00:00:00Z' }),
    advisor_feedback: () =>
      client.from('advisor_feedback').insert({
        brand_id: brand.id,
        insight_id: randomUUID(),
        category: 'timing',
        type: 'alert',
        feedback: 'accepted',
      }),
    'a goal dropped': () => client.from('analytics_goals').delete().eq('id', goal.id),
    joining: () => nadia.client.rpc('accept_invitation', { token: invited.token }),
  }
  const { data: planned } = await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  for (const [what, write] of Object.entries(writes)) {
    const { error } = await write()
    expect(error, what).toMatchObject({ code: 'P0001', message: 'brand_being_deleted' })
    const facts = JSON.parse(error?.details ?? '')
    expect(Date.parse(facts.delete_after), what).toBe(Date.parse(planned.delete_after ?? ''))
    expect(sentenceFor('brand_being_deleted', facts)).toMatch(
      /^This brand is to be deleted on \w{3} \d+ \w{3}, /,
    )
  }
  const bytes = new Blob([new Uint8Array(10)], { type: 'image/jpeg' })
  expect((await client.storage.from('media').upload(place.path, bytes)).error).not.toBeNull()
  const untouched = await client
    .from('content_comments')
    .select('id')
    .eq('content_id', post.id)
    .throwOnError()
  expect(untouched.data).toEqual([])

  // A stranger learns nothing of it.
  const { error: strange } = await nadia.client
    .from('content_comments')
    .insert({ content_id: post.id, brand_id: brand.id, audience: 'internal', body: 'Hello.' })
  expect(strange).toMatchObject({ code: '42501' })

  await agency.owner.client.rpc('keep_brand', { brand_id: brand.id }).throwOnError()
  for (const [what, write] of Object.entries(writes)) expect((await write()).error, what).toBeNull()
  expect((await client.storage.from('media').upload(place.path, bytes)).error).toBeNull()

  // Whatever people may write of a brand by themselves is guarded.
  const unguarded = await db`
    select distinct c.oid::regclass::text as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'brand_id' and not a.attisdropped
      cross join unnest(array['insert', 'update', 'delete']) as verb
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and case verb when 'delete' then has_table_privilege('authenticated', c.oid, verb)
                     else has_any_column_privilege('authenticated', c.oid, verb) end
       and not exists (
         select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'refuse_writing_leaving'
            -- after, for each row, on this verb
            and t.tgtype & 1 = 1 and t.tgtype & 2 = 0
            and t.tgtype & case verb when 'insert' then 4 when 'delete' then 8 else 16 end > 0)
     order by 1`
  // A person's own inbox and wishes.
  expect(unguarded.map(({ name }) => name)).toEqual(['client_settings', 'workflow_notifications'])
})
