import type { Sql } from './sql.ts'

/** A worker that says nothing for this long is dead or cut off; its jobs are given to others. */
export const SILENT_MS = 10_000

/** `keys`: the names of the keys with which this worker can open secrets. */
export type WorkerFacts = { host: string; pid: number; keys: readonly string[] }

export type Workers = {
  /** "I am here": `workerId` as graphile-worker writes it into the jobs it locks. */
  beat(workerId: string, facts: WorkerFacts): Promise<void>
  /** "I am gone": what this one still holds is free for others. */
  leave(workerId: string): Promise<void>
  /** Frees what silent workers hold; graphile-worker itself would wait for four hours. @returns their ids */
  freeJobsOfTheSilent(): Promise<string[]>
  /** Unlocks what agencies reach by age alone. */
  unlockAnniversaries(): Promise<void>
  /** Wakes whatever should move and does not. @returns how many jobs */
  sweep(): Promise<number>
}

export function createWorkers(sql: Sql): Workers {
  async function free(workerIds: string[]) {
    await sql`select graphile_worker.force_unlock_workers(${workerIds})`
    await sql`delete from private.worker_heartbeats where worker_id = any (${workerIds})`
  }

  return {
    async beat(workerId, facts) {
      await sql`select private.worker_heartbeat(${workerId}, ${sql.json({ ...facts, keys: [...facts.keys] })})`
    },

    async leave(workerId) {
      await free([workerId])
    },

    async freeJobsOfTheSilent() {
      const silent = await sql<{ workerId: string }[]>`
        select distinct j.locked_by as "workerId"
        from graphile_worker.jobs j
        where j.locked_at < now() - make_interval(secs => ${SILENT_MS / 1000})
          and not exists (
            select from private.worker_heartbeats w
            where w.worker_id = j.locked_by and w.beat_at > now() - make_interval(secs => ${SILENT_MS / 1000}))`
      const ids = silent.map(({ workerId }) => workerId)
      if (ids.length > 0) await free(ids)
      return ids
    },

    async unlockAnniversaries() {
      await sql`select private.unlock_anniversaries()`
    },

    async sweep() {
      const [row] = await sql<{ woken: number }[]>`select private.sweep_publish_jobs() as woken`
      return row?.woken ?? 0
    },
  }
}
