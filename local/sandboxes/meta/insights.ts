import { createHash } from 'node:crypto'

const HALF_GROWN_MS = 18 * 3_600_000

/** What an audience of a size does with one post; everything follows from the post's id, so it is the same each time. */
export interface Reception {
  reach: number
  views: number
  likes: number
  comments: number
  shares: number
  saves: number
  clicks: number
  follows: number
}

/** Numbers that only ever grow: fast on the first day, hardly after a week. */
export function responseTo(id: string, audience: number, ageMs: number): Reception {
  const grown = 1 - 2 ** (-Math.max(0, ageMs) / HALF_GROWN_MS)
  const reach = Math.floor(Math.max(audience, 120) * between(id, 'reach', 0.15, 0.5) * grown)
  const share = (what: string, least: number, most: number) =>
    Math.floor(reach * between(id, what, least, most))
  return {
    reach,
    views: share('views', 1.1, 1.8),
    likes: share('likes', 0.02, 0.08),
    comments: share('comments', 0.001, 0.008),
    shares: share('shares', 0.001, 0.012),
    saves: share('saves', 0.002, 0.02),
    clicks: share('clicks', 0.01, 0.06),
    follows: share('follows', 0, 0.004),
  }
}

/** One day of an account, for a metric that takes so much of its audience. */
export function dayOf(accountId: string, metric: string, date: string, most: number): number {
  return Math.floor(between(`${accountId} ${date}`, metric, 0.25, 1) * most)
}

function between(id: string, what: string, least: number, most: number): number {
  const [high = 0, low = 0] = createHash('sha256').update(`${id} ${what}`).digest()
  return least + ((high * 256 + low) / 65_535) * (most - least)
}
