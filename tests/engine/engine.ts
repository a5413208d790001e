import { randomUUID } from 'node:crypto'
import type { DestinationStream } from 'pino'
import sharp from 'sharp'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { authorizeUrl } from '#lib/platforms/authorize.ts'
import type { Network } from '#lib/platforms/contract.ts'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { usernameOf } from '#tests/platforms/desk.ts'
import { type Sandbox, sandboxAt } from '#tests/platforms/sandbox.ts'
import type { Backend } from '#tests/support/backend.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { newClient, type Person, signUp } from '#tests/support/people.ts'
import { test as realParts } from '#tests/support/test.ts'
import { until } from '#tests/support/until.ts'
import { workerEnvironment } from '#tests/support/worker.ts'
import { assemblePorts } from '#worker/assemble.ts'
import { readEnvironment, type WorkerEnvironment } from '#worker/environment.ts'
import { createLog } from '#worker/log.ts'
import type { Ports } from '#worker/ports.ts'
import { connectRecords, type Sql } from '#worker/records/sql.ts'
import { createTasks, type Tasks } from '#worker/tasks/tasks.ts'
import { TIMES } from './times.ts'

export { expect } from 'vitest'
export { LATE_COMMIT_MS, LIST_LAG_MS, TIMES } from './times.ts'

export type Page = { connectionId: string; pageId: string; name: string }
export type Account = { connectionId: string; accountId: string }
/** A Page, and the Instagram account on it. */
export type Accounts = Record<Network, Account>

/** One agency whose posts need nobody's yes, and a worker's ports in this process. */
export type Engine = {
  brandId: string
  owner: Person
  sql: Sql
  sandbox: Sandbox
  environment: WorkerEnvironment
  ports: Ports
  tasks: Tasks
  /** What these ports logged. */
  logged: string[]
  /** Calls as the owner, with their claims, as the Data API would. */
  asOwner<T>(act: (sql: Sql) => Promise<T>): Promise<T>
  /** Begins and finishes a connection in the dialog. @returns the attempt, whose code waits for the worker */
  consent(
    pageIds: readonly string[],
    answer: { personId: string; declined?: readonly string[] },
  ): Promise<string>
  /** Through the dialog and the worker's own exchange, here and now: no other worker may be running. */
  connectPages(names: readonly string[]): Promise<Page[]>
  connectPage(): Promise<Page>
  /** Pages each with an Instagram account, both connected. */
  connectAccounts(names: readonly string[]): Promise<Accounts[]>
  /** In the bucket and waiting for its check. */
  upload(bytes: Uint8Array, file: { name: string; type: string }): Promise<string>
  /** Uploaded and checked. */
  picture(format?: 'jpeg' | 'webp'): Promise<string>
  film(wish?: { sizeBytes?: number }): Promise<string>
  /** Approved, and due now. */
  publish(post: {
    body: string
    link?: string | null
    connectionIds: readonly string[]
    mediaIds?: readonly string[]
    format?: 'feed' | 'reel' | 'story'
    /** Told of the jobs before anyone can claim one. */
    beforeDue?: (jobIds: string[]) => void
  }): Promise<{ postId: string; jobIds: string[] }>
  job(jobId: string): Promise<Job>
}

const job = z.object({
  status: z.string(),
  platform_post_id: z.string().nullable(),
  permalink: z.string().nullable(),
  last_error_code: z.string().nullable(),
  last_error_message: z.string().nullable(),
  waits_ms: z.number().nullable(),
})
export type Job = z.infer<typeof job>

const created = z.object({ id: z.uuid() })

export const test = realParts.extend(
  'engine',
  { scope: 'file' },
  async ({ backend, sandbox }, { onCleanup }) => {
    const environment = { ...workerEnvironment(backend, sandbox.url), ...TIMES }
    const { engine, close } = await foundEngine(backend.api, sandbox.url, environment)
    onCleanup(close)
    return engine
  },
)

/** On the backend that `variables` name for a worker. */
export async function foundEngine(
  api: Backend['api'],
  sandboxUrl: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<{ engine: Engine; close(): Promise<void> }> {
  const environment = readEnvironment(variables)
  const sql = connectRecords(environment.DATABASE_URL, { max: 10 })
  const sandbox = sandboxAt(sandboxUrl)
  const service = newClient(api, api.secretKey)
  const logged: string[] = []
  const kept: DestinationStream = { write: (line) => void logged.push(line) }
  const ports = assemblePorts(environment, sql, createLog(kept))
  const close = async () => {
    ports.mailer.close()
    await sql.end({ timeout: 1 })
  }
  const tasks = createTasks(ports, 'engine tests')

  const owner = await signUp(api, 'Ines Duarte')
  async function asOwner<T>(act: (sql: Sql) => Promise<T>): Promise<T> {
    const result = await sql.begin(async (transaction) => {
      const claims = JSON.stringify({ sub: owner.id, role: 'authenticated', email: owner.email })
      await transaction`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
      // It answers queries as the connection does.
      return act(transaction as unknown as Sql)
    })
    return result as T
  }
  async function one<T>(shape: z.ZodType<T>, ask: (sql: Sql) => PromiseLike<readonly unknown[]>): Promise<T> {
    return shape.parse((await asOwner(async (db) => ask(db)))[0])
  }

  const tenant = await one(created, (db) => db`select id from public.create_tenant('Halyard Studio')`)
  const { id: brandId } = await one(
    created,
    (db) => db`select id from public.create_brand(${tenant.id}, 'Oat & Ember', 'Europe/London', 'none')`,
  )

  async function consent(
    pageIds: readonly string[],
    answer: { personId: string; declined?: readonly string[] },
  ): Promise<string> {
    const redirectUri = `${environment.SITE_URL}/api/oauth/meta`
    const begun = await one(
      z.object({ state: z.string(), oauth_state_id: z.uuid() }),
      (db) => db`select state, oauth_state_id from public.begin_connect(${brandId}, 'meta', ${redirectUri})`,
    )
    const dialog = authorizeUrl('meta', { appId: META_SANDBOX_APP.id, state: begun.state, redirectUri })
    const { code, state } = await sandbox.consent(dialog, { ...answer, pageIds })
    await asOwner((db) => db`select id from public.finish_connect(${state}, ${code})`)
    return begun.oauth_state_id
  }

  async function connectPages(names: readonly string[]): Promise<Page[]> {
    const { personId, pages } = await sandbox.newPerson(`Ines ${randomUUID()}`, names)
    const pageIds = pages.map(({ id }) => id)
    await tasks.exchange_oauth({ oauth_state_id: await consent(pageIds, { personId }) })
    const connected = await sql<Page[]>`
        select id as "connectionId", platform_account_id as "pageId", display_name as name
        from public.connections where brand_id = ${brandId} and platform_account_id = any (${pageIds})
        order by platform_account_id`
    if (connected.length !== names.length) throw new Error(`${connected.length} Pages were connected`)
    return connected
  }

  async function connectAccounts(names: readonly string[]): Promise<Accounts[]> {
    const { personId, pages } = await sandbox.newPerson(`Ines ${randomUUID()}`, names, undefined, usernameOf)
    const pageIds = pages.map(({ id }) => id)
    await tasks.exchange_oauth({ oauth_state_id: await consent(pageIds, { personId }) })
    const everyName = names.flatMap((name) => [name, usernameOf(name)])
    // Another worker may have taken up the exchange before.
    const connected = await until('the accounts to be connected', async () => {
      const rows = await sql<(Account & { network: Network; name: string })[]>`
        select id as "connectionId", platform_account_id as "accountId", network, display_name as name
        from public.connections where brand_id = ${brandId} and display_name = any (${everyName})`
      return rows.length === everyName.length && rows
    })
    const byName = new Map(connected.map(({ name, ...account }) => [name, account]))
    return names.map((name) => {
      const [facebook, instagram] = [byName.get(name), byName.get(usernameOf(name))]
      if (!facebook || !instagram) throw new Error(`${name} was not connected`)
      return { facebook, instagram }
    })
  }

  async function upload(bytes: Uint8Array, { name, type }: { name: string; type: string }) {
    const id = randomUUID()
    const path = `${brandId}/${id}/${name}`
    await asOwner(
      (db) => db`
          insert into public.media_assets (id, brand_id, filename, mime_type, size_bytes, category, path)
          values (${id}, ${brandId}, ${name}, ${type}, ${bytes.length}, 'images', ${path})`,
    )
    const put = await service.storage
      .from('media')
      .upload(path, new Blob([new Uint8Array(bytes)], { type }), { contentType: type })
    if (put.error) throw put.error
    return id
  }

  const engine: Engine = {
    brandId,
    owner,
    sql,
    sandbox,
    environment,
    ports,
    tasks,
    logged,
    asOwner,
    consent,
    connectPages,
    async connectPage() {
      const [page] = await connectPages([`Oat & Ember ${randomUUID().slice(0, 8)}`])
      if (!page) throw new Error('no Page')
      return page
    },
    connectAccounts,
    upload,
    async picture(format = 'jpeg') {
      const seed = Math.floor(Math.random() * 250) + 2
      const noise = Buffer.from(Uint8Array.from({ length: 330 * 220 * 3 }, (_, n) => (n * seed) % 251))
      const bytes = await sharp(noise, { raw: { width: 330, height: 220, channels: 3 } })
        .toFormat(format)
        .toBuffer()
      const id = await upload(bytes, { name: `picture.${format}`, type: `image/${format}` })
      await tasks.verify_media({ asset_id: id })
      return id
    },
    async film({ sizeBytes } = {}) {
      const shape = { durationMs: 4_000, width: 1080, height: 1920, fps: 30, mark: randomUUID() }
      const bytes = makeMp4({ ...shape, ...(sizeBytes ? { sizeBytes } : {}) })
      const id = await upload(bytes, { name: 'film.mp4', type: 'video/mp4' })
      await tasks.verify_media({ asset_id: id })
      return id
    },
    async publish({ body, link = null, connectionIds, mediaIds = [], format = 'feed', beforeDue }) {
      const channels = JSON.stringify(connectionIds.map((connection_id) => ({ connection_id, format })))
      return asOwner(async (db) => {
        const [post] = z.array(z.object({ id: z.uuid(), revision: z.number() })).parse(
          await db`select id, revision from public.create_post(
              ${brandId}, 'A post', ${body}, ${link}, null, ${[...mediaIds]}::uuid[], ${channels}::text::jsonb)`,
        )
        if (!post) throw new Error('no post')
        await db`select id from public.submit_post(${post.id}, ${post.revision})`
        await db`select id from public.publish_now(${post.id})`
        const jobs = await db<{ id: string }[]>`
            select id from public.publish_jobs where content_id = ${post.id} order by connection_id`
        const jobIds = jobs.map(({ id }) => id)
        beforeDue?.(jobIds)
        return { postId: post.id, jobIds }
      })
    },
    async job(jobId) {
      const [row] = await sql`
          select status, platform_post_id, permalink, last_error_code, last_error_message,
            (extract(epoch from next_retry_at - now()) * 1000)::float as waits_ms
          from public.publish_jobs where id = ${jobId}`
      return job.parse(row)
    },
  }
  return { engine, close }
}

/** Runs `end` when the test is over, however it ends. */
export function afterThisTest(end: () => Promise<unknown>): void {
  onTestFinished(async () => {
    await end()
  })
}
