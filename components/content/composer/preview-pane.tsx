'use client'

import { PostPreview } from '#components/content/preview/post-preview.tsx'
import { ofAssets } from '#components/content/preview/preview-media.ts'
import { Select } from '#components/ui/select.tsx'
import { linkFrom } from '#lib/content/links.ts'
import { formatInstant } from '#lib/time/format.ts'
import { chosenAccounts, useComposer } from './composer-context.tsx'

/** The piece as its readers will see it, on one account at a time. */
export function PreviewPane() {
  const desk = useComposer()
  const { brand, tab, showTab, writing, pictures, plannedAt } = desk
  const chosen = chosenAccounts(desk)
  const account = chosen.find((one) => one.id === tab) ?? chosen[0]
  const { draft } = writing
  const channel = draft.channels.find((one) => one.connectionId === account?.id)
  const link = linkFrom(draft.link) || null
  return (
    <>
      <div className="mb-2.5 flex items-center gap-2 empty:hidden">
        {chosen.length > 1 && account && (
          <Select
            label="Account shown"
            size="sm"
            className="w-auto! max-w-full"
            value={account.id}
            items={chosen.map((one) => ({ value: one.id, label: one.name }))}
            onValueChange={showTab}
          />
        )}
      </div>
      <PostPreview
        network={account?.network ?? 'facebook'}
        wish={channel?.format ?? 'feed'}
        accountName={account?.name ?? brand.name}
        when={plannedAt ? formatInstant(plannedAt, brand.timeZone, 'day-time') : 'Just now'}
        body={channel?.body ?? draft.body}
        link={link}
        media={ofAssets(draft.mediaIds, pictures)}
        className="mx-auto max-w-[368px]"
      />
      {!account && (
        <p className="mx-auto mt-2.5 max-w-[368px] text-xs text-ink-2">
          No account is chosen yet; this is how a Facebook Page would show it.
        </p>
      )}
    </>
  )
}
