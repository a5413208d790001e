'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import { archivePost, deleteDraft, publishNow, withdrawPost } from '#lib/content/actions.ts'
import type { Act } from '#lib/content/acts.ts'
import { markPostsChanged } from './changed-posts.ts'

export type ActsOffered = Partial<Record<Act, string | null>>

type PostActsOptions = {
  postId: string
  brandSlug: string
  slug: string
  acts: ActsOffered
  /** Where it goes, in words, for the question before it goes out at once. */
  accounts: string
  /** "Tue 22 Sep, 18:00" */
  plannedFor: string | null
  /** Lets the page come anew. */
  onDone: () => void
}

type Asked = 'publish_now' | 'archive' | 'delete'

/** The acts of one piece beside writing it: buttons where one leads, the rest in the menu, the questions before. */
export function usePostActs(options: PostActsOptions) {
  const { postId, brandSlug, slug, acts, accounts, plannedFor, onDone } = options
  const router = useRouter()
  const [asked, setAsked] = useState<Asked | null>(null)
  const deed = useDeed()
  const { busy } = deed
  const list = `/brands/${brandSlug}/content`

  function run(act: () => ReturnType<typeof publishNow>, done: string) {
    deed.run(async () => {
      const result = await act()
      if (!result.serverError && !result.validationErrors) onDone()
      return result
    }, done)
  }

  function goOut() {
    setAsked(null)
    run(() => publishNow({ postId }), `${slug} is on its way.`)
  }

  function archive() {
    setAsked(null)
    run(() => archivePost({ postId }), `${slug} is archived.`)
  }

  function remove() {
    setAsked(null)
    deed.run(async () => {
      const result = await deleteDraft({ postId })
      if (!result.serverError && !result.validationErrors) {
        markPostsChanged()
        router.push(list)
      }
      return result
    }, `${slug} is deleted.`)
  }

  const publishButton =
    acts.publish_now === undefined ? null : (
      <Button disabledReason={acts.publish_now} busy={busy} onClick={() => setAsked('publish_now')}>
        Publish now
      </Button>
    )
  const withdrawButton =
    acts.withdraw === undefined ? null : (
      <Button
        disabledReason={acts.withdraw}
        busy={busy}
        onClick={() => run(() => withdrawPost({ postId }), `${slug} is back from review.`)}
      >
        Withdraw
      </Button>
    )

  const items: ReactNode[] = []
  if (acts.archive !== undefined) {
    items.push(
      <MenuItem key="archive" disabledReason={acts.archive} onSelect={() => setAsked('archive')}>
        Archive
      </MenuItem>,
    )
  }
  if (acts.delete !== undefined) {
    items.push(
      <MenuItem key="delete" tone="stop" disabledReason={acts.delete} onSelect={() => setAsked('delete')}>
        Delete draft
      </MenuItem>,
    )
  }

  const close = (open: boolean) => !open && setAsked(null)
  const dialogs = (
    <>
      <ConfirmDialog
        open={asked === 'publish_now'}
        onOpenChange={close}
        look="act"
        title={`Publish ${slug} now?`}
        confirm="Publish now"
        keep={plannedFor ? 'Keep its time' : 'Not yet'}
        onConfirm={goOut}
      >
        <p>
          It goes out on {accounts} at once{plannedFor ? `, instead of ${plannedFor}` : ''}. What was approved
          is what goes out.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'archive'}
        onOpenChange={close}
        title={`Archive ${slug}?`}
        confirm="Archive it"
        keep="Keep it"
        onConfirm={archive}
      >
        <p>
          {plannedFor
            ? `Nothing goes out on ${plannedFor}, and it leaves the desk.`
            : 'It leaves the desk. What is published stays published.'}{' '}
          It cannot be brought back; its versions and timeline stay readable.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'}
        onOpenChange={close}
        title={`Delete the draft ${slug}?`}
        confirm="Delete draft"
        keep="Keep it"
        onConfirm={remove}
      >
        <p>Its text is gone for good. Its pictures stay in the library.</p>
      </ConfirmDialog>
    </>
  )
  return { publishButton, withdrawButton, items, dialogs }
}
