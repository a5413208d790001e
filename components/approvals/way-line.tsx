import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { PostStatus } from '#components/status/post-status.ts'
import { StatusShape } from '#components/status/status-shape.tsx'
import type { ReviewedPiece } from '#lib/approvals/queries.ts'
import type { Version } from '#lib/approvals/versions.ts'
import type { Person } from '#lib/members/queries.ts'
import { formatInstant } from '#lib/time/format.ts'
import { clientApprovers, firstNames, type Speaker } from './speakers.ts'

type WayLineProps = {
  piece: ReviewedPiece
  current: Version
  people: readonly Person[]
  speaker: (userId: string | null) => Speaker
  userId: string
  zone: string
}

/** Who wrote it, who has said yes, who is asked, who comes next. */
export function WayLine({ piece, current, people, speaker, userId, zone }: WayLineProps) {
  const { way, asked } = piece
  const author = firstNames([speaker(current.submittedBy).name])
  return (
    <ol className="mt-2.5 flex flex-wrap gap-y-1 max-md:grid">
      <Step status="published">{author} wrote it</Step>
      {way?.audiences.map((audience, at) => {
        const key = `${audience}-${at}`
        const decision = current.decisions.find((one) => one.audience === audience)
        if (decision?.outcome === 'approved' && at < way.at) {
          return (
            <Step key={key} status="approved">
              {firstNames([speaker(decision.by).name])} said yes
            </Step>
          )
        }
        if (decision && decision.outcome !== 'approved') {
          return (
            <Step key={key} status="changes_requested">
              {firstNames([speaker(decision.by).name])} asked for changes
            </Step>
          )
        }
        if (at === way.at && way.isOpen) {
          return (
            <Step key={key} status="pending_review" isNow>
              {askedWords(asked, speaker, userId)}
              {asked[0] && `, since ${formatInstant(asked[0].at, zone, 'day-time')}`}
            </Step>
          )
        }
        return (
          <Step key={key} status="draft" isAhead>
            {audience === 'client'
              ? `${firstNames(clientApprovers(people)) || 'Nobody yet'}, client`
              : 'The agency'}
          </Step>
        )
      })}
    </ol>
  )
}

function askedWords(
  asked: ReviewedPiece['asked'],
  speaker: (userId: string | null) => Speaker,
  userId: string,
): string {
  const others = asked.flatMap(({ assignedTo }) =>
    assignedTo && assignedTo !== userId ? [speaker(assignedTo).name] : [],
  )
  const isAsked = asked.some(({ assignedTo }) => assignedTo === userId)
  if (!isAsked) return firstNames(others)
  return others.length === 0 ? 'You' : `You or ${firstNames(others)}`
}

type StepProps = { status: PostStatus; isNow?: boolean; isAhead?: boolean; children: ReactNode }

function Step({ status, isNow = false, isAhead = false, children }: StepProps) {
  return (
    <li
      className={clsx(
        'relative flex items-center gap-[7px] pr-6 not-first:before:absolute not-first:before:top-1/2 not-first:before:-left-[17px] not-first:before:w-2.5 not-first:before:border-t not-first:before:border-edge max-md:before:hidden',
        isNow && 'font-bold',
        isAhead && 'text-ink-3',
      )}
    >
      <span className={`is-${status} text-(--c)`}>
        <StatusShape status={status} />
      </span>
      {children}
    </li>
  )
}
