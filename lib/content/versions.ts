import type { VersionChannel, VersionPicture } from '#lib/approvals/schema.ts'

export type Decision = {
  outcome: 'approved' | 'rejected' | 'changes_requested' | 'held'
  by: string | null
  audience: 'internal' | 'client'
  comment: string | null
  at: string
}

/** A piece as it was frozen when it was submitted, and what became of it. */
export type PostVersion = {
  version: number
  title: string
  body: string
  link: string
  firstComment: string | null
  channels: VersionChannel[]
  pictures: VersionPicture[]
  digest: string
  submittedBy: string | null
  createdAt: string
  sharedAt: string | null
  supersededAt: string | null
  /** Every step said yes to it. */
  wasApproved: boolean
  /** Oldest first. */
  decisions: Decision[]
}

/** How a piece stands with those who must say yes. */
export type Standing =
  | { kind: 'unsent' }
  | { kind: 'asked'; version: number; since: string }
  | { kind: 'changes'; version: number; by: string | null; at: string; comment: string | null; isNo: boolean }
  | {
      kind: 'sealed'
      version: number
      by: string | null
      audience: Decision['audience']
      at: string
      digest: string
      heldAt: string | null
    }
  | { kind: 'broken' | 'withdrawn'; version: number; by: string | null; at: string }

type Standable = {
  status: string
  version: number
  requestedAt: string | null
  heldAt: string | null
  versions: readonly PostVersion[]
  /** Who edited it after the yes, or took it back before one; the timeline knows. */
  undoneBy?: string | null
}

export function standingOf(post: Standable): Standing {
  const { status, version, requestedAt, heldAt, versions, undoneBy = null } = post
  const current = versions.find((one) => one.version === version)
  if (!current) return { kind: 'unsent' }
  if (status === 'pending_review') return { kind: 'asked', version, since: requestedAt ?? current.createdAt }
  if (status === 'changes_requested') {
    const said = current.decisions.findLast(
      ({ outcome }) => outcome === 'changes_requested' || outcome === 'rejected',
    )
    return {
      kind: 'changes',
      version,
      by: said?.by ?? null,
      at: said?.at ?? current.createdAt,
      comment: said?.comment ?? null,
      isNo: said?.outcome === 'rejected',
    }
  }
  const yes = current.decisions.findLast(({ outcome }) => outcome === 'approved')
  if (current.supersededAt !== null) {
    return {
      kind: current.wasApproved ? 'broken' : 'withdrawn',
      version,
      by: undoneBy,
      at: current.supersededAt,
    }
  }
  if (!yes || status === 'draft') return { kind: 'unsent' }
  return {
    kind: 'sealed',
    version,
    by: yes.by,
    audience: yes.audience,
    at: yes.at,
    digest: current.digest,
    heldAt,
  }
}

/** The version people last decided on: what a new one is compared with. */
export function lastDecided(versions: readonly PostVersion[]): PostVersion | undefined {
  return versions.find((version) => version.decisions.length > 0)
}
