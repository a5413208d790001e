'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { AgendaChip } from './agenda-chip.tsx'
import type { CalendarPost } from './calendar-post.ts'

/** Enough for any real day, little enough that a day of hundreds opens at once. */
const AT_FIRST = 24

type DayListProps = { posts: readonly CalendarPost[]; selectedId?: string | undefined }

/** All posts of one day, in rows. */
export function DayList({ posts, selectedId }: DayListProps) {
  const [all, setAll] = useState(false)
  const shown = all ? posts : posts.slice(0, AT_FIRST)
  return (
    <div className="grid gap-1">
      {shown.map((post) => (
        <AgendaChip key={post.id} post={post} selected={post.id === selectedId} />
      ))}
      {shown.length < posts.length && (
        <Button onClick={() => setAll(true)}>Show the other {posts.length - shown.length}</Button>
      )}
    </div>
  )
}
