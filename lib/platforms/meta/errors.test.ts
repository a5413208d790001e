import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HttpOutcome } from '../http.ts'
import { outcomeOfFailure, readMetaAnswer, verdictOfStatus } from './errors.ts'

function answered(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}) {
  return {
    kind: 'answered',
    status,
    headers: new Headers(headers),
    body: { error: { message: 'As Meta puts it', ...error } },
  } satisfies HttpOutcome
}

function outcomeOf(http: HttpOutcome, effect: 'staging' | 'publishing' = 'publishing') {
  const answer = readMetaAnswer(http)
  return answer.kind === 'error' ? outcomeOfFailure(answer, { effect, settleMs: 180_000 }) : answer
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
    [100, 33, 'permission', 'meta_object_missing'],
    [100, 1404078, 'permission', 'meta_page_authorisation'],
    [32, undefined, 'rate_limit', 'meta_rate_limit'],
    [80001, undefined, 'rate_limit', 'meta_rate_limit'],
    [368, undefined, 'rate_limit', 'meta_blocked'],
    [324, 1366046, 'invalid', 'meta_picture_refused'],
    [1366046, undefined, 'invalid', 'meta_picture_refused'],
    [100, undefined, 'invalid', 'meta_request_refused'],
    [25, 2207050, 'auth', 'instagram_account_restricted'],
    [4, undefined, 'rate_limit', 'meta_rate_limit'],
    [101, undefined, 'rate_limit', 'platform_not_configured'],
    [80002, undefined, 'rate_limit', 'meta_rate_limit'],
    [9, 2207042, 'rate_limit', 'instagram_quota_reached'],
    [36000, 2207004, 'invalid', 'meta_picture_refused'],
    [36001, 2207005, 'invalid', 'meta_picture_refused'],
    [36003, 2207009, 'invalid', 'meta_picture_refused'],
    [36004, 2207010, 'invalid', 'instagram_caption_too_long'],
    [352, 2207026, 'invalid', 'meta_video_refused'],
    [100, 2207023, 'invalid', 'meta_request_refused'],
    [100, 2207028, 'invalid', 'meta_request_refused'],
    [100, 1363026, 'invalid', 'meta_video_refused'],
    [6000, 1363024, 'invalid', 'meta_video_refused'],
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

  // The table of platforms/meta.md 8; what is staged is seen by nobody.
  test.each([
    [1, undefined, 'meta_trouble'],
    [2, undefined, 'meta_trouble'],
    [-1, 2207001, 'meta_trouble'],
    [-2, 2207003, 'instagram_fetch_failed'],
    [9004, 2207052, 'instagram_fetch_failed'],
    [24, 2207008, 'instagram_container_lost'],
    [-2, 2207020, 'instagram_container_lost'],
    [24, 2207006, 'instagram_container_lost'],
    [-1, 2207032, 'instagram_processing_failed'],
    [-1, 2207053, 'instagram_processing_failed'],
    [9007, 2207027, 'instagram_not_ready'],
    [100, 1363037, 'meta_upload_broken'],
    [6000, 1363041, 'meta_upload_broken'],
    [506, undefined, 'publish_duplicate'],
    [4, 2207051, 'meta_blocked'],
    [100, 1363047, 'meta_unexplained'],
  ])('%s / %s while staging is tried again', (code, error_subcode, name) => {
    const http = answered(400, { code, ...(error_subcode ? { error_subcode } : {}) })
    expect(outcomeOf(http, 'staging')).toMatchObject({ kind: 'refused', class: 'transient', code: name })
    expect(outcomeOf(http)).toMatchObject({ kind: 'unknown', code: name })
  })

  test('holds back every account where the app’s own purse is empty', () => {
    expect(outcomeOf(answered(400, { code: 4 }))).toMatchObject({ scope: 'app' })
    expect(outcomeOf(answered(400, { code: 80002 }))).not.toHaveProperty('scope')
  })

  test.each([
    { code: 101, message: 'Error validating application. Invalid application ID.' },
    { code: 100, message: 'Invalid appsecret_proof provided in the API argument' },
    { code: 100, message: 'API calls from the server require an appsecret_proof argument' },
  ])('that is about our own keys is no account’s and no post’s: $message', (error) => {
    expect(outcomeOf(answered(400, error))).toMatchObject({
      kind: 'refused',
      class: 'rate_limit',
      code: 'platform_not_configured',
      scope: 'app',
    })
  })

  test.each([
    [{ retriable: true, type: 'PartialRequestError' }, 'transient', 'meta_upload_broken'],
    [{ retriable: false, type: 'ProcessingFailedError' }, 'invalid', 'meta_video_refused'],
  ])('the upload host is read in its own form: %j', (info, errorClass, code) => {
    const body = { debug_info: { ...info, message: 'As the host puts it' } }
    const http: HttpOutcome = { kind: 'answered', status: 400, headers: new Headers(), body }
    expect(outcomeOf(http, 'staging')).toMatchObject({ kind: 'refused', class: errorClass, code })
  })

  test.each([
    ['Error: Media upload has failed with error code 2207026', 'meta_video_refused', false],
    ['Error: Media upload has failed with error code 2207003', 'instagram_fetch_failed', true],
    ['Error: something else', 'instagram_processing_failed', true],
    ['Error: 2207051', 'meta_blocked', false],
  ])('a container that failed is read by its words: %s', (status, code, isPassing) => {
    expect(verdictOfStatus(status)).toMatchObject({ code, isPassing })
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

test('whatever they answer becomes an outcome with a code, and nothing that may be out is called refused', () => {
  const anyError = fc.record(
    {
      message: fc.string(),
      code: fc.oneof(fc.integer({ min: -5, max: 3_000 }), fc.constant('190'), fc.constantFrom(1, 2, 506)),
      error_subcode: fc.integer({ min: 0, max: 2_300_000 }),
      is_transient: fc.boolean(),
    },
    { requiredKeys: ['code'] },
  )
  const body = fc.oneof(fc.record({ error: anyError }), fc.jsonValue(), fc.string())
  const status = fc.constantFrom(200, 302, 400, 401, 403, 404)
  fc.assert(
    fc.property(body, status, fc.boolean(), (told, answeredWith, broke) => {
      const http: HttpOutcome = broke
        ? { kind: 'unknown', code: 'platform_server_error', message: 'No answer.', body: told }
        : { kind: 'answered', status: answeredWith, headers: new Headers(), body: told }
      const outcome = outcomeOf(http)
      if (outcome.kind === 'ok') {
        expect(broke).toBe(false)
        return
      }
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/), message: expect.any(String) })
      if (broke) expect(outcome.kind).toBe('unknown')
    }),
  )
})
