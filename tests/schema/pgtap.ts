import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type postgres from 'postgres'
import { projectFolder } from '#local/supervisor/folder.ts'

const archive = path.join(projectFolder, 'node_modules/@electric-sql/pglite-pgtap/dist/pgtap.tar.gz')

/**
 * `supabase test db` creates the extension; the embedded Postgres has no file of it, so its SQL is run instead.
 * @param db of one connection
 */
export async function loadPgTap(db: postgres.Sql) {
  const { stdout } = await promisify(execFile)(
    'tar',
    ['-xzOf', archive, 'share/postgresql/extension/pgtap.sql'],
    { maxBuffer: 16 * 1024 ** 2 },
  )
  await db.unsafe(`begin; set local search_path = extensions; ${stdout} commit;`)
}

export type TapTest = { ok: boolean; promise: string; reason: string }

/**
 * Runs a test file, after `breach` in its transaction if one is given; nothing of either stays.
 * @param db of one connection
 */
export async function runTap(db: postgres.Sql, file: string, breach = ''): Promise<TapTest[]> {
  try {
    return readTap(linesOf(await db.unsafe(file.replace(/^begin;$/m, () => `begin;\n${breach};`))))
  } finally {
    await db.unsafe('rollback')
  }
}

/** Every row that any of the file's statements returned, one column each. */
function linesOf(results: unknown): string[] {
  if (!Array.isArray(results)) return []
  return results.flatMap((result: unknown) =>
    Array.isArray(result) ? linesOf(result) : Object.values(result as object).map(String),
  )
}

function readTap(lines: string[]): TapTest[] {
  const tests: TapTest[] = []
  let planned = 0
  for (const line of lines.flatMap((text) => text.split('\n'))) {
    planned ||= Number(/^1\.\.(\d+)$/.exec(line)?.[1] ?? 0)
    const [, no, promise] = /^(not )?ok \d+ - (.*)$/.exec(line) ?? []
    if (promise !== undefined) tests.push({ ok: !no, promise, reason: '' })
    else if (line.startsWith('#')) addReason(tests.at(-1), line)
  }
  if (planned === 0 || tests.length !== planned)
    throw new Error(`${tests.length} tests ran of ${planned} planned.`)
  return tests
}

function addReason(test: TapTest | undefined, line: string) {
  if (test) test.reason += `${line}\n`
}
