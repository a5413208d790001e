import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { ActRow, RuleList } from '#components/ui/rule-list.tsx'
import type { FailureGroup } from '#lib/publishing/failures.ts'
import { FailedPost } from './failed-post.tsx'
import { causeOf } from './job-words.ts'
import type { Places } from './places.ts'
import { ReconnectLink } from './reconnect-link.tsx'
import { RetryAllButton } from './retry-all-button.tsx'
import { retryRefused } from './who-may.ts'

type FailureListProps = { label: string; places: Places; groups: readonly FailureGroup[] }

/** Failures by their cause: one post with its own remedy, or many with one for all of them. */
export function FailureList({ label, places, groups }: FailureListProps) {
  return (
    <RuleList aria-label={label}>
      {groups.map((group) =>
        group.jobs.length === 1 ? (
          <FailedPost key={group.key} job={group.first} places={places} />
        ) : (
          <Many key={group.key} group={group} places={places} />
        ),
      )}
    </RuleList>
  )
}

function Many({ group: { first, jobs, remedy }, places }: { group: FailureGroup; places: Places }) {
  const brand = places.brands.get(first.brandId)
  if (!brand) return null
  return (
    <ActRow
      className="gap-y-2 md:grid-cols-1!"
      actions={
        remedy === 'reconnect' ? (
          <ReconnectLink brand={brand} />
        ) : (
          <RetryAllButton
            jobIds={jobs.map(({ id }) => id)}
            accountName={first.accountName}
            refused={retryRefused(brand)}
          />
        )
      }
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <Status status="failed">{jobs.length} posts</Status>
        {!places.isOne && (
          <BrandMark code={brand.code} colour={brand.primaryColor} name={brand.name} size="sm" />
        )}
        <span className="font-bold">{first.accountName}</span>
      </p>
      <p className="text-ink-2">{causeOf(first)}</p>
      <details>
        <summary className="cursor-pointer text-xs text-pencil">Which ones</summary>
        <RuleList aria-label={`Failed on ${first.accountName}`} className="mt-1.5">
          {jobs.map((job) => (
            <FailedPost key={job.id} job={job} places={places} />
          ))}
        </RuleList>
      </details>
    </ActRow>
  )
}
