import { type Facts, isKnownCode, type Refusal, RefusalError, sentenceFor } from './errors.ts'

export function refusal(code: string, facts: Facts = {}): Refusal {
  return { code, sentence: sentenceFor(code, facts), facts }
}

/** @returns the expected refusal that `error` stands for, or null: then it is a fault, to be logged */
export function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof RefusalError) return error.refusal
  if (!isRecord(error)) return null
  if (looksUnreachable(error)) return refusal('no_connection')
  const code = text(error.code)
  if (code === 'P0001') return refusalRaised(error)
  const known = code === null ? undefined : (databaseCodes.get(code) ?? authCodes.get(code))
  if (known) return refusal(known)
  return storageRefusal(error)
}

/** `private.refuse(code, facts)` raises P0001 with the code as message and the facts as JSON detail. */
function refusalRaised(error: Record<string, unknown>): Refusal | null {
  const code = text(error.message)
  if (code === null || !isKnownCode(code)) return null
  return refusal(code, parseFacts(text(error.details)))
}

function parseFacts(details: string | null): Facts {
  if (!details?.startsWith('{')) return {}
  const facts: unknown = JSON.parse(details)
  return isRecord(facts) ? facts : {}
}

/** SQLSTATEs of Postgres and codes of PostgREST. */
const databaseCodes = new Map(
  Object.entries({
    '42501': 'not_allowed',
    '23505': 'already_there',
    '23503': 'still_in_use',
    '23502': 'input_invalid',
    '23514': 'input_invalid',
    '22P02': 'not_found', // an id that is no uuid names nothing
    '40001': 'busy',
    '40P01': 'busy',
    '55P03': 'busy',
    '57014': 'too_slow',
    '57P01': 'no_connection',
    '57P03': 'no_connection',
    PGRST116: 'not_found',
    PGRST000: 'no_connection',
    PGRST001: 'no_connection',
    PGRST002: 'no_connection',
    PGRST003: 'no_connection',
    PGRST301: 'signed_out',
    PGRST303: 'signed_out',
  }),
)

/** Codes of Supabase Auth (auth-js, error-codes.d.ts). */
const authCodes = new Map(
  Object.entries({
    invalid_credentials: 'password_wrong',
    email_not_confirmed: 'email_not_confirmed',
    email_exists: 'account_exists',
    user_already_exists: 'account_exists',
    user_banned: 'account_blocked',
    signup_disabled: 'sign_up_closed',
    email_provider_disabled: 'sign_up_closed',
    email_address_invalid: 'email_invalid',
    weak_password: 'password_weak',
    same_password: 'password_same',
    reauthentication_needed: 'password_needs_proof',
    otp_expired: 'confirmation_dead',
    otp_disabled: 'confirmation_dead',
    flow_state_not_found: 'confirmation_dead',
    over_request_rate_limit: 'too_many_tries',
    over_email_send_rate_limit: 'too_many_mails',
    session_not_found: 'signed_out',
    session_expired: 'signed_out',
    refresh_token_not_found: 'signed_out',
    refresh_token_already_used: 'signed_out',
    bad_jwt: 'signed_out',
    request_timeout: 'too_slow',
  }),
)

/** supabase-js turns a failed fetch into an error of its own; each of its clients in another shape. */
function looksUnreachable(error: Record<string, unknown>): boolean {
  if (error.name === 'AuthRetryableFetchError') return true
  const message = `${text(error.message) ?? ''} ${text(error.details) ?? ''}`
  return /fetch failed|Failed to fetch|NetworkError|Load failed|ECONNREFUSED|ECONNRESET/.test(message)
}

function storageRefusal(error: Record<string, unknown>): Refusal | null {
  if (error.__isStorageError !== true) return null
  const status = Number(error.statusCode ?? error.status)
  if (status === 413) return refusal('media_too_large')
  if (status === 415) return refusal('media_type_not_allowed')
  if (status === 401 || status === 403) return refusal('not_allowed')
  if (status === 404) return refusal('media_missing')
  if (status === 409) return refusal('already_there')
  return null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
