import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { commandLine } from '#local/process/command-line.ts'
import { endProcess } from '#local/process/end.ts'

const running = z.object({ name: z.string(), pid: z.number(), command: z.string() })
const runFile = z.object({ supervisor: running, siteUrl: z.string(), parts: z.array(running) })
type Running = z.infer<typeof running>

/** Who runs on a data folder, written down for the next start in case this one is killed. */
export class RunFile {
  readonly #file: string

  constructor(folder: string) {
    this.#file = path.join(folder, 'run.json')
  }

  /** Throws if a supervisor is at work here; ends the parts that a killed one left behind. */
  async takeOver(say: (line: string) => void): Promise<void> {
    if (!existsSync(this.#file)) return
    const { supervisor, siteUrl, parts } = runFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')))
    if (stillRuns(supervisor)) {
      throw new Error(
        `Copydesk already runs on this data, at ${siteUrl} (process ${supervisor.pid}). ` +
          'Stop it first, or start a second one with `--data <folder> --port <number>`.',
      )
    }
    const orphans = parts.filter(stillRuns)
    if (orphans.length > 0)
      say(`The last run was killed. Ending what it left: ${orphans.map(({ name }) => name).join(', ')}.`)
    // Newest first, as an orderly stop would; the database is taken over by its own launcher.
    for (const { pid, command } of orphans.toReversed()) {
      await endProcess(pid, command.includes('bin/postgres') ? 'SIGINT' : 'SIGTERM')
    }
  }

  record(siteUrl: string, parts: { name: string; pid: number | undefined }[]): void {
    const self = asRunning('The supervisor', process.pid)
    const others = parts.flatMap(({ name, pid }) => (pid === undefined ? [] : asRunning(name, pid)))
    const content = { supervisor: self[0], siteUrl, parts: others }
    writeFileSync(`${this.#file}.half`, JSON.stringify(content, null, 2))
    renameSync(`${this.#file}.half`, this.#file)
  }

  remove(): void {
    rmSync(this.#file, { force: true })
  }
}

function asRunning(name: string, pid: number): Running[] {
  const command = commandLine(pid)
  return command === undefined ? [] : [{ name, pid, command }]
}

/** The same number may belong to another program by now. */
function stillRuns({ pid, command }: Running): boolean {
  return commandLine(pid) === command
}
