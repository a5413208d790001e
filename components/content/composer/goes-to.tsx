'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { isNetwork, NETWORK_NAMES, NetworkGlyph, NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { Button } from '#components/ui/button.tsx'
import { SegmentChoice } from '#components/ui/segment.tsx'
import { formatNames, formatOf, wishesOf, wishNames } from '#lib/content/formats.ts'
import type { Account } from '#lib/content/problems.ts'
import { newChannel, type PostWish } from '#lib/content/schema.ts'
import { type ComposerDesk, chosenAccounts, useComposer } from './composer-context.tsx'

/** The accounts this piece goes to, and those it leaves out this time. */
export function GoesTo() {
  const desk = useComposer()
  const { accounts, brand, opened, open, writing } = desk
  const chosen = chosenAccounts(desk)
  // A disconnected account takes no new pieces; one that is chosen stays in sight to be left out.
  const offered = accounts.filter((account) => account.health !== 'disconnected' || chosen.includes(account))
  const isOpen = opened === 'accounts'
  return (
    <section aria-label="Accounts" className="bg-paper px-3.5 py-2.5 md:overflow-y-auto md:px-4 md:py-3.5">
      <div className="flex min-h-8 items-center justify-between gap-2 md:mb-1.5">
        <h2 className="head-3 max-md:sr-only">Goes to</h2>
        <p className="flex items-center gap-2 md:text-ink-3">
          <NetworkGlyphs
            networks={chosen.map((account) => account.network).filter(isNetwork)}
            most={4}
            className="md:hidden"
          />
          <span className="md:hidden">{chosen.length === 1 ? '1 account' : `${chosen.length} accounts`}</span>
          <span className="max-md:hidden">
            {chosen.length} of {offered.length}
          </span>
        </p>
        <Button
          size="sm"
          look="bare"
          className="md:hidden"
          aria-expanded={isOpen}
          onClick={() => open(isOpen ? null : 'accounts')}
        >
          {isOpen ? 'Done' : 'Choose'}
        </Button>
      </div>
      <div className={clsx(!isOpen && 'max-md:hidden')}>
        {offered.length === 0 ? (
          <p className="text-ink-2">
            {brand.name} has no account yet, so drafts wait.{' '}
            <Link href={`/brands/${brand.slug}/connections`}>Connect one</Link>
          </p>
        ) : (
          <ul aria-label="Accounts this post goes to">
            {offered.map((account) => (
              <AccountRow key={account.id} account={account} />
            ))}
          </ul>
        )}
      </div>
      {writing.draft.channels.length > chosen.length && (
        <p className="mt-2 text-xs text-ink-3">It also names an account that is no longer here.</p>
      )}
    </section>
  )
}

function AccountRow({ account }: { account: Account }) {
  const { edit, pictures, showTab, tab, writing } = useComposer()
  const { channels } = writing.draft
  const channel = channels.find((one) => one.connectionId === account.id)

  const wishes = isPublished(account.network) ? wishesOf[account.network] : []
  const becomes = channel && formOf(account.network, channel.format, { writing, pictures })

  function choose(chosen: boolean) {
    const others = channels.filter((one) => one.connectionId !== account.id)
    edit({
      channels: chosen ? [...others, newChannel(account.id)] : others,
    })
    if (!chosen && tab === account.id) showTab('all')
  }

  return (
    <li
      className={clsx(
        '-mx-2 rounded-2',
        tab === account.id && 'bg-sheet shadow-[inset_0_0_0_1px_var(--rule-2)]',
      )}
    >
      <label
        className={clsx(
          'grid grid-cols-[16px_18px_minmax(0,1fr)_auto] items-center gap-x-2 p-2 pointer-coarse:min-h-11',
          !channel && 'text-ink-3',
        )}
      >
        <input
          type="checkbox"
          className="chk"
          checked={channel !== undefined}
          aria-describedby={`account-${account.id}`}
          onChange={(event) => choose(event.target.checked)}
        />
        {isNetwork(account.network) ? (
          <NetworkGlyph network={account.network} silent className="size-4.5" />
        ) : (
          <span />
        )}
        <span className="truncate">{account.name}</span>
        {channel?.body != null && <span className="agate font-mid text-2xs text-pencil">own text</span>}
        <small id={`account-${account.id}`} className="col-start-3 col-end-[-1] text-xs text-ink-3">
          {noteOf(account)}
          {becomes && `, ${becomes}`}
        </small>
      </label>
      {channel && wishes.length > 1 && (pictures.length > 0 || channel.format !== 'feed') && (
        <SegmentChoice<PostWish>
          label={`What ${account.name} shows it as`}
          className="mb-2 ml-[42px] h-7! text-xs pointer-coarse:h-11!"
          items={wishes.map((wish) => ({ value: wish, label: wishNames[wish] }))}
          value={channel.format}
          onValueChange={(format) =>
            edit({ channels: channels.map((one) => (one === channel ? { ...one, format } : one)) })
          }
        />
      )}
    </li>
  )
}

type Holder = Pick<ComposerDesk, 'writing' | 'pictures'>

/** What the piece becomes there, as long as it is more than words; null: as it is, it cannot go. */
function formOf(network: string, wish: PostWish, { writing, pictures }: Holder): string | null {
  if (!isPublished(network) || pictures.length === 0) return null
  const videos = pictures.filter((picture) => picture.kind === 'video').length
  const holding = { hasLink: writing.draft.link !== '', images: pictures.length - videos, videos }
  const form = formatOf(network, wish, holding)
  return form && formatNames[form]
}

function isPublished(network: string): network is keyof typeof wishesOf {
  return network in wishesOf
}

function noteOf({ health, network }: Account): string {
  if (health === 'disconnected') return 'Disconnected'
  if (health === 'reconnect') return 'Needs its login again'
  if (health === 'paused') return 'Paused'
  return isNetwork(network) ? NETWORK_NAMES[network] : network
}
