import { SecretRefused } from '#lib/connections/secrets.ts'
import type { Connector, LookOutcome, PreparedStep, StepOutcome } from '#lib/platforms/contract.ts'
import { Permits } from '../permits.ts'
import type { Ports, PublishingTimes } from '../ports.ts'
import type { Claim, Intent, Preview } from '../records/jobs.ts'
import { freshAccessToken } from '../secrets/fresh-token.ts'
import { Turns } from '../turns.ts'
import { postMedia } from './post-media.ts'

/** What the posts of one worker share. */
export type PublishingFloor = {
  /** Of each account. */
  turns: Turns
  /** Whoever holds media or asks a network while preparing: their bytes lie in memory. */
  heavy: Permits
  /** Media made ready before their minute, and held until then. */
  ahead: Permits
}

/** Of media of a megabyte or so each. */
const HEAVY_AT_ONCE = 32

export function openPublishingFloor({ leaseMs }: PublishingTimes): PublishingFloor {
  return { turns: new Turns(leaseMs), heavy: new Permits(HEAVY_AT_ONCE), ahead: new Permits(HEAVY_AT_ONCE) }
}

/**
 * Works on one publish job: never more than one network mutation between an intent and its result. Safe to
 * deliver twice, late, or after a crash; the record in the database decides what may be done.
 *
 * What can be made ready before its minute is: then it waits here for its time and for its account, and whoever
 * changes anything meanwhile is obeyed when it begins.
 */
export async function publishPost(
  jobId: string,
  workerId: string,
  ports: Ports,
  floor: PublishingFloor,
  stopping?: AbortSignal,
): Promise<void> {
  const { jobs } = ports.records
  const preview = await jobs.preview(jobId)
  if (!preview) return floor.heavy.during(() => workOn(jobId, workerId, ports))

  const isAhead = preview.post.media.length === 0 || floor.ahead.tryTake()
  const early = isAhead ? prepare(preview, ports) : null
  const endTurn = await floor.turns.take(`${preview.platform}:${preview.post.accountId}`, preview, stopping)
  try {
    if (!endTurn) return await jobs.handBack(jobId)
    const send = async () => sendPrepared(preview, await (early ?? prepare(preview, ports)), workerId, ports)
    const outcome = await (early ? send() : floor.heavy.during(send))
    if (outcome && outcome.kind !== 'continue') return
    await floor.heavy.during(() => workOn(jobId, workerId, ports))
  } finally {
    endTurn?.()
    if (early && preview.post.media.length > 0) floor.ahead.giveBack()
  }
}

/** Claims whatever the job needs now, step after step. */
async function workOn(jobId: string, workerId: string, ports: Ports): Promise<void> {
  const { jobs } = ports.records
  // Each step is a claim of its own: whoever takes over goes on from the last result that was filed.
  for (;;) {
    const claim = await jobs.claim(jobId, { workerId, leaseMs: ports.publishing.leaseMs })
    if (!claim) return
    if (claim.mode === 'look') return look(claim, ports)
    const outcome = await sendOneStep(claim, ports)
    if (outcome?.kind !== 'continue') return
  }
}

/** @returns what was filed; null: nothing was begun, and a claim has to tell what is to be done */
async function sendPrepared(
  preview: Preview,
  prepared: Prepared,
  workerId: string,
  ports: Ports,
): Promise<StepOutcome | null> {
  // Its reason is only to be filed by whoever has claimed the job.
  if (prepared.kind === 'blocked') return null
  const { leaseMs } = ports.publishing
  const { step } = prepared
  const begun = await ports.records.jobs.begin(preview, { workerId, leaseMs }, intentOf(step, ports))
  return begun && sendAndFile(begun.claim, step, begun.askedAt, ports)
}

/** @returns what was filed; null: the lease was lost before anything was sent */
async function sendOneStep(claim: Claim, ports: Ports): Promise<StepOutcome | null> {
  const { jobs } = ports.records
  const prepared = await prepare(claim, ports)
  if (prepared.kind === 'blocked') {
    await jobs.recordResult(claim, prepared.outcome, ports.publishing.earlyLooksMs)
    return prepared.outcome
  }

  const { step } = prepared
  const askedAt = performance.now()
  if (!(await jobs.recordIntent(claim, intentOf(step, ports)))) {
    ports.log.warn({ job: claim.jobId, step: step.step }, 'lease lost before sending; nothing was sent')
    return null
  }
  return sendAndFile(claim, step, askedAt, ports)
}

function intentOf(step: PreparedStep, { publishing }: Ports): Intent {
  const { httpTimeoutMs, settleScale } = publishing
  return { step, httpTimeoutMs, settleMs: Math.ceil(step.settleMs * settleScale) }
}

/** `askedAt`: when the intent was asked for, at the earliest. */
async function sendAndFile(
  claim: Claim,
  step: PreparedStep,
  askedAt: number,
  { records, publishing }: Ports,
): Promise<StepOutcome> {
  const { httpTimeoutMs, settleScale, earlyLooksMs } = publishing
  const sent = await sendInTime(step, httpTimeoutMs - (performance.now() - askedAt))
  const outcome =
    sent.kind === 'unknown' ? { ...sent, settleMs: Math.ceil(sent.settleMs * settleScale) } : sent
  await records.jobs.recordResult(claim, outcome, earlyLooksMs)
  return outcome
}

/** The intent bought a span of time; what is left of it bounds the call, so that a slow worker sends nothing late. */
async function sendInTime(step: PreparedStep, leftMs: number): Promise<StepOutcome> {
  if (leftMs >= 1) return step.send(Math.floor(leftMs))
  const message = 'This worker took too long to begin sending.'
  return { kind: 'unsent', code: 'worker_too_slow', message }
}

type Prepared = Awaited<ReturnType<Connector['prepare']>>

/** Never rejects. */
async function prepare(claim: Claim, ports: Ports): Promise<Prepared> {
  const connector = ports.connectors(claim.platform)
  const { post, step, memo } = claim
  try {
    const token = await accessToken(claim, ports)
    if (token === null) return { kind: 'blocked' as const, outcome: tokenUnreadable }
    return await connector.prepare({ post, step, memo, token, ...postMedia(ports) })
  } catch (error) {
    // Nothing has been sent: whatever broke here, the job goes back with a reason instead of hanging.
    ports.log.error({ err: error, job: claim.jobId }, 'a step could not be prepared')
    const message = 'The worker could not prepare this step; its log has the reason.'
    return { kind: 'blocked' as const, outcome: { kind: 'unsent' as const, code: 'worker_failed', message } }
  }
}

/** Asks the platform what became of a step whose answer was lost. Reads only. */
async function look(claim: Claim, ports: Ports): Promise<void> {
  const { jobs } = ports.records
  const { earlyLooksMs } = ports.publishing
  const seen = await find(claim, ports)
  return seen.kind === 'read'
    ? jobs.recordLook(claim, seen.candidates, null, earlyLooksMs)
    : jobs.recordLook(claim, null, seen.error, earlyLooksMs)
}

async function find(claim: Claim, ports: Ports): Promise<LookOutcome> {
  const { post, step, memo } = claim
  try {
    const token = await accessToken(claim, ports)
    if (token === null) return { kind: 'unreadable', error: tokenUnreadable }
    const since = claim.firstIntentAt ?? ports.clock.now()
    return await ports.connectors(claim.platform).findPublished({ post, step, memo, token, since })
  } catch (error) {
    ports.log.error({ err: error, job: claim.jobId }, 'a look broke off')
    const message = 'The worker could not look; its log has the reason.'
    return { kind: 'unreadable', error: { class: 'unknown', code: 'worker_failed', message } }
  }
}

const tokenUnreadable = {
  kind: 'refused',
  class: 'auth',
  code: 'connection_token_unreadable',
  message: 'The desk holds no readable token for this account.',
} as const

async function accessToken(claim: Claim, ports: Ports): Promise<string | null> {
  try {
    return await freshAccessToken(claim, ports)
  } catch (error) {
    // A key that is missing here is this worker's trouble, and no reason to connect anything again.
    if (!(error instanceof SecretRefused) || error.code === 'key_missing') throw error
    ports.log.error({ err: error, connection: claim.connectionId }, 'a sealed token did not open')
    return null
  }
}
