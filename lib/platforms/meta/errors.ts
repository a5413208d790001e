import { z } from 'zod'
import type { ErrorClass, PlatformError, PreparedStep, StepOutcome } from '../contract.ts'
import type { HttpOutcome } from '../http.ts'
import { LIST_LAG_MS } from './limits.ts'

/** Meta answers most failures with HTTP 400: code and subcode decide, the status comes last (meta.md 8). */
const errorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.coerce.number(),
    error_subcode: z.coerce.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_msg: z.string().optional(),
    fbtrace_id: z.string().optional(),
  }),
})
type MetaError = z.infer<typeof errorBody>['error']

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

type Verdict = { class: ErrorClass; code: string; retryAfterMs?: number; scope?: 'app' }

/**
 * Our own keys are at fault, not an account and not a post: like a limit it holds back all that goes there, until
 * whoever runs the desk has mended it.
 */
const appRefused: Verdict = {
  class: 'rate_limit',
  code: 'platform_not_configured',
  scope: 'app',
  retryAfterMs: 10 * MINUTE_MS,
}

const verdictBySubcode: Readonly<Record<number, Verdict>> = {
  458: { class: 'auth', code: 'meta_app_removed' },
  459: { class: 'auth', code: 'meta_checkpoint' },
  460: { class: 'auth', code: 'meta_password_changed' },
  463: { class: 'auth', code: 'meta_token_expired' },
  464: { class: 'auth', code: 'meta_checkpoint' },
  467: { class: 'auth', code: 'meta_token_expired' },
  492: { class: 'auth', code: 'meta_page_role_lost' },
  1404078: { class: 'permission', code: 'meta_page_authorisation' },
  1363042: { class: 'permission', code: 'meta_permission' },
  1390008: { class: 'rate_limit', code: 'meta_posting_too_fast', retryAfterMs: DAY_MS },
  2446079: { class: 'rate_limit', code: 'meta_rate_limit' },
  1366051: { class: 'duplicate', code: 'publish_duplicate' },
  1366046: { class: 'invalid', code: 'meta_picture_refused' },
  2069019: { class: 'invalid', code: 'meta_picture_refused' },
  4854002: { class: 'invalid', code: 'meta_picture_refused' },
  1404006: { class: 'invalid', code: 'meta_policy' },
  1404102: { class: 'invalid', code: 'meta_policy' },
  1404112: { class: 'invalid', code: 'meta_policy' },
  1346003: { class: 'invalid', code: 'meta_policy' },
  // Two connectors give these different meanings: nothing is concluded from them.
  1363047: { class: 'unknown', code: 'meta_unexplained' },
  1609008: { class: 'unknown', code: 'meta_unexplained' },
  1609010: { class: 'unknown', code: 'meta_unexplained' },
  1349125: { class: 'unknown', code: 'meta_unexplained' },
  2061006: { class: 'unknown', code: 'meta_unexplained' },
  // Uploads that broke: resumed where they stand, or begun anew.
  ...all([1363019, 1363021, 1363030, 1363033, 1363037, 1363041, 1363045], {
    class: 'transient',
    code: 'meta_upload_broken',
  }),
  ...all([1363022, 1363023, 1363024, 1363025, 1363026, 1363031, 1363032], {
    class: 'invalid',
    code: 'meta_video_refused',
  }),
  // Instagram's, of which each has a text of its own; here is what they ask for.
  2207001: { class: 'transient', code: 'meta_trouble' },
  ...all([2207003, 2207052], { class: 'transient', code: 'instagram_fetch_failed' }),
  ...all([2207006, 2207008, 2207020], { class: 'transient', code: 'instagram_container_lost' }),
  ...all([2207032, 2207053, 2207077, 2207082], { class: 'transient', code: 'instagram_processing_failed' }),
  2207027: { class: 'transient', code: 'instagram_not_ready' },
  ...all([2207004, 2207005, 2207009], { class: 'invalid', code: 'meta_picture_refused' }),
  2207010: { class: 'invalid', code: 'instagram_caption_too_long' },
  2207026: { class: 'invalid', code: 'meta_video_refused' },
  ...all([2207023, 2207028, 2207035, 2207036, 2207037, 2207040, 2207057, 2207081], {
    class: 'invalid',
    code: 'meta_request_refused',
  }),
  2207042: { class: 'rate_limit', code: 'instagram_quota_reached', retryAfterMs: 60 * MINUTE_MS },
  2207050: { class: 'auth', code: 'instagram_account_restricted' },
  // "Blocked as spam", seen with the post live: look before anything else (meta.md 0.10).
  2207051: { class: 'unknown', code: 'meta_blocked' },
  // Seen with the comment there.
  1772107: { class: 'unknown', code: 'meta_unexplained' },
}

const verdictByCode: Readonly<Record<number, Verdict>> = {
  ...all([102, 104, 190, 2500], { class: 'auth', code: 'meta_token_expired' }),
  101: appRefused,
  25: { class: 'auth', code: 'instagram_account_restricted' },
  ...all([3, 10], { class: 'permission', code: 'meta_permission' }),
  // The app's own purse, which all accounts share (meta.md 7).
  4: { class: 'rate_limit', code: 'meta_rate_limit', scope: 'app' },
  ...all([17, 32, 341, 613, 80001, 80002, 80006], { class: 'rate_limit', code: 'meta_rate_limit' }),
  9: { class: 'rate_limit', code: 'instagram_quota_reached', retryAfterMs: 60 * MINUTE_MS },
  368: { class: 'rate_limit', code: 'meta_blocked', retryAfterMs: DAY_MS },
  506: { class: 'duplicate', code: 'publish_duplicate' },
  ...all([-2, -1, 1, 2], { class: 'transient', code: 'meta_trouble' }),
  24: { class: 'transient', code: 'instagram_container_lost' },
  9004: { class: 'transient', code: 'instagram_fetch_failed' },
  9007: { class: 'transient', code: 'instagram_not_ready' },
  100: { class: 'invalid', code: 'meta_request_refused' },
  ...all([324, 36000, 36001, 36003], { class: 'invalid', code: 'meta_picture_refused' }),
  36004: { class: 'invalid', code: 'instagram_caption_too_long' },
  ...all([352, 6000], { class: 'invalid', code: 'meta_video_refused' }),
  2635: { class: 'invalid', code: 'meta_version_ended' },
  1609005: { class: 'invalid', code: 'meta_link_refused' },
}

function all(numbers: readonly number[], verdict: Verdict): Record<number, Verdict> {
  return Object.fromEntries(numbers.map((number) => [number, verdict]))
}

export function classifyMetaError(error: MetaError): PlatformError {
  const verdict = verdictOf(error)
  const trace = error.fbtrace_id ? ` (fbtrace_id ${error.fbtrace_id})` : ''
  return { ...verdict, message: `${error.error_user_msg ?? error.message}${trace}` }
}

function verdictOf(error: MetaError): Verdict {
  // The 13 and 14 million numbers arrive as code or as subcode.
  const bySubcode = verdictBySubcode[error.error_subcode ?? 0] ?? verdictBySubcode[error.code]
  if (bySubcode) return bySubcode
  if (error.code === 368 && /already posted/i.test(error.message)) {
    return { class: 'duplicate', code: 'publish_duplicate' }
  }
  if (error.code === 100 && error.error_subcode === 33) {
    return { class: 'permission', code: 'meta_object_missing' }
  }
  if (error.code === 100 && /no permission to publish/i.test(error.message)) {
    return { class: 'permission', code: 'meta_permission' }
  }
  if (error.code === 100 && /appsecret_proof/i.test(error.message)) return appRefused
  if (error.code >= 200 && error.code <= 299) return { class: 'permission', code: 'meta_permission' }
  const byCode = verdictByCode[error.code]
  if (byCode) return byCode
  if (error.is_transient) return { class: 'transient', code: 'meta_trouble' }
  return { class: 'unknown', code: 'meta_unexplained' }
}

/** A container that failed says so in words that hold the number (platforms/meta.md 4.2). */
export function verdictOfStatus(status: string): { code: string; message: string; isPassing: boolean } {
  const subcode = Number(/\b2207\d{3}\b/.exec(status)?.[0] ?? 0)
  const verdict = verdictBySubcode[subcode] ?? { class: 'transient', code: 'instagram_processing_failed' }
  return { code: verdict.code, message: status, isPassing: verdict.class === 'transient' }
}

/** What the upload host says in place of an error. */
const debugInfo = z.object({
  debug_info: z.object({
    retriable: z.boolean().optional(),
    type: z.string().optional(),
    message: z.string().default(''),
  }),
})

function uploadError(body: unknown): PlatformError | null {
  const parsed = debugInfo.safeParse(body)
  if (!parsed.success) return null
  const { retriable, type, message } = parsed.data.debug_info
  return retriable === false && type === 'ProcessingFailedError'
    ? { class: 'invalid', code: 'meta_video_refused', message }
    : { class: 'transient', code: 'meta_upload_broken', message }
}

const REGAIN_MINUTES = /"estimated_time_to_regain_access"\s*:\s*(\d+)/g

/** Calls while throttled prolong the throttle: wait what the header names, in minutes, and at least one. */
function waitOf(headers: Headers): number {
  const usage = headers.get('x-business-use-case-usage') ?? ''
  const minutes = [...usage.matchAll(REGAIN_MINUTES)].map((match) => Number(match[1]))
  return Math.max(1, ...minutes) * MINUTE_MS
}

export type MetaAnswer = { kind: 'ok'; body: unknown } | { kind: 'error'; error: PlatformError; sent: Sent }
/** Whether the request can have had an effect, whatever its error says. */
export type Sent = 'no' | 'refused' | 'maybe'

/** One reading of every answer, for reads and mutations alike. */
export function readMetaAnswer(outcome: HttpOutcome): MetaAnswer {
  if (outcome.kind === 'unsent') {
    const { code, message, retryAfterMs } = outcome
    const error: PlatformError = {
      class: code === 'platform_busy' ? 'rate_limit' : 'transient',
      code,
      message,
    }
    return {
      kind: 'error',
      sent: 'no',
      error: retryAfterMs === undefined ? error : { ...error, retryAfterMs },
    }
  }

  const parsed = errorBody.safeParse(outcome.body)
  const broken = uploadError(outcome.body)
  if (broken) return { kind: 'error', sent: 'refused', error: broken }
  if (outcome.kind === 'answered' && !parsed.success) {
    if (outcome.status < 300) return { kind: 'ok', body: outcome.body }
    const message = `Meta answered ${outcome.status} without saying why.`
    return { kind: 'error', sent: 'maybe', error: { class: 'unknown', code: 'meta_unexplained', message } }
  }

  const error: PlatformError = parsed.success
    ? classifyMetaError(parsed.data.error)
    : { class: 'transient', code: outcome.kind === 'unknown' ? outcome.code : 'meta_trouble', message: '' }
  if (outcome.kind === 'unknown' && error.message === '') error.message = outcome.message
  if (outcome.kind === 'answered' && error.class === 'rate_limit' && error.retryAfterMs === undefined) {
    error.retryAfterMs = waitOf(outcome.headers)
  }
  // Errors that still published were seen with 5xx, code 1, code 2 and the spam block (meta.md 0.10).
  const looked = error.class !== 'transient' && error.class !== 'unknown'
  return { kind: 'error', error, sent: outcome.kind === 'answered' && looked ? 'refused' : 'maybe' }
}

/** What a failed mutation means for the job. */
export function outcomeOfFailure(
  answer: Extract<MetaAnswer, { kind: 'error' }>,
  { effect, settleMs }: { effect: PreparedStep['effect']; settleMs: number },
): StepOutcome {
  const { class: errorClass, ...facts } = answer.error
  if (answer.sent === 'no') return { kind: 'unsent', ...facts }
  // Nobody sees what is staged: whatever became of it, it is staged again or resumed.
  if (effect === 'staging' && (answer.sent === 'maybe' || errorClass === 'duplicate')) {
    return { kind: 'refused', class: 'transient', ...facts }
  }
  // "They have an equal post" may speak of ours, or of an older one: never believed alone (meta.md 9). It is
  // there already, so that only the list can be late.
  if (errorClass === 'duplicate') return { kind: 'unknown', ...facts, settleMs: LIST_LAG_MS }
  if (answer.sent === 'refused' && errorClass !== 'unknown') {
    return { kind: 'refused', class: errorClass, ...facts }
  }
  return { kind: 'unknown', code: facts.code, message: facts.message, settleMs }
}
