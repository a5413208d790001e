import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { StatusShape } from '#components/status/status-shape.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { FirstStep, FirstStepName } from '#lib/home/first-steps.ts'

type StepWords = { title: string; done: string; what: string; others: string; verb: string; path: string }

const words: Record<FirstStepName, StepWords> = {
  brand: {
    title: 'Make the first brand',
    done: 'The first brand is made',
    what: 'A name, a zone and who says yes. Its posts, pictures and people are kept apart from every other brand’s.',
    others: 'Owners and admins of the agency make brands.',
    verb: 'Make a brand',
    path: '',
  },
  account: {
    title: 'Connect an account',
    done: 'An account is connected',
    what: 'The Facebook page its posts go out on.',
    others: 'Owners and admins of the brand connect accounts.',
    verb: 'Connect',
    path: '/connections',
  },
  client: {
    title: 'Invite the client',
    done: 'The client is invited',
    what: 'They see what you send them, nothing else, and say yes to it.',
    others: 'Owners and admins of the brand invite people.',
    verb: 'Invite',
    path: '/settings/members',
  },
  post: {
    title: 'Write the first post',
    done: 'The first post is written',
    what: 'Works without accounts: it stays a draft until one is there.',
    others: 'Whoever writes for the brand does this.',
    verb: 'Write',
    path: '/content/new',
  },
}

type StepListProps = {
  /** The agency whose desk this is, with the person's part in it; those who are only on brands have none. */
  desk: { name: string; part: string } | null
  steps: readonly FirstStep[]
  level?: 2 | 3
}

/** What a new desk needs, in order: what is done, and the button of what is next. */
export function StepList({ desk, steps, level = 2 }: StepListProps) {
  const next = steps.find(({ isDone, mayDo }) => !isDone && mayDo)
  const first = desk ? 2 : 1
  return (
    <ol>
      {desk && (
        <Step level={level} number={1} isDone isNext={false} title={`${desk.name} has a desk`}>
          {desk.part}
        </Step>
      )}
      {steps.map((step, index) => {
        const say = words[step.name]
        return (
          <Step
            key={step.name}
            level={level}
            number={first + index}
            isDone={step.isDone}
            isNext={step === next}
            title={step.isDone ? say.done : say.title}
            way={!step.isDone && step.mayDo && <Way step={step} isNext={step === next} />}
          >
            {!step.isDone && (step.mayDo ? say.what : say.others)}
          </Step>
        )
      })}
    </ol>
  )
}

/** The same among other things of a page. */
export function StepSection(props: StepListProps) {
  return (
    <section aria-labelledby="steps" className="not-first:mt-3">
      <SectionHead title={<span id="steps">Still to set up</span>} />
      <StepList {...props} level={3} />
    </section>
  )
}

/** Nothing can be connected, asked or written before there is a brand. */
function Way({ step, isNext }: { step: FirstStep; isNext: boolean }) {
  const say = words[step.name]
  const look = isNext ? 'act' : 'plain'
  if (step.name === 'brand') {
    return (
      <ButtonLink look={look} href="/brands/new">
        {say.verb}
      </ButtonLink>
    )
  }
  return step.brandSlug === null ? (
    <span className="text-xs text-ink-3">once there is a brand</span>
  ) : (
    <ButtonLink look={look} href={`/brands/${step.brandSlug}${say.path}`}>
      {say.verb}
    </ButtonLink>
  )
}

type StepProps = {
  level: 2 | 3
  number: number
  isDone: boolean
  isNext: boolean
  title: string
  children: ReactNode
  way?: ReactNode
}

function Step({ level, number, isDone, isNext, title, children, way }: StepProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <li
      className={clsx(
        'grid grid-cols-[30px_minmax(0,1fr)] items-start gap-x-3 border-b border-rule py-3 md:grid-cols-[30px_minmax(0,1fr)_auto]',
        isNext && 'border-t-2 border-t-ink',
      )}
    >
      <span
        aria-hidden
        className={clsx(
          'head-3 grid size-6 place-items-center',
          isNext ? 'rounded-1 bg-ink text-paper' : 'text-ink-2',
        )}
      >
        {isDone ? <StatusShape status="published" /> : number}
      </span>
      <div className="min-w-0">
        <Heading className={clsx('text-md leading-6', isDone ? 'font-mid text-ink-2' : 'font-bold')}>
          {title}
          {isDone && <span className="sr-only">, done</span>}
        </Heading>
        {children && <p className="max-w-[64ch] text-ink-2">{children}</p>}
      </div>
      {way && <div className="max-md:col-start-2 max-md:pt-2">{way}</div>}
    </li>
  )
}
