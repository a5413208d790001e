import type { DecisionOutcome } from './schema.ts'

/** A line of a lane: a comment, or what somebody said with their decision. */
export type SaidLine = { id: string; by: string | null; at: string; body: string; about?: string }

type Said = {
  comments: readonly {
    id: string
    audience: 'internal' | 'client'
    body: string
    by: string | null
    at: string
  }[]
  versions: readonly {
    version: number
    decisions: readonly {
      id: string
      audience: 'internal' | 'client'
      outcome: DecisionOutcome
      by: string | null
      at: string
      comment: string | null
    }[]
  }[]
}

/** All that was said in one lane, oldest first: a decision's words belong to the talk as a comment's do. */
export function saidIn(audience: 'internal' | 'client', { comments, versions }: Said): SaidLine[] {
  const lines: SaidLine[] = comments
    .filter((comment) => comment.audience === audience)
    .map(({ id, by, at, body }) => ({ id, by, at, body }))
  for (const { version, decisions } of versions) {
    for (const { id, by, at, comment, outcome, ...decision } of decisions) {
      if (decision.audience !== audience || !comment) continue
      lines.push({ id, by, at, body: comment, about: aboutWords(outcome, version) })
    }
  }
  return lines.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

function aboutWords(outcome: DecisionOutcome, version: number): string {
  switch (outcome) {
    case 'approved':
      return `said yes to version ${version}`
    case 'changes_requested':
      return `asked for changes to version ${version}`
    case 'rejected':
      return `said no to version ${version}`
    case 'held':
      return `put version ${version} on hold`
  }
}
