import Link from 'next/link'
import { isNetwork, NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import type { PostRow } from '#lib/content/queries.ts'
import { slugOf } from '#lib/content/states.ts'
import { formatInstant } from '#lib/time/format.ts'

type PostRowsProps = {
  brand: { slug: string; code: string; timeZone: string }
  posts: readonly PostRow[]
  thumbs: ReadonlyMap<string, string>
  names: ReadonlyMap<string, string>
}

const columns =
  'grid-cols-[40px_minmax(0,1fr)_auto] md:grid-cols-[40px_minmax(0,1fr)_72px_132px_150px_minmax(0,120px)]'

/** Pieces as rows: what, where, in which state, when, by whom. The whole row leads to the piece. */
export function PostRows({ brand, posts, thumbs, names }: PostRowsProps) {
  return (
    <>
      <div
        aria-hidden
        className={`grid gap-x-3 border-b border-ink py-1.5 text-xs font-mid text-ink-3 max-md:hidden ${columns}`}
      >
        <span />
        <span>Post</span>
        <span>To</span>
        <span>State</span>
        <span>When</span>
        <span>By</span>
      </div>
      <ul className="max-md:border-t max-md:border-rule-2">
        {posts.map((post) => (
          <li
            key={post.id}
            className={`relative grid min-h-12 items-center gap-x-3 gap-y-0.5 border-b border-rule py-1.5 hover:bg-[color-mix(in_oklch,var(--sheet)_60%,var(--paper))] ${columns}`}
          >
            <Thumb
              src={post.pictureId ? thumbs.get(post.pictureId) : null}
              className="size-10 max-md:row-span-2 md:size-8"
            />
            <div className="flex min-w-0 items-baseline gap-2 max-md:col-span-2">
              <Link
                href={`/brands/${brand.slug}/content/${post.number}`}
                prefetch={false}
                className="truncate text-ink after:absolute after:inset-0"
              >
                {post.title}
              </Link>
              <span className="slug">{slugOf(brand, post)}</span>
            </div>
            <span className="flex max-md:hidden">
              <NetworkGlyphs networks={post.networks.filter(isNetwork)} />
            </span>
            <Status status={post.state} className="max-md:order-last max-md:justify-self-end" />
            <span className="num truncate text-ink-2">{whenOf(post, brand.timeZone)}</span>
            <span className="truncate text-ink-2 max-md:hidden">
              {post.createdBy ? (names.get(post.createdBy) ?? 'Someone who left') : 'Someone who left'}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The time that matters in its state. */
function whenOf(post: PostRow, zone: string): string {
  const at = (instant: string) => formatInstant(instant, zone, 'day-time')
  if (post.state === 'published' && post.publishedAt) return at(post.publishedAt)
  if (post.scheduledFor) return at(post.scheduledFor)
  if (post.state === 'pending_review' && post.requestedAt) return `since ${at(post.requestedAt)}`
  return 'no time'
}
