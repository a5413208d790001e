import path from 'node:path'
import postgres from 'postgres'
import { superuser } from '#local/postgres/start.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { test as apiTest, expect } from '#tests/support/test.ts'
import { listMutants, nameOf } from './mutants.ts'
import { isEquivalent, reportOf } from './mutants-report.ts'
import { brokenRules, missesOf, noticesOf } from './mutants-run.ts'
import { withUnexposed } from './mutants-world.ts'
import { openSqlDoor } from './sql-door.ts'
import { seedWorld } from './world.ts'

const test = apiTest
  /** The bootstrap superuser: it may change the storage's tables too, and speak as any role. */
  .extend('root', { scope: 'file' }, async ({ backend }, { onCleanup }) => {
    const url = new URL(backend.databaseUrl)
    url.username = superuser
    const root = postgres(url.href, { max: 1, onnotice: () => {} })
    onCleanup(() => root.end({ timeout: 1 }))
    await openSqlDoor(root)
    return root
  })
  .extend('world', { scope: 'file' }, async ({ root, db, signUp, service }) =>
    withUnexposed(root, await seedWorld({ db, signUp, service })),
  )
  .extend('asGranted', { scope: 'file' }, ({ root, world }) => missesOf(root, world, 'as granted'))
  .extend('allGranted', { scope: 'file' }, ({ root, world }) => missesOf(root, world, 'everything granted'))
  .extend('notices', { scope: 'file' }, async ({ root, world }) =>
    noticesOf(root, world, await listMutants(root)),
  )

const patience = { timeout: 240_000 }

test('SQL gives the contract’s answers, as the Data API does', patience, async ({ asGranted }) => {
  console.info(`${asGranted.trials} statements with the grants as they are`)
  expect(asGranted.misses).toEqual([])
})

test('row security alone gives them, were every grant given away', patience, async ({ allGranted }) => {
  console.info(`${allGranted.trials} statements with everything granted`)
  expect(allGranted.misses).toEqual([])
})

test('every policy speaks to people who signed in, and every table has row security', async ({ root }) => {
  expect(await brokenRules(root)).toEqual([])
})

test(
  'no policy can be dropped, loosened, widened or switched off unnoticed',
  patience,
  async ({ notices }) => {
    const unnoticed = notices.filter(({ by }) => by === null).map(({ mutant }) => mutant)
    expect(unnoticed.filter((mutant) => !isEquivalent(mutant)).map(nameOf)).toEqual([])
    const noticed = notices.filter(({ by }) => by !== null).map(({ mutant }) => mutant)
    expect(noticed.filter(isEquivalent).map(nameOf)).toEqual([])
  },
)

test(
  'the report is that of this run (npm test -- tests/api/isolation/mutants.test.ts -u)',
  patience,
  async ({ notices }) => {
    const policies = notices.flatMap(({ mutant: { table, policy } }) =>
      policy === null ? [] : [`${table} ${policy}`],
    )
    const report = reportOf(notices, {
      policies: new Set(policies).size,
      tables: notices.filter(({ mutant }) => mutant.operator === 'row security off').length,
    })
    await expect(report).toMatchFileSnapshot(path.join(projectFolder, 'docs/security/mutants.md'))
  },
)
