import type { Sql } from './records/sql.ts'
import type { Tasks } from './tasks/tasks.ts'

/**
 * Does everything that is due by the database's own clock, in this process, until nothing moves: for the
 * seeder, which writes a past month, and for tests. It asks the records, not the queue: the records are what
 * correctness rests on, and the queue knows only the real time.
 *
 * `sql` is the connection the tasks' records use, so that `copydesk.now` is the same for both.
 * @returns how many tasks ran
 */
export async function runDueOnce(sql: Sql, tasks: Tasks): Promise<number> {
  let ran = 0
  for (;;) {
    const due = await listDue(sql)
    const before = ran
    for (const { task, payload } of due) {
      await tasks[task](payload)
      ran++
    }
    if (ran === before || (await sameDue(sql, due))) return ran
  }
}

type Due = { task: keyof Tasks; payload: Record<string, string>; version: string }

/** `version` changes when a row has moved; a row that stays as it is waits for something else. */
async function listDue(sql: Sql): Promise<Due[]> {
  return sql<Due[]>`
    select 'verify_media' as task, jsonb_build_object('asset_id', a.id) as payload, a.updated_at::text as version
    from public.media_assets a
    where a.status = 'processing' and exists (
      select from storage.objects o where o.bucket_id = 'media' and o.name = a.path)
    union all
    select 'exchange_oauth', jsonb_build_object('oauth_state_id', o.id), o.updated_at::text
    from public.oauth_states o where o.status = 'received'
    union all
    select 'publish_post', jsonb_build_object('job_id', j.id), j.fence::text || j.status || j.updated_at
    from public.publish_jobs j
    where j.status = 'scheduled' and greatest(j.scheduled_for, j.next_retry_at) <= private.now()
       or j.status = 'processing' and j.lease_expires_at <= private.now()
       or j.status = 'outcome_unknown' and j.next_look_at <= private.now()
    union all
    select 'send_email', jsonb_build_object('email_id', e.id), e.attempts::text
    from public.outbound_emails e where e.status = 'queued'
    order by 1, 3`
}

async function sameDue(sql: Sql, before: Due[]): Promise<boolean> {
  const names = (due: Due[]) => JSON.stringify(due.map(({ payload, version }) => [payload, version]))
  return names(await listDue(sql)) === names(before)
}
