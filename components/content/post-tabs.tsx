import { STATUS_WORDS } from '#components/status/post-status.ts'
import { TabLinks } from '#components/ui/tab-links.tsx'
import { type PostFilter, postsAddress } from '#lib/content/schema.ts'

/** In the order a piece passes them; what broke stands last but for the archive, where the eye ends. */
const tabs = [
  ['all', 'All'],
  ['draft', 'Drafts'],
  ['pending_review', STATUS_WORDS.pending_review],
  ['changes_requested', STATUS_WORDS.changes_requested],
  ['approved', STATUS_WORDS.approved],
  ['scheduled', STATUS_WORDS.scheduled],
  ['published', STATUS_WORDS.published],
  ['failed', STATUS_WORDS.failed],
  ['outcome_unknown', STATUS_WORDS.outcome_unknown],
  ['archived', STATUS_WORDS.archived],
] as const

export function PostTabs({ brandSlug, filter }: { brandSlug: string; filter: PostFilter }) {
  return (
    <TabLinks
      label="Posts by state"
      tabs={tabs.map(([status, label]) => ({
        label,
        href: postsAddress(brandSlug, { status, q: filter.q, after: undefined }),
        current: filter.status === status,
      }))}
    />
  )
}

/** What a list of these is headed with: the state of things, not the name of a page. */
export function listTitle({ status, q }: PostFilter): string {
  if (q) return `Posts named like “${q}”`
  return titles[status]
}

const titles: Record<PostFilter['status'], string> = {
  all: 'All posts, newest first',
  draft: 'Drafts',
  pending_review: 'Waiting for a yes, longest first',
  changes_requested: 'Back with changes asked for',
  approved: 'Approved, without a time',
  scheduled: 'Going out, next first',
  publishing: 'On their way',
  published: 'Published, latest first',
  failed: 'Did not go out',
  outcome_unknown: 'No answer from the network yet',
  archived: 'Archived',
}
