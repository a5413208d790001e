import type { PictureName } from '#local/demo/art/pictures.ts'
import { founder } from '#local/demo/brands.ts'
import { brandKeys, cast, type PersonKey } from '#local/demo/cast.ts'
import { found, invite, join, readInboxes, setApprovalMode } from '#local/demo/stage/agency.ts'
import { connectPages } from '#local/demo/stage/connecting.ts'
import { addMenuThatIsNoPicture, addPicture } from '#local/demo/stage/library.ts'
import type { Happening, Stage } from '#local/demo/stage/stage.ts'
import type { Almanac, Moment } from './almanac.ts'

/** The first week: the agency, its brands, its people, and the Pages they publish to. */
export function founding(book: Almanac): Happening[] {
  const day = (weekday: Parameters<Almanac['week']>[1], time: string) => book.week(-8, weekday, time)
  const arrivals: readonly { who: PersonKey; invited: Moment; joins: Moment }[] = [
    { who: 'lena', invited: day('mon', '10:02'), joins: day('mon', '10:41') },
    { who: 'rafael', invited: day('mon', '10:04'), joins: day('mon', '11:15') },
    { who: 'teo', invited: day('mon', '10:06'), joins: day('mon', '14:20') },
    { who: 'hana', invited: day('mon', '10:08'), joins: day('tue', '09:12') },
    { who: 'sam', invited: day('mon', '10:10'), joins: day('tue', '10:33') },
    { who: 'marguerite', invited: day('tue', '11:05'), joins: day('tue', '16:48') },
    { who: 'odile', invited: day('tue', '11:06'), joins: day('wed', '05:12') },
    { who: 'nadia', invited: day('tue', '11:10'), joins: day('wed', '12:21') },
    { who: 'tom', invited: day('tue', '11:11'), joins: day('wed', '12:50') },
    { who: 'priya', invited: day('tue', '11:15'), joins: day('wed', '18:05') },
  ]
  return [
    { at: day('mon', '09:30'), act: found },
    ...arrivals.flatMap(({ who, invited, joins }) =>
      brandKeys.flatMap((brand, n) => {
        const role = cast[who].joins[brand]
        if (!role) return []
        return [
          {
            at: invited.add({ seconds: n * 20 }),
            act: (stage: Stage) => invite(founder, brand, cast[who].email, role, stage),
          },
          { at: joins.add({ seconds: n * 40 }), act: (stage: Stage) => join(who, brand, stage) },
        ]
      }),
    ),
    ...brandKeys.map((brand, n) => ({
      at: day('thu', '10:00').add({ minutes: n * 20 }),
      act: (stage: Stage) => connectPages(brand, stage),
    })),
  ]
}

/** What the agency does beside its posts, later on. */
export function agencyLife(book: Almanac): Happening[] {
  return [
    // Priya Raman trusts them: from here on the agency's own yes is enough.
    { at: book.week(-4, 'wed', '16:30'), act: (stage) => setApprovalMode('tarn', 'internal', stage) },
    {
      at: book.daysAgo(15, '10:20'),
      act: (stage) => invite('lena', 'oat', 'j.harker@oatandember.example', 'client_approver', stage),
    },
    {
      at: book.daysAgo(3, '14:20'),
      act: (stage) => invite('ines', 'oat', 'bea@lindqvist.example', 'creator', stage),
    },
    { at: book.daysAgo(9, '11:10'), act: (stage) => keepForLater('flour-forty-km', stage) },
    { at: book.daysAgo(9, '11:12'), act: (stage) => keepForLater('tray-at-night', stage) },
    { at: book.daysAgo(2, '15:40'), act: (stage) => addMenuThatIsNoPicture('teo', 'oat', stage) },
    { at: book.daysAgo(1, '21:14'), act: ({ sandbox }) => sandbox.changePassword('Nadia Aziz') },
    ...[21, 14, 7, 4].map((days) => ({ at: book.daysAgo(days, '18:05'), act: readInboxes })),
    { at: book.daysAgo(1, '13:00'), act: readInboxes },
  ]
}

/** A picture in the bakery's library that no post uses yet. */
async function keepForLater(name: PictureName, stage: Stage): Promise<void> {
  await addPicture('teo', 'oat', name, stage)
}
