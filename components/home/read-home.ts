import 'server-only'
import type { Brand } from '#lib/brands/queries.ts'
import { homeDays } from '#lib/home/days.ts'
import { type HomeBrand, listNeedy, readHomeBrands } from '#lib/home/queries.ts'
import type { HomeList } from '#lib/home/schema.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { namesOf } from '#lib/members/queries.ts'
import type { Db } from '#lib/supabase/db.ts'
import type { HomeScope } from './home-scope.ts'
import { homeState } from './home-state.ts'
import { WAITING_MOST } from './waiting-list.tsx'

type Asked = {
  brands: readonly Brand[]
  userId: string
  zone: string
  path: string
  whole: HomeList | undefined
  /** Whose names the page needs besides those who are asked to decide. */
  alsoNamed?: (people: HomeBrand['people']) => string[]
}

/** A home page over one brand or many: three Data API requests, and one for the pictures' addresses. */
export async function readHome(db: Db, asked: Asked) {
  const { brands, userId, zone, path, whole } = asked
  const now = new Date()
  const days = homeDays(now, zone)
  const brandIds = brands.map(({ id }) => id)
  const [found, needy] =
    brandIds.length === 0
      ? [[], []]
      : await Promise.all([readHomeBrands(db, { brandIds, days, now }), listNeedy(db, { brandIds, now })])
  // In the order of the brands, which is by name.
  const homes = brands.flatMap(({ id }) => found.find((home) => home.id === id) ?? [])
  const state = homeState({ homes, needy }, { days, zone, userId, now })
  const shown = whole === 'waiting' ? state.waiting : state.waiting.slice(0, WAITING_MOST)
  const [names, pictures] = await Promise.all([
    namesOf(db, [
      ...shown.flatMap((piece) => piece.asked.flatMap(({ assignedTo }) => assignedTo ?? [])),
      ...homes.flatMap(({ people }) => asked.alsoNamed?.(people) ?? []),
    ]),
    signedAddresses(
      db,
      shown.flatMap(({ picturePath }) => picturePath ?? []),
    ),
  ])
  const scope: HomeScope = {
    brandOf: new Map(brands.map((brand) => [brand.id, brand])),
    marksBrands: brands.length > 1,
    userId,
    zone,
    now,
    path,
    whole,
  }
  return { scope, days, homes, state, names, pictures }
}
