import { test as apiTest, expect } from '#tests/support/test.ts'
import { fill } from './filler.ts'
import { runMatrix, wordsOf } from './matrix.ts'
import { required } from './required.ts'
import { seedWorld } from './world.ts'

// A table that a later migration adds, and opens to whoever is signed in.
const test = apiTest.extend('world', { scope: 'file' }, async ({ db, signUp, service }) => {
  await db`
    create table public.later_notes (
      id       uuid primary key default gen_random_uuid(),
      brand_id uuid not null references public.brands (id) on delete cascade,
      body     text not null
    )`
  await db`alter table public.later_notes enable row level security`
  await db`grant select, insert (brand_id, body), update (body), delete on public.later_notes to authenticated`
  await db`create policy "open" on public.later_notes to authenticated using (true) with check (true)`
  // A view reads as its owner does, whatever row security says of the table behind it.
  await db`create view public.later_bodies as select brand_id, body from public.later_notes`
  await db`grant select on public.later_bodies to authenticated`
  await db`notify pgrst, 'reload schema'`
  return seedWorld({ db, signUp, service })
})

test('a table and a view that nobody declared are asked of everyone, and reported as open', {
  timeout: 120_000,
}, async ({ db, api, world }) => {
  const later = world.tables.filter(({ name }) => name.startsWith('public.later_'))
  const rows = world.rows.filter(({ table }) => later.some(({ name }) => name === table))
  const brandsOf = (table: string) => rows.flatMap((row) => (row.table === table ? row.brand : [])).toSorted()
  expect(brandsOf('public.later_notes')).toEqual(['A1', 'A2', 'A3', 'B1'])
  expect(brandsOf('public.later_bodies')).toEqual(['A1', 'A2', 'A3', 'B1'])

  const alone = { ...world, tables: later, rows }
  const judged = await runMatrix({ db, api, world: alone })
  const leaks = judged.filter(({ answer, want }) => answer === 'allowed' && want !== 'allowed')
  for (const command of ['select', 'insert', 'update', 'delete']) {
    const people = new Set(leaks.flatMap(({ cell }) => (cell.command === command ? cell.actor : [])))
    expect(people.size, command).toBe(world.actors.length - 1)
  }
  const words = leaks.map(wordsOf)
  for (const name of ['later_notes', 'later_bodies'])
    expect(words).toContain(
      `stranger: select public.${name} (any, other tenant, of B1) was allowed, not refused`,
    )
})

test('a column that cannot be filled is named', ({ world }) => {
  const table = required(
    world.tables.find(({ name }) => name === 'public.later_notes'),
    'table',
  )
  const address = { name: 'address', type: 'inet', required: true, generated: false, words: [] }
  const spot = { brandId: 'b', tenantId: 't', personId: 'p', salt: 's', parent: () => undefined }
  expect(() => fill({ ...table, columns: [...table.columns, address] }, {}, spot)).toThrow(
    'public.later_notes.address: give it a value in tests/api/isolation/rows.ts',
  )
})
