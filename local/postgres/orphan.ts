import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { commandLine } from '#local/process/command-line.ts'
import { endProcess } from '#local/process/end.ts'
import { identityOf } from '#local/process/identity.ts'

/** A server that outlived a killed parent holds the data folder: stop it, it keeps everything committed. */
export async function stopOrphan(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const server = identityOf(Number(readFileSync(pidFile, 'utf8').split('\n')[0]))
  // After a reboot the number may belong to anyone.
  if (server && commandLine(server.pid)?.includes(dataDir)) await endProcess(server, 'SIGINT')
}
