import { SealLine } from '#components/status/seal-line.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { SegmentLinks } from '#components/ui/segment.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ReviewedPiece } from '#lib/approvals/queries.ts'
import { reviewState } from '#lib/approvals/review-state.ts'
import type { ApprovalFilter } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { slugOf } from '#lib/content/states.ts'
import { sentenceFor } from '#lib/errors.ts'
import type { Person } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'
import { DecisionBar } from './decision-bar.tsx'
import { approvalsHref, postHref } from './hrefs.ts'
import { PostLooks } from './post-looks.tsx'
import { REVIEW_ID } from './review-id.ts'
import { clientApprovers, firstNames, type Speaker } from './speakers.ts'
import { VersionChanges } from './version-changes.tsx'
import { WayLine } from './way-line.tsx'

type ReviewProps = {
  brand: Brand
  piece: ReviewedPiece
  people: readonly Person[]
  speaker: (userId: string | null) => Speaker
  userId: string
  filter: ApprovalFilter
  pictures: ReadonlyMap<string, string>
}

/** One piece before whoever decides on it: exactly what was frozen, what changed since, and the two answers. */
export function Review(props: ReviewProps) {
  const { brand, piece, people, speaker, userId, filter, pictures } = props
  const zone = piece.timeZone ?? brand.timeZone
  const current = piece.versions.find((version) => version.version === piece.version)
  const before = current && comparedWith(piece, current, filter.seen)
  const view = before ? (filter.view ?? 'changes') : 'look'
  const link = (to: 'changes' | 'look') => approvalsHref(brand.slug, { ...filter, post: piece.id, view: to })
  return (
    <section aria-labelledby={REVIEW_ID} className="flex min-h-full flex-col bg-sheet max-md:pb-20">
      <header className="border-b border-rule px-3.5 py-3 md:px-[22px] md:py-3.5">
        <div className="flex flex-wrap justify-between gap-x-3">
          <p className="slug">
            {slugOf(brand, piece)} · version {piece.version} · written by{' '}
            {firstNames([speaker(current?.submittedBy ?? piece.createdBy).name])}
          </p>
          <p className="num text-ink-2">
            {piece.goesOutAt ? <Time instant={piece.goesOutAt} zone={zone} /> : 'no time yet'}{' '}
            <span className="text-ink-3">{zoneCity(zone)}</span>
          </p>
        </div>
        <h1 id={REVIEW_ID} tabIndex={-1} className="head-1 mt-0.5 outline-none">
          {piece.title}
        </h1>
        {current && (
          <WayLine
            piece={piece}
            current={current}
            people={people}
            speaker={speaker}
            userId={userId}
            zone={brand.timeZone}
          />
        )}
      </header>
      {current && (
        <div className="px-3.5 py-3.5 md:px-[22px]">
          {before && (
            <div className="mb-2.5 flex flex-wrap items-center justify-between gap-2">
              <h2 className="head-3">{comparedTitle(before, filter.seen, speaker)}</h2>
              <SegmentLinks
                label="View"
                items={[
                  { label: 'Changes', href: link('changes'), current: view === 'changes' },
                  { label: 'As it will look', href: link('look'), current: view === 'look' },
                ]}
              />
            </div>
          )}
          {before && view === 'changes' ? (
            <VersionChanges
              before={before}
              after={current}
              pictures={pictures}
              zone={zone}
              beforeLabel={`Version ${before.version}`}
            />
          ) : (
            <PostLooks version={current} pictures={pictures} zone={zone} className="max-w-[500px]" />
          )}
        </div>
      )}
      {current ? (
        <ReviewFoot {...props} current={current} />
      ) : (
        <p className="px-3.5 py-3 text-ink-2 md:px-[22px]">Nothing of this post was sent for approval yet.</p>
      )}
    </section>
  )
}

function ReviewFoot(props: ReviewProps & { current: Version }) {
  const { brand, piece, people, speaker, userId, current } = props
  const state = reviewState(piece, current, {
    userId,
    decidesInside: can(brand, 'approvals.decide_internal'),
    mayDecideOwn: brand.selfApproval,
  })
  const authorName = firstNames([speaker(current.submittedBy).name])
  return (
    <DecisionBar
      key={piece.id}
      postId={piece.id}
      version={current.version}
      digest={current.digest}
      passes={passesTo(piece, people, brand.timeZone)}
      onward={onwardWords(piece, people, brand.timeZone)}
      authorName={authorName}
      isOpen={state.kind === 'decide'}
      settled={<Settled {...props} state={state} authorName={authorName} />}
    />
  )
}

/** What stands at the foot where this reader decides nothing now. */
function Settled({
  brand,
  piece,
  people,
  speaker,
  state,
  authorName,
  current,
}: ReviewProps & { current: Version; state: ReturnType<typeof reviewState>; authorName: string }) {
  const at = (instant: string) => formatInstant(instant, brand.timeZone, 'day-time')
  const open = (
    <ButtonLink size="sm" href={postHref(brand.slug, piece.number)}>
      Open the post
    </ButtonLink>
  )
  switch (state.kind) {
    case 'own':
      return <Note title="Someone else says yes to this one">{sentenceFor('decision_own_post')}</Note>
    case 'waits': {
      const names = firstNames(
        state.audience === 'client'
          ? clientApprovers(people)
          : piece.asked.flatMap(({ assignedTo }) => (assignedTo ? [speaker(assignedTo).name] : [])),
      )
      return <Note title={`It waits for ${names || 'someone'}`}>{askedSince(piece, at)}</Note>
    }
    case 'sent_back':
      return (
        <Note
          title={`${state.decision ? speaker(state.decision.by).name : 'Someone'} asked for changes`}
          actions={open}
        >
          {state.decision?.comment && <p className="text-ink-2">“{state.decision.comment}”</p>}
          <p className="text-ink-2">It is with {authorName} now.</p>
        </Note>
      )
    case 'held':
      return (
        <Note
          title={`${state.decision ? speaker(state.decision.by).name : 'The client'} holds it`}
          actions={open}
        >
          {state.decision?.comment && <p className="text-ink-2">“{state.decision.comment}”</p>}
          <p className="text-ink-2">It does not go out until they let it go.</p>
        </Note>
      )
    case 'sealed':
      return (
        <SealLine
          state={current.digest === state.decision.digest ? 'whole' : 'broken'}
          title={`Sealed by ${speaker(state.decision.by).name}`}
          digest={state.decision.digest}
        >
          {at(state.decision.at)}
        </SealLine>
      )
    case 'unsent':
      return (
        <Note title="It is being written again" actions={open}>
          {authorName} took it back. Whoever decides is asked anew when it is sent.
        </Note>
      )
    case 'decide':
      return null
  }
}

function askedSince(piece: ReviewedPiece, at: (instant: string) => string): string {
  const [first] = piece.asked
  if (!first) return 'Nobody was asked yet.'
  return `Asked ${at(first.at)}${first.deadline ? `, answer wanted by ${at(first.deadline)}` : ''}.`
}

/** What this reader's yes does next. */
function passesTo(piece: ReviewedPiece, people: readonly Person[], zone: string): string {
  const next = piece.way?.audiences[piece.way.at + 1]
  if (next === 'client') {
    return `Your yes seals this version and passes it to ${firstNames(clientApprovers(people)) || 'the client'}.`
  }
  if (next === 'internal') return 'Your yes seals this version and passes it on inside.'
  return piece.goesOutAt
    ? `Your yes seals this version; it goes out ${formatInstant(piece.goesOutAt, zone, 'day-time')}.`
    : 'Your yes seals this version; it then waits for a time.'
}

/** Where a piece stands now, for whoever has just said yes to it. */
function onwardWords(piece: ReviewedPiece, people: readonly Person[], zone: string): string {
  if (piece.status === 'pending_review') {
    const isWithClient = piece.asked.some(({ audience }) => audience === 'client')
    return isWithClient
      ? `It waits for ${firstNames(clientApprovers(people)) || 'the client'} now.`
      : 'It waits for others inside.'
  }
  return piece.goesOutAt
    ? `It goes out ${formatInstant(piece.goesOutAt, zone, 'day-time')}.`
    : 'It waits for a time.'
}

/** What the reader had before them, else the version people last decided on. */
function comparedWith(piece: ReviewedPiece, current: Version, seen: number | undefined): Version | undefined {
  const earlier = piece.versions.filter((version) => version.version < current.version)
  return (
    earlier.find((version) => version.version === seen) ?? earlier.find((one) => one.decisions.length > 0)
  )
}

function comparedTitle(
  before: Version,
  seen: number | undefined,
  speaker: (id: string | null) => Speaker,
): string {
  const last = before.decisions.at(-1)
  if (before.version === seen || !last) return `What changed since you opened version ${before.version}`
  return `What changed since ${firstNames([speaker(last.by).name])}’s decision on version ${before.version}`
}
