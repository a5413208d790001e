import { pathsOf } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'

/** Where a client finds a post: what they are asked, what is planned, what the agency is mending. */
export type Shelf = 'needs_ok' | 'coming_up' | 'with_agency' | 'published'

export function shelfOf({
  clientStatus,
  supersededAt,
}: Pick<Version, 'clientStatus' | 'supersededAt'>): Shelf {
  if (clientStatus === 'published') return 'published'
  if (clientStatus === 'changes_requested' || clientStatus === 'rejected' || clientStatus === 'withdrawn') {
    return 'with_agency'
  }
  // Replaced by a version that was not shown yet.
  if (supersededAt !== null) return 'with_agency'
  return clientStatus === 'waiting' ? 'needs_ok' : 'coming_up'
}

/** A post as its client knows it: the newest version shown to them, and those before. */
export type SharedPost = { latest: Version; earlier: Version[] }

/** @param versions any order */
export function groupByPost(versions: readonly Version[]): SharedPost[] {
  const posts = new Map<string, Version[]>()
  for (const version of versions) {
    posts.set(version.postId, [...(posts.get(version.postId) ?? []), version])
  }
  return [...posts.values()].flatMap((shown) => {
    const [latest, ...earlier] = shown.toSorted((one, other) => other.version - one.version)
    return latest ? [{ latest, earlier }] : []
  })
}

/** Soonest first, those without a time last. */
export function bySlot(one: SharedPost, other: SharedPost): number {
  const at = ({ latest }: SharedPost) =>
    latest.scheduledAt ? Date.parse(latest.scheduledAt) : Number.POSITIVE_INFINITY
  return at(one) - at(other) || one.latest.submittedAt.localeCompare(other.latest.submittedAt)
}

/** The version a client had before them when they last spoke: what "changed since" compares with. */
export function lastSpokenOn({ earlier }: SharedPost): Version | undefined {
  return (
    earlier.find((version) => version.decisions.some(({ audience }) => audience === 'client')) ?? earlier[0]
  )
}

const LATELY_MS = 15 * 60_000

/** Whether this reader answered the version a moment ago. */
export function answeredLately({ latest }: SharedPost, userId: string, now: Date): boolean {
  return latest.decisions.some(
    ({ by, at, outcome }) =>
      by === userId && outcome !== 'held' && now.getTime() - Date.parse(at) < LATELY_MS,
  )
}

/** Paths of every picture that a page of these posts may show. */
export function picturePathsOf(posts: readonly SharedPost[]): string[] {
  return posts.flatMap(({ latest, earlier }) =>
    [latest, ...earlier].flatMap((version) => version.pictures.flatMap(pathsOf)),
  )
}
