import { randomUUID } from 'node:crypto'
import { isKnownCode } from '#lib/errors.ts'
import type { Brand } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test as realParts } from '#tests/support/test.ts'
import { tryCall } from './attack/as-person.ts'
import { changedTables, contentsReader } from './attack/contents.ts'
import { type Answer, type Door, doorOf, inParallel, tokenOf } from './attack/door.ts'
import { exposedFunctions } from './attack/functions.ts'
import { exposedTables, relations, type Table, uniqueIndexes } from './attack/tables.ts'
import { person, type Wronged, wrongedBrand } from './attack/wronged.ts'

// What binds a row to its brand holds against every way of writing it, and no way of asking shows more than the
// table asked about would. Tables, columns, keys and relations come from the catalogue of the day.

type Attacker = { name: string; door: Door; person: Person }
/** A brand of the attacker's own, with something of each kind that a call can name. */
type Place = {
  brand: Brand
  postId: string
  assetId: string
  path: string
  connectionId: string
  member: Person
}
type World = {
  wronged: Wronged
  tables: Table[]
  /** Of the wronged brand itself: owner of its agency, and those with the least. */
  owner: Attacker
  insiders: Attacker[]
  neighbour: Attacker
  rival: Attacker
  stranger: Attacker
  neighbours: Place
  rivals: Place
}

const test = realParts.extend(
  'world',
  { scope: 'file' },
  async ({ db, api, foundAgency, signUp }): Promise<World> => {
    const agency = await foundAgency()
    const elsewhere = await foundAgency('Marrow & Co')
    const wronged = await wrongedBrand(agency, db)
    const attacker = async (name: string, who: Person): Promise<Attacker> => ({
      name,
      person: who,
      door: doorOf(api, await tokenOf(who)),
    })
    const place = async (of: typeof agency): Promise<Place> => {
      const brand = await of.brand()
      const member = await of.member(brand, 'admin', 'Priya Raman')
      const picture = await of.picture(brand, member)
      const { id } = await of.submitted(brand, member, { media: [picture.id] }).catch(async (error) => {
        // Nobody there to say yes for the client: any post will do.
        if (error.message !== 'no_client_approver') throw error
        return of.draft(brand, member)
      })
      const connectionId = await of.account(brand)
      return { brand, member, postId: id, assetId: picture.id, path: picture.path, connectionId }
    }
    const neighbours = await place(agency)
    const rivals = await place(elsewhere)
    return {
      wronged,
      neighbours,
      rivals,
      tables: await exposedTables(db),
      owner: await attacker('the owner', agency.owner),
      neighbour: await attacker('an admin of another brand', neighbours.member),
      rival: await attacker('the owner of another agency', elsewhere.owner),
      stranger: await attacker('a stranger', await signUp('Nobody Yet')),
      insiders: await Promise.all(
        (['client_viewer', 'client_approver'] as const).map((role) =>
          attacker(role, person(wronged.people, role)),
        ),
      ),
    }
  },
)

/** A row that the admin of a brand may insert; each table that people insert into needs one here. */
function ownRow(table: string, { brand, postId, member }: Place): Record<string, unknown> {
  const id = randomUUID()
  const rows: Record<string, Record<string, unknown>> = {
    advisor_feedback: {
      brand_id: brand.id,
      insight_id: id,
      category: 'timing',
      type: 'alert',
      feedback: 'accepted',
    },
    analytics_goals: {
      brand_id: brand.id,
      metric: 'reach',
      target: 1000,
      deadline: '2027-05-01T00:00:00Z',
      notes: 'Ours.',
    },
    client_settings: { brand_id: brand.id, client_id: member.id, language: 'de' },
    content_comments: { brand_id: brand.id, content_id: postId, audience: 'internal', body: 'Ours.' },
    media_assets: {
      id,
      brand_id: brand.id,
      filename: 'loaf.jpg',
      mime_type: 'image/jpeg',
      size_bytes: 900,
      path: `${brand.id}/${id}/loaf.jpg`,
    },
  }
  const row = rows[table]
  if (!row)
    throw new Error(`People may insert into ${table} now: name a row of it in \`ownRow\` of this file.`)
  return row
}

/** Those whose views differ: all, a client's, another brand's, another agency's. */
const readers = ({ owner, insiders, neighbour, rival }: World) => [owner, ...insiders, neighbour, rival]
const outsiders = ({ neighbour, rival, stranger }: World) => [neighbour, rival, stranger]

// Writing ----------------------------------------------------------------------------------------------

test('no update hands a row to another brand, or reaches a column that was not granted', async ({
  world,
  db,
}) => {
  const contents = await contentsReader(db)
  const before = await contents()
  const attempts = world.tables
    .filter(({ updatable }) => updatable.length > 0)
    .flatMap((table) =>
      [...table.readable, ...table.unreadable]
        .filter((column) => !table.updatable.includes(column) || isBinding(column))
        .map((column) => ({ table, column })),
    )
  // The owner is at home on the brand that the row would go to: no policy alone would stop them.
  const wrongs = await inParallel(attempts, async ({ table, column }) => {
    const value = isBinding(column) ? world.neighbours.brand.id : null
    const [allowed = ''] = table.updatable
    const answers = await Promise.all(
      [{ [column]: value }, { [allowed]: null, [column]: value }].map((change) =>
        world.owner.door(`/rest/v1/${table.name}?${table.key}=not.is.null`, {
          method: 'PATCH',
          body: JSON.stringify(change),
        }),
      ),
    )
    return answers.flatMap((answer) =>
      ['42501', '428C9'].includes(codeOf(answer)) ? [] : [`${table.name}.${column}: ${answer.text}`],
    )
  })
  expect(wrongs.flat()).toEqual([])
  expect(attempts.length).toBeGreaterThan(50)
  expect(changedTables(before, await contents())).toEqual([])
})

test('no row can be tied to what is another brand’s, and the refusal is that for what does not exist', async ({
  world,
  db,
}) => {
  const { neighbours, neighbour, rivals, wronged } = world
  const bindings = await relations(db)
  const foreign: Record<string, unknown[]> = {
    brand_id: [wronged.brand.id, rivals.brand.id],
    content_id: [wronged.fill('', { name: 'post_id', type: 'uuid' }), rivals.postId],
    client_id: [world.owner.person.id, rivals.member.id],
  }
  for (const table of world.tables.filter(({ insertable }) => insertable.length > 0)) {
    const door = `/rest/v1/${table.name}`
    const good = await neighbour.door(door, {
      method: 'POST',
      body: JSON.stringify(ownRow(table.name, neighbours)),
    })
    expect(good.status, `${table.name} takes a row of one's own: ${good.text}`).toBe(201)

    const before = (await (await contentsReader(db))()) as Map<string, string>
    const bound = bindings
      .filter(({ child }) => child === table.name)
      .flatMap(({ childColumns }) => childColumns)
    const toPeople = table.name === 'client_settings' ? ['client_id'] : []
    for (const column of new Set([...bound, ...toPeople].filter((name) => table.insertable.includes(name)))) {
      const others = foreign[column]
      if (!others) throw new Error(`Name values of others for ${table.name}.${column} in this test.`)
      const tried = await inParallel([...others, randomUUID()], async (value) => {
        const row = { ...ownRow(table.name, neighbours), [column]: value }
        const answer = await neighbour.door(door, { method: 'POST', body: JSON.stringify(row) })
        return `${answer.status} ${answer.text.replaceAll(uuid, '…')}`
      })
      expect(tried[0], `${table.name}.${column}`).toMatch(/^4\d\d .*"(42501|23503)"/)
      expect(new Set(tried).size, `${table.name}.${column}: ${tried.join(' | ')}`).toBe(1)
    }
    expect(changedTables(before, await (await contentsReader(db))()), table.name).toEqual([])
  }
})

test('in no call can something of another brand be named beside one’s own', async ({ world, db }) => {
  const { wronged, owner, neighbours, rivals } = world
  const named = (place: Place): Record<string, unknown> => ({
    channels: [{ connection_id: place.connectionId, body: null, first_comment: null }],
    media_ids: [place.assetId],
    user_id: place.member.id,
  })
  const absent: Record<string, unknown> = {
    channels: [{ connection_id: randomUUID() }],
    media_ids: [randomUUID()],
    user_id: randomUUID(),
  }
  // `only_brand` narrows a search; functions.test.ts shows that it finds nothing there.
  let tried = 0
  for (const fn of await exposedFunctions(db)) {
    const [, ...further] = fn.args
    const values = Object.fromEntries(fn.args.map((arg) => [arg.name, wronged.fill(fn.name, arg)]))
    // And `id` beside a scope is what the call is about, as the first argument is elsewhere.
    const naming = further.filter(
      ({ type, name }) => ['uuid', 'uuid[]', 'jsonb'].includes(type) && !['only_brand', 'id'].includes(name),
    )
    for (const arg of naming) {
      if (!(arg.name in absent))
        throw new Error(`Say in this test what of another brand ${fn.name} could be given as ${arg.name}.`)
      // The caller is at home on both brands of the agency: nothing but the binding can stop them.
      const verdicts = await Promise.all(
        [named(neighbours), named(rivals), absent].map((source) =>
          tryCall(db, owner.person.id, fn, { ...values, [arg.name]: source[arg.name] }),
        ),
      )
      for (const verdict of verdicts) {
        expect(verdict, `${fn.name}, ${arg.name}`).toMatchObject({ done: false, code: 'P0001' })
        expect(verdict, `${fn.name}, ${arg.name}`).toEqual(verdicts[2])
      }
      if (verdicts[0] && !verdicts[0].done) expect(isKnownCode(verdicts[0].message)).toBe(true)
      tried += verdicts.length
    }
  }
  expect(tried).toBeGreaterThanOrEqual(18)
})

test('an upsert changes no row of another’s, whatever it is said to conflict with', async ({ world, db }) => {
  const { wronged, owner, tables } = world
  const contents = await contentsReader(db)
  const indexes = await uniqueIndexes(db)
  const home: Place = {
    brand: wronged.brand,
    postId: String(wronged.fill('', { name: 'post_id', type: 'uuid' })),
    assetId: '',
    path: '',
    connectionId: '',
    member: owner.person,
  }
  const insertable = tables.filter((table) => table.insertable.length > 0)
  for (const { name } of insertable)
    await owner
      .door(`/rest/v1/${name}`, { method: 'POST', body: JSON.stringify(ownRow(name, home)) })
      .then((answer) => expect(answer.status, answer.text).toBe(201))
  const before = await contents()
  const attempts = await Promise.all(
    insertable.map(async (table) => {
      const [row] = await db.unsafe(
        `select ${table.insertable.join(', ')} from ${table.name} where brand_id = $1 order by created_at desc limit 1`,
        [wronged.brand.id],
      )
      const targets = indexes
        .filter((index) => index.table === table.name)
        .map(({ columns }) => columns.join(','))
      return targets.flatMap((target) =>
        ['merge-duplicates', 'ignore-duplicates'].flatMap((resolution) =>
          [...outsiders(world), ...world.insiders].map((attacker) => ({
            table,
            row,
            target,
            resolution,
            attacker,
          })),
        ),
      )
    }),
  )
  const wrongs = await inParallel(attempts.flat(), async ({ table, row, target, resolution, attacker }) => {
    const answer = await attacker.door(`/rest/v1/${table.name}?on_conflict=${target}`, {
      method: 'POST',
      body: JSON.stringify(row),
      headers: { prefer: `resolution=${resolution},return=representation` },
    })
    return refused(answer)
      ? []
      : [`${table.name} (${target}), ${resolution}, ${attacker.name}: ${answer.status} ${answer.text}`]
  })
  expect(wrongs.flat()).toEqual([])
  expect(changedTables(before, await contents())).toEqual([])
})

// Existence --------------------------------------------------------------------------------------------

test('of what must be unique, people name only what is unique within their own brand', async ({
  world,
  db,
}) => {
  const scopes = ['brand_id', 'tenant_id', 'client_id', 'user_id']
  const writable = new Map(
    world.tables.map(({ name, insertable, updatable }) => [name, [...insertable, ...updatable]]),
  )
  const open = (await uniqueIndexes(db)).filter(
    ({ table, columns }) =>
      columns.every((column) => writable.get(table)?.includes(column)) &&
      !columns.some((column) => scopes.includes(column)),
  )
  // The path begins with the brand's id, by a check. An asset's id is 122 random bits that the browser draws: who can
  // name one was shown it, and learns that it is taken, not by whom.
  expect(open.map(({ name }) => name)).toEqual(['media_assets_path_key', 'media_assets_pkey'])

  const { neighbours, neighbour, wronged, rivals } = world
  const insert = (changed: object) =>
    neighbour.door('/rest/v1/media_assets', {
      method: 'POST',
      body: JSON.stringify({ ...ownRow('media_assets', neighbours), ...changed }),
    })
  const absent = randomUUID()
  const answers = await Promise.all(
    [rivals.path, `${rivals.brand.id}/${absent}/loaf.jpg`, `${absent}/${absent}/loaf.jpg`].map((path) =>
      insert({ path }),
    ),
  )
  expect(answers.map(codeOf)).toEqual(['23514', '23514', '23514'])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)

  const taken = String(wronged.fill('archive_media', { name: 'asset_id', type: 'uuid' }))
  const clash = await insert({ id: taken, path: `${neighbours.brand.id}/${taken}/loaf.jpg` })
  expect(clash.status).toBe(409)
  expect(clash.text).not.toContain(wronged.brand.id)
})

test('what another agency calls its brands, whom it asks and what it connects is free here', async ({
  world,
  db,
  foundAgency,
}) => {
  const { wronged } = world
  const other = await foundAgency('Tern & Daughters')
  const { client } = other.owner
  const { data: brand } = await client
    .rpc('create_brand', {
      tenant_id: other.tenant.id,
      name: wronged.brand.name,
      time_zone: 'Europe/London',
      code: wronged.brand.code,
    })
    .throwOnError()
  expect([brand.slug, brand.code]).toEqual([wronged.brand.slug, wronged.brand.code])

  const [asked] =
    await db`select email from brand_invitations where brand_id = ${wronged.brand.id} and status = 'pending'`
  const addresses = [asked?.email, wronged.agency.owner.email, `nobody.${randomUUID()}@elsewhere.example`]
  const invitations = await Promise.all(
    addresses.map((email) => client.rpc('invite_member', { brand_id: brand.id, email, role: 'creator' })),
  )
  const shapes = invitations.map(({ error, data }) => ({
    error,
    ...data,
    id: '',
    email: '',
    expires_at: '',
    last_sent_at: '',
    created_at: '',
    updated_at: '',
  }))
  expect(shapes.every(({ error }) => error === null)).toBe(true)
  expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1)

  const [account] =
    await db`select platform_account_id as id from connections where brand_id = ${wronged.brand.id} limit 1`
  expect(await other.account(brand, 'Same page', account?.id)).toBeTruthy()
  const digests = await db`
    select content_digest, number from content_items where brand_id = ${wronged.brand.id} order by number limit 1`
  const post = await other.draft(brand, other.owner)
  expect(post.number).toBe(digests[0]?.number)
})

// Reading ----------------------------------------------------------------------------------------------

/** Keys that one reads of each table, asked for plainly. */
async function visible(world: World, attacker: Attacker): Promise<Map<string, Set<unknown>>> {
  const seen = await inParallel(world.tables, async ({ name, key }): Promise<[string, Set<unknown>]> => {
    const { json } = await attacker.door(`/rest/v1/${name}?select=${key}`)
    return [name, new Set(rowsOf(json).map((row) => row[key]))]
  })
  return new Map(seen)
}

test('an embedded row is one that its own table shows, along every foreign key, in both directions', async ({
  world,
  db,
}) => {
  const keys = new Map(world.tables.map(({ name, key }) => [name, key]))
  const paths = (await relations(db)).flatMap(({ constraint, child, parent }) => [
    { constraint, from: child, to: parent },
    { constraint, from: parent, to: child },
  ])
  const { insiders } = world
  const wrongs: string[] = []
  let embedded = 0
  for (const attacker of readers(world)) {
    const seen = await visible(world, attacker)
    await inParallel(paths, async ({ constraint, from, to }) => {
      const [fromKey = '', toKey = ''] = [keys.get(from), keys.get(to)]
      for (const join of insiders.includes(attacker) ? ['', '!inner'] : ['']) {
        const answer = await attacker.door(
          `/rest/v1/${from}?select=${fromKey},there:${to}!${constraint}${join}(${toKey})`,
        )
        if (answer.status >= 500) wrongs.push(`${attacker.name}, ${from} → ${to} broke: ${answer.text}`)
        for (const row of rowsOf(answer.json)) {
          const there = row.there === null ? [] : rowsOf(Array.isArray(row.there) ? row.there : [row.there])
          embedded += there.length
          if (!seen.get(from)?.has(row[fromKey]) || there.some((found) => !seen.get(to)?.has(found[toKey])))
            wrongs.push(`${attacker.name} is shown more by ${from} → ${to} (${constraint})`)
          if (join && there.length === 0)
            wrongs.push(`${attacker.name}, ${from} → ${to}: a row without its inner row`)
        }
      }
    })
  }
  expect(wrongs).toEqual([])
  expect(embedded).toBeGreaterThan(500)
})

test('people, secrets and queues are no resource to embed, to profile or to find described', async ({
  world,
  db,
}) => {
  const { owner } = world
  const people = await db<{ name: string; table: string; constraint: string }[]>`
    select p.relname as name, c.relname as table, k.conname as constraint
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and p.relnamespace <> 'public'::regnamespace`
  expect(people.length).toBeGreaterThan(20)
  const hidden = [
    ...people.map(({ name, table, constraint }) => `${table}?select=there:${name}!${constraint}(id)`),
    ...['users', 'link_tokens', 'audit_heads', 'objects'].map((name) => `brands?select=id,${name}(*)`),
  ]
  const shown = await inParallel(hidden, async (path) => ({
    path,
    ...(await owner.door(`/rest/v1/${path}`)),
  }))
  expect(shown.filter(({ status }) => status < 300).map(({ path, text }) => [path, text])).toEqual([])
  const schemas = [
    'private',
    'auth',
    'storage',
    'graphile_worker',
    'extensions',
    'pg_catalog',
    'information_schema',
    'public,private',
  ]
  for (const schema of schemas)
    for (const [header, path, init] of [
      ['accept-profile', 'users', {}],
      ['content-profile', 'role_permissions', { method: 'POST', body: '{"role": "x", "permission": "y"}' }],
      ['content-profile', 'rpc/sweep_publish_jobs', { method: 'POST', body: '{}' }],
    ] as const) {
      const answer = await owner.door(`/rest/v1/${path}`, { ...init, headers: { [header]: schema } })
      expect(codeOf(answer), `${schema} ${path}`).toBe('PGRST106')
    }
  for (const path of [
    '/graphql/v1',
    '/rest/v1/rpc/graphql',
    '/pg/query',
    '/rest/v1/private.role_permissions',
  ]) {
    const answer = await owner.door(path, { method: 'POST', body: '{"query": "{ __typename }"}' })
    expect(answer.status, path).toBeGreaterThanOrEqual(400)
    expect(answer.status, path).toBeLessThan(500)
  }
  const description = await owner.door('/rest/v1/', { headers: { accept: 'application/openapi+json' } })
  for (const secret of [
    'encrypted_secrets',
    'lease_token',
    'link_tokens',
    'graphile',
    'audit_heads',
    'record_publish_result',
  ])
    expect(description.text).not.toContain(secret)
})

test('a column that nobody was granted can be neither read, filtered, ordered, counted nor searched by', async ({
  world,
  db,
}) => {
  const bindings = await relations(db)
  const attempts = world.tables
    .filter(({ readable }) => readable.length > 0)
    .flatMap((table) => table.unreadable.map((column) => ({ table, column })))
  expect(attempts.map(({ table, column }) => `${table.name}.${column}`)).toEqual(
    expect.arrayContaining([
      'publish_jobs.lease_token',
      'oauth_states.code',
      'client_settings.unsubscribe_token',
    ]),
  )
  const wrongs = await inParallel(attempts, async ({ table, column }) => {
    const { name, key } = table
    const parent = bindings.find(({ child, parent }) => child === name && parent !== name)
    const asked: [string, RequestInit][] = [
      ...[
        `select=${column}`,
        `select=${key},x:${column}`,
        `select=${column}::text`,
        `select=${column}->>a`,
        `select=${column}.max()`,
        `select=${key},${column}.count()`,
        `select=${key}&${column}=is.null`,
        `select=${key}&${column}=not.is.null`,
        `select=${key}&or=(${column}.is.null,${key}.is.null)`,
        `select=${key}&and=(${key}.not.is.null,or(${column}.is.null,${key}.is.null))`,
        `select=${key}&order=${key},${column}.desc`,
      ].map((query): [string, RequestInit] => [`${name}?${query}`, {}]),
      [`${name}?select=${key}&${column}=is.null`, { method: 'HEAD', headers: { prefer: 'count=exact' } }],
      [`${name}?${column}=is.null`, { method: 'DELETE' }],
      ...table.updatable
        .slice(0, 1)
        .map((allowed): [string, RequestInit] => [
          `${name}?${column}=is.null`,
          { method: 'PATCH', body: JSON.stringify({ [allowed]: null }) },
        ]),
      ...(parent
        ? [
            `${parent.parent}?select=*,there:${name}!${parent.constraint}(${column})`,
            `${parent.parent}?select=*,there:${name}!${parent.constraint}!inner(${key})&there.${column}=is.null`,
            `${parent.parent}?select=*,there:${name}!${parent.constraint}(${key})&there.order=${column}`,
          ].map((path): [string, RequestInit] => [path, {}])
        : []),
    ]
    const answers = await Promise.all(
      asked.map(([path, init]) => world.owner.door(`/rest/v1/${path}`, init as Parameters<Door>[1])),
    )
    return answers.flatMap((answer, n) =>
      refused(answer) ? [] : [`${asked[n]?.join(' ')}: ${answer.status} ${answer.text.slice(0, 200)}`],
    )
  })
  expect(wrongs.flat()).toEqual([])
})

test('an exact count counts what one may read, and no filter widens it', async ({ world }) => {
  const wrongs: string[] = []
  for (const attacker of readers(world)) {
    const seen = await visible(world, attacker)
    await inParallel(world.tables, async ({ name, key, readable }) => {
      const keys = seen.get(name) ?? new Set()
      const counted = await attacker.door(`/rest/v1/${name}?select=${key}`, {
        method: 'HEAD',
        headers: { prefer: 'count=exact' },
      })
      const total = counted.headers.get('content-range')?.split('/')[1]
      if (counted.status < 300 && total !== String(keys.size))
        wrongs.push(`${attacker.name} counts ${total} ${name} and reads ${keys.size}`)
      const scope = ['brand_id', 'tenant_id', key].find((column) => readable.includes(column)) ?? key
      for (const widened of [
        `${scope}=eq.${randomUUID()}&or=(${scope}.not.is.null,${scope}.is.null)`,
        `or=(${scope}.eq.${world.wronged.brand.id},not.and(${scope}.is.null,${scope}.not.is.null))`,
        `${scope}=not.is.null)%20or%20(1=1`,
      ]) {
        const answer = await attacker.door(`/rest/v1/${name}?select=${key}&${widened}`)
        if (answer.status >= 500 || rowsOf(answer.json).some((row) => !keys.has(row[key])))
          wrongs.push(
            `${attacker.name} asks ${name} for ${widened}: ${answer.status} ${answer.text.slice(0, 200)}`,
          )
      }
    })
  }
  expect(wrongs).toEqual([])
})

test('what breaks the grammar of a question is refused, and no error tells what lies behind', async ({
  world,
}) => {
  const { door } = world.rival
  for (const query of [
    'or=((((',
    'or=()',
    'and=(id.eq.1,',
    'order=id;drop table brands',
    'order=(select 1)',
    'select=id,(select 1)',
    'select=id,brands(id,tenants(id,brands(id,content_items(id)',
    'id=in.(x',
    'title=fts.((',
    'title=match.((((',
    "content->'x'=eq.1",
    "title=eq.' or 1=1 --",
    'limit=abc&offset=-1',
    'columns=id',
    'title=like(any).{a,b}',
  ]) {
    const answer = await door(
      `/rest/v1/content_items?${query.includes('select') ? '' : 'select=id&'}${query}`,
    )
    expect(answer.status, `${query}: ${answer.text}`).toBeLessThan(500)
    expect(answer.text, query).not.toContain(world.wronged.brand.id)
    expect(answer.text, query).not.toMatch(/brands_with|row-level|\bfrom "?public/i)
  }
})

const isBinding = (column: string) => column === 'id' || column.endsWith('_id')

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const refused = ({ status }: Answer) => status >= 400 && status < 500

function codeOf({ json }: Answer): string {
  return json !== null && typeof json === 'object' && 'code' in json ? String(json.code) : ''
}

function rowsOf(json: unknown): Record<string, unknown>[] {
  return Array.isArray(json) ? json : []
}
