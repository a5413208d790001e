import { HTTP_TIMEOUT_MS, LATE_COMMIT_MS } from './times.ts'

/** `mayRefuse`: that the post failed is then the truth, as long as it is not out. */
export type Fault = { name: string; fault: Record<string, unknown> | null; mayRefuse?: true }

/** Whatever can befall a call that sends something: staging, an upload, the call that publishes. Once. */
export const WRITE_FAULTS: readonly Fault[] = [
  { name: 'none', fault: null },
  { name: 'slow answer', fault: { kind: 'latency', ms: 120, accept: 'after' } },
  { name: 'too slow an answer', fault: { kind: 'latency', ms: HTTP_TIMEOUT_MS + 300, accept: 'after' } },
  { name: '429', fault: { kind: 'rate_limit', status: 429 } },
  { name: '429, Retry-After', fault: { kind: 'rate_limit', status: 429, retry_after_s: 1 } },
  { name: 'account throttled', fault: { kind: 'rate_limit', code: 32, regain_minutes: 1 } },
  { name: '500 before', fault: { kind: 'server_error', accept: 'before' } },
  { name: '500 after', fault: { kind: 'server_error', accept: 'after' } },
  { name: '502 page after', fault: { kind: 'server_error', accept: 'after', status: 502, body: 'html' } },
  { name: 'code 2 after', fault: { kind: 'error', status: 400, code: 2, accept: 'after' } },
  {
    name: 'spam block after',
    fault: { kind: 'error', status: 400, code: 4, subcode: 2207051, accept: 'after' },
  },
  { name: 'not ready', fault: { kind: 'error', status: 400, code: 9007, subcode: 2207027 } },
  { name: 'drop before', fault: { kind: 'drop', accept: 'before' } },
  { name: 'drop after', fault: { kind: 'drop', accept: 'after' } },
  { name: 'cut in the middle', fault: { kind: 'cut', bytes: 40 } },
  { name: 'down', fault: { kind: 'down' } },
  { name: 'late commit', fault: { kind: 'late_commit', after_ms: LATE_COMMIT_MS } },
  {
    name: 'late commit, 504',
    fault: { kind: 'late_commit', after_ms: LATE_COMMIT_MS, answer: 'gateway_timeout' },
  },
  { name: 'an answer without its id', fault: { kind: 'without_field', field: 'id' } },
  { name: 'slow processing', fault: { kind: 'slow_processing', ms: 1_500 } },
  { name: 'failed processing', fault: { kind: 'failed_processing' }, mayRefuse: true },
  { name: 'equal post, theirs', fault: { kind: 'error', status: 400, code: 506 }, mayRefuse: true },
  { name: 'token expired', fault: { kind: 'token', subcode: 463 } },
  { name: 'token revoked', fault: { kind: 'token', subcode: 458 } },
  { name: 'right missing', fault: { kind: 'permission', code: 200 }, mayRefuse: true },
]

/** Whatever can befall a call that asks: how far they are, where the post stands, whether it is there. Once. */
export const READ_FAULTS: readonly Fault[] = [
  { name: '500', fault: { kind: 'server_error' } },
  { name: 'drop', fault: { kind: 'drop' } },
  { name: 'too slow an answer', fault: { kind: 'latency', ms: HTTP_TIMEOUT_MS + 300, accept: 'after' } },
  { name: '429', fault: { kind: 'rate_limit', status: 429 } },
  { name: 'account throttled', fault: { kind: 'rate_limit', code: 32, regain_minutes: 1 } },
  { name: 'unknown object', fault: { kind: 'error', status: 400, code: 100, subcode: 33 } },
  { name: 'no status', fault: { kind: 'without_field', field: 'status_code' } },
  { name: 'no permalink', fault: { kind: 'permalink_lag', ms: 60_000, times: 1 } },
  { name: 'token expired', fault: { kind: 'token', subcode: 463 } },
]
