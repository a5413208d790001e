import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { projectFolder } from '#local/supervisor/folder.ts'
import { expect, test as plainTest } from '#tests/support/test.ts'
import { breaches } from './lint-breaches.ts'
import { loadPgTap, runTap } from './pgtap.ts'

const folder = path.join(projectFolder, 'supabase/tests')
const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
const textOf = (name: string) => readFile(path.join(folder, name), 'utf8')

const test = plainTest.extend('tap', { scope: 'file' }, async ({ backend }, { onCleanup }) => {
  const db = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  onCleanup(() => db.end({ timeout: 1 }))
  await loadPgTap(db)
  return async (file: string, breach?: string) => runTap(db, await textOf(file), breach)
})

test.for(files)('the schema passes %s', async (file, { tap }) => {
  expect((await tap(file)).filter(({ ok }) => !ok)).toEqual([])
})

test.for(files)('every lint of %s has something that it was seen to catch', async (file, { tap }) => {
  const caught = new Set(breaches.filter((breach) => breach.file === file).map(({ lint }) => lint))
  expect((await tap(file)).map(({ promise }) => promise).filter((promise) => !caught.has(promise))).toEqual(
    [],
  )
})

test.for(breaches)('$lint: caught with $names', async ({ file, lint, sql, names }, { tap }) => {
  const failed = (await tap(file, sql)).filter(({ ok }) => !ok)
  expect(failed.map(({ promise }) => promise)).toContain(lint)
  expect(failed.find(({ promise }) => promise === lint)?.reason).toContain(names)
})
