import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { stopOrphan } from '#local/postgres/orphan.ts'
import { identityOf } from '#local/process/identity.ts'
import { RunFile } from './run-file.ts'

/** A run that was killed with -9 could not clean up its temporary folder: the next one does, beside its own. */
export async function removeAbandoned(ownFolder: string, say: (line: string) => void): Promise<void> {
  const base = path.dirname(ownFolder)
  for (const name of readdirSync(base)) {
    const [, owner] = /^copydesk-(\d+)-/.exec(name) ?? []
    if (owner === undefined || identityOf(Number(owner)) !== undefined) continue
    const folder = path.join(base, name)
    // Another account's is its own to clear.
    if (statSync(folder).uid !== process.getuid?.()) continue
    await new RunFile(folder).takeOver(say)
    await stopOrphan(path.join(folder, 'postgres'))
    rmSync(folder, { recursive: true, force: true })
  }
}
