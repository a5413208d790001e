'use client'

import { Clock, Search, Send, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useDeed } from '#components/form/use-deed.ts'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import { Status } from '#components/status/status.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { ReasonTip } from '#components/ui/reason-tip.tsx'
import { Time } from '#components/ui/time.tsx'
import { recheckJob, retryJob } from '#lib/publishing/actions.ts'
import type { Job } from '#lib/publishing/jobs.ts'
import { LiveLinkDialog } from './live-link-dialog.tsx'
import { unknownSteps } from './unknown-steps.ts'

type UnknownCardProps = {
  job: Job
  zone: string
  /** The piece's title where it is not the page's own; else the account names the card. */
  title?: ReactNode
  /** Why this person may not decide, and who may. */
  refused?: string | null
}

const signs = { sent: Send, lost: TriangleAlert, looked: Search }

/** Sent, and no answer: what is known, when we look next, and the three things a person can do. */
export function UnknownCard({ job, zone, title, refused }: UnknownCardProps) {
  const [asking, setAsking] = useState<'live' | 'again' | null>(null)
  const check = useDeed()
  const again = useDeed()
  const network = networkName(job.network)
  const close = (open: boolean) => !open && setAsking(null)
  return (
    <article
      aria-label={`Outcome unknown: ${job.accountName}`}
      className="overflow-hidden rounded-3 border border-[color-mix(in_oklch,var(--st-unknown)_45%,transparent)] bg-sheet"
    >
      <header className="flex items-center gap-2 bg-st-unknown-wash px-3 py-2.5">
        <Status status="outcome_unknown" as="shape" />
        <h3 className="min-w-0 flex-1 truncate font-bold">{title ?? job.accountName}</h3>
        {title && <span className="truncate text-xs text-ink-2">{job.accountName}</span>}
        {isNetwork(job.network) && <NetworkGlyph network={job.network} />}
      </header>
      <ol className="px-3 pt-1 pb-0.5">
        {unknownSteps(job).map((step) => {
          const Sign = signs[step.sign]
          return (
            <Step
              key={step.key}
              sign={<Sign aria-hidden className="mt-0.5 size-3.5" />}
              at={step.at}
              zone={zone}
            >
              {step.text}
            </Step>
          )
        })}
        {job.nextLookAt && (
          <Step sign={<Clock aria-hidden className="mt-0.5 size-3.5" />} at={job.nextLookAt} zone={zone} dim>
            Next look. Nothing is sent meanwhile.
          </Step>
        )}
      </ol>
      <footer className="grid border-t border-rule-2 md:grid-cols-3">
        <Way
          label="Check now"
          what="look once more"
          refused={refused}
          busy={check.busy}
          onClick={() => check.run(() => recheckJob({ jobId: job.id }), `We are looking on ${network} now.`)}
        />
        <Way label="It is live" what="paste its link" refused={refused} onClick={() => setAsking('live')} />
        <Way
          label="Publish again"
          what="may appear twice"
          refused={refused}
          stop
          onClick={() => setAsking('again')}
        />
      </footer>
      <LiveLinkDialog
        open={asking === 'live'}
        onOpenChange={close}
        jobId={job.id}
        accountName={job.accountName}
        network={network}
      />
      <ConfirmDialog
        open={asking === 'again'}
        onOpenChange={close}
        title={`Publish again on ${job.accountName}?`}
        confirm="Publish again"
        keep="Wait for the next look"
        busy={again.busy}
        onConfirm={() =>
          again.run(
            () => retryJob({ jobId: job.id }).finally(() => setAsking(null)),
            `On its way to ${job.accountName} once more.`,
          )
        }
      >
        <p>
          We sent this post and {network} never answered. If it did arrive, it then stands on{' '}
          {job.accountName} twice, and only someone at {network} can take one of them down.
        </p>
        <p className="text-ink-2">
          The next look settles it without that risk. Publish again only once you have seen that it is not
          there.
        </p>
      </ConfirmDialog>
    </article>
  )
}

type StepProps = { sign: ReactNode; at: string; zone: string; dim?: boolean; children: ReactNode }

function Step({ sign, at, zone, dim = false, children }: StepProps) {
  return (
    <li className={`grid grid-cols-[auto_16px_minmax(0,1fr)] gap-x-2 py-[5px] ${dim ? 'text-ink-2' : ''}`}>
      <Time instant={at} zone={zone} form="day-seconds" className="text-ink-2" />
      {sign}
      <span>{children}</span>
    </li>
  )
}

type WayProps = {
  label: string
  what: string
  stop?: boolean
  busy?: boolean
  refused?: string | null | undefined
  onClick: () => void
}

function Way({ label, what, stop = false, busy = false, refused, onClick }: WayProps) {
  const button = (
    <button
      type="button"
      aria-disabled={busy || Boolean(refused) || undefined}
      aria-busy={busy || undefined}
      onClick={busy || refused ? undefined : onClick}
      className="relative grid content-center gap-px overflow-hidden px-3 py-2 text-left not-first:border-rule-2 hover:bg-paper focus-visible:outline-offset-[-3px] aria-disabled:cursor-not-allowed max-md:min-h-[52px] max-md:not-first:border-t md:not-first:border-l"
    >
      <span className={`font-bold ${refused ? 'text-ink-3' : stop ? 'text-stop' : ''}`}>{label}</span>
      <span className="text-xs text-ink-2">{what}</span>
      {busy && <span aria-hidden className="running absolute inset-0" />}
    </button>
  )
  return refused ? <ReasonTip reason={refused}>{button}</ReasonTip> : button
}
