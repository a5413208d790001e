import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readCatalog } from '#local/schema/export/catalog.ts'
import { compare, lineOf } from '#local/schema/plan/compare.ts'
import { compareWithPlan, countsOf, legacyTables, planPage } from '#local/schema/plan/page.ts'
import { explain, reasons } from '#local/schema/plan/reasons.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { expect, test as plainTest } from '#tests/support/test.ts'

const test = plainTest.extend('comparison', { scope: 'file' }, async ({ db }) =>
  compareWithPlan(await readCatalog(db)),
)

test('every table and column of the plan is here under its name', ({ comparison }) => {
  const missing = comparison.differences
    .filter(({ aspect, ours }) => ['table', 'column'].includes(aspect) && ours === null)
    .map(({ table, column }) => (column === null ? table : `${table}.${column}`))
  expect(missing).toEqual(legacyTables)
  expect(countsOf(comparison)).toMatchObject({ planTables: 36, planColumns: 387 })
  console.info(countsOf(comparison))
})

test('docs/schema/plan.md lists every difference and its reason, and no other (npm run db:export)', async ({
  comparison,
}) => {
  const page = await readFile(path.join(projectFolder, 'docs/schema/plan.md'), 'utf8')
  expect(planPage(comparison)).toBe(page)
})

test('a difference without a reason is refused by name', ({ comparison: { plan, database } }) => {
  const { tenants } = database
  const columns = { ...tenants?.columns, name: 'varchar(9) not null' }
  const changed = { ...database, tenants: { keys: tenants?.keys ?? [], columns } }
  expect(() => explain(compare(plan, changed))).toThrow(
    /reasons\.ts:\ntype tenants\.name: text → varchar\(9\)$/,
  )
})

test('a reason whose difference is gone is taken out', ({ comparison }) => {
  const explained = explain(comparison.differences)
  const idle = reasons.flatMap(({ title, covers }, place) => {
    const lines = explained
      .filter(({ reason }) => reason === place + 1)
      .map(({ difference }) => lineOf(difference))
    return covers
      .filter((pattern) => !lines.some((line) => pattern.test(line)))
      .map((pattern) => `${title}: ${pattern}`)
  })
  expect(idle).toEqual([])
})
