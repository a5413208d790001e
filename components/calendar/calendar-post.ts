import type { Network } from '#components/status/network-glyph.tsx'
import type { PostStatus } from '#components/status/post-status.ts'

/** A piece as the calendar draws it: day and time already in the calendar's zone. */
export type CalendarPost = {
  id: string
  /** "OE-318" */
  slug: string
  title: string
  /** "2026-09-18" */
  day: string
  /** "07:30" */
  time: string
  status: PostStatus
  networks: readonly Network[]
  thumbUrl: string | null
  href: string
}

/** Posts by day, each day in the order of its times. */
export function postsByDay(posts: readonly CalendarPost[]): Map<string, CalendarPost[]> {
  const days = new Map<string, CalendarPost[]>()
  for (const post of posts) {
    const day = days.get(post.day)
    if (day) day.push(post)
    else days.set(post.day, [post])
  }
  for (const day of days.values()) day.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  return days
}
