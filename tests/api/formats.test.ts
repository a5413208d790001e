import { formatOf, wishesOf } from '#lib/content/formats.ts'
import { postWishes } from '#lib/content/schema.ts'
import { expect, test } from '#tests/support/test.ts'

test('the composer and the database make the same of a piece, whatever it holds', async ({ db }) => {
  const pieces = (['facebook', 'instagram'] as const).flatMap((network) =>
    postWishes.flatMap((wish) =>
      [true, false].flatMap((hasLink) =>
        [0, 1, 2, 10].flatMap((images) =>
          [0, 1, 2].map((videos) => ({ network, wish, hasLink, images, videos })),
        ),
      ),
    ),
  )
  const rows = await db<{ form: string | null }[]>`
    select private.format_of(p.network, p.wish, p."hasLink", p.images, p.videos) as form
    from jsonb_to_recordset(${db.json(pieces.map((piece, place) => ({ ...piece, place })))})
      as p (network text, wish text, "hasLink" boolean, images int, videos int, place int)
    order by p.place`
  const made = pieces.map(({ network, wish, ...holding }) => formatOf(network, wish, holding))
  expect(made).toEqual(rows.map(({ form }) => form))
  expect(new Set(made)).toEqual(
    new Set([null, 'text', 'link', 'image', 'carousel', 'video', 'reel', 'story']),
  )
})

test('what an account is not offered, the database makes of nothing', async ({ db }) => {
  for (const network of ['facebook', 'instagram'] as const) {
    for (const wish of postWishes.filter((one) => !wishesOf[network].includes(one))) {
      const [row] = await db<{ form: string | null }[]>`
        select private.format_of(${network}, ${wish}, false, 1, 0) as form`
      expect(row?.form).toBeNull()
    }
  }
})
