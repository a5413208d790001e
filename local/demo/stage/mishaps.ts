import type { Mishap, Step } from '#local/demo/story/post.ts'
import type { Fault } from './sandbox.ts'
import { known, type Stage } from './stage.ts'

const LONGEST_LAG_MS = 3_600_000

/** The network's own list lags behind, so that the look finds nothing yet. Only this once. */
export async function lookTooEarly(
  { by, page }: Extract<Step, { does: 'look_too_early' }>,
  postId: string,
  { sandbox, people, machinery, connectionIds }: Stage,
): Promise<void> {
  const lag = await sandbox.arm({
    kind: 'list_lag',
    ms: LONGEST_LAG_MS,
    match: { path: '*/published_posts', account_id: sandbox.pageId(page) },
    times: 1,
  })
  await people.as(by, async (sql) => {
    await sql`
      select public.recheck_job(j.id) from public.publish_jobs j
      where j.content_id = ${postId} and j.connection_id = ${known(connectionIds, page)}
        and j.status = 'outcome_unknown'`
  })
  await machinery.work()
  await sandbox.disarm(lag)
}

/** Arms what the platform will do; the send itself comes at the post's time. */
export async function misbehave(
  { at, page, how }: Extract<Step, { does: 'misbehave' }>,
  stage: Stage,
): Promise<void> {
  const { sandbox, machinery } = stage
  await sandbox.arm(faultOf(how, sandbox.pageId(page)))
  if (how !== 'answer_lost_for_long') return
  const sent = at.add({ minutes: 2 }).toInstant()
  await machinery.withLongSettling(() => machinery.workUntil(sent))
}

function faultOf(how: Mishap, accountId: string): Fault {
  const feed = { path: '*/feed', account_id: accountId }
  switch (how) {
    case 'throttled':
      return { kind: 'rate_limit', code: 32, regain_minutes: 4, match: feed, times: 1 }
    case 'outage':
      return {
        kind: 'error',
        status: 500,
        code: 2,
        message: 'An unexpected error has occurred. Please retry your request later.',
        is_transient: true,
        match: feed,
        times: 4,
      }
    case 'refused':
      return {
        kind: 'error',
        status: 400,
        code: 368,
        subcode: 1404006,
        message: 'We limit how often you can post. This looks like a post that many Pages share.',
        match: feed,
        times: 1,
      }
    case 'answer_lost':
    case 'answer_lost_for_long':
      return { kind: 'drop', accept: 'after', match: feed, times: 1 }
  }
}
