import { applyMigrations } from '#local/api/database/migrations.ts'
import { prepareDatabase } from '#local/api/database/prepare.ts'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import { projectFolder } from './folder.ts'
import { apiService, databaseService, hasWorker, sandboxService, workerService } from './services.ts'
import type { StackFacts } from './stack-facts.ts'
import type { Supervisor } from './supervise.ts'

type Say = (line: string) => void

/**
 * Everything behind the web app, in the order in which it needs each other. What must be there before a
 * worker is at work, the demo agency's past, comes in as `beforeWorker`.
 */
export async function bootBackend(
  supervisor: Supervisor,
  stack: StackFacts,
  say: Say,
  worker: boolean,
  beforeWorker = async () => {},
) {
  say('Starting the database.')
  await supervisor.start(databaseService(stack))
  await prepareDatabase({
    superuserUrl: databaseUrl(stack.ports.database, superuser),
    ownerUrl: stack.databaseUrl,
  })
  await applyMigrations({ projectFolder, ownerUrl: stack.databaseUrl })

  say('Starting the Supabase API, mail and the platform sandbox.')
  await Promise.all([supervisor.start(apiService(stack)), supervisor.start(sandboxService(stack))])
  await beforeWorker()
  if (worker && hasWorker()) {
    say('Starting the worker.')
    await supervisor.start(workerService(stack))
  }
}
