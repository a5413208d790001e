import { clsx } from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { NetworkGlyph } from '#components/status/network-glyph.tsx'
import { STATUS_SHORT_WORDS } from '#components/status/post-status.ts'
import { StatusShape } from '#components/status/status-shape.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import type { CalendarPost } from './calendar-post.ts'
import { chipGround, chipSelected, distinct, isDone, isLoud, titleLook } from './chip-look.ts'

type PostChipProps = { post: CalendarPost; selected?: boolean }

/**
 * A post in a day of the grid: when, where, in which state, what. The keyboard comes in by Enter on
 * the day, so it is no tab stop. In a narrow day a word outweighs glyphs, and glyphs the picture.
 */
export const PostChip = memo(function PostChip({ post, selected = false }: PostChipProps) {
  const { status } = post
  const loud = isLoud(status)
  return (
    <Link
      href={post.href}
      prefetch={false}
      scroll={false}
      data-chip
      tabIndex={-1}
      aria-current={selected ? 'true' : undefined}
      className={clsx(
        `is-${status}`,
        'relative grid h-(--chip) shrink-0 grid-cols-[27px_minmax(0,1fr)] grid-rows-[13px_15px] content-center gap-x-1.5 rounded-1 border py-0.5 pr-[5px] pl-[3px] text-ink no-underline! font-stretch-[88%] hover:border-edge',
        loud && '@max-[132px]:grid-cols-[minmax(0,1fr)] @max-[132px]:pl-[5px]',
        selected ? chipSelected : chipGround[status],
      )}
    >
      <Thumb
        src={post.thumbUrl}
        className={clsx(
          'row-span-2 size-[27px] self-center',
          loud && '@max-[132px]:hidden',
          (isDone(status) || status === 'draft') && 'opacity-85',
        )}
      />
      <span className="flex min-w-0 items-center gap-[3px] text-2xs leading-[13px]">
        <b className="num mr-px shrink-0 font-mid text-ink-2">{post.time}</b>
        <Places post={post} />
        <span
          className={clsx(
            'ml-auto inline-flex shrink-0 items-center gap-[3px] font-bold font-stretch-[80%]',
            isDone(status) ? 'text-ink-3' : 'text-(--c)',
          )}
        >
          <StatusShape status={status} className="size-3" />
          <span className={loud ? undefined : 'sr-only'}>{STATUS_SHORT_WORDS[status]}</span>
        </span>
      </span>
      <span className={clsx('truncate text-xs leading-[15px] font-stretch-[82%]', titleLook(status))}>
        {post.title}
      </span>
    </Link>
  )
})

/** Two glyphs if there are two, else the first and how many more; what does not fit falls out of its line. */
function Places({ post }: PostChipProps) {
  const networks = distinct(post.networks)
  const shown = post.networks.length === 2 ? networks : networks.slice(0, 1)
  const more = post.networks.length - shown.length
  return (
    <span className="flex h-[13px] min-w-0 flex-wrap items-center gap-[3px] overflow-hidden">
      {shown.map((network) => (
        <NetworkGlyph key={network} network={network} className="my-px size-[11px]! text-ink-3!" />
      ))}
      {more > 0 && (
        <span className="num text-ink-3">
          +{more}
          <span className="sr-only"> more</span>
        </span>
      )}
    </span>
  )
}
