import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { workerEnvironment } from './environments.ts'
import { projectFolder } from './folder.ts'
import { launchNode } from './service.ts'
import type { StackFacts } from './stack-facts.ts'
import type { Supervisor } from './supervise.ts'

const loginsModule = z.object({
  demoLogins: z.array(
    z.object({ name: z.string(), email: z.string(), password: z.string(), role: z.string() }),
  ),
})
export type DemoLogin = z.infer<typeof loginsModule>['demoLogins'][number]

const seeder = path.join(projectFolder, 'local/demo/seed.ts')

/** Creates the demo agency on the first start of a data folder, through the doors that people use. */
export async function seedDemo(supervisor: Supervisor, stack: StackFacts, say: (line: string) => void) {
  if (!existsSync(seeder) || isSeeded(stack)) return
  say('Creating the demo agency: under a minute, once.')
  const logFile = path.join(stack.folder, 'logs/demo.log')
  const child = launchNode({
    arguments: [seeder], // like the worker it renders mails: without React's server condition
    environment: workerEnvironment(stack),
    cwd: projectFolder,
    logFile,
  })
  try {
    await supervisor.run('The demo agency', child, logFile)
    writeFileSync(marker(stack), new Date().toISOString())
  } catch (error) {
    if (supervisor.isStopping) throw error
    // Copydesk works without it, and the seeder clears up after itself when it begins again.
    say(`${error instanceof Error ? error.message : error}\nThe next start tries again.`)
  }
}

/** Whom to sign in as, where the demo agency is. */
export async function demoLogins(stack: StackFacts): Promise<DemoLogin[]> {
  if (!existsSync(seeder) || !isSeeded(stack)) return []
  const file = path.join(projectFolder, 'local/demo/logins.ts')
  return loginsModule.parse(await import(file)).demoLogins
}

function isSeeded(stack: StackFacts): boolean {
  return existsSync(marker(stack))
}

function marker({ folder }: StackFacts): string {
  return path.join(folder, 'seeded')
}
