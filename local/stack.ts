import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { onStopRequest } from '#local/process/stop-signals.ts'
import { removeAbandoned } from '#local/supervisor/abandoned.ts'
import { bootBackend } from '#local/supervisor/boot.ts'
import { temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'
import { RunFile } from '#local/supervisor/run-file.ts'
import { newSecrets } from '#local/supervisor/secrets.ts'
import { webService } from '#local/supervisor/services.ts'
import { stackFacts } from '#local/supervisor/stack-facts.ts'
import { Supervisor } from '#local/supervisor/supervise.ts'
import { buildWeb } from '#local/supervisor/web-build.ts'

/**
 * `npm run stack -- --json --ephemeral [--no-worker] [--web]`: a whole backend on free ports for one test run or
 * tool, with the web app before it if asked for.
 * One line of JSON on stdout once it is ready; it ends, and its data goes, when stdin closes or SIGTERM comes.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    ephemeral: { type: 'boolean', default: false },
    worker: { type: 'boolean', default: true },
    web: { type: 'boolean', default: false },
  },
  allowNegative: true,
})
if (!values.json || !values.ephemeral) {
  console.error(
    'Usage: npm run stack -- --json --ephemeral [--no-worker] [--web]. For a stack that stays: npm start.',
  )
  process.exit(2)
}

const say = (line: string) => console.error(line)
const folder = temporaryFolder()
await removeAbandoned(folder, say)

const stack = stackFacts(folder, false, await freePorts(), newSecrets())
const runFile = new RunFile(folder)
const supervisor = new Supervisor(say, (parts) => runFile.record(stack.siteUrl, parts))

async function stop(exitCode: number): Promise<never> {
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
  process.exit(exitCode)
}
onStopRequest(() => void stop(0))
process.stdin.resume().once('end', () => void stop(0))
process.stdin.once('error', () => void stop(0))

try {
  mkdirSync(path.join(folder, 'logs'))
  const build = values.web ? buildWeb(supervisor, path.join(folder, 'logs/build.log'), say) : undefined
  await Promise.all([build, bootBackend(supervisor, stack, say, values.worker)])
  if (values.web) await supervisor.start(webService(stack, 'start'))
} catch (error) {
  if (!supervisor.isStopping) {
    say(error instanceof Error ? error.message : String(error))
    await stop(1)
  }
}
console.log(
  JSON.stringify({
    ...(values.web ? { site: stack.siteUrl } : {}),
    api: stack.apiUrl,
    db: stack.databaseUrl,
    publishableKey: stack.secrets.publishableKey,
    secretKey: stack.secrets.secretKey,
    mail: stack.inboxUrl,
    smtp: stack.smtpUrl,
    sandbox: stack.sandboxUrl,
  }),
)
