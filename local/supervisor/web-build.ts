import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { withLock } from '#local/process/lock.ts'
import { projectFolder } from './folder.ts'
import { launchNode } from './service.ts'
import type { Supervisor } from './supervise.ts'

/** Everything that a build depends on; its settings are read when it runs, so no port and no key is among them. */
const inputs = [
  ...['app', 'components', 'lib', 'public', 'middleware.ts'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
]
const output = path.join(projectFolder, '.next')
const stamp = path.join(output, 'built-from')
// Not in the output: Next empties that first.
const lockFolder = path.join(projectFolder, 'node_modules/.cache/copydesk')

/** Builds the web app unless the last build was of the same files. */
export async function buildWeb(supervisor: Supervisor, logFile: string, say: (line: string) => void) {
  mkdirSync(lockFolder, { recursive: true })
  const lock = path.join(lockFolder, 'web-build.lock')
  const sayWaiting = () => say('Another process builds the web app. Waiting for it.')
  await withLock(lock, sayWaiting, async () => {
    const source = digestOfInputs()
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === source) return
    say('Building the web app: under a minute, once for each change of its code.')
    rmSync(stamp, { force: true })
    await runBuild(supervisor, logFile, sayWaiting)
    writeFileSync(stamp, source)
  })
}

/** Someone may also build by hand, with `next build`: Next lets one at a time. */
async function runBuild(supervisor: Supervisor, logFile: string, sayWaiting: () => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    writeFileSync(logFile, '')
    const build = launchNode({
      arguments: [path.join(projectFolder, 'node_modules/next/dist/bin/next'), 'build'],
      environment: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      cwd: projectFolder,
      logFile,
    })
    try {
      return await supervisor.run('The build of the web app', build, logFile)
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('Another next build process'))) throw error
      if (attempt === 1) sayWaiting()
      await wait(2000)
    }
  }
}

function digestOfInputs(): string {
  const digest = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesUnder(path.join(projectFolder, input)))) {
    digest.update(`${path.relative(projectFolder, file)}\0`).update(readFileSync(file))
  }
  return digest.digest('hex')
}

function filesUnder(place: string): string[] {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  const entries = readdirSync(place, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  )
  return entries
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
}
