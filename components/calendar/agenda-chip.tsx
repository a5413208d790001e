import { clsx } from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import type { CalendarPost } from './calendar-post.ts'
import { chipGround, chipSelected, isDone, titleLook } from './chip-look.ts'

type AgendaChipProps = { post: CalendarPost; selected?: boolean }

/** A post as a row of a day's list: on phones, and behind "+n more". Here every state says its word. */
export const AgendaChip = memo(function AgendaChip({ post, selected = false }: AgendaChipProps) {
  const { status } = post
  return (
    <Link
      href={post.href}
      prefetch={false}
      scroll={false}
      aria-current={selected ? 'true' : undefined}
      className={clsx(
        `is-${status}`,
        'grid min-h-[52px] grid-cols-[40px_minmax(0,1fr)] content-center gap-x-2.5 rounded-1 border py-1 pr-2 pl-1 text-ink no-underline! font-stretch-[94%] hover:border-edge',
        selected ? chipSelected : chipGround[status],
      )}
    >
      <Thumb
        src={post.thumbUrl}
        className={clsx('row-span-2 size-10 self-center', isDone(status) && 'opacity-85')}
      />
      <span className="flex min-w-0 items-center gap-[5px] text-xs leading-[18px]">
        <b className="num font-mid text-ink-2">{post.time}</b>
        <NetworkGlyphs networks={post.networks} className="[&_svg]:size-[13px] [&_svg]:text-ink-3" />
        <Status status={status} short className={clsx('ml-auto', isDone(status) && 'text-ink-3!')} />
      </span>
      <span className={clsx('truncate text-[14px] leading-[19px] font-stretch-[95%]', titleLook(status))}>
        {post.title}
      </span>
    </Link>
  )
})
