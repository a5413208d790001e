import { ImagePlus, Pencil, Plug } from 'lucide-react'
import Link from 'next/link'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { type PostFilter, postsAddress } from '#lib/content/schema.ts'
import { can } from '#lib/members/roles.ts'

type PostListEmptyProps = { brand: Brand; filter: PostFilter }

/** Why there is nothing to see, and the ways on. */
export function PostListEmpty({ brand, filter }: PostListEmptyProps) {
  const base = `/brands/${brand.slug}`
  if (filter.q) {
    return (
      <Empty title={`No post is called “${filter.q}”`}>
        <p>
          Titles and numbers were searched
          {filter.status === 'all' ? ', but for what is archived' : ', in this state alone'}.{' '}
          <Link href={postsAddress(brand.slug, { ...filter, q: '', after: undefined })}>Show all</Link>
        </p>
      </Empty>
    )
  }
  if (filter.status !== 'all') return <Empty title={empties[filter.status]} />
  if (!can(brand, 'content.create')) return <Empty title={`Nothing is written for ${brand.name} yet`} />
  return (
    <Empty
      title={`Nothing is written for ${brand.name} yet`}
      ways={[
        {
          key: 'write',
          icon: <Pencil aria-hidden />,
          title: 'Write the first post',
          what: 'It is kept as you type and goes nowhere before it is approved.',
          action: (
            <ButtonLink size="sm" look="act" href={`${base}/content/new`}>
              Write
            </ButtonLink>
          ),
        },
        {
          key: 'media',
          icon: <ImagePlus aria-hidden />,
          title: 'Add its pictures',
          what: 'Several at once; each is checked as it comes in.',
          action: (
            <ButtonLink size="sm" href={`${base}/media`}>
              Add
            </ButtonLink>
          ),
        },
        {
          key: 'connect',
          icon: <Plug aria-hidden />,
          title: 'Connect its accounts',
          what: 'Posts can be written before; they wait for an account.',
          action: (
            <ButtonLink size="sm" href={`${base}/connections`}>
              Connect
            </ButtonLink>
          ),
        },
      ]}
    />
  )
}

const empties: Record<Exclude<PostFilter['status'], 'all'>, string> = {
  draft: 'No drafts',
  pending_review: 'Nothing waits for a yes',
  changes_requested: 'Nobody asks for changes',
  approved: 'Nothing approved waits for a time',
  scheduled: 'Nothing is scheduled',
  publishing: 'Nothing is on its way',
  published: 'Nothing is published yet',
  failed: 'Nothing failed',
  outcome_unknown: 'Every post was answered for',
  archived: 'Nothing is archived',
}
