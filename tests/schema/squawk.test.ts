import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { projectFolder } from '#local/supervisor/folder.ts'

const folder = path.join(projectFolder, 'supabase/migrations')
const migrations = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()

/** What .squawk.toml leaves out for the first release alone, whose last day this is. */
const firstRelease = '20261124'
const forDatabasesInUse = ['require-lock-timeout', 'require-statement-timeout']

test('squawk has nothing to say about the migrations', async () => {
  expect(await complaints([], migrations.map(inFolder))).toBe('')
})

test('later migrations also say how long they wait for locks', async () => {
  const later = migrations.filter((name) => name.slice(0, firstRelease.length) > firstRelease)
  expect(await complaintsOfLater(later.map(inFolder))).toBe('')
})

test('squawk sees what would hold up a database in use', async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'copydesk-squawk-'))
  const file = path.join(scratch, '20270101000000_later.sql')
  await writeFile(file, 'create index brands_name_idx on public.brands (name);\n')
  const found = await complaintsOfLater([file])
  await rm(scratch, { recursive: true })
  for (const rule of ['require-concurrent-index-creation', ...forDatabasesInUse])
    expect(found).toContain(rule)
})

function inFolder(name: string): string {
  return path.join(folder, name)
}

/** squawk cannot take an exclusion of its settings back, so these are run without them. */
async function complaintsOfLater(files: string[]): Promise<string> {
  if (files.length === 0) return ''
  const types = ['--exclude=prefer-text-field', '--exclude=prefer-bigint-over-int']
  return complaints(['--config=/dev/null', '--assume-in-transaction', '--pg-version=17', ...types], files)
}

async function complaints(options: string[], files: string[]): Promise<string> {
  const squawk = path.join(projectFolder, 'node_modules/.bin/squawk')
  try {
    await promisify(execFile)(squawk, ['--reporter=gcc', ...options, ...files], { cwd: projectFolder })
    return ''
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout || stderr
  }
}
