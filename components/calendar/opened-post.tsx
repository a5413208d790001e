import { PostTimeline } from '#components/approvals/post-timeline.tsx'
import { PostPreview } from '#components/content/preview/post-preview.tsx'
import { ofAssets } from '#components/content/preview/preview-media.ts'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { SealLine } from '#components/status/seal-line.tsx'
import { Status } from '#components/status/status.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { DrawerPart } from '#components/ui/drawer.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { listAccounts, type Post } from '#lib/content/queries.ts'
import { isClosed, slugOf } from '#lib/content/states.ts'
import { standingOf } from '#lib/content/versions.ts'
import { listAssets } from '#lib/media/library.ts'
import { namesOf } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant } from '#lib/time/format.ts'
import { distance } from '#lib/time/wall-clock.ts'
import { PostDrawer } from './post-drawer.tsx'

type OpenedPostProps = {
  brand: Brand
  post: Post
  /** Where the month shows it, whatever became of its plan. */
  shownAt: string | null
  now: Date
  closeHref: string
  previousHref: string | null
  nextHref: string | null
}

/** One piece read beside the calendar: what it says, who passed it, where it goes, what happened. */
export async function OpenedPost({ brand, post, shownAt, now, ...ways }: OpenedPostProps) {
  const { db } = await requireSession()
  const standing = standingOf(post)
  const sealedBy = standing.kind === 'sealed' ? standing.by : null
  const [accounts, assets, names] = await Promise.all([
    listAccounts(db, { brandId: brand.id, tenantId: brand.tenantId }),
    listAssets(db, { brandId: brand.id, ids: post.draft.mediaIds }),
    namesOf(db, sealedBy ? [sealedBy] : []),
  ])
  const chosen = post.draft.channels.flatMap((channel) => {
    const account = accounts.find(({ id }) => id === channel.connectionId)
    return account ? [{ ...account, wish: channel.format, ownText: channel.body }] : []
  })
  const first = chosen[0]
  const title = post.draft.title || 'Untitled'
  const at = post.publishedAt ?? post.plannedAt ?? shownAt
  const mayWrite = can(brand, 'content.edit') && !isClosed(post.status)

  return (
    <PostDrawer
      label={title}
      slug={`${slugOf(brand, post)}${post.version > 0 ? ` · version ${post.version}` : ''}`}
      title={title}
      meta={
        <>
          <Status status={post.state} as="tag" />
          {at && (
            <span className="text-ink-2">
              <Time instant={at} zone={brand.timeZone} withZone />{' '}
              <span className="num text-ink-3">{distance(at, now.toISOString())}</span>
            </span>
          )}
        </>
      }
      footer={
        <ButtonLink look="act" className="flex-1" href={`/brands/${brand.slug}/content/${post.number}`}>
          {mayWrite ? 'Open in composer' : 'Open the post'}
        </ButtonLink>
      }
      {...ways}
    >
      <DrawerPart>
        <PostPreview
          network={first?.network ?? 'facebook'}
          wish={first?.wish ?? 'feed'}
          accountName={first?.name ?? brand.name}
          when={at ? formatInstant(at, brand.timeZone, 'day-time') : 'No time yet'}
          body={first?.ownText ?? post.draft.body}
          link={post.draft.link || null}
          media={ofAssets(post.draft.mediaIds, assets)}
        />
        {standing.kind === 'sealed' && (
          <SealLine
            state={standing.heldAt ? 'pending' : 'whole'}
            title={
              standing.heldAt
                ? 'Held by the client'
                : `Sealed by ${(standing.by && names.get(standing.by)) ?? 'someone who left'}`
            }
            digest={standing.digest}
          >
            {standing.audience === 'client' ? 'Client' : 'Inside'},{' '}
            <Time instant={standing.at} zone={brand.timeZone} />. What was seen is what goes out.
          </SealLine>
        )}
        {standing.kind === 'broken' && (
          <SealLine state="broken" title="Seal broken by an edit">
            Version {standing.version} was approved; this is newer.
          </SealLine>
        )}
      </DrawerPart>
      <DrawerPart title={chosen.length === 1 ? 'Goes to 1 account' : `Goes to ${chosen.length} accounts`}>
        <RuleList>
          {chosen.map((account) => (
            <RuleRow key={account.id}>
              {isNetwork(account.network) && <NetworkGlyph network={account.network} />}
              <span className="min-w-0 flex-1 truncate font-mid">{account.name}</span>
              {account.ownText !== null && <span className="text-xs text-ink-3">own text</span>}
            </RuleRow>
          ))}
        </RuleList>
      </DrawerPart>
      <DrawerPart title="On this piece">
        <PostTimeline brand={brand} postId={post.id} />
      </DrawerPart>
    </PostDrawer>
  )
}
