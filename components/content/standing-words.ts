import type { SealState } from '#components/status/seal.tsx'
import { namesInARow } from '#lib/content/acts.ts'
import type { Standing } from '#lib/content/versions.ts'
import { formatInstant } from '#lib/time/format.ts'
import { nameIn, type People } from './people.ts'

export type StandingWords = { seal: SealState | null; lead: string; rest: string; digest?: string }

type Around = {
  people: People
  zone: string
  /** Who was asked and has not answered. */
  asked: readonly { userId: string | null }[]
  /** Published: the sentence looks back. */
  isOut?: boolean
}

/** How a piece stands with those who must say yes, in one line; null for a draft that nobody was asked about. */
export function standingWords(
  standing: Standing,
  { people, zone, asked, isOut = false }: Around,
): StandingWords | null {
  const at = (instant: string) => formatInstant(instant, zone, 'day-time')
  switch (standing.kind) {
    case 'unsent':
      return null
    case 'asked': {
      const names = asked.flatMap(({ userId }) => (userId ? nameIn(people, userId) : []))
      return {
        seal: 'pending',
        lead: names.length > 0 ? `With ${namesInARow(names)}` : 'Waiting for a yes',
        rest: `since ${at(standing.since)}, version ${standing.version}.`,
      }
    }
    case 'changes': {
      const { by, version, comment, isNo } = standing
      return {
        seal: null,
        lead: `${nameIn(people, by)} ${isNo ? 'said no to' : 'asks for changes to'} version ${version}`,
        rest: comment ? `“${comment}”` : `on ${at(standing.at)}.`,
      }
    }
    case 'sealed': {
      const { by, audience, version, heldAt, digest } = standing
      if (heldAt) {
        return {
          seal: 'pending',
          lead: 'The client holds it',
          rest: `since ${at(heldAt)}. It does not go out until they let it go.`,
        }
      }
      return {
        seal: 'whole',
        lead: `Sealed by ${nameIn(people, by)}`,
        rest: `${audience === 'client' ? 'client, ' : ''}${at(standing.at)}. Version ${version} is what ${isOut ? 'went' : 'goes'} out.`,
        digest,
      }
    }
    case 'broken': {
      const { by, version } = standing
      return {
        seal: 'broken',
        lead: 'Seal broken',
        rest: `by ${by ? `${nameIn(people, by)}’s` : 'an'} edit on ${at(standing.at)}. Version ${version} was approved, this becomes version ${version + 1}.`,
      }
    }
    case 'withdrawn': {
      const { by, version } = standing
      return {
        seal: null,
        lead: 'Taken back from review',
        rest: `${by ? `by ${nameIn(people, by)} ` : ''}on ${at(standing.at)}, before version ${version} was decided.`,
      }
    }
  }
}

/** What saving would take away, said before it happens. */
export function sealWarning(
  status: string,
  standing: Standing,
  { people, zone, asked, plannedAt }: Around & { plannedAt: string | null },
): { title: string; words: string; confirm: string } {
  if (status === 'pending_review') {
    const names = asked.flatMap(({ userId }) => (userId ? nameIn(people, userId) : []))
    return {
      title: 'Saving this takes it back from review',
      words: `${names.length > 0 ? `${namesInARow(names)} then decides nothing any more.` : 'Nobody decides on it any more then.'} Send it again when it is right.`,
      confirm: 'Save and take it back',
    }
  }
  const by = standing.kind === 'sealed' ? nameIn(people, standing.by) : 'They'
  const waits =
    status === 'scheduled' && plannedAt
      ? ` Nothing goes out on ${formatInstant(plannedAt, zone, 'day-time')} unless there is a new yes by then.`
      : ''
  return {
    title: 'Saving this breaks the seal',
    words: `${by} said yes to what was there, not to this. It becomes a draft that needs a new yes.${waits}`,
    confirm: 'Save and break the seal',
  }
}
