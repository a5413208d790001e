import { z } from 'zod'
import type { FoundPost, PlatformError, PreparedStep, StepOutcome } from '#lib/platforms/contract.ts'
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

const claim = z
  .object({
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
  })
  .transform((c) => ({
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
  }))

function instantOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

/** One claimed job: what to do, for whom, under which fence. */
export type Claim = z.infer<typeof claim>

export type Jobs = {
  /** Takes the lease; null: somebody else has it, nothing is due, or what was approved has changed. */
  claim(jobId: string, worker: { workerId: string; leaseMs: number }): Promise<Claim | null>
  /** Commits what is about to be sent. false: the lease was lost, and nothing may leave. */
  recordIntent(
    claim: Claim,
    intent: { step: PreparedStep; httpTimeoutMs: number; settleMs: number },
  ): Promise<boolean>
  recordResult(claim: Claim, outcome: StepOutcome, earlyLooksMs: readonly number[]): Promise<void>
  /** `candidates` null: the platform could not be read, for the reason in `error`. */
  recordLook(
    claim: Claim,
    candidates: readonly FoundPost[] | null,
    error: PlatformError | null,
    earlyLooksMs: readonly number[],
  ): Promise<void>
}

export function createJobs(sql: Sql): Jobs {
  return {
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
  }
}

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
