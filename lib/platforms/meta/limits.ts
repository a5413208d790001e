import type { Network, NetworkFacts, PostFormat } from '../contract.ts'

const MIB = 1024 * 1024
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Each number stands in platforms/meta.limits.yaml with how sure it is; the catalogue repeats what SQL checks. */
export const facebook = {
  messageChars: 63_206, // practice of public connectors; Meta states no number
  /** Pictures a post; practice of public connectors, Meta states no cap (meta.md 3.3). */
  photos: 10,
  photo: {
    mimeTypes: ['image/jpeg', 'image/png', 'image/gif'], // BMP and TIFF too, which the desk does not take
    maxBytes: 4 * MIB, // by its error text; older pages say 10 MB
    maxEdgePx: 2048, // the largest Facebook shows
  },
  /** An unpublished photo is dropped after about 24 h. */
  stagedPhotoMs: 20 * HOUR_MS,
  video: { maxBytes: 2048 * MIB, durationMs: { min: 1_000, max: 2_400_000 } }, // by its error texts
  reel: {
    durationMs: { min: 3_000, max: 90_000 },
    minPx: { width: 540, height: 960 },
    ratio: { min: 0.55, max: 0.575 }, // 9:16, give or take what encoders round
  },
} as const

/** platforms/meta.md 10; meta.limits.yaml instagram. */
export const instagram = {
  captionChars: 2_200,
  hashtags: 30,
  mentions: 20,
  altTextChars: 1_000,
  image: {
    /** JPEG is the only documented form: all else is re-encoded. */
    photo: { mimeTypes: ['image/jpeg'], maxBytes: 8 * MIB, maxEdgePx: 1440 },
    ratio: { min: 0.8, max: 1.91 },
    minWidthPx: 320,
  },
  carouselItems: { min: 2, max: 10 },
  reel: { maxBytes: 300 * MIB, durationMs: { min: 3_000, max: 900_000 }, ratio: { min: 0.01, max: 10 } },
  story: { maxBytes: 100 * MIB, durationMs: { min: 3_000, max: 60_000 }, ratio: { min: 0.1, max: 10 } },
  /** A container expires unpublished after 24 h. */
  containerMs: 24 * HOUR_MS,
} as const

/** How far two clocks may stand apart when a post is matched by its time. */
export const CLOCK_SKEW_MS = 2 * MINUTE_MS
/** Lists show a post late by 30 to 120 s (meta.md 9). */
export const LIST_LAG_MS = 2 * MINUTE_MS
/** What a step can send in one time-out over a slow line: 8 MiB in 10 s is 7 Mbit/s. */
export const UPLOAD_PART_BYTES = 8 * MIB

const advice = 'platforms/meta.md 9: the advised settle window and 120 s in which lists may lag'

/** Meta knows no idempotency key (meta.md 0.2): what was lost is found by its time, its text, its media. */
export const networks: Readonly<Record<Network, NetworkFacts>> = {
  facebook: {
    reconcile: 'list_by_time_and_fingerprint',
    settle: {
      text: { ms: 1 * MINUTE_MS + LIST_LAG_MS, source: advice },
      link: { ms: 1 * MINUTE_MS + LIST_LAG_MS, source: advice },
      image: { ms: 1 * MINUTE_MS + LIST_LAG_MS, source: advice },
      carousel: { ms: 1 * MINUTE_MS + LIST_LAG_MS, source: advice },
      video: { ms: 15 * MINUTE_MS + LIST_LAG_MS, source: advice },
      reel: { ms: 15 * MINUTE_MS + LIST_LAG_MS, source: advice },
    },
  },
  instagram: {
    reconcile: 'list_by_time_and_fingerprint',
    settle: {
      image: { ms: 1 * MINUTE_MS + LIST_LAG_MS, source: advice },
      carousel: { ms: 2 * MINUTE_MS + LIST_LAG_MS, source: advice },
      reel: { ms: 10 * MINUTE_MS + LIST_LAG_MS, source: advice },
      story: { ms: 10 * MINUTE_MS + LIST_LAG_MS, source: advice },
    },
  },
}

export function settleMs(network: Network, format: PostFormat): number {
  return networks[network].settle[format]?.ms ?? 15 * MINUTE_MS + LIST_LAG_MS
}
