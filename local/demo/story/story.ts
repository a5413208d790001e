import { Temporal } from 'temporal-polyfill'
import { brands } from '#local/demo/brands.ts'
import { type BrandKey, brandKeys } from '#local/demo/cast.ts'
import { happeningsOf } from '#local/demo/stage/posts.ts'
import type { Happening } from '#local/demo/stage/stage.ts'
import { agencyLife, founding } from './agency.ts'
import { Almanac } from './almanac.ts'
import { marrowLane } from './marrow-lane.ts'
import { oatAndEmber } from './oat-and-ember.ts'
import type { PostStory } from './post.ts'
import { tarnCycles } from './tarn-cycles.ts'

const tell: Record<BrandKey, (book: Almanac) => PostStory[]> = {
  oat: oatAndEmber,
  marrow: marrowLane,
  tarn: tarnCycles,
}

export type Story = {
  beginning: Happening[]
  month: Happening[]
  posts: { brand: BrandKey; post: PostStory }[]
}

/** Everything that happened at Halyard Studio in the eight weeks before `now`, and what it has planned. */
export function storyAt(now: Temporal.Instant): Story {
  const posts = brandKeys.flatMap((brand) =>
    tell[brand](new Almanac(now, brands[brand].timeZone)).map((post) => ({ brand, post })),
  )
  const agency = new Almanac(now, brands.oat.timeZone)
  return {
    beginning: inOrder(founding(agency)),
    month: inOrder([...agencyLife(agency), ...posts.flatMap(({ brand, post }) => happeningsOf(brand, post))]),
    posts,
  }
}

function inOrder(happenings: Happening[]): Happening[] {
  return happenings.toSorted((a, b) => Temporal.ZonedDateTime.compare(a.at, b.at))
}
