import { z } from 'zod'
import type { FoundPost, PlatformError, PreparedStep, StepOutcome } from '#lib/platforms/contract.ts'
import { inBatches } from './batches.ts'
import type { Sql } from './sql.ts'

const media = z
  .object({
    asset_id: z.string(),
    kind: z.enum(['image', 'video']),
    path: z.string(),
    mime_type: z.string(),
    size_bytes: z.number(),
    width: z.number().nullish(),
    height: z.number().nullish(),
    duration_ms: z.number().nullish(),
    alt_text: z.string().nullish(),
    hash: z.string(),
  })
  .transform((m) => ({
    assetId: m.asset_id,
    kind: m.kind,
    path: m.path,
    mimeType: m.mime_type,
    sizeBytes: m.size_bytes,
    width: m.width ?? null,
    height: m.height ?? null,
    durationMs: m.duration_ms ?? null,
    altText: m.alt_text ?? null,
    hash: m.hash,
  }))

const claimed = z.object({
  mode: z.enum(['send', 'look']),
  job_id: z.uuid(),
  fence: z.coerce.string(),
  tenant_id: z.uuid(),
  connection_id: z.uuid(),
  platform: z.enum(['meta']),
  network: z.enum(['facebook', 'instagram']),
  format: z.enum(['text', 'link', 'image', 'carousel', 'video', 'reel', 'story']),
  account_id: z.string().min(1),
  body: z.string(),
  link: z.string().nullable(),
  media: z.array(media),
  intent_at: z.string().nullable(),
  first_intent_at: z.string().nullish(),
  step: z.string().nullable(),
  memo: z.record(z.string(), z.string()).nullable(),
  scheduled_for: z.string(),
})

const asClaim = (c: z.infer<typeof claimed>) => ({
  mode: c.mode,
  jobId: c.job_id,
  fence: c.fence,
  tenantId: c.tenant_id,
  connectionId: c.connection_id,
  platform: c.platform,
  post: {
    network: c.network,
    format: c.format,
    accountId: c.account_id,
    body: c.body,
    link: c.link,
    media: c.media,
  },
  /** Of all sends of this job: what a look must reach back to. */
  firstIntentAt: instantOf(c.first_intent_at ?? c.intent_at),
  step: c.step,
  memo: c.memo ?? {},
})
const claim = claimed.transform(asClaim)

const preview = claimed
  .extend({ due_in_ms: z.number(), place: z.string(), token_version: z.number().nullable() })
  .transform((p) => ({
    ...asClaim(p),
    /** Of this process, as performance.now() counts: no two clocks are compared. */
    dueAt: performance.now() + p.due_in_ms,
    place: p.place,
    tokenVersion: p.token_version,
  }))

function instantOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

/** One claimed job: what to do, for whom, under which fence. */
export type Claim = z.infer<typeof claim>

/** A job that is due soon, to be made ready for: nothing is held by it. */
export type Preview = z.infer<typeof preview>

export type Intent = { step: PreparedStep; httpTimeoutMs: number; settleMs: number }

export type Jobs = {
  /** What can be made ready without asking the network; null: only a claim can tell what is to be done. */
  preview(jobId: string): Promise<Preview | null>
  /**
   * Claim and intent at once, of a job as it was previewed, and when they were asked for at the earliest; null: it
   * is not plainly to be sent as it was.
   */
  begin(
    preview: Preview,
    worker: { workerId: string; leaseMs: number },
    intent: Intent,
  ): Promise<{ claim: Claim; askedAt: number } | null>
  /** Takes the lease; null: somebody else has it, nothing is due, or what was approved has changed. */
  claim(jobId: string, worker: { workerId: string; leaseMs: number }): Promise<Claim | null>
  /** Commits what is about to be sent. false: the lease was lost, and nothing may leave. */
  recordIntent(claim: Claim, intent: Intent): Promise<boolean>
  recordResult(claim: Claim, outcome: StepOutcome, earlyLooksMs: readonly number[]): Promise<void>
  /** `candidates` null: the platform could not be read, for the reason in `error`. */
  recordLook(
    claim: Claim,
    candidates: readonly FoundPost[] | null,
    error: PlatformError | null,
    earlyLooksMs: readonly number[],
  ): Promise<void>
  /** For whoever is there at its time. */
  handBack(jobId: string): Promise<void>
}

/** So that what is begun first does not wait for a hundred others, and locks are short. */
const MOST_AT_ONCE = 50

export function createJobs(sql: Sql): Jobs {
  const previewed = inBatches(1_000, async (jobIds: readonly string[]) => {
    const rows = await sql`
      select job_id, preview from private.preview_publish_jobs(${[...new Set(jobIds)]}::uuid[])`
    const previews = new Map<string, unknown>(rows.map((row) => [row.job_id, row.preview]))
    return jobIds.map((id) => previews.get(id) ?? null)
  })

  const begun = inBatches(MOST_AT_ONCE, async (asked: readonly Asked[]) => {
    const askedAt = performance.now()
    const rows = await sql`select job_id, claim from private.begin_publish_jobs(${sql.json([...asked])})`
    const claims = new Map<string, unknown>(rows.map((row) => [row.job_id, row.claim]))
    return asked.map(({ job_id }) => {
      const own = claims.get(job_id) ?? null
      // Asked twice for one job, one of them has it.
      claims.delete(job_id)
      return { own, askedAt }
    })
  })

  /** true: filed. */
  const recordPublished = inBatches(MOST_AT_ONCE, async (filed: readonly Published[]) => {
    const rows = await sql`
      select job_id from private.record_published_jobs(${sql.json([...filed])}) as job_id`
    const done = new Set(rows.map((row) => row.job_id))
    return filed.map(({ job_id }) => done.has(job_id))
  })

  return {
    async preview(jobId) {
      const row = await previewed(jobId)
      return row && preview.parse(row)
    },

    async begin({ jobId, fence, tokenVersion }, { workerId, leaseMs }, { step, httpTimeoutMs, settleMs }) {
      const { own, askedAt } = await begun({
        job_id: jobId,
        fence,
        token_version: tokenVersion,
        worker_id: workerId,
        lease_ms: leaseMs,
        http_timeout_ms: httpTimeoutMs,
        settle_ms: settleMs,
        digest: step.digest,
        step: step.step,
      })
      return own ? { claim: claim.parse(own), askedAt } : null
    },

    async claim(jobId, { workerId, leaseMs }) {
      const [row] = await sql`select private.claim_publish_job(${jobId}, ${workerId}, ${leaseMs}) as claim`
      return row?.claim ? claim.parse(row.claim) : null
    },

    async recordIntent({ jobId, fence }, { step, httpTimeoutMs, settleMs }) {
      const [row] = await sql`
        select private.record_intent(
          ${jobId}, ${fence}::bigint, ${httpTimeoutMs}, ${step.digest}, ${settleMs}, ${step.step}
        ) as allowed`
      return row?.allowed === true
    },

    async recordResult({ jobId, fence }, outcome, earlyLooksMs) {
      if (outcome.kind === 'published') {
        const { platformPostId, permalink } = outcome
        const post = { job_id: jobId, fence, platform_post_id: platformPostId, permalink }
        if (await recordPublished(post)) return
      }
      const result = { ...asRecord(outcome), early_looks_ms: [...earlyLooksMs] }
      await sql`select private.record_publish_result(${jobId}, ${fence}::bigint, ${sql.json(result)})`
    },

    async recordLook({ jobId, fence }, candidates, error, earlyLooksMs) {
      const found = candidates?.map((post) => ({
        platform_post_id: post.platformPostId,
        permalink: post.permalink,
        published_at: post.publishedAt.toISOString(),
      }))
      const failure = error && { class: error.class, code: error.code, message: error.message }
      await sql`
        select private.record_look(
          ${jobId}, ${fence}::bigint, ${found ? sql.json(found) : null}, ${failure ? sql.json(failure) : null},
          ${sql.json([...earlyLooksMs])}
        )`
    },

    async handBack(jobId) {
      await sql`
        select private.wake_to_send(j) from public.publish_jobs j where j.id = ${jobId} and j.status = 'scheduled'`
    },
  }
}

type Asked = {
  job_id: string
  fence: string
  token_version: number | null
  worker_id: string
  lease_ms: number
  http_timeout_ms: number
  settle_ms: number
  digest: string
  step: string
}
type Published = { job_id: string; fence: string; platform_post_id: string; permalink: string | null }

const MAX_MESSAGE = 2_000

function asRecord(outcome: StepOutcome) {
  switch (outcome.kind) {
    case 'published':
      return { kind: 'published', platform_post_id: outcome.platformPostId, permalink: outcome.permalink }
    case 'continue':
      return { kind: 'continue', step: outcome.step, memo: outcome.memo }
    case 'wait':
      return { kind: 'wait', step: outcome.step, memo: outcome.memo, after_ms: outcome.afterMs }
    case 'unsent':
      return { kind: 'unsent', ...failure(outcome) }
    case 'refused':
      return {
        kind: 'refused',
        class: outcome.class,
        ...(outcome.scope ? { scope: outcome.scope } : {}),
        ...failure(outcome),
      }
    case 'unknown':
      return { kind: 'unknown', ...failure(outcome), settle_ms: outcome.settleMs }
  }
}

function failure({ code, message, retryAfterMs }: { code: string; message: string; retryAfterMs?: number }) {
  return {
    code,
    message: message.slice(0, MAX_MESSAGE),
    ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
  }
}
