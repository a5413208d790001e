import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { z } from 'zod'
import { type Engine, expect, test } from '#tests/engine/engine.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { until } from '#tests/support/until.ts'
import { readLatePermalinks } from '#worker/permalinks.ts'
import { usernameOf } from './desk.ts'

let names = 0

/** Through the dialog and the worker’s own exchange: a Page, and the Instagram account on it. */
async function connect(engine: Engine) {
  const page = `Salt Yard ${++names}`
  const person = await engine.sandbox.newPerson(`${page}’s owner`, [page], undefined, usernameOf)
  const pageIds = person.pages.map(({ id }) => id)
  await engine.tasks.exchange_oauth({
    oauth_state_id: await engine.consent(pageIds, { personId: person.personId }),
  })
  const rows = await engine.sql`
    select id, network, platform_account_id as account from public.connections
    where brand_id = ${engine.brandId} and display_name in (${page}, ${usernameOf(page)})`
  const [facebook, instagram] = ['facebook', 'instagram'].map((network) =>
    z.object({ id: z.uuid(), account: z.string() }).parse(rows.find((row) => row.network === network)),
  )
  if (!facebook || !instagram) throw new Error('not connected')
  return { facebook, instagram }
}

/** Of a kind that Instagram does not take as it is. */
async function loaf(engine: Engine): Promise<string> {
  const shape = { width: 900, height: 900, channels: 3 as const, background: { r: ++names, g: 103, b: 63 } }
  const webp = await sharp({ create: shape }).webp().toBuffer()
  const id = await engine.upload(webp, { name: 'loaf.webp', type: 'image/webp' })
  await engine.tasks.verify_media({ asset_id: id })
  return id
}

/** As if it had been checked: what a check of videos says is proved where that is. */
async function film(engine: Engine): Promise<{ id: string; hash: string }> {
  const bytes = makeMp4({ durationMs: 4_000, width: 1080, height: 1920, fps: 30, mark: `${++names}` })
  const hash = createHash('sha256').update(bytes).digest('hex')
  const id = await engine.upload(bytes, { name: 'film.mp4', type: 'video/mp4' })
  await engine.sql`
    update public.media_assets
    set status = 'active', hash = ${hash}, width = 1080, height = 1920, duration_ms = 4000
    where id = ${id}`
  return { id, hash }
}

function workUntilPublished(engine: Engine, jobId: string) {
  return until('the job to be published', async () => {
    await engine.sql`update public.publish_jobs set next_retry_at = now() where id = ${jobId} and status = 'scheduled'`
    await engine.tasks.publish_post({ job_id: jobId })
    const job = await engine.job(jobId)
    if (['failed', 'dlq', 'cancelled'].includes(job.status)) throw new Error(JSON.stringify(job))
    return job.status === 'published' && job
  })
}

test('a picture that Instagram does not take is fetched from storage as a JPEG', async ({ engine }) => {
  const { facebook, instagram } = await connect(engine)
  const picture = await loaf(engine)
  const { jobIds } = await engine.publish({
    body: 'Salt, butter, bread',
    connectionIds: [facebook.id, instagram.id],
    mediaIds: [picture],
  })
  for (const jobId of jobIds) await workUntilPublished(engine, jobId)
  expect(await engine.sandbox.publishedBy(facebook.account)).toMatchObject([{ type: 'photo' }])
  const [post] = await engine.sandbox.publishedBy(instagram.account)
  expect(post).toMatchObject({
    type: 'image',
    message: 'Salt, butter, bread',
    items: [{ media_type: 'IMAGE' }],
  })
})

test('a video goes out on both networks from the bytes that were approved', async ({ engine }) => {
  const { facebook, instagram } = await connect(engine)
  const { id, hash } = await film(engine)
  const { jobIds } = await engine.publish({
    body: 'Sixty seconds of dough',
    connectionIds: [facebook.id, instagram.id],
    mediaIds: [id],
  })
  for (const jobId of jobIds) await workUntilPublished(engine, jobId)
  expect(await engine.sandbox.publishedBy(facebook.account)).toMatchObject([
    { type: 'video', video: { sha256: hash } },
  ])
  expect(await engine.sandbox.publishedBy(instagram.account)).toMatchObject([
    { type: 'reel', items: [{ sha256: hash }] },
  ])
})

test('an address that Instagram tells late is asked for again, a few times, and shown to clients too', async ({
  engine,
}) => {
  const { instagram } = await connect(engine)
  const picture = await loaf(engine)
  const lag = { kind: 'permalink_lag', ms: 3_600_000, match: { account_id: instagram.account } }
  await engine.sandbox.arm(lag)
  const { jobIds, postId } = await engine.publish({
    body: 'Out, and who knows where',
    connectionIds: [instagram.id],
    mediaIds: [picture],
  })
  const [jobId = ''] = jobIds
  expect(await workUntilPublished(engine, jobId)).toMatchObject({ permalink: null })

  const ask = () => readLatePermalinks(engine.ports, new AbortController().signal)
  const age = (span: string) => engine.sql`
    update public.publish_jobs set published_at = now() - ${span}::interval, next_look_at = null where id = ${jobId}`
  const asked = async () => {
    const [row] = await engine.sql`
      select next_look_at > now() as later, permalink from public.publish_jobs where id = ${jobId}`
    return row
  }
  await ask()
  expect(await asked()).toEqual({ later: null, permalink: null })
  await age('25 seconds')
  await ask()
  await ask()
  expect(await asked()).toEqual({ later: true, permalink: null })
  await engine.sandbox.disarm()
  await age('22 hours')
  await ask()
  expect(await asked()).toEqual({ later: null, permalink: null })

  await age('3 minutes')
  await ask()
  const [post] = await engine.sandbox.publishedBy(instagram.account)
  expect(await asked()).toEqual({ later: null, permalink: post?.permalink_url })
  const [shown] = await engine.sql`
    select permalinks -> 0 ->> 'url' as url from public.content_versions where content_id = ${postId}`
  expect(shown).toEqual({ url: post?.permalink_url })
})
