import type postgres from 'postgres'
import type { Agency, Brand } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'

/* The oracle reads what row security shows the person, and matches it here, by rules written a second time. */

const vocabulary = [
  ...['Friday', 'frost', 'fig', 'figs', 'figment', 'pie', 'pier', 'oat', 'ember', 'embers', 'half', 'past'],
  ...[
    'Crème',
    'brûlée',
    'Ångström',
    'naïve',
    'Über',
    'CAFÉ',
    '限定',
    'パン屋',
    '서울',
    'Ελλάδα',
    'seven',
    '2026',
  ],
  ...['oat-ember', '#FridayPie', 'https://oat.example/figs?x=1', '7:30', '50%', 'a_b', 'we’re', '🥧'],
]

type Listed = {
  id: string
  brand_id: string
  number: number
  title: string | null
  content: unknown
  code: string
}

async function listedFor(person: Person): Promise<Listed[]> {
  const { data: brands } = await person.client.from('brands').select('id, code').throwOnError()
  const { data } = await person.client
    .from('content_items')
    .select('id, brand_id, number, title, content')
    .neq('status', 'archived')
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .throwOnError()
  return data.map((row) => ({ ...row, code: brands.find((brand) => brand.id === row.brand_id)?.code ?? '' }))
}

function expectedOf(listed: Listed[], query: string, limit = 8): string[] {
  const wanted = wordsIn(query).slice(0, 10)
  if (wanted.length === 0) return []
  const isNamed = (row: Listed) => {
    const typed = query.trim().toUpperCase()
    const number = String(row.number)
    return [number, `#${number}`, `${row.code}${number}`, `${row.code}-${number}`].includes(typed)
  }
  const has = (row: Listed) => {
    const body = (row.content as { body: string }).body
    const words = wordsIn(`${row.title ?? ''} ${body}`)
    return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)))
  }
  const named = listed.filter(isNamed)
  const worded = listed.filter((row) => !isNamed(row) && has(row))
  return [...named, ...worded].slice(0, limit).map((row) => row.id)
}

function wordsIn(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
  return (
    plain.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}]|$)/gu,
    ) ?? []
  )
}

async function found(person: Person, words: string, more: { only_brand?: string; max_rows?: number } = {}) {
  const { data } = await person.client.rpc('search_posts', { words, ...more }).throwOnError()
  return data.map((row) => row.id)
}

/** The same numbers in each run. */
function dice(seed: number) {
  let state = seed
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const from = <Item>(list: readonly Item[]) => list[below(list.length)] as Item
  return { below, from }
}

function randomQuery({ below, from }: ReturnType<typeof dice>, code: string): string {
  const kind = below(10)
  if (kind === 0) return `${code}-${1 + below(90)}`
  if (kind === 1)
    return from([
      '%',
      '_',
      '\\',
      "' | 'fig",
      'fig & pie',
      '!fig',
      'fig:*',
      "fi'g",
      '"',
      '(((',
      '-',
      '0',
      'zz',
    ])
  if (kind === 2) return String(1 + below(90))
  const words = Array.from({ length: 1 + below(3) }, () => from(vocabulary))
  const typed = words.map((word) => [...word].slice(0, 1 + below(word.length)).join(''))
  const line = typed.join(from([' ', '  ', ', ', '%']))
  return from([line, line.toUpperCase(), ` ${line.toLowerCase()} `])
}

/** Pieces written past the doors, since hundreds are wanted; the triggers see them all the same. */
async function write(db: postgres.Sql, brands: Brand[], count: number, roll: ReturnType<typeof dice>) {
  const rows = Array.from({ length: count }, (_, index) => {
    const brand = brands[index % brands.length] as Brand
    const text = (length: number) =>
      Array.from({ length }, () => roll.from(vocabulary)).join(roll.from([' ', '. ', '\n']))
    return {
      tenant_id: brand.tenant_id,
      brand_id: brand.id,
      number: 1 + Math.floor(index / brands.length),
      title: roll.below(9) === 0 ? null : text(2),
      content: db.json({ body: text(4), link: null, first_comment: null, media: [] }),
      content_digest: '0'.repeat(64),
      status: roll.below(12) === 0 ? 'archived' : 'draft',
      created_at: new Date(Date.UTC(2026, 0, 1) + roll.below(20_000) * 60_000),
    }
  })
  await db`insert into content_items ${db(rows)}`
}

async function brandsOf(agency: Agency, count: number) {
  const brands: Brand[] = []
  for (let index = 0; index < count; index++) brands.push(await agency.brand())
  return brands
}

test('whatever is asked, each person finds what row security shows them, and nothing else', async ({
  db,
  foundAgency,
  signUp,
}) => {
  const [agency, rivals] = await Promise.all([foundAgency(), foundAgency('Marrow & Co')])
  const [oat, ledger] = (await brandsOf(agency, 2)) as [Brand, Brand]
  const marrow = await rivals.brand()
  const roll = dice(318)
  await write(db, [oat, ledger, marrow], 240, roll)
  // One person in three parts: an analyst here, the client there, a creator at the rivals'.
  const many = await signUp('Teo Okafor')
  await db`insert into brand_members (user_id, brand_id, role) values
    (${many.id}, ${oat.id}, 'analyst'), (${many.id}, ${ledger.id}, 'client_approver'), (${many.id}, ${marrow.id}, 'creator')`
  const people = [agency.owner, rivals.owner, many, await agency.member(ledger, 'member')]

  for (const person of people) {
    const listed = await listedFor(person)
    for (let turn = 0; turn < 60; turn++) {
      const query = randomQuery(roll, roll.from([oat, ledger, marrow]).code)
      expect(await found(person, query), `${person.name} asks ${JSON.stringify(query)}`).toEqual(
        expectedOf(listed, query),
      )
    }
    const inOat = listed.filter((row) => row.brand_id === oat.id)
    expect(await found(person, 'fi', { only_brand: oat.id, max_rows: 50 })).toEqual(
      expectedOf(inOat, 'fi', 50),
    )
  }
})

test('in more pieces than are looked at one by one, the index of words finds the rest', async ({
  db,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  await db`insert into brands (tenant_id, name, slug, code)
    select ${agency.tenant.id}, 'Brand ' || n, 'brand-' || n, 'Z' || lpad(n::text, 3, '0') from generate_series(1, 55) as n`
  const brands = await db<
    Brand[]
  >`select id, tenant_id, code from brands where tenant_id = ${agency.tenant.id} order by code`
  const roll = dice(721)
  await write(db, [...brands], 4600, roll)
  await db`insert into content_items (tenant_id, brand_id, number, title, content_digest, created_at)
    select ${agency.tenant.id}, ${brand.id}, 1000 + n, case when n <= 5 then 'Rarest quince' else 'Fig' end, repeat('0', 64),
           timestamptz '2025-06-01' + interval '1 minute' * n from generate_series(1, 2400) as n`
  const ofOne = await agency.member(brand, 'creator')
  const ofSome = await agency.member(brand, 'manager')
  await db`insert into brand_members (user_id, brand_id, role)
    select ${ofSome.id}, id, 'manager' from brands where tenant_id = ${agency.tenant.id} and code like 'Z00%'`

  for (const person of [agency.owner, ofOne, ofSome]) {
    const listed = await listedFor(person)
    const queries = ['quince', 'ra', 'ra quin', 'rarest fig', 'fig', 'f', 'fig pie', 'naive 2026 cre', 'zz']
    for (const query of [...queries, ...Array.from({ length: 12 }, () => randomQuery(roll, brand.code))]) {
      expect(await found(person, query), `asks ${JSON.stringify(query)}`).toEqual(expectedOf(listed, query))
    }
  }
})

test('a client finds nothing, a stranger nothing, and nobody may ask without signing in', async ({
  anon,
  foundAgency,
  signUp,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)
  expect(await found(author, 'pie drop')).toEqual([post.id])
  expect(await found(author, `${brand.code}-${post.number}`)).toEqual([post.id])

  for (const outsider of [client, await signUp('Nobody Yet')]) {
    for (const words of ['pie drop', `${brand.code}-${post.number}`, String(post.number)]) {
      expect(await found(outsider, words)).toEqual([])
      expect(await found(outsider, words, { only_brand: brand.id })).toEqual([])
    }
  }
  const { data, error } = await anon.rpc('search_posts', { words: 'pie' })
  expect(data).toBeNull()
  expect(error?.code).toBe('42501')
})

test('a piece is found by what it says now, and not once it is archived or gone', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const post = await agency.draft(brand, agency.owner, { body: 'Forty fig pies' })
  await agency.draft(brand, agency.owner, { body: 'Rye' })
  const { client } = agency.owner
  expect(await found(agency.owner, 'FIG fort')).toEqual([post.id])

  const saved = { post_id: post.id, base_revision: post.revision, title: 'Crème', body: 'Quince' }
  await client.rpc('save_post', saved).throwOnError()
  expect(await found(agency.owner, 'fig')).toEqual([])
  expect(await found(agency.owner, 'creme quin')).toEqual([post.id])

  await client.rpc('archive_post', { post_id: post.id }).throwOnError()
  expect(await found(agency.owner, 'quince')).toEqual([])
  expect(await found(agency.owner, `${brand.code}-${post.number}`)).toEqual([])

  const other = await agency.draft(brand, agency.owner, { body: 'Damson' })
  await client.rpc('delete_draft', { post_id: other.id }).throwOnError()
  expect(await found(agency.owner, 'damson')).toEqual([])
})

test('a text of any length is kept, and an answer holds fifty pieces at most', async ({
  db,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const long = `Sourdough ${'x'.repeat(5000)} ${Array.from({ length: 20_000 }, (_, n) => n.toString(36)).join(' ')}`
  const post = await agency.draft(brand, agency.owner, { body: long })
  expect(await found(agency.owner, 'sourdough xxxx')).toEqual([post.id])
  expect(await found(agency.owner, 'x'.repeat(100))).toEqual([post.id])

  await db`insert into content_items (tenant_id, brand_id, number, title, content_digest)
    select ${agency.tenant.id}, ${brand.id}, 100 + n, 'Damson', repeat('0', 64) from generate_series(1, 60) as n`
  expect(await found(agency.owner, 'damson', { max_rows: 1000 })).toHaveLength(50)
  expect(await found(agency.owner, 'damson', { max_rows: -1 })).toHaveLength(1)
})
