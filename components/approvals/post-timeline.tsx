import { ArrowUp, CornerUpLeft, Eye, MessageSquare, Pause, Pencil, Search } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { isPostStatus } from '#components/status/post-status.ts'
import { StatusShape } from '#components/status/status-shape.tsx'
import { Time } from '#components/ui/time.tsx'
import { readTimeline } from '#lib/approvals/queries.ts'
import { throughGateway } from '#lib/platforms/http.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant } from '#lib/time/format.ts'
import { type TimelineSign, type TimelineStep, timelineSteps } from './timeline-steps.ts'

type PostTimelineProps = {
  brand: { timeZone: string }
  postId: string
  /** Who is spoken to; what they may read is the database's to say. */
  reader?: 'staff' | 'client'
}

/** Every step of a piece with who and when, in the brand's zone. A client reads theirs alone: the database says which. */
export async function PostTimeline({ brand, postId, reader = 'staff' }: PostTimelineProps) {
  const { db } = await requireSession()
  const steps = timelineSteps(await readTimeline(db, { postId }), brand.timeZone, reader)
  return (
    <ol aria-label="Timeline" className="border-t border-rule-2">
      {steps.map((step, index) => {
        const day = formatInstant(step.at, brand.timeZone, 'day')
        const before = steps[index - 1]
        const isNewDay = !before || formatInstant(before.at, brand.timeZone, 'day') !== day
        return (
          <Fragment key={step.key}>
            {isNewDay && (
              <li className="pt-3 pb-0.5 md:w-[76px] md:text-right">
                <h3 className="num font-bold">{day}</h3>
              </li>
            )}
            <Step step={step} zone={brand.timeZone} isLast={index === steps.length - 1} />
          </Fragment>
        )
      })}
    </ol>
  )
}

function Step({ step, zone, isLast }: { step: TimelineStep; zone: string; isLast: boolean }) {
  const { permalink, quote } = step
  return (
    <li className="grid grid-cols-[46px_20px_minmax(0,1fr)] gap-x-2 py-1.5 md:grid-cols-[76px_22px_minmax(0,1fr)]">
      <Time
        instant={step.at}
        zone={zone}
        form="time"
        className="text-right text-xs leading-[18px] text-ink-3 max-md:text-left"
      />
      <span aria-hidden className="relative grid content-start justify-items-center pt-0.5">
        {!isLast && <span className="absolute top-5 -bottom-2.5 border-l border-rule-2" />}
        <Sign sign={step.sign} />
      </span>
      <div className="min-w-0">
        <p className="font-mid">{step.title}</p>
        {step.note && <p className="text-ink-2">{step.note}</p>}
        {step.digest && (
          <p className="text-ink-2">
            seal{' '}
            <span className="font-mono text-xs">
              {step.digest.slice(0, 4)} {step.digest.slice(4, 8)}
            </span>
          </p>
        )}
        {quote && (
          <p
            className={
              quote.audience === 'internal'
                ? 'mt-1 rounded-2 border border-dashed border-internal-edge bg-internal-wash px-2 py-1 whitespace-pre-line [overflow-wrap:anywhere] text-ink-2'
                : 'mt-1 rounded-2 border border-client-edge bg-sheet px-2 py-1 whitespace-pre-line [overflow-wrap:anywhere] text-ink-2'
            }
          >
            {quote.audience === 'internal' && <span className="sr-only">Inside: </span>}“{quote.text}”
          </p>
        )}
        {permalink && (
          <p>
            <a href={throughGateway(permalink.href)} target="_blank" rel="noreferrer">
              See it on {permalink.network}
            </a>
          </p>
        )}
      </div>
    </li>
  )
}

const icons: Record<Exclude<TimelineSign, Parameters<typeof StatusShape>[0]['status']>, ReactNode> = {
  write: <Pencil className="size-3.5" />,
  comment: <MessageSquare className="size-3.5" />,
  share: <Eye className="size-3.5" />,
  back: <CornerUpLeft className="size-3.5" />,
  send: <ArrowUp className="size-3.5" />,
  look: <Search className="size-3.5" />,
  held: <Pause className="size-3.5" />,
}

function Sign({ sign }: { sign: TimelineSign }) {
  if (!isPostStatus(sign)) return <span className="text-ink-2">{icons[sign]}</span>
  return (
    <span className={`is-${sign} text-(--c)`}>
      <StatusShape status={sign} />
    </span>
  )
}
