import type { FoundPost } from '#lib/platforms/contract.ts'
import { type Engine, expect, test } from './engine.ts'

/** A story whose answer was lost, as a look claims it: what its look finds is up to the test. */
async function lostStory(engine: Engine) {
  const page = await engine.connectPage()
  const { jobIds } = await engine.publish({ body: 'Seen for a day', connectionIds: [page.connectionId] })
  const [jobId = ''] = jobIds
  await engine.sandbox.arm({
    kind: 'drop',
    accept: 'before',
    match: { method: 'POST', path: '*/feed', account_id: page.pageId },
  })
  await engine.tasks.publish_post({ job_id: jobId })
  await engine.sql`update public.publish_jobs set content_type = 'story' where id = ${jobId}`
  return { page, jobId }
}

async function look({ sql, ports }: Engine, jobId: string, found: readonly FoundPost[], settled: boolean) {
  await sql`
    update public.publish_jobs
    set next_look_at = now(), settle_until = now() + ${settled ? '-1 second' : '10 minutes'}::interval
    where id = ${jobId}`
  const claim = await ports.records.jobs.claim(jobId, { workerId: 'looker', leaseMs: 5_000 })
  if (!claim) throw new Error('nothing to look for')
  await ports.records.jobs.recordLook(claim, found, null, [])
}

const story = (id: string): FoundPost => ({
  platformPostId: id,
  permalink: `https://www.instagram.com/stories/${id}`,
  publishedAt: new Date(),
})

test('of stories that look alike none is taken for ours: a person is asked', async ({ engine }) => {
  const { jobId } = await lostStory(engine)
  await look(engine, jobId, [story('alike-1'), story('alike-2')], true)
  expect(await engine.job(jobId)).toMatchObject({
    status: 'outcome_unknown',
    last_error_code: 'publish_ambiguous',
    platform_post_id: null,
  })
  const [before] =
    await engine.sql`select next_look_at > now() as later from public.publish_jobs where id = ${jobId}`
  expect(before).toEqual({ later: true })

  // One of them turns out to be another job's.
  const { jobId: other } = await lostStory(engine)
  await engine.sql`
    update public.publish_jobs set status = 'published', platform_post_id = 'alike-1', published_at = now(),
      connection_id = (select connection_id from public.publish_jobs where id = ${jobId})
    where id = ${other}`
  await look(engine, jobId, [story('alike-1'), story('alike-2')], true)
  expect(await engine.job(jobId)).toMatchObject({ status: 'published', platform_post_id: 'alike-2' })
})

test('a story is not taken for ours before all of them must be listed', async ({ engine }) => {
  const { jobId } = await lostStory(engine)
  await look(engine, jobId, [story('perhaps-theirs')], false)
  expect(await engine.job(jobId)).toMatchObject({ status: 'outcome_unknown', platform_post_id: null })
  await look(engine, jobId, [story('ours')], true)
  expect(await engine.job(jobId)).toMatchObject({ status: 'published', platform_post_id: 'ours' })
})
