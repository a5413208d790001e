'use client'

import { clsx } from 'clsx'
import { LinkButton } from '#components/content/link-button.tsx'
import { isNetwork, NETWORK_NAMES, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { FolderTabs } from '#components/ui/folder-tabs.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { chosenAccounts, type TextTab, textFieldId, useComposer } from './composer-context.tsx'
import { TextCounts } from './text-counts.tsx'

/** The text: one for all accounts, and where one needs it, its own. */
export function PostText() {
  const desk = useComposer()
  const { writing, tab, showTab } = desk
  const chosen = chosenAccounts(desk)
  const hasOwn = writing.draft.channels.some((channel) => channel.body !== null)
  if (chosen.length < 2 && !hasOwn) {
    return (
      <>
        <SharedText label="Text" />
        <TextCounts />
      </>
    )
  }
  return (
    <FolderTabs<TextTab>
      label="Text for"
      className="[&_[role=tablist]]:-mx-3.5 [&_[role=tablist]]:px-3.5 md:[&_[role=tablist]]:-mx-4 md:[&_[role=tablist]]:px-4"
      value={tab}
      onValueChange={showTab}
      tabs={[
        { value: 'all', label: 'All accounts' },
        ...chosen.map((account) => ({
          value: account.id,
          label: account.name,
          icon: isNetwork(account.network) ? <NetworkGlyph network={account.network} silent /> : null,
          mark: ownTextOf(account.id) === null ? undefined : 'own text',
        })),
      ]}
    >
      {tab === 'all' ? <SharedText label="Text for all accounts" /> : <OwnText key={tab} accountId={tab} />}
      <TextCounts />
    </FolderTabs>
  )

  function ownTextOf(accountId: string) {
    return writing.draft.channels.find((channel) => channel.connectionId === accountId)?.body ?? null
  }
}

const field = 'min-h-44 max-h-[64dvh]! resize-none! py-2.5 text-[16px]! leading-[25px]'

function SharedText({ label }: { label: string }) {
  const { writing, edit } = useComposer()
  return (
    <Textarea
      id={textFieldId}
      look="bare"
      aria-label={label}
      placeholder="Write here. It is kept as you go."
      value={writing.draft.body}
      onChange={(event) => edit({ body: event.target.value })}
      className={field}
    />
  )
}

function OwnText({ accountId }: { accountId: string }) {
  const { accounts, writing, edit } = useComposer()
  const { body, channels } = writing.draft
  const account = accounts.find((one) => one.id === accountId)
  const own = channels.find((channel) => channel.connectionId === accountId)?.body ?? null
  const name = account?.name ?? 'This account'
  const network = account && isNetwork(account.network) ? NETWORK_NAMES[account.network] : null

  function write(text: string | null) {
    edit({
      channels: channels.map((channel) =>
        channel.connectionId === accountId ? { ...channel, body: text } : channel,
      ),
    })
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-2 text-ink-2">
        {own === null ? (
          <>
            <span>{name} follows the shared text.</span>
            <LinkButton className="ml-auto" onClick={() => write(body)}>
              Give it its own text
            </LinkButton>
          </>
        ) : (
          <>
            <span className="rounded-1 bg-pencil-wash px-1.5 py-px text-xs font-mid text-pencil">
              Own text
            </span>
            <span>{name} no longer follows the shared text.</span>
            <LinkButton className="ml-auto" onClick={() => write(null)}>
              Go back to shared
            </LinkButton>
          </>
        )}
      </div>
      <Textarea
        id={textFieldId}
        look="bare"
        aria-label={network ? `Text for ${name} on ${network}` : `Text for ${name}`}
        readOnly={own === null}
        value={own ?? body}
        onChange={(event) => write(event.target.value)}
        className={clsx(field, own === null && 'text-ink-2')}
      />
    </>
  )
}
