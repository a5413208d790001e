'use client'

import { Ellipsis } from 'lucide-react'
import { BackToPosts } from '#components/content/back-link.tsx'
import type { ActsOffered, usePostActs } from '#components/content/post-acts.tsx'
import { OwnBar } from '#components/shell/top-bar.tsx'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { SplitButton } from '#components/ui/split-button.tsx'
import { TITLE_MAX } from '#lib/content/schema.ts'
import { slugOf } from '#lib/content/states.ts'
import { useComposer } from './composer-context.tsx'
import { SaveWord } from './save-word.tsx'
import type { Sending } from './use-sending.tsx'

type ComposerBarProps = {
  sending: Sending
  acts: ActsOffered
  more: ReturnType<typeof usePostActs>
  onPreview: () => void
}

/** The piece's own bar: its title, whether it is kept, and what can be done with it. */
export function ComposerBar({ sending, acts, more, onPreview }: ComposerBarProps) {
  const { brand, writing, edit } = useComposer()
  const { post, draft } = writing
  const slug = post ? slugOf(brand, post) : null
  const menu = post ? more.items : []
  return (
    <OwnBar
      replacesFold
      actions={
        <>
          <Button onClick={onPreview} className="max-md:hidden push:hidden">
            Preview
          </Button>
          <span className="flex gap-2 max-md:hidden">
            {more.withdrawButton}
            {more.publishButton}
            {acts.send !== undefined &&
              (menu.length > 0 ? (
                <SplitButton
                  look="act"
                  busy={sending.busy}
                  disabledReason={sending.disabledReason}
                  onClick={() => void sending.send()}
                  aria-keyshortcuts="Control+Enter Meta+Enter"
                  menuLabel="Other acts"
                  menu={menu}
                >
                  {sending.label}
                </SplitButton>
              ) : (
                <Button
                  look="act"
                  busy={sending.busy}
                  disabledReason={sending.disabledReason}
                  onClick={() => void sending.send()}
                  aria-keyshortcuts="Control+Enter Meta+Enter"
                >
                  {sending.label}
                </Button>
              ))}
          </span>
          {menu.length > 0 && (
            <Menu
              align="end"
              trigger={
                <IconButton label="Other acts" className={acts.send === undefined ? undefined : 'md:hidden'}>
                  <Ellipsis aria-hidden />
                </IconButton>
              }
            >
              {menu}
            </Menu>
          )}
        </>
      }
    >
      <BackToPosts brandSlug={brand.slug} />
      <h1 className="sr-only">{slug ? `${slug}, ${draft.title || 'untitled'}` : 'New post'}</h1>
      <input
        aria-label="Title"
        placeholder="Untitled"
        maxLength={TITLE_MAX}
        value={draft.title}
        onChange={(event) => edit({ title: event.target.value })}
        className="field-sizing-content min-w-16 max-w-[34ch] flex-initial truncate rounded-2 border border-transparent bg-transparent px-1.5 py-1 font-bold hover:border-rule-2 focus:bg-sheet pointer-coarse:text-md"
      />
      {slug && <span className="slug max-md:hidden">{slug}</span>}
      <SaveWord writing={writing} zone={brand.timeZone} />
    </OwnBar>
  )
}
