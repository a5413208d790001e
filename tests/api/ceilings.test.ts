import { randomUUID } from 'node:crypto'
import { sentenceFor } from '#lib/errors.ts'
import { expect, test as realParts } from '#tests/support/test.ts'

type Answer = { error: { message: string; details: string } | null }

/** As an operator would lower them; a test need not write hundreds of rows to meet one. */
const test = realParts.extend('lowered', { scope: 'file' }, async ({ db }) => {
  const figures = {
    agencies_of_a_person: 3,
    goals_of_a_brand: 4,
    comments_of_a_person_a_minute: 3,
    comments_of_a_piece_a_day: 5,
    waiting_uploads_of_a_brand: 4,
  }
  for (const [name, most] of Object.entries(figures))
    await db`update private.ceilings set most = ${most} where name = ${name}`
  return figures
})

const said = (answers: Answer[]) => answers.map(({ error }) => error?.message ?? 'done').toSorted()
const fill = (value: string, times: number): string[] => Array.from({ length: times }, () => value)
const sentences = (answers: Answer[]) =>
  new Set(
    answers.flatMap(({ error }) => (error ? [sentenceFor(error.message, JSON.parse(error.details))] : [])),
  )

test('a person founds so many agencies and no more, though all at once', async ({ signUp, lowered }) => {
  const founder = await signUp('Flo Oder')
  const answers = await Promise.all(
    fill('Agency', 6).map((name) => founder.client.rpc('create_tenant', { name })),
  )
  expect(said(answers)).toEqual([
    ...fill('done', lowered.agencies_of_a_person),
    ...fill('tenants_too_many', 3),
  ])
  expect(sentences(answers)).toEqual(
    new Set(['You own 3 agencies, which is as many as one person may. Ask us if you need another.']),
  )
})

test('a brand holds so many goals; one that is dropped makes room', async ({ foundAgency, lowered }) => {
  const agency = await foundAgency()
  const [brand, other] = [await agency.brand(), await agency.brand()]
  const analyst = await agency.member(brand, 'analyst', 'Priya Raman')
  const goals = analyst.client.from('analytics_goals')
  const set = (brandId: string) =>
    goals.insert({ brand_id: brandId, metric: 'reach', target: 1000, deadline: '2030-01-01T00:00:00Z' })
  const answers = await Promise.all(fill(brand.id, 7).map(set))
  expect(said(answers)).toEqual([...fill('done', lowered.goals_of_a_brand), ...fill('goals_too_many', 3)])

  const { data } = await goals.select('id').eq('brand_id', brand.id).limit(1).single().throwOnError()
  await goals.delete().eq('id', data.id).throwOnError()
  await set(brand.id).throwOnError()

  // To a stranger a full brand answers as any other.
  const stranger = await agency.member(other, 'analyst')
  const { error } = await stranger.client
    .from('analytics_goals')
    .insert({ brand_id: brand.id, metric: 'reach', target: 1, deadline: '2030-01-01T00:00:00Z' })
  expect(error).toMatchObject({ code: '42501' })
})

test('a person writes so many comments a minute, and a post takes so many a day', async ({
  foundAgency,
  db,
  lowered,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const colleague = await agency.member(brand, 'manager', 'Priya Raman')
  const [post, next] = [await agency.draft(brand, author), await agency.draft(brand, author)]
  const say = (by: typeof author, on: { id: string }) =>
    by.client
      .from('content_comments')
      .insert({ content_id: on.id, brand_id: brand.id, audience: 'internal', body: 'Mind the oven.' })
  const hasty = await Promise.all(fill('', 5).map(() => say(author, post)))
  expect(said(hasty)).toEqual([
    ...fill('comments_too_fast', 2),
    ...fill('done', lowered.comments_of_a_person_a_minute),
  ])
  expect(said([await say(author, next)])).toEqual(['comments_too_fast'])

  await say(colleague, post).throwOnError()
  await say(colleague, post).throwOnError()
  const full = await say(colleague, post)
  expect(said([full])).toEqual(['comments_too_many'])
  expect(sentences([full])).toEqual(
    new Set([
      'This post got 5 comments within a day, which is as many as it takes. Write this one tomorrow.',
    ]),
  )
  await say(colleague, next).throwOnError()
  await db`update content_comments set created_at = created_at - interval '1 day' where content_id = ${post.id}`
  await say(author, post).throwOnError()
})

test('a brand announces so many uploads, and one that is given up makes room', async ({
  foundAgency,
  db,
  lowered,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const announce = () => {
    const id = randomUUID()
    return author.client.from('media_assets').insert({
      id,
      brand_id: brand.id,
      filename: 'loaf.jpg',
      mime_type: 'image/jpeg',
      size_bytes: 10,
      path: `${brand.id}/${id}/loaf.jpg`,
    })
  }
  const answers = await Promise.all(fill('', 7).map(announce))
  expect(said(answers)).toEqual([
    ...fill('done', lowered.waiting_uploads_of_a_brand),
    ...fill('media_too_many_waiting', 3),
  ])
  await db`update media_assets set created_at = now() - interval '3 hours' where brand_id = ${brand.id}`
  await db`select private.media_to_purge(10)`
  await announce().throwOnError()
})

test('each ceiling has a figure that is read somewhere', async ({ db }) => {
  const unread = await db`
    select c.name from private.ceilings c
     where not exists (select from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
                        and strpos(p.prosrc, format('ceiling(%L)', c.name)) > 0)`
  expect([...unread]).toEqual([])
})
