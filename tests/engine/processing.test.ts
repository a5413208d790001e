import { randomUUID } from 'node:crypto'
import { until } from '#tests/support/until.ts'
import { type Engine, expect, test } from './engine.ts'

/** An Instagram account with one picture on its way to it, which they take long to process. */
async function publishSlowly(engine: Engine) {
  const [accounts] = await engine.connectAccounts([`Slow ${randomUUID().slice(0, 8)}`])
  if (!accounts) throw new Error('no accounts')
  const { connectionId, accountId } = accounts.instagram
  const match = { method: 'POST', account_id: accountId }
  await engine.sandbox.arm({ kind: 'slow_processing', ms: 400, match })
  const mediaIds = [await engine.picture()]
  const { jobIds } = await engine.publish({ body: 'Slowly', connectionIds: [connectionId], mediaIds })
  const [jobId = ''] = jobIds
  await engine.tasks.publish_post({ job_id: jobId })
  const [waiting] = await engine.sql`
    select status, waiting_since is not null as waits from public.publish_jobs where id = ${jobId}`
  expect(waiting).toEqual({ status: 'scheduled', waits: true })
  return { connectionId, accountId, jobId }
}

/** As queue, sweep and time would, until it looks as it should. */
function workUntil(engine: Engine, jobId: string, status: string, code: string | null) {
  return until(`the job to be ${status}`, async () => {
    await engine.sql`update public.publish_jobs set next_retry_at = null where id = ${jobId}`
    await engine.tasks.publish_post({ job_id: jobId })
    const job = await engine.job(jobId)
    return job.status === status && job.last_error_code === code && job
  })
}

/** What record_oauth_result does once the owner has said yes again. */
async function connectAgain({ sql }: Engine, connectionId: string) {
  await sql`
    update public.connections set status = 'active', requires_reconnect = false where id = ${connectionId}`
  await sql`select private.release_due_jobs(array[${connectionId}::uuid])`
}

test('a key that ends when their work on a post is done holds it back like any other, and nobody is asked', async ({
  engine,
}) => {
  const { connectionId, accountId, jobId } = await publishSlowly(engine)
  const match = { method: 'POST', path: '*/media_publish', account_id: accountId }
  await engine.sandbox.arm({ kind: 'token', subcode: 463, match })
  await workUntil(engine, jobId, 'scheduled', 'meta_token_expired')
  await engine.sql`select private.sweep_publish_jobs()`
  await engine.tasks.publish_post({ job_id: jobId })
  expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled' })

  await connectAgain(engine, connectionId)
  await workUntil(engine, jobId, 'published', null)
  expect(await engine.sandbox.publishedBy(accountId)).toHaveLength(1)
})

test('a post whose account was lost while they worked on it goes on as soon as the account is back', async ({
  engine,
}) => {
  const { connectionId, accountId, jobId } = await publishSlowly(engine)
  await engine.sql`
    update public.connections set status = 'attention', requires_reconnect = true where id = ${connectionId}`
  await workUntil(engine, jobId, 'outcome_unknown', 'connection_attention')

  await connectAgain(engine, connectionId)
  await workUntil(engine, jobId, 'published', null)
  expect(await engine.sandbox.publishedBy(accountId)).toHaveLength(1)
})
