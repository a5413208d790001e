import { isNetwork } from '#components/status/network-glyph.tsx'
import type { PlannedPost } from '#lib/content/queries.ts'
import { slugOf } from '#lib/content/states.ts'
import { formatInstant } from '#lib/time/format.ts'
import { dayOf } from '#lib/time/wall-clock.ts'
import type { CalendarPost } from './calendar-post.ts'

type Around = {
  brand: { code: string; timeZone: string }
  thumbs: ReadonlyMap<string, string>
  href: string
}

/** A piece on its day, by the brand's clock. */
export function onCalendar(post: PlannedPost, { brand, thumbs, href }: Around): CalendarPost {
  return {
    id: post.id,
    slug: slugOf(brand, post),
    title: post.title,
    day: dayOf(post.at, brand.timeZone),
    time: formatInstant(post.at, brand.timeZone, 'time'),
    status: post.state,
    networks: post.networks.filter(isNetwork),
    thumbUrl: post.pictureId === null ? null : (thumbs.get(post.pictureId) ?? null),
    href,
  }
}

/** A day shows three of its posts before one asks for more: only their pictures are worth an address. */
const SHOWN_A_DAY = 3

/** Picture ids of the posts that a month shows unasked. */
export function seenFirst(posts: readonly PlannedPost[], zone: string): string[] {
  const drawn = new Map<string, number>()
  return posts.flatMap(({ at, pictureId }) => {
    const day = dayOf(at, zone)
    const before = drawn.get(day) ?? 0
    drawn.set(day, before + 1)
    return before < SHOWN_A_DAY && pictureId !== null ? [pictureId] : []
  })
}
