'use client'

import { Ellipsis } from 'lucide-react'
import { OwnBar } from '#components/shell/top-bar.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { namesInARow } from '#lib/content/acts.ts'
import type { Account } from '#lib/content/problems.ts'
import type { Post } from '#lib/content/queries.ts'
import { slugOf } from '#lib/content/states.ts'
import { formatInstant } from '#lib/time/format.ts'
import { BackToPosts } from './back-link.tsx'
import type { ComposerBrand } from './composer/composer-context.tsx'
import { type ActsOffered, usePostActs } from './post-acts.tsx'
import { useSettled } from './use-settled.ts'

type ReaderBarProps = {
  brand: ComposerBrand
  post: Post
  acts: ActsOffered
  accounts: readonly Account[]
}

export function ReaderBar({ brand, post, acts, accounts }: ReaderBarProps) {
  const slug = slugOf(brand, post)
  const names = post.draft.channels.flatMap(
    ({ connectionId }) => accounts.find((account) => account.id === connectionId)?.name ?? [],
  )
  const { publishButton, withdrawButton, items, dialogs } = usePostActs({
    postId: post.id,
    brandSlug: brand.slug,
    slug,
    acts,
    accounts: namesInARow(names),
    plannedFor: post.plannedAt && formatInstant(post.plannedAt, brand.timeZone, 'day-time'),
    onDone: useSettled(false),
  })
  return (
    <>
      <OwnBar
        replacesFold
        actions={
          <>
            {withdrawButton}
            {publishButton}
            {items.length > 0 && (
              <Menu
                align="end"
                trigger={
                  <IconButton label="Other acts">
                    <Ellipsis aria-hidden />
                  </IconButton>
                }
              >
                {items}
              </Menu>
            )}
          </>
        }
      >
        <BackToPosts brandSlug={brand.slug} />
        <h1 className="truncate font-bold">{post.draft.title || 'Untitled'}</h1>
        <span className="slug">
          {slug}
          {post.version > 0 && ` · version ${post.version}`}
        </span>
      </OwnBar>
      {dialogs}
    </>
  )
}
