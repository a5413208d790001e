import { RuleList } from '#components/ui/rule-list.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { latestJobs } from '#lib/publishing/latest-jobs.ts'
import { openable } from '#lib/publishing/permalink.ts'
import { listPostJobs } from '#lib/publishing/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { JobLine } from './job-line.tsx'
import { jobsVersion } from './jobs-version.ts'
import { UnknownCard } from './unknown-card.tsx'
import { WatchJobs } from './watch-jobs.tsx'
import { connectRefused, retryRefused } from './who-may.ts'

type PostJobsProps = { brand: Brand; postId: string }

/**
 * How the publishing of a piece stands, account by account; nothing while there is none. It keeps itself,
 * and the page around it, up to date while something is on its way.
 */
export async function PostJobs({ brand, postId }: PostJobsProps) {
  const { db } = await requireSession()
  const all = await listPostJobs(db, { brandId: brand.id, postId })
  const jobs = latestJobs(all).map(openable)
  const lines = jobs.filter((job) => job.status !== 'outcome_unknown')
  const unknown = jobs.filter((job) => job.status === 'outcome_unknown')
  const refused = retryRefused(brand)
  return (
    <>
      <WatchJobs brandIds={[brand.id]} postId={postId} shown={jobsVersion(all)} />
      {lines.length > 0 && (
        <RuleList aria-label="Accounts">
          {lines.map((job) => (
            <JobLine
              key={job.id}
              job={job}
              zone={brand.timeZone}
              brandSlug={brand.slug}
              retryRefused={refused}
              connectRefused={connectRefused(brand)}
            />
          ))}
        </RuleList>
      )}
      {unknown.map((job) => (
        <div key={job.id} className="mt-3 first:mt-0">
          <UnknownCard job={job} zone={brand.timeZone} refused={refused} />
        </div>
      ))}
    </>
  )
}
