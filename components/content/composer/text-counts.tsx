'use client'

import { clsx } from 'clsx'
import { isNetwork, NETWORK_NAMES, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { useComposer } from './composer-context.tsx'

const count = new Intl.NumberFormat('en-GB')

/** How long each text is, beside what its network takes. One line for accounts that say and take the same. */
export function TextCounts() {
  const { accounts, writing } = useComposer()
  const { body, channels } = writing.draft
  const lines = new Map<string, { network: string; name: string; length: number; limit: number | null }>()
  for (const channel of channels) {
    const account = accounts.find((one) => one.id === channel.connectionId)
    if (!account) continue
    const isOwn = channel.body !== null
    lines.set(isOwn ? account.id : account.network, {
      network: account.network,
      name: isOwn
        ? account.name
        : isNetwork(account.network)
          ? NETWORK_NAMES[account.network]
          : account.network,
      length: (channel.body ?? body).length,
      limit: account.limits?.text_max ?? null,
    })
  }
  return (
    <ul
      aria-label="Characters"
      className="agate flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-y border-rule py-1.5 md:justify-end"
    >
      {lines.size === 0 && <li className="text-ink-3">{count.format(body.length)}</li>}
      {[...lines].map(([key, { network, name, length, limit }]) => (
        <li
          key={key}
          className={clsx(
            'flex items-center gap-1.5',
            limit !== null && length > limit && 'font-bold text-stop [&_svg]:text-stop',
          )}
        >
          {isNetwork(network) && <NetworkGlyph network={network} silent />}
          <span className={lines.size > 1 ? 'max-w-40 truncate text-ink-3' : 'sr-only'}>{name}</span>
          <span className="whitespace-nowrap">
            {count.format(length)}
            {limit !== null && (
              <span className={length > limit ? undefined : 'text-ink-3'}>
                <span aria-hidden> / </span>
                <span className="sr-only"> of </span>
                {count.format(limit)}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
