import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { stopOrphan } from '#local/postgres/orphan.ts'
import { onStopRequest } from '#local/process/stop-signals.ts'
import { announcement } from './announce.ts'
import { bootBackend } from './boot.ts'
import { demoLogins, seedDemo } from './demo.ts'
import { durableFolder, emptyFolder } from './folder.ts'
import { readOptions } from './options.ts'
import { portsFrom, refuseBusyPorts } from './ports.ts'
import { RunFile } from './run-file.ts'
import { folderSecrets } from './secrets.ts'
import { webService } from './services.ts'
import { stackFacts } from './stack-facts.ts'
import { Supervisor } from './supervise.ts'
import { buildWeb } from './web-build.ts'

/** `npm start` and `npm run dev`: all of Copydesk on this machine, until it is told to stop. */
const began = performance.now()
const say = (line: string) => console.log(line)

try {
  const options = readOptions(process.argv.slice(2))
  const folder = durableFolder(options.dataFolder)
  if (folder.note) say(folder.note)

  const runFile = new RunFile(folder.path)
  await runFile.takeOver(say)
  await stopOrphan(path.join(folder.path, 'postgres'))
  const ports = portsFrom(options.firstPort)
  await refuseBusyPorts(ports)
  if (options.fresh) {
    say(`Starting over: emptying ${folder.path}.`)
    emptyFolder(folder.path)
  }
  mkdirSync(path.join(folder.path, 'logs'), { recursive: true })
  const stack = stackFacts(folder.path, true, ports, folderSecrets(folder.path))

  const supervisor = new Supervisor(say, (parts) => runFile.record(stack.siteUrl, parts))
  const stop = async (exitCode: number) => {
    await supervisor.stop()
    runFile.remove()
    process.exit(exitCode)
  }
  onStopRequest(() => {
    if (!supervisor.isStopping) say('Stopping.')
    void stop(0)
  })

  try {
    const build =
      options.mode === 'start'
        ? buildWeb(supervisor, path.join(folder.path, 'logs/build.log'), say)
        : undefined
    const seed = async () => {
      if (options.demo) await seedDemo(supervisor, stack, say)
    }
    await Promise.all([build, bootBackend(supervisor, stack, say, true, seed)])
    say('Starting the web app.')
    await supervisor.start(webService(stack, options.mode))
    say(announcement(stack, await demoLogins(stack), (performance.now() - began) / 1000))
  } catch (error) {
    if (!supervisor.isStopping) {
      say(error instanceof Error ? error.message : String(error))
      await stop(1)
    }
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
