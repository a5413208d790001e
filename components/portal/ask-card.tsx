import { Clock } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { PostLooks } from '#components/approvals/post-looks.tsx'
import { firstNames } from '#components/approvals/speakers.ts'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { lastSpokenOn, type SharedPost } from '#lib/portal/shelves.ts'
import { silenceSentence } from '#lib/portal/silence.ts'
import { nearDay } from '#lib/time/near-day.ts'
import { ChangedBox } from './changed-box.tsx'
import { PortalDecision } from './portal-decision.tsx'
import { portalPostHref } from './portal-href.ts'

type AskCardProps = {
  brand: Brand
  post: SharedPost
  userId: string
  /** Whether this reader's own answer is awaited. */
  isAsked: boolean
  /** Who else is asked, where it is not this reader. */
  askedNames: readonly string[]
  pictures: ReadonlyMap<string, string>
  now: Date
  /** The version that stood here when it changed under the reader's hands. */
  seenVersion?: number | undefined
  /** What stands below it for an answer given earlier. */
  settled?: ReactNode
  /** On the post's own page its title does not lead anywhere. */
  isOwnPage?: boolean
  /** What stands beside it once it is settled. */
  children?: ReactNode
}

/** One post before its client: exactly as it will look, what changed, what silence means, and the two answers. */
export function AskCard(props: AskCardProps) {
  const { brand, post, userId, isAsked, askedNames, pictures, now, isOwnPage = false, children } = props
  const { seenVersion, settled } = props
  const { latest } = post
  const zone = latest.timeZone ?? brand.timeZone
  const before = post.earlier.find(({ version }) => version === seenVersion) ?? lastSpokenOn(post)
  const networks = [...new Set(latest.channels.map((channel) => channel.network))]
  const isWaiting = latest.clientStatus === 'waiting'
  return (
    <article
      aria-label={latest.title}
      className="mt-3.5 overflow-clip border-y border-rule-2 bg-sheet md:grid md:grid-cols-[minmax(0,420px)_minmax(0,1fr)] md:grid-rows-[auto_1fr] md:rounded-3 md:border-x md:*:col-start-2"
    >
      <header className="flex items-center gap-2 border-b border-rule px-4 py-2.5 text-sm/5">
        {networks.filter(isNetwork).map((network) => (
          <NetworkGlyph key={network} network={network} silent />
        ))}
        <h2 className="min-w-0 flex-1 truncate font-bold">
          {isOwnPage ? (
            `${networks.map((network) => networkName(network)).join(' and ')} post`
          ) : (
            <Link href={portalPostHref(brand.slug, latest.postId)} className="text-ink">
              {latest.title}
            </Link>
          )}
        </h2>
        <p className="num whitespace-nowrap text-ink-2">
          {latest.scheduledAt ? nearDay(latest.scheduledAt, zone, now) : 'no time yet'}
        </p>
      </header>
      <PostLooks
        version={latest}
        pictures={pictures}
        zone={zone}
        className="border-rule p-3 md:col-start-1! md:row-span-full md:row-start-1 md:border-r md:p-4"
      />
      <div className="md:flex md:flex-col">
        <div className="border-rule pt-3 max-md:empty:hidden max-md:border-t">
          {before && isWaiting && (
            <ChangedBox before={before} after={latest} pictures={pictures} userId={userId} zone={zone} />
          )}
          {children}
        </div>
        {/* Beside a tall look the answers stay in sight. */}
        <div className="bg-sheet md:sticky md:bottom-0 md:mt-auto">
          {isWaiting && (
            <p className="flex gap-2 border-t border-rule px-4 py-2.5 text-sm/5 text-ink-2">
              <Clock aria-hidden className="mt-0.5" />
              {isAsked || askedNames.length === 0
                ? silenceSentence(
                    { scheduledAt: latest.scheduledAt, zone, agencyName: brand.agencyName },
                    now,
                  )
                : `It waits for ${firstNames(askedNames)}.`}
            </p>
          )}
          <PortalDecision
            postId={latest.postId}
            title={latest.title}
            version={latest.version}
            digest={latest.digest}
            settled={settled}
            isAsked={isAsked && isWaiting}
            onward={onwardWords(latest.scheduledAt, latest.clientStatus, zone, brand.agencyName, now)}
            agencyName={brand.agencyName}
          />
        </div>
      </div>
    </article>
  )
}

function onwardWords(
  scheduledAt: string | null,
  clientStatus: string,
  zone: string,
  agencyName: string,
  now: Date,
): string {
  return scheduledAt && clientStatus === 'scheduled'
    ? `It goes out ${nearDay(scheduledAt, zone, now)}.`
    : `${agencyName} finds it a time.`
}
