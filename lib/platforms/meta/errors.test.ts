import { describe, expect, test } from 'vitest'
import type { HttpOutcome } from '../http.ts'
import { outcomeOfFailure, readMetaAnswer } from './errors.ts'

function answered(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}) {
  return {
    kind: 'answered',
    status,
    headers: new Headers(headers),
    body: { error: { message: 'As Meta puts it', ...error } },
  } satisfies HttpOutcome
}

function outcomeOf(http: HttpOutcome) {
  const answer = readMetaAnswer(http)
  return answer.kind === 'error' ? outcomeOfFailure(answer, 180_000) : answer
}

describe('an error of Meta', () => {
  test.each([
    [190, 463, 'auth', 'meta_token_expired'],
    [190, 460, 'auth', 'meta_password_changed'],
    [190, 458, 'auth', 'meta_app_removed'],
    [190, 492, 'auth', 'meta_page_role_lost'],
    [190, undefined, 'auth', 'meta_token_expired'],
    [200, undefined, 'permission', 'meta_permission'],
    [10, undefined, 'permission', 'meta_permission'],
    [100, 33, 'permission', 'meta_permission'],
    [100, 1404078, 'permission', 'meta_page_authorisation'],
    [32, undefined, 'rate_limit', 'meta_rate_limit'],
    [80001, undefined, 'rate_limit', 'meta_rate_limit'],
    [368, undefined, 'rate_limit', 'meta_blocked'],
    [324, 1366046, 'invalid', 'meta_picture_refused'],
    [1366046, undefined, 'invalid', 'meta_picture_refused'],
    [100, undefined, 'invalid', 'meta_request_refused'],
  ])('%s / %s is refused as %s', (code, error_subcode, errorClass, name) => {
    expect(outcomeOf(answered(400, { code, ...(error_subcode ? { error_subcode } : {}) }))).toMatchObject({
      kind: 'refused',
      class: errorClass,
      code: name,
    })
  })

  // Each was seen with the post live (platforms/meta.md 0.10).
  test.each([
    ['code 1', answered(400, { code: 1 })],
    ['code 2', answered(400, { code: 2, is_transient: true })],
    ['an equal post that may be ours', answered(400, { code: 506 })],
    ['photos that are in a post already', answered(400, { code: 100, error_subcode: 1366051 })],
    ['the spam block', answered(400, { code: 4, error_subcode: 2207051 })],
    ['a code nobody knows', answered(400, { code: 987654 })],
    [
      '500 with code 2',
      { kind: 'unknown', code: 'platform_server_error', message: '', body: { error: { code: 2 } } },
    ],
    [
      '500 that calls it an expired token',
      { kind: 'unknown', code: 'platform_server_error', message: '', body: { error: { code: 190 } } },
    ],
    ['no answer', { kind: 'unknown', code: 'platform_timeout', message: 'No answer.', body: null }],
    ['a redirect', { kind: 'answered', status: 302, headers: new Headers(), body: '' }],
  ] satisfies [string, HttpOutcome][])('%s leaves the outcome unknown', (_what, http) => {
    expect(outcomeOf(http)).toMatchObject({ kind: 'unknown' })
  })

  test('waits as long as the usage header says, in minutes', () => {
    const usage = { '1001': [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 7 }] }
    const header = { 'x-business-use-case-usage': JSON.stringify(usage) }
    expect(outcomeOf(answered(400, { code: 80001 }, header))).toMatchObject({ retryAfterMs: 7 * 60_000 })
    expect(outcomeOf(answered(400, { code: 32 }))).toMatchObject({ retryAfterMs: 60_000 })
  })

  test('keeps the words for the person and the trace for Meta', () => {
    const error = { code: 100, error_user_msg: 'The Page is restricted.', fbtrace_id: 'Axy' }
    expect(outcomeOf(answered(400, error))).toMatchObject({
      message: 'The Page is restricted. (fbtrace_id Axy)',
    })
  })
})
