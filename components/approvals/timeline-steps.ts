import { networkName } from '#components/status/network-name.ts'
import type { PostStatus } from '#components/status/post-status.ts'
import type { TimelineRow } from '#lib/approvals/schema.ts'
import { sentenceFor } from '#lib/errors.ts'
import { formatInstant } from '#lib/time/format.ts'

export type TimelineSign = PostStatus | 'write' | 'comment' | 'share' | 'back' | 'send' | 'look' | 'held'

/** A step in words. `permalink` is the platform's own address; `digest` the seal it speaks of. */
export type TimelineStep = {
  key: string
  at: string
  sign: TimelineSign
  title: string
  note?: string
  quote?: { audience: 'internal' | 'client'; text: string }
  permalink?: { href: string; network: string }
  digest?: string
}

type Words = Omit<TimelineStep, 'key' | 'at'>

/**
 * A piece's rows as sentences, in the brand's zone. A send in several steps reads as one, and a yes that
 * follows a hold reads as what it is: letting go.
 */
export function timelineSteps(
  rows: readonly TimelineRow[],
  zone: string,
  reader: 'staff' | 'client' = 'staff',
): TimelineStep[] {
  const steps: TimelineStep[] = []
  const sends = new Set<string>()
  let held = false
  for (const [index, row] of inOrder(rows).entries()) {
    if (row.kind === 'sent') {
      const send = `${row.facts.job_id}:${row.facts.attempt}`
      if (sends.has(send)) continue
      sends.add(send)
    }
    const words = row.kind === 'approved' && held ? letGo(row) : wordsFor(row, zone, reader)
    if (row.kind === 'held') held = true
    else if (['approved', 'changes_requested', 'approval_voided', 'submitted'].includes(row.kind))
      held = false
    steps.push({ key: `${row.at}-${index}`, at: row.at, ...words })
  }
  return steps
}

function wordsFor(row: TimelineRow, zone: string, reader: 'staff' | 'client'): Words {
  if (row.kind === 'shared' && reader === 'client') {
    return { sign: 'share', title: `${who(row)} sent you ${version(row)}` }
  }
  return wordsOf[row.kind]?.(row, zone) ?? otherwise(row)
}

/** A yes and what it opens bear one moment: the yes comes first. */
function inOrder(rows: readonly TimelineRow[]): TimelineRow[] {
  const follows = (row: TimelineRow) => (row.kind === 'shared' ? 1 : 0)
  return rows.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || follows(one) - follows(other),
  )
}

const who = (row: TimelineRow) => row.actor_name ?? 'The desk'
const version = (row: TimelineRow) => (row.version === null ? 'it' : `version ${row.version}`)
const account = (row: TimelineRow) => row.facts.account_name ?? 'the account'
const reasoned = (row: TimelineRow) => {
  const code = row.facts.code
  return code ? { note: sentenceFor(code, row.facts) } : {}
}
const quoted = (row: TimelineRow) => (row.text ? { quote: { audience: row.audience, text: row.text } } : {})
const linked = ({ facts: { permalink, network } }: TimelineRow) =>
  permalink ? { permalink: { href: permalink, network: networkName(network) } } : {}
const sealed = ({ facts: { digest } }: TimelineRow) => (digest ? { digest } : {})

function moment(instant: string | null | undefined, zone: string): string | null {
  return instant ? formatInstant(instant, zone, 'day-time') : null
}

const letGo = (row: TimelineRow): Words => ({
  sign: 'approved',
  title: `${who(row)} let it go again`,
  ...sealed(row),
  ...quoted(row),
})

/** A kind that the database learned before this file did: said plainly rather than left out. */
const otherwise = (row: TimelineRow): Words => ({
  sign: 'write',
  title: `${who(row)}: ${row.kind.replaceAll('_', ' ')}`,
  ...quoted(row),
})

const wordsOf: Record<string, (row: TimelineRow, zone: string) => Words> = {
  created: (row) => ({ sign: 'draft', title: `${who(row)} began it` }),
  submitted: (row) => ({ sign: 'pending_review', title: `${who(row)} sent ${version(row)} for approval` }),
  shared: (row) => ({ sign: 'share', title: `The client can see ${version(row)}` }),
  approved: (row) => ({
    sign: 'approved',
    title: `${who(row)} approved ${version(row)}`,
    ...sealed(row),
    ...quoted(row),
  }),
  changes_requested: (row) => ({
    sign: 'changes_requested',
    title: `${who(row)} asked for changes to ${version(row)}`,
    ...quoted(row),
  }),
  rejected: (row) => ({
    sign: 'changes_requested',
    title: `${who(row)} said no to ${version(row)}`,
    ...quoted(row),
  }),
  held: (row) => ({
    sign: 'held',
    title: `${who(row)} holds it`,
    note: 'It does not go out until they let it go.',
    ...quoted(row),
  }),
  comment: (row) => ({
    sign: 'comment',
    title: row.audience === 'client' ? `${who(row)} wrote` : `${who(row)} noted inside`,
    ...quoted(row),
  }),
  scheduled: (row, zone) => ({
    sign: 'scheduled',
    title: `${who(row)} set its time`,
    note: `for ${moment(row.facts.after, zone)}`,
  }),
  moved: (row, zone) => {
    const from = moment(row.facts.before, zone)
    return {
      sign: 'scheduled',
      title: `${who(row)} moved it to ${moment(row.facts.after, zone)}`,
      ...(from && { note: `from ${from}` }),
    }
  },
  unscheduled: (row) => ({ sign: 'scheduled', title: `${who(row)} took its time away` }),
  withdrawn: (row) => ({
    sign: 'back',
    title:
      row.facts.reason === 'edited'
        ? `${who(row)} edited it, which took it back from review`
        : `${who(row)} took it back from review`,
  }),
  approval_voided: (row) => ({
    sign: 'back',
    title: `${who(row)} ${row.facts.reason === 'archived' ? 'archived' : 'edited'} it after the yes`,
    note: `The approval of ${version(row)} is void, and nothing of it goes out.`,
  }),
  archived: (row) => ({ sign: 'archived', title: `${who(row)} archived it` }),
  publish_now: (row) => ({ sign: 'send', title: `${who(row)} had it published at once` }),
  retried: (row) => ({ sign: 'send', title: `${who(row)} sent it again` }),
  marked_live: (row) => ({ sign: 'published', title: `${who(row)} found it live and gave its link` }),
  rechecked: (row) => ({ sign: 'look', title: `${who(row)} asked for a look on the network` }),

  sent: (row) => ({
    sign: 'publishing',
    title: `Sent to ${account(row)} on ${networkName(row.facts.network)}`,
    ...((row.facts.attempt ?? 1) > 1 && { note: `try ${row.facts.attempt}` }),
  }),
  publish_published: (row) => ({
    sign: 'published',
    title: `Published on ${account(row)}`,
    ...linked(row),
  }),
  publish_retrying: (row) => ({
    sign: 'publishing',
    title: `Not out on ${account(row)} yet`,
    ...reasoned(row),
  }),
  publish_failed: (row) => ({ sign: 'failed', title: `Failed on ${account(row)}`, ...reasoned(row) }),
  publish_dlq: (row) => ({ sign: 'failed', title: `Given up on ${account(row)}`, ...reasoned(row) }),
  publish_cancelled: (row) => ({ sign: 'failed', title: `Not sent to ${account(row)}`, ...reasoned(row) }),
  publish_unknown: (row) => ({
    sign: 'outcome_unknown',
    title: `No answer about ${account(row)}`,
    ...reasoned(row),
  }),
  look_published: (row) => ({
    sign: 'published',
    title: `Found on ${account(row)}: it is out`,
    ...linked(row),
  }),
  look_absent: (row) => ({
    sign: 'look',
    title: `Looked on ${account(row)}: it is not there`,
    note: 'Long enough after the sending to be sure, so it is sent again.',
  }),
  look_not_yet: (row) => ({ sign: 'look', title: `Looked on ${account(row)}: not there yet` }),
  look_unreadable: (row) => ({ sign: 'look', title: `Could not look on ${account(row)}`, ...reasoned(row) }),
}
