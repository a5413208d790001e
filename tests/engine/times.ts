/** The platform commits at most this late after our side gave up, and its lists lag at most this long. */
export const LATE_COMMIT_MS = 400
export const LIST_LAG_MS = 300

/** How long the matrix's workers wait for an answer. */
export const HTTP_TIMEOUT_MS = 1_500

export const TIMES = {
  PUBLISH_LEASE_MS: '2400', // HTTP time-out: a third of it
  PUBLISH_SETTLE_SCALE: '0.008', // 180 s → 1.4 s: twice what late commit and list lag take together
  PUBLISH_SWEEP_MS: '500',
}
