'use client'

import { useState } from 'react'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { FolderTabs } from '#components/ui/folder-tabs.tsx'
import type { PostWish } from '#lib/content/schema.ts'
import { PostPreview } from './preview/post-preview.tsx'
import type { PreviewMedium } from './preview/preview-media.ts'

type Channel = { id: string; name: string; network: string; format: PostWish; body: string }

type AccountPreviewsProps = {
  channels: readonly Channel[]
  /** Stands in while no account is chosen. */
  fallback: { name: string; body: string }
  when: string
  link: string | null
  media: readonly PreviewMedium[]
}

/** The piece on each of its accounts, one at a time. */
export function AccountPreviews({ channels, fallback, when, link, media }: AccountPreviewsProps) {
  const [chosen, setChosen] = useState(channels[0]?.id ?? '')
  const channel = channels.find((one) => one.id === chosen) ?? channels[0]
  const preview = (
    <PostPreview
      network={channel?.network ?? 'facebook'}
      wish={channel?.format ?? 'feed'}
      accountName={channel?.name ?? fallback.name}
      when={when}
      body={channel?.body ?? fallback.body}
      link={link}
      media={media}
      className="max-w-[480px]"
    />
  )
  if (channels.length < 2) return preview
  return (
    <FolderTabs
      label="On"
      value={channel?.id ?? ''}
      onValueChange={setChosen}
      tabs={channels.map(({ id, name, network }) => ({
        value: id,
        label: name,
        icon: isNetwork(network) ? <NetworkGlyph network={network} silent /> : null,
      }))}
    >
      <div className="pt-3">{preview}</div>
    </FolderTabs>
  )
}
