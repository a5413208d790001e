import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { until } from '#tests/support/until.ts'
import { type Engine, expect, test } from './engine.ts'

const ENDED = ['published', 'failed', 'dlq', 'cancelled']

async function publishOne(engine: Engine, body: string) {
  const page = await engine.connectPage()
  return {
    page,
    async due() {
      const { jobIds } = await engine.publish({ body, connectionIds: [page.connectionId] })
      return jobIds[0] ?? ''
    },
  }
}

function ended(engine: Engine, jobId: string) {
  return until('the job to end', async () => {
    const job = await engine.job(jobId)
    return ENDED.includes(job.status) && job
  })
}

function out(engine: Engine, pageId: string) {
  return until('the platform to have it', async () => {
    const posts = await engine.sandbox.postsOn(pageId)
    return posts.length > 0 && posts
  })
}

const slowAfterAccepting = (ms: number, pageId: string) => ({
  kind: 'latency',
  ms,
  accept: 'after',
  match: { method: 'POST', path: '*/feed', account_id: pageId },
})

test('a worker killed between the platform’s accept and its answer: the next one finds the post, and sends nothing', async ({
  engine,
  startWorker,
}) => {
  const { page, due } = await publishOne(engine, 'Killed in between')
  await engine.sandbox.arm(slowAfterAccepting(600, page.pageId))
  const first = await startWorker()
  const jobId = await due()
  await out(engine, page.pageId)
  await first.kill()
  expect(await engine.job(jobId)).toMatchObject({ status: 'processing' })

  await startWorker()
  const posts = await engine.sandbox.postsOn(page.pageId)
  expect(await ended(engine, jobId)).toMatchObject({
    status: 'published',
    platform_post_id: posts[0]?.id,
    permalink: posts[0]?.permalink_url,
  })
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(1)
  expect(await engine.sandbox.mutationsOf(page.pageId)).toHaveLength(1)
})

test('a killed worker’s job begins again within its lease and two seconds', { timeout: 40_000 }, async ({
  engine,
  startWorker,
}) => {
  const leaseMs = 4_000
  const { page, due } = await publishOne(engine, 'Begun again')
  const lease = { PUBLISH_LEASE_MS: String(leaseMs) }
  const workers = await Promise.all([startWorker(lease), startWorker(lease)])
  await engine.sandbox.arm(slowAfterAccepting(3_000, page.pageId))
  const jobId = await due()
  await out(engine, page.pageId)
  const [held] = await engine.sql<{ leased_by: string }[]>`
    select leased_by from public.publish_jobs where id = ${jobId}`
  const holder = workers.find(({ pid }) => held?.leased_by.endsWith(`:${pid}`))
  await holder?.kill()

  await ended(engine, jobId)
  const begun = await engine.sql<{ at: Date }[]>`
    select created_at as at from public.publishing_logs where job_id = ${jobId} and kind = 'attempt' order by created_at`
  const [first = 0, second = Number.POSITIVE_INFINITY] = begun.map(({ at }) => at.getTime())
  console.log(`Begun again ${second - first} ms after it was begun, with a lease of ${leaseMs} ms`)
  expect(second - first).toBeGreaterThanOrEqual(leaseMs)
  expect(second - first).toBeLessThan(leaseMs + 2_000)
})

test('a worker asked to leave finishes what it has begun, and begins nothing more', async ({
  engine,
  startWorker,
}) => {
  const { page, due } = await publishOne(engine, 'Sent while leaving')
  await engine.sandbox.arm(slowAfterAccepting(500, page.pageId))
  const worker = await startWorker()
  const jobId = await due()
  await out(engine, page.pageId)
  const leaving = worker.stop()
  const late = await publishOneOn(engine, page.connectionId)
  await leaving
  expect(worker.log()).toContain('"msg":"drained"')
  expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
  expect(await engine.job(late)).toMatchObject({ status: 'scheduled' })
})

async function publishOneOn(engine: Engine, connectionId: string): Promise<string> {
  const { jobIds } = await engine.publish({ body: 'Too late for that one', connectionIds: [connectionId] })
  return jobIds[0] ?? ''
}

test('two workers on one database send twenty posts once each', async ({ engine, startWorker }) => {
  const pages = await engine.connectPages(Array.from({ length: 10 }, (_, n) => `Shop ${n}`))
  await Promise.all([startWorker(), startWorker()])
  const posts = await Promise.all(
    ['Morning', 'Evening'].map((body) =>
      engine.publish({ body, connectionIds: pages.map(({ connectionId }) => connectionId) }),
    ),
  )
  for (const jobId of posts.flatMap(({ jobIds }) => jobIds)) {
    expect(await ended(engine, jobId)).toMatchObject({ status: 'published' })
  }
  for (const { pageId } of pages) {
    const messages = (await engine.sandbox.postsOn(pageId)).map(({ message }) => message)
    expect(messages.sort()).toEqual(['Evening', 'Morning'])
  }
})

test('a mail whose worker was killed while sending is sent by another', { timeout: 60_000 }, async ({
  engine,
  startWorker,
  mails,
}) => {
  // A server that takes the connection and never greets.
  const silent = new SMTPServer({ onConnect: () => {} })
  silent.listen(0, '127.0.0.1')
  await once(silent.server, 'listening')
  const { port } = silent.server.address() as AddressInfo
  const to = `marguerite-${crypto.randomUUID()}@oatandember.example`

  const first = await startWorker({ SMTP_URL: `smtp://127.0.0.1:${port}` })
  await engine.asOwner((db) => db`select id from public.invite_member(${engine.brandId}, ${to}, 'creator')`)
  await until('the mail to be under way', async () => {
    const [mail] = await engine.sql`select status from public.outbound_emails where to_email = ${to}`
    return mail?.status === 'sending'
  })
  await first.kill()
  silent.close()

  await startWorker()
  // Its queue entry is freed when the dead worker has been silent for ten seconds.
  await until('the mail', async () => (await mails.to(to))[0], 30_000)
})

test('a worker says what is missing, names no secret, and ends', async ({ startWorker }) => {
  await expect(startWorker({ SECRETS_KEYS: 'short:c2hvcnQ=', META_APP_ID: '' })).rejects.toThrow(
    /META_APP_ID/,
  )
})
