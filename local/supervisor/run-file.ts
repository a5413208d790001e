import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { endProcess } from '#local/process/end.ts'
import { identityOf, stillRuns } from '#local/process/identity.ts'
import type { Part } from './supervise.ts'

const running = z.object({ name: z.string(), pid: z.number(), startedAt: z.string() })
const runningPart = running.extend({ stopSignal: z.enum(['SIGTERM', 'SIGINT']) })
const runFile = z.object({ supervisor: running, siteUrl: z.string(), parts: z.array(runningPart) })

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
    if (orphans.length === 0) return
    say(`The last run was killed. Ending what it left: ${orphans.map(({ name }) => name).join(', ')}.`)
    // Newest first, as an orderly stop would.
    for (const orphan of orphans.toReversed()) await endProcess(orphan, orphan.stopSignal)
  }

  record(siteUrl: string, parts: Part[]): void {
    const supervisor = { name: 'The supervisor', ...identityOf(process.pid) }
    const others = parts.flatMap(({ name, child, stopSignal }) => {
      const identity = child.pid === undefined ? undefined : identityOf(child.pid)
      return identity === undefined ? [] : [{ name, stopSignal, ...identity }]
    })
    writeFileSync(`${this.#file}.half`, JSON.stringify({ supervisor, siteUrl, parts: others }, null, 2))
    renameSync(`${this.#file}.half`, this.#file)
  }

  remove(): void {
    rmSync(this.#file, { force: true })
  }
}
