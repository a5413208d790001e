import type { ReactNode } from 'react'
import { WithAside } from '#components/shell/desk-page.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Account } from '#lib/content/problems.ts'
import type { Post } from '#lib/content/queries.ts'
import type { PostState } from '#lib/content/schema.ts'
import { standingOf } from '#lib/content/versions.ts'
import type { Asset } from '#lib/media/library.ts'
import { formatInstant, zoneAbbreviation, zoneCity } from '#lib/time/format.ts'
import { AccountPreviews } from './account-previews.tsx'
import { CommentLanes } from './comment-lanes.tsx'
import type { ComposerBrand } from './composer/composer-context.tsx'
import type { People } from './people.ts'
import type { ActsOffered } from './post-acts.tsx'
import { ofAssets } from './preview/preview-media.ts'
import { ReaderBar } from './reader-bar.tsx'
import { saidAbout } from './said.ts'
import { SealStrip } from './seal-strip.tsx'
import { standingWords } from './standing-words.ts'
import { VersionList } from './version-list.tsx'
import { WatchPost } from './watch-post.tsx'
import { writtenNow } from './written.ts'

/** Before these there is nothing to tell of its publishing. */
const hasJobs = ({ status, publishedAt }: Post) =>
  publishedAt !== null || ['scheduled', 'publishing', 'failed'].includes(status)

type PostReaderProps = {
  brand: ComposerBrand
  accounts: readonly Account[]
  people: People
  post: Post
  acts: ActsOffered
  assets: readonly Asset[]
  mayComment: { client: boolean; internal: boolean }
  /** Why it is only read here, where that is not plain from its state. */
  whyReadOnly: string | null
  jobs: ReactNode
  timeline: ReactNode
}

/** A piece to read: what went out or will, what became of it on each account, and all that was said and done. */
export function PostReader(props: PostReaderProps) {
  const { brand, accounts, people, post, acts, assets, mayComment, whyReadOnly, jobs, timeline } = props
  const { timeZone: zone } = brand
  const urls = Object.fromEntries(assets.map((asset) => [asset.id, asset.stillUrl]))
  // What was approved is what goes out: past that point the frozen version is shown, not the row.
  const frozen = post.versions.find((version) => version.version === post.version && !version.supersededAt)
  const at = post.publishedAt ?? post.plannedAt
  // What waits for a person stands first, on a phone above all.
  const needsPerson = post.state === 'outcome_unknown' || post.state === 'failed'
  return (
    <>
      <ReaderBar brand={brand} post={post} acts={acts} accounts={accounts} />
      <SealStrip
        status={post.state}
        words={standingWords(standingOf(post), {
          people,
          zone,
          asked: post.asked,
          isOut: post.status === 'published',
        })}
      >
        <p className="num whitespace-nowrap">
          {at ? (
            <>
              {post.publishedAt && 'Out since '}
              <time dateTime={at}>{formatInstant(at, zone, 'day-time')}</time>{' '}
              <span className="text-ink-3">
                {zoneCity(zone)}, {zoneAbbreviation(at, zone)}
              </span>
            </>
          ) : (
            <span className="text-ink-2">{withoutTime[post.state] ?? 'No time yet'}</span>
          )}
        </p>
      </SealStrip>
      <div className="max-w-[1440px] px-3.5 pt-3.5 pb-10 md:px-6">
        {whyReadOnly && <p className="mb-3 text-ink-2">{whyReadOnly}</p>}
        {needsPerson && (
          <section className="mb-4 max-w-[720px]">
            <SectionHead title="On its accounts" className="pt-0!" />
            {jobs}
          </section>
        )}
        <WithAside
          aside={
            <>
              {hasJobs(post) && !needsPerson && (
                <div className="mb-4">
                  <SectionHead title="On its accounts" className="pt-0!" />
                  {jobs}
                </div>
              )}
              <SectionHead title="Timeline" className="pt-0!" />
              {timeline}
            </>
          }
        >
          <SectionHead
            title={post.publishedAt ? 'What went out' : frozen ? 'What goes out' : 'As it is written'}
            className="pt-0!"
          />
          <AccountPreviews
            when={at ? formatInstant(at, zone, 'day-time') : (withoutTime[post.state] ?? 'No time yet')}
            channels={
              frozen
                ? frozen.channels.map((channel) => ({
                    id: channel.connection_id,
                    name: channel.account_name,
                    network: channel.network,
                    format: channel.format,
                    body: channel.body ?? frozen.body,
                  }))
                : post.draft.channels.map((channel) => {
                    const account = accounts.find((one) => one.id === channel.connectionId)
                    return {
                      id: channel.connectionId,
                      name: account?.name ?? 'An account',
                      network: account?.network ?? 'facebook',
                      format: channel.format,
                      body: channel.body ?? post.draft.body,
                    }
                  })
            }
            fallback={{ name: brand.name, body: post.draft.body }}
            link={(frozen ? frozen.link : post.draft.link) || null}
            media={
              frozen
                ? ofAssets(
                    frozen.pictures.map((picture) => picture.asset_id),
                    assets,
                  )
                : ofAssets(post.draft.mediaIds, assets)
            }
          />
          <VersionList
            versions={post.versions}
            now={frozen ? null : writtenNow(post.draft, accounts)}
            people={people}
            zone={zone}
            faces={urls}
            onReturn={null}
          />
          <SectionHead title="Said about it" className="mt-3" />
          <CommentLanes
            brand={brand}
            postId={post.id}
            said={saidAbout(post)}
            people={people}
            isShared={post.versions.some((version) => version.sharedAt !== null)}
            mayWrite={mayComment}
          />
        </WithAside>
      </div>
      <WatchPost postId={post.id} status={post.status} version={post.version} heldAt={post.heldAt} />
    </>
  )
}

/** Once its time has come a plan is used up, and "no time yet" would be untrue. */
const withoutTime: Partial<Record<PostState, string>> = {
  publishing: 'Going out now',
  outcome_unknown: 'Sent, no answer yet',
  failed: 'Did not go out',
}
