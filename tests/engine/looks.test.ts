import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from './engine.ts'

test('a look that began before the settle window was over proves no absence, however late it is filed', async ({
  engine,
}) => {
  const { jobs } = engine.ports.records
  const page = await engine.connectPage()
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.sandbox.arm({ kind: 'drop', accept: 'after', match })
  const { jobIds } = await engine.publish({ body: 'Seen late', connectionIds: [page.connectionId] })
  const [jobId = ''] = jobIds
  await engine.tasks.publish_post({ job_id: jobId })
  await engine.sql`
    update public.publish_jobs set next_look_at = now(), settle_until = now() + interval '300 milliseconds'
    where id = ${jobId}`
  const early = await jobs.claim(jobId, { workerId: 'early', leaseMs: 5_000 })
  expect(early?.mode).toBe('look')
  await wait(400)
  if (early) await jobs.recordLook(early, [], null, [])
  expect(await engine.job(jobId)).toMatchObject({ status: 'outcome_unknown' })

  await engine.tasks.publish_post({ job_id: jobId })
  expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
  expect(await engine.sandbox.mutationsOf(page.pageId)).toHaveLength(1)
})
