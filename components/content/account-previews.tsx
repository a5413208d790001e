'use client'

import { useState } from 'react'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { FolderTabs } from '#components/ui/folder-tabs.tsx'
import { facebookMessage } from '#lib/platforms/meta/message.ts'
import { FacebookPreview, type PreviewPicture } from './preview/facebook-preview.tsx'

type Channel = { id: string; name: string; network: string; body: string }

type AccountPreviewsProps = {
  channels: readonly Channel[]
  /** Stands in while no account is chosen. */
  fallback: { name: string; body: string }
  when: string
  link: string | null
  pictures: readonly PreviewPicture[]
}

/** The piece on each of its accounts, one at a time. */
export function AccountPreviews({ channels, fallback, when, link, pictures }: AccountPreviewsProps) {
  const [chosen, setChosen] = useState(channels[0]?.id ?? '')
  const channel = channels.find((one) => one.id === chosen) ?? channels[0]
  const preview = (
    <FacebookPreview
      accountName={channel?.name ?? fallback.name}
      when={when}
      text={facebookMessage({ body: channel?.body ?? fallback.body, link, media: pictures })}
      link={link}
      pictures={pictures.filter((picture) => picture.src !== '')}
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
