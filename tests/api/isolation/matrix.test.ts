import path from 'node:path'
import { vi } from 'vitest'
import { projectFolder } from '#local/supervisor/folder.ts'
import { test as apiTest, expect } from '#tests/support/test.ts'
import { reachColumns, strayGrants, undeclaredGrants } from './columns.ts'
import { runMatrix, wordsOf } from './matrix.ts'
import { reportOf } from './report.ts'
import { required } from './required.ts'
import { seedWorld } from './world.ts'

vi.setConfig({ testTimeout: 300_000 })

const test = apiTest
  .extend('world', { scope: 'file' }, ({ db, signUp, service }) => seedWorld({ db, signUp, service }))
  .extend('judged', { scope: 'file' }, ({ db, api, world }) => {
    // lite prints a trace for each refusal: thousands here, and they take more time than the answers.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    return runMatrix({ db, api, world })
  })
  .extend('reach', { scope: 'file' }, ({ db, api, world }) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const owner = world.actors.find(({ name }) => name === 'owner of agency A')
    return reachColumns({ db, api, world }, required(owner, 'owner'))
  })

test('every table answers every person as the contract says', async ({ judged }) => {
  expect(judged.length).toBeGreaterThan(20_000)
  expect(judged.filter(({ answer, want }) => answer !== want).map(wordsOf)).toEqual([])
})

test('every kind of person met every answer that the contract has for them', async ({ judged, world }) => {
  for (const actor of world.actors) {
    const mine = judged.filter(({ cell }) => cell.actor === actor)
    const tables = new Set(mine.map(({ cell }) => cell.table))
    expect(tables.size, actor.name).toBe(world.tables.length)
    expect(
      mine.some(({ want }) => want === 'refused'),
      actor.name,
    ).toBe(true)
    expect(
      mine.some(({ want }) => want === 'allowed'),
      actor.name,
    ).toBe(actor.id !== null)
  }
})

test('a client reads no row of content_items, ever', async ({ judged, world }) => {
  const clients = ['client_approver', 'client_viewer']
  const asked = judged.filter(({ cell: { actor, table, command, row } }) => {
    const role = row.brand === null ? undefined : actor.brands.get(row.brand)
    return table === 'public.content_items' && command === 'select' && clients.includes(role ?? '')
  })
  const people = new Set(asked.map(({ cell }) => cell.actor))
  expect(people.size).toBe(6)
  expect(asked.length).toBe(people.size * 2)
  expect(asked.filter(({ answer }) => answer !== 'hidden').map(wordsOf)).toEqual([])
  const shared = world.rows.filter(
    ({ table, values }) => table === 'public.content_versions' && values.shared_at,
  )
  expect(shared.map(({ brand }) => brand).toSorted()).toEqual(['A1', 'A2', 'A3', 'B1'])
})

test('people may name the columns that are declared, and no others', async ({ world, reach }) => {
  expect(undeclaredGrants(world.tables)).toEqual([])
  expect(reach.reached).toEqual([])
  expect(reach.tried).toBeGreaterThan(100)
})

test('no other role holds a right on any table, and people none but to rows', async ({
  db,
  service,
  world,
}) => {
  expect(await strayGrants(db)).toEqual([])
  for (const { name } of world.tables.filter((table) => table.name.startsWith('public.'))) {
    const { error } = await service
      .from(name.replace('public.', '') as 'brands')
      .select('*')
      .limit(1)
    expect(error?.code, name).toBe('42501')
  }
})

test('the report is that of this run (npm test -- tests/api/isolation/matrix.test.ts -u)', async ({
  judged,
  world,
  reach,
}) => {
  const report = reportOf(judged, world, reach.tried)
  await expect(report).toMatchFileSnapshot(path.join(projectFolder, 'docs/security/isolation.md'))
})
