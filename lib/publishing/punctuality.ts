/** How late posts went out: half of them, and all but a twentieth, by at most so much. */
export type Punctuality = { posts: number; p50Ms: number; p95Ms: number; worstMs: number }

/** @returns null below the number of posts from which such figures mean something */
export function punctualityOf(latenessMs: readonly number[], enough = 5): Punctuality | null {
  const sorted = latenessMs.map((ms) => Math.max(0, ms)).sort((one, other) => one - other)
  const worst = sorted.at(-1)
  if (sorted.length < enough || worst === undefined) return null
  return {
    posts: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    worstMs: worst,
  }
}

/** Nearest rank: a value that was measured, never one between two. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
