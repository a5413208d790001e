import Link from 'next/link'
import { Fragment } from 'react'
import { causeOf } from '#components/publishing/job-words.ts'
import { Mending } from '#components/publishing/mending.tsx'
import { connectRefused } from '#components/publishing/who-may.ts'
import { networkName } from '#components/status/network-name.ts'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { ActRow, RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { slugOf } from '#lib/content/states.ts'
import { sentenceFor } from '#lib/errors.ts'
import type { HomeAccount } from '#lib/home/queries.ts'
import { can } from '#lib/members/roles.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { nearDay } from '#lib/time/near-day.ts'
import type { BrokenThing } from './broken.ts'
import { CheckButton } from './check-button.tsx'
import { cut, type HomeScope } from './home-scope.ts'
import { pieceHref } from './piece-href.ts'
import { WholeLink } from './whole-link.tsx'

const MOST = 8

/** What broke, why, and the button that mends it. */
export function BrokenList({ scope, things }: { scope: HomeScope; things: readonly BrokenThing[] }) {
  if (things.length === 0) return null
  const shown = cut(scope, 'broken', things, MOST)
  return (
    <section aria-labelledby="broken" className="not-first:mt-3">
      <SectionHead
        title={<span id="broken">Broken, and how to mend it</span>}
        count={things.length}
        link={<WholeLink list="broken" shown={shown.length} all={things.length} path={scope.path} />}
      />
      <RuleList>
        {shown.map((thing) => {
          const brand = scope.brandOf.get(thing.brandId)
          if (!brand) return null
          return thing.kind === 'account' ? (
            <LostAccount
              key={thing.key}
              scope={scope}
              brand={brand}
              account={thing.account}
              failed={thing.failed}
            />
          ) : (
            <EndedJob key={thing.key} scope={scope} brand={brand} job={thing.job} />
          )
        })}
      </RuleList>
    </section>
  )
}

type RowProps = { scope: HomeScope; brand: Brand }

function LostAccount({
  scope,
  brand,
  account,
  failed,
}: RowProps & { account: HomeAccount; failed: readonly JobState[] }) {
  return (
    <ActRow
      mark={markOf(scope, brand)}
      actions={
        can(brand, 'connections.manage') && (
          <ButtonLink
            size="sm"
            href={`/brands/${brand.slug}/connections`}
            aria-label={`Connect it again: ${account.name}`}
          >
            Connect it again
          </ButtonLink>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-x-2">
        <Status status="failed">Connection lost</Status>
        <b className="min-w-0 truncate font-bold">
          {account.name} on {networkName(account.network)}
        </b>
      </div>
      <p className="text-ink-2">
        {sentenceFor(account.cause ?? 'connection_attention', {
          network: account.network,
          account_name: account.name,
        })}
      </p>
      <p className="text-xs text-ink-3">
        {[waitWords(account, scope), connectRefused(brand)].filter(Boolean).join(' ')}
        {failed.length > 0 && <NotOut brand={brand} failed={failed} />}
      </p>
    </ActRow>
  )
}

/** "4 posts wait, the first tomorrow 08:00." */
function waitWords({ waiting }: HomeAccount, { zone, now }: HomeScope): string {
  const [first] = waiting
  if (!first) return 'Nothing waits for it.'
  const at = nearDay(first, zone, now)
  return waiting.length === 1 ? `1 post waits, for ${at}.` : `${waiting.length} posts wait, the first ${at}.`
}

const NAMED = 3

/** What the account failed already: it can be sent again once the account is back. */
function NotOut({ brand, failed }: { brand: Brand; failed: readonly JobState[] }) {
  const left = failed.length - NAMED
  return (
    <>
      {' Did not go out: '}
      {failed.slice(0, NAMED).map((job, index) => (
        <Fragment key={job.id}>
          {index > 0 && ', '}
          <Link href={pieceHref(brand, job)}>{job.title}</Link>
        </Fragment>
      ))}
      {left > 0 && ` and ${left} more`}.
    </>
  )
}

function EndedJob({ scope, brand, job }: RowProps & { job: JobState }) {
  const isUnknown = job.status === 'outcome_unknown'
  const mayRetry = can(brand, 'publishing.retry')
  return (
    <ActRow
      mark={markOf(scope, brand)}
      actions={
        <>
          {mayRetry && isUnknown && <CheckButton jobId={job.id} network={job.network} about={job.title} />}
          {mayRetry && (job.status === 'failed' || job.status === 'dlq') && (
            <Mending
              job={job}
              brandSlug={brand.slug}
              retryRefused={null}
              connectRefused={connectRefused(brand)}
            />
          )}
          <ButtonLink size="sm" look="bare" href={pieceHref(brand, job)} aria-label={`Open ${job.title}`}>
            Open
          </ButtonLink>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-x-2">
        <Status status={isUnknown ? 'outcome_unknown' : 'failed'}>{word(job)}</Status>
        <Link href={pieceHref(brand, job)} className="min-w-0 truncate font-bold text-ink">
          {job.title}
        </Link>
      </div>
      <p className="text-ink-2">{causeOf(job)}</p>
      <p className="agate text-ink-3">
        {slugOf(brand, job)} · {job.accountName} · {moments(job, scope)}
      </p>
    </ActRow>
  )
}

function word({ status }: JobState): string | undefined {
  if (status === 'dlq') return 'Given up'
  if (status === 'cancelled') return 'Stopped'
  return undefined
}

function moments(job: JobState, { zone, now }: HomeScope): string {
  const at = nearDay(job.scheduledFor, zone, now)
  if (job.status !== 'outcome_unknown') return `for ${at}`
  return job.nextLookAt ? `sent ${at} · next look ${nearDay(job.nextLookAt, zone, now)}` : `sent ${at}`
}

function markOf(scope: HomeScope, brand: Brand) {
  return scope.marksBrands && <BrandMark code={brand.code} colour={brand.primaryColor} name={brand.name} />
}
