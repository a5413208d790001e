import Link from 'next/link'
import type { ReactNode } from 'react'
import { isNetwork, NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import { Thumb } from '#components/ui/picture.tsx'
import { stillPathOf } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { throughGateway } from '#lib/platforms/http.ts'
import { nearDay } from '#lib/time/near-day.ts'
import { ClientStatus } from './client-status.tsx'
import { portalPostHref } from './portal-href.ts'

type PostRowsProps = {
  brand: Brand
  versions: readonly Version[]
  pictures: ReadonlyMap<string, string>
  now: Date
}

/** Posts as lines: picture, when, where to, how they stand; published ones lead to where they stand. */
export function PostRows({ brand, versions, pictures, now }: PostRowsProps) {
  return (
    <ul className="grid gap-x-6 border-rule-2 max-md:border-t md:grid-cols-2">
      {versions.map((version) => {
        const zone = version.timeZone ?? brand.timeZone
        // Approved and unscheduled: the time it was once meant for is over, or taken back.
        const planned = version.clientStatus === 'approved' ? null : version.scheduledAt
        const at = version.publishedAt ?? planned
        const picture = version.pictures[0]
        return (
          <li
            key={version.postId}
            className="relative grid min-h-[68px] grid-cols-[52px_minmax(0,1fr)] items-center gap-x-3 border-b border-rule bg-sheet px-4 py-2.5 hover:bg-paper md:-mt-px md:border md:px-3"
          >
            <Thumb src={picture && pictures.get(stillPathOf(picture) ?? '')} className="size-[52px]" />
            <div className="min-w-0">
              <div className="flex items-center gap-1.5 text-sm/5 whitespace-nowrap text-ink-2">
                <span className="num">{at ? nearDay(at, zone, now) : 'no time yet'}</span>
                <NetworkGlyphs
                  networks={[...new Set(version.channels.map((channel) => channel.network))].filter(
                    isNetwork,
                  )}
                />
                <span className="ml-auto">
                  <ClientStatus version={version} agencyName={brand.agencyName} />
                </span>
              </div>
              <Link
                href={portalPostHref(brand.slug, version.postId)}
                className="block truncate font-mid text-ink no-underline! after:absolute after:inset-0"
              >
                {version.title}
              </Link>
              <Permalinks version={version} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Where a post stands on its networks; an address that the network did not give is left out. */
export function Permalinks({ version }: { version: Version }) {
  const found = version.permalinks.flatMap(({ url, ...rest }) => (url ? [{ ...rest, url }] : []))
  if (found.length === 0) return null
  return (
    <p className="relative z-1 flex flex-wrap gap-x-3 text-sm/5">
      {found.map(({ url, network, accountName }) => (
        <a
          key={url}
          href={throughGateway(url)}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-6 items-center pointer-coarse:min-h-11"
        >
          {found.length > 1 ? `See it on ${accountName}` : `See it on ${networkName(network)}`}
        </a>
      ))}
    </p>
  )
}

export function ShelfHead({ title, note }: { title: string; note?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 px-4 pt-6 pb-2 md:px-0">
      <h2 className="text-lg/6 font-head font-stretch-[86%]">{title}</h2>
      {note && <p className="text-sm text-ink-3">{note}</p>}
    </div>
  )
}
