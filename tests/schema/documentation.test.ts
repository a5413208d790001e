import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Table } from '#local/schema/documentation/catalog/read.ts'
import { readCatalog } from '#local/schema/documentation/catalog/read.ts'
import type { Column } from '#local/schema/documentation/catalog/tables.ts'
import { anchor } from '#local/schema/documentation/markdown.ts'
import { documentSchema } from '#local/schema/documentation/pages/all.ts'
import { setsAsked } from '#local/schema/documentation/words/policy.ts'
import { allowedValues } from '#local/schema/documentation/words/values.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { expect, test } from '#tests/support/test.ts'

const folder = path.join(projectFolder, 'docs/schema')
/** Written by its own generator. */
const elsewhere = ['plan.md']

test('the checked-in pages are those of the migrations (npm run db:docs)', async ({ db }) => {
  const fresh = await documentSchema(db)
  for (const [name, text] of fresh) {
    expect(await readFile(path.join(folder, name), 'utf8'), `docs/schema/${name}`).toBe(text)
  }
  const left = (await readdir(folder)).filter((name) => !fresh.has(name) && !elsewhere.includes(name))
  expect(left, 'pages that nothing writes any more').toEqual([])
})

test('every link of the pages leads somewhere', async ({ db }) => {
  const pages = await documentSchema(db)
  const dead = [...pages].flatMap(([name, text]) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !leadsSomewhere(name, target, pages))
      .map((target) => `${name}: ${target}`),
  )
  expect(dead).toEqual([])
})

test('every table, and every column whose name does not say it all, has a comment', async ({ db }) => {
  const { tables } = await readCatalog(db)
  expect(tables.filter(({ comment }) => !comment).map(({ id }) => id)).toEqual([])
  const silent = tables.flatMap((table) =>
    table.columns
      .filter((column) => !column.comment && needsWords(column, table))
      .map((column) => `${table.id}.${column.name}`),
  )
  expect(silent).toEqual([])
})

test('every function that people call, that a trigger runs or that a policy asks has a comment', async ({
  db,
}) => {
  const { routines, tables, storagePolicies, foreignTriggers } = await readCatalog(db)
  const run = [...tables.flatMap(({ triggers }) => triggers), ...foreignTriggers].map(
    ({ routine }) => routine,
  )
  const asked = setsAsked([...tables.flatMap(({ policies }) => policies), ...storagePolicies])
  const silent = routines
    .filter(({ schema, name, comment }) => {
      const told = schema === 'public' || run.includes(`${schema}.${name}`) || asked.includes(name)
      return told && !comment
    })
    .map(({ schema, name }) => `${schema}.${name}`)
  expect(silent).toEqual([])
})

/** JSON, vocabularies, derived and list columns, moments, and figures whose unit or origin matters. */
function needsWords({ name, type, generated }: Column, table: Table): boolean {
  if (['created_at', 'updated_at'].includes(name)) return false
  return (
    generated ||
    /json|bytea|\[\]|timestamp|date|tsvector/.test(type) ||
    allowedValues(table.checks, name) !== undefined ||
    /_(bytes|ms|seconds|hours|digest|hash|key|code)$/.test(name) ||
    /^(position|version|revision|number|seq|fence|step|current_step|hash|fingerprint|key_id|iv|auth_tag|time_?zone)$/.test(
      name,
    )
  )
}

function leadsSomewhere(from: string, target: string, pages: Map<string, string>): boolean {
  const [file = '', fragment] = target.split('#')
  const text = pages.get(file || from)
  if (text === undefined) return existsSync(path.join(folder, file))
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    anchor(heading.replace(/\[(.*?)\]\(.*?\)/g, '$1')),
  )
  return fragment === undefined || headings.includes(fragment)
}
