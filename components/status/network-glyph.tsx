import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export const NETWORKS = [
  'facebook',
  'instagram',
  'linkedin',
  'tiktok',
  'google_business',
  'mailchimp',
] as const
export type Network = (typeof NETWORKS)[number]

export const NETWORK_NAMES: Record<Network, string> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  google_business: 'Google Business',
  mailchimp: 'Mailchimp',
}

export function isNetwork(value: string): value is Network {
  return NETWORKS.some((network) => network === value)
}

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.4, strokeLinejoin: 'round' } as const
const cut = 'var(--shape-cut, var(--sheet))'

/** One ink, our own drawings: networks are told apart by form, never by their colours. */
const glyphs: Record<Network, ReactNode> = {
  facebook: (
    <>
      <rect x="1" y="1" width="12" height="12" rx="2" fill="currentColor" />
      <path
        fill={cut}
        d="M7.3 13V8H5.6V6.2h1.7V5c0-1.5.8-2.3 2.4-2.3h.9v1.7h-.7c-.6 0-.8.3-.8.8v1h1.5L10.3 8H9.1v5z"
      />
    </>
  ),
  instagram: (
    <>
      <rect x="1.7" y="1.7" width="10.6" height="10.6" rx="3" {...stroke} />
      <circle cx="7" cy="7" r="2.4" {...stroke} />
      <circle cx="10" cy="4" r=".8" fill="currentColor" />
    </>
  ),
  linkedin: (
    <>
      <rect x="1" y="1" width="12" height="12" rx="1" fill="currentColor" />
      <path
        fill={cut}
        d="M3.2 5.7h1.6v5H3.2zm0-2.5h1.6v1.5H3.2zM6 5.7h1.5v.7c.3-.5.8-.8 1.6-.8 1.3 0 1.8.8 1.8 2.1v3H9.3V8c0-.6-.2-1-.7-1s-.9.4-.9 1v2.7H6z"
      />
    </>
  ),
  tiktok: (
    <path
      fill="currentColor"
      d="M7.3 1.5h1.9c.2 1.5 1.2 2.4 2.7 2.5v1.9c-1 0-1.9-.3-2.7-.8v3.8a3.6 3.6 0 1 1-3.1-3.6v2a1.7 1.7 0 1 0 1.2 1.6z"
    />
  ),
  google_business: (
    <path
      {...stroke}
      strokeWidth="1.3"
      d="M2.5 6.5v6h9v-6M1.2 4.5l1.3-3h9l1.3 3c0 1-.8 1.8-1.9 1.8S9 5.5 9 4.5c0 1-.9 1.8-2 1.8s-2-.8-2-1.8c0 1-.8 1.8-1.9 1.8s-1.9-.8-1.9-1.8z"
    />
  ),
  mailchimp: (
    <>
      <rect x="1.3" y="2.8" width="11.4" height="8.4" rx="1" {...stroke} />
      <path {...stroke} d="M1.8 3.5 7 7.8l5.2-4.3" />
    </>
  ),
}

type NetworkGlyphProps = {
  network: Network
  /** Where the name stands beside it. */
  silent?: boolean
  className?: string
}

export function NetworkGlyph({ network, silent = false, className }: NetworkGlyphProps) {
  return (
    <svg
      viewBox="0 0 14 14"
      role={silent ? undefined : 'img'}
      aria-label={silent ? undefined : NETWORK_NAMES[network]}
      aria-hidden={silent || undefined}
      className={clsx('size-3.5 shrink-0 text-ink-2', className)}
    >
      {glyphs[network]}
    </svg>
  )
}

/** Where a piece goes: the first glyphs, and how many more accounts. */
export function NetworkGlyphs({
  networks,
  most = 3,
  className,
}: {
  networks: readonly Network[]
  most?: number
  className?: string
}) {
  const distinct = [...new Set(networks)]
  const shown = distinct.slice(0, most)
  const more = networks.length - shown.length
  return (
    <span className={clsx('inline-flex items-center gap-1', className)}>
      {shown.map((network) => (
        <NetworkGlyph key={network} network={network} />
      ))}
      {more > 0 && <span className="agate text-ink-3">+{more}</span>}
    </span>
  )
}
