import { clsx } from 'clsx'
import Link from 'next/link'
import { memo } from 'react'
import { NETWORK_NAMES, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { type PostStatus, STATUS_SHORT_WORDS, STATUS_WORDS } from '#components/status/post-status.ts'
import { StatusShape } from '#components/status/status-shape.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import type { CalendarPost } from './calendar-post.ts'

/** Loud only by exception: these say their word and stand on their wash. */
const LOUD: readonly PostStatus[] = [
  'pending_review',
  'changes_requested',
  'failed',
  'outcome_unknown',
  'publishing',
]

const washed = 'border-[color-mix(in_oklch,var(--c)_42%,transparent)] bg-(--w)'
const grounds: Record<PostStatus, string> = {
  draft: 'border-dashed border-rule-2',
  pending_review: washed,
  changes_requested: washed,
  approved: 'border-rule-2 bg-sheet',
  scheduled: 'border-rule-2 bg-sheet',
  publishing: 'border-rule-2 bg-sheet',
  published: 'border-transparent',
  failed: washed,
  outcome_unknown: washed,
  archived: 'border-transparent',
}
const quiet: readonly PostStatus[] = ['published', 'archived', 'draft']

type PostChipProps = {
  post: CalendarPost
  /** cell: two lines in a day of the grid · agenda: a row of the phone's list, its word always written. */
  as?: 'cell' | 'agenda'
  selected?: boolean
  /** In the grid the keyboard comes in by Enter on the day, so a chip is no tab stop of its own. */
  tabStop?: boolean
}

/** A post in the calendar: when, where, in which state, what. Enter opens it. */
export const PostChip = memo(function PostChip({
  post,
  as = 'cell',
  selected = false,
  tabStop = true,
}: PostChipProps) {
  const { status, networks, title, time } = post
  const agenda = as === 'agenda'
  const [first, ...others] = [...new Set(networks)]
  const shown = agenda ? [first, ...others].slice(0, 3) : others.length === 1 ? [first, others[0]] : [first]
  const more = networks.length - shown.length
  return (
    <Link
      href={post.href}
      prefetch={false}
      scroll={false}
      data-chip
      tabIndex={tabStop ? undefined : -1}
      aria-current={selected ? 'true' : undefined}
      aria-label={`${time}, ${title}. ${STATUS_WORDS[status]}. ${[...new Set(networks)].map((network) => NETWORK_NAMES[network]).join(', ')}`}
      className={clsx(
        `is-${status}`,
        'relative grid shrink-0 content-center rounded-1 border text-ink no-underline! hover:border-edge',
        agenda
          ? 'min-h-[52px] grid-cols-[40px_minmax(0,1fr)] gap-x-2.5 py-1 pr-2 pl-1 font-stretch-[94%]'
          : 'h-(--chip) grid-cols-[27px_minmax(0,1fr)] gap-x-1.5 py-[3px] pr-[5px] pl-[3px] font-stretch-[88%]',
        selected ? 'z-1 border-transparent bg-pencil-wash outline-2 outline-pencil' : grounds[status],
      )}
    >
      <Thumb
        src={post.thumbUrl}
        className={clsx(
          'row-span-2 self-center',
          agenda ? 'size-10' : 'size-[27px]',
          quiet.includes(status) && 'opacity-85',
        )}
      />
      <span
        className={clsx(
          'flex items-center',
          agenda ? 'gap-[5px] text-xs leading-[18px]' : 'gap-[3px] text-2xs leading-[13px]',
        )}
      >
        <b className="num mr-px font-mid text-ink-2">{time}</b>
        {shown.map(
          (network) =>
            network && (
              <NetworkGlyph
                key={network}
                network={network}
                silent
                className={clsx('text-ink-3!', agenda ? 'size-[13px]!' : 'size-[11px]!')}
              />
            ),
        )}
        {more > 0 && <span className="num text-ink-3">+{more}</span>}
        <span
          className={clsx(
            'ml-auto inline-flex items-center gap-[3px] font-bold font-stretch-[80%]',
            status === 'published' || status === 'archived' ? 'text-ink-3' : 'text-(--c)',
            agenda && 'font-mid! font-stretch-[92%]!',
          )}
        >
          <StatusShape status={status} className={agenda ? 'size-3.5' : 'size-3'} />
          {(agenda || LOUD.includes(status)) && STATUS_SHORT_WORDS[status]}
        </span>
      </span>
      <span
        className={clsx(
          'truncate',
          agenda
            ? 'text-[14px] leading-[19px] font-stretch-[95%]'
            : 'text-xs leading-[15px] font-stretch-[82%]',
          quiet.includes(status) && 'text-ink-2',
          status === 'archived' && 'line-through',
        )}
      >
        {title}
      </span>
    </Link>
  )
})
