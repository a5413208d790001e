import { randomUUID } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import type { Agency, Brand } from '#tests/support/agency.ts'
import type { Backend } from '#tests/support/backend.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test as realParts } from '#tests/support/test.ts'
import { changedTables, contentsReader } from './attack/contents.ts'
import { inParallel, tokenOf } from './attack/door.ts'

type Attacker = { name: string; token: string | null; person: Person | null }
type Asked = { method: string; path: string; body?: string | Uint8Array; headers?: Record<string, string> }
type Reply = { status: number; text: string }
type World = {
  agency: Agency
  brand: Brand
  /** Read by the worker and in nobody's post, and its bytes. */
  picture: string
  bytes: number
  /** Waits for its bytes: an open place of the owner's. */
  openPlace: string
  /** Never were. */
  absent: string
  attackers: Attacker[]
  /** Of each attacker who may upload somewhere: a file of theirs, and a place that waits for one. */
  own: Map<string, { file: string; place: string }>
}

const test = realParts.extend('world', { scope: 'file' }, async ({ foundAgency, signUp }): Promise<World> => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { asset, bytes } = await agency.uploaded(brand, agency.owner)
  const rival = await foundAgency('Marrow & Co')
  const [sibling, rivals] = [await agency.brand(), await rival.brand()]
  const neighbour = await agency.member(sibling, 'admin', 'Priya Raman')
  const own = new Map<string, { file: string; place: string }>()
  for (const [name, of, where, who] of [
    ['an admin of another brand', agency, sibling, neighbour],
    ['the owner of another agency', rival, rivals, rival.owner],
  ] as const)
    own.set(name, { file: (await of.uploaded(where, who)).asset.path, place: await openPlace(where, who) })
  const attacker = async (name: string, person: Person | null): Promise<Attacker> => ({
    name,
    person,
    token: person ? await tokenOf(person) : null,
  })
  return {
    agency,
    brand,
    own,
    picture: asset.path,
    bytes: bytes.length,
    openPlace: await openPlace(brand, agency.owner),
    absent: `${brand.id}/${randomUUID()}/original.jpg`,
    attackers: await Promise.all([
      attacker('someone not signed in', null),
      attacker('a stranger', await signUp('Nobody Yet')),
      attacker('an admin of another brand', neighbour),
      attacker('the owner of another agency', rival.owner),
      attacker('the brand’s client', await agency.member(brand, 'client_approver', 'Marguerite Oakes')),
      attacker('one who looks on for the client', await agency.member(brand, 'client_viewer', 'Jun Ito')),
    ]),
  }
})

/** An asset row whose bytes have not come yet. @returns its path */
async function openPlace(brand: Brand, by: Person): Promise<string> {
  const id = randomUUID()
  const path = `${brand.id}/${id}/original.jpg`
  await by.client
    .from('media_assets')
    .insert({ id, brand_id: brand.id, filename: 'loaf.jpg', mime_type: 'image/jpeg', size_bytes: 900, path })
    .throwOnError()
  return path
}

/** Path and all as they are: fetch would tidy up what an attacker wrote. */
function ask(api: Backend['api'], token: string | null, asked: Asked): Promise<Reply> {
  const { hostname, port } = new URL(api.url)
  const headers = {
    apikey: api.publishableKey,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(asked.body ? { 'content-length': String(Buffer.byteLength(asked.body)) } : {}),
    ...asked.headers,
  }
  return new Promise((resolve, reject) => {
    const call = plainRequest(
      { hostname, port, method: asked.method, path: `/storage/v1${asked.path}`, headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1') }),
        )
      },
    )
    call.on('error', reject)
    call.end(asked.body)
  })
}

const json = { 'content-type': 'application/json' }
const post = (path: string, body: unknown): Asked => ({
  method: 'POST',
  path,
  body: JSON.stringify(body),
  headers: json,
})
const jpeg = new Uint8Array(10)
const put = (method: string, path: string, upsert: boolean): Asked => ({
  method,
  path,
  body: jpeg,
  headers: { 'content-type': 'image/jpeg', 'x-upsert': String(upsert) },
})

/** Each way of getting at a file's bytes, its facts or an address for it. */
const reading = (path: string): Asked[] => [
  ...[
    `/object/media/${path}`,
    `/object/authenticated/media/${path}`,
    `/object/public/media/${path}`,
    `/object/info/media/${path}`,
    `/object/info/authenticated/media/${path}`,
    `/object/info/public/media/${path}`,
    `/object/sign/media/${path}`,
    `/render/image/authenticated/media/${path}`,
    `/render/image/public/media/${path}`,
  ].map((path) => ({ method: 'GET', path })),
  { method: 'HEAD', path: `/object/media/${path}` },
  post(`/object/sign/media/${path}`, { expiresIn: 60 }),
]

/** Each way of putting something in a file's place, or of taking it away. */
const writing = (path: string): Asked[] => [
  put('POST', `/object/media/${path}`, false),
  put('POST', `/object/media/${path}`, true),
  put('PUT', `/object/media/${path}`, true),
  post(`/object/upload/sign/media/${path}`, {}),
  { ...post(`/object/upload/sign/media/${path}`, {}), headers: { ...json, 'x-upsert': 'true' } },
  put('PUT', `/object/upload/sign/media/${path}?token=none`, true),
  { method: 'DELETE', path: `/object/media/${path}` },
]

test('outsiders and clients neither read, sign, replace nor remove a brand’s file, and cannot tell that it is there', async ({
  world,
  api,
  db,
}) => {
  const contents = await contentsReader(db)
  const before = await contents()
  const wrongs: string[] = []
  for (const attacker of world.attackers) {
    for (const asked of [reading, writing]) {
      const [there, open, nowhere] = await inParallel(
        [world.picture, world.openPlace, world.absent],
        (path) => inParallel(asked(path), (one) => ask(api, attacker.token, one)),
      )
      for (const [n, { method, path }] of asked(world.picture).entries()) {
        const replies = [there?.[n], open?.[n], nowhere?.[n]]
        if (replies.some((reply) => !reply || reply.status < 400 || reply.status >= 500))
          wrongs.push(`${attacker.name}, ${method} ${path}: ${JSON.stringify(replies)}`)
        const said = new Set(replies.map((reply) => `${reply?.status} ${reply?.text.replaceAll(paths, '…')}`))
        if (said.size > 1)
          wrongs.push(`${attacker.name}, ${method} ${path} tells what exists: ${[...said].join(' | ')}`)
      }
    }
  }
  expect(wrongs).toEqual([])
  expect(changedTables(before, await contents())).toEqual([])
  await expectUntouched(world)
})

test('a colleague fills no place but their own, and nobody replaces or removes what is there', async ({
  world,
  api,
  db,
}) => {
  const { agency, brand, picture, openPlace: owners, absent } = world
  const colleagues = [
    await agency.member(brand, 'analyst'),
    await agency.member(brand, 'manager', 'Ana Okafor'),
  ]
  const theirs = await Promise.all(
    colleagues.map(async (person) => ({ token: await tokenOf(person), paths: [picture, owners, absent] })),
  )
  const cases = [...theirs, { token: await tokenOf(agency.owner), paths: [picture, absent] }]
  const contents = await contentsReader(db)
  const before = await contents()
  const tries = cases.flatMap(({ token, paths }) =>
    paths.flatMap((path) => writing(path).map((asked) => ({ token, asked }))),
  )
  const replies = await inParallel(tries, ({ token, asked }) => ask(api, token, asked))
  const taken = replies.flatMap(({ status, text }, n) =>
    status >= 400 && status < 500
      ? []
      : [`${tries[n]?.asked.method} ${tries[n]?.asked.path}: ${status} ${text}`],
  )
  expect(taken).toEqual([])
  expect(changedTables(before, await contents())).toEqual([])
  await expectUntouched(world)
})

test('a list shows nobody another’s folders, whatever prefix they guess', async ({ world, api }) => {
  const { brand, picture } = world
  const [folder = '', asset = ''] = picture.split('/')
  for (const attacker of world.attackers) {
    const own = world.own.get(attacker.name)?.file.split('/')[0] ?? randomUUID()
    const prefixes = [
      '',
      '/',
      folder,
      `${folder}/`,
      `${folder}/${asset}`,
      folder.slice(0, 8),
      '%',
      '_'.repeat(36),
      '..',
      `${own}/..`,
      `${own}/../${folder}`,
    ]
    const lists = prefixes.flatMap((prefix) => [
      post('/object/list/media', { prefix, limit: 1000, offset: 0 }),
      post('/object/list/media', { prefix, limit: 1000, offset: 0, search: asset.slice(0, 8) }),
      post('/object/list-v2/media', { prefix, limit: 1000, with_delimiter: false }),
    ])
    const replies = await inParallel(lists, (one) => ask(api, attacker.token, one))
    for (const [n, { status, text }] of replies.entries()) {
      expect(status, `${attacker.name} ${lists[n]?.body}: ${text}`).toBeLessThan(500)
      for (const secret of [brand.id, asset])
        expect(text, `${attacker.name} ${lists[n]?.body}`).not.toContain(secret)
    }
    const many = await ask(
      api,
      attacker.token,
      post('/object/sign/media', { expiresIn: 60, paths: [picture, world.absent] }),
    )
    expect(many.text).not.toContain('token=')
  }
})

test('no spelling of a path leads past its brand', async ({ world, api, db }) => {
  const contents = await contentsReader(db)
  const before = await contents()
  const { picture } = world
  const wrongs: string[] = []
  for (const attacker of world.attackers) {
    const own = world.own.get(attacker.name)?.file ?? `${randomUUID()}/${randomUUID()}/original.jpg`
    const folder = own.slice(0, own.lastIndexOf('/'))
    const [home = ''] = own.split('/')
    const spelled = [
      `${home}/../${picture}`,
      `${folder}/../../${picture}`,
      `${folder}/%2e%2e/%2e%2e/${picture}`,
      `${folder}/..%2f..%2f${picture}`,
      `${folder}/..%252f..%252f${picture}`,
      `${folder}/..\\..\\${picture}`,
      `/${picture}`,
      `//${picture}`,
      `./${picture}`,
      `${home}/./../${picture}`,
      picture.replaceAll('/', '//'),
      picture.replaceAll('/', '%2F'),
      picture.toUpperCase(),
      `${picture}/`,
      `${picture}%00`,
      `${picture}%00.jpg`,
      `${picture}?download`,
      `${picture}#`,
      `%20${picture}`,
      `${encodeURIComponent(home)}%2f..%2f${picture}`,
    ]
    const asked = spelled.flatMap((path) => [
      { method: 'GET', path: `/object/media/${path}` },
      { method: 'GET', path: `/object/public/media/${path}` },
      { method: 'GET', path: `/object/info/media/${path}` },
      post(`/object/sign/media/${path}`, { expiresIn: 60 }),
      put('POST', `/object/media/${path}`, true),
      { method: 'DELETE', path: `/object/media/${path}` },
    ])
    const buckets = ['MEDIA', 'media%20', 'media%2F..%2Fmedia', '..', 'avatars', 'media%00'].map(
      (bucket) => ({
        method: 'GET',
        path: `/object/${bucket}/${picture}`,
      }),
    )
    const all: Asked[] = [...asked, ...buckets]
    const replies = await inParallel(all, (one) => ask(api, attacker.token, one))
    for (const [n, reply] of replies.entries())
      if (reply.status < 400)
        wrongs.push(
          `${attacker.name}, ${all[n]?.method} ${all[n]?.path}: ${reply.status} ${reply.text.slice(0, 200)}`,
        )
  }
  expect(wrongs).toEqual([])
  expect(changedTables(before, await contents())).toEqual([])
  await expectUntouched(world)
})

test('a file moves or is copied neither out of a brand nor into one', async ({ world, api, db }) => {
  const contents = await contentsReader(db)
  const before = await contents()
  const { picture, openPlace: victims, absent } = world
  const wrongs: string[] = []
  for (const attacker of world.attackers) {
    const own = world.own.get(attacker.name)
    // Into the attacker's own open place a file may go: where it comes from must stop it.
    const ways: [string, string][] = [
      [picture, own?.place ?? absent],
      [picture, victims],
      [picture, absent],
      ...(own
        ? ([
            [own.file, victims],
            [own.file, absent],
            [own.file, `${own.place}/../../../${absent}`],
          ] as [string, string][])
        : []),
    ]
    const asked = ways.flatMap(([sourceKey, destinationKey]) =>
      ['copy', 'move'].flatMap((verb) => [
        post(`/object/${verb}`, { bucketId: 'media', sourceKey, destinationKey }),
        post(`/object/${verb}`, {
          bucketId: 'media',
          sourceKey,
          destinationBucket: 'elsewhere',
          destinationKey,
        }),
      ]),
    )
    asked.push({
      method: 'DELETE',
      path: '/object/media',
      body: JSON.stringify({ prefixes: [picture, victims, picture.split('/')[0], '', '%'] }),
      headers: json,
    })
    const replies = await inParallel(asked, (one) => ask(api, attacker.token, one))
    for (const [n, { status, text }] of replies.entries())
      if (status >= 500 || (status < 400 && text !== '[]'))
        wrongs.push(`${attacker.name}, ${asked[n]?.path} ${asked[n]?.body}: ${status} ${text}`)
  }
  expect(wrongs).toEqual([])
  expect(changedTables(before, await contents())).toEqual([])
  await expectUntouched(world)
})

test('a signed address opens what it was made for alone', async ({ world, api, db }) => {
  const { agency, picture, own, openPlace: victims } = world
  const neighbour = world.attackers.find(({ name }) => own.has(name))
  const mine = own.get(neighbour?.name ?? '')
  if (!neighbour?.person || !mine) throw new Error('Nobody has files of their own.')
  const bucket = neighbour.person.client.storage.from('media')
  const signed =
    new URL((await bucket.createSignedUrl(mine.file, 60)).data?.signedUrl ?? '').searchParams.get('token') ??
    ''
  const upload = (await bucket.createSignedUploadUrl(mine.place)).data?.token ?? ''
  expect([signed, upload].every((token) => token.length > 20)).toBe(true)

  const claims = { url: `media/${picture}`, owner: agency.owner.id, upsert: true, exp: 4_000_000_000 }
  const unsigned = ['none', 'None', 'HS256'].map((alg) =>
    [{ alg, typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.'),
  )
  const session = neighbour.token ?? ''
  const contents = await contentsReader(db)
  const before = await contents()
  const tokens = [signed, upload, session, ...unsigned.flatMap((head) => [`${head}.`, head, `${head}.AAAA`])]
  const asked = tokens.flatMap((token) => [
    { method: 'GET', path: `/object/sign/media/${picture}?token=${token}` },
    { method: 'GET', path: `/render/image/sign/media/${picture}?token=${token}` },
    put('PUT', `/object/upload/sign/media/${picture}?token=${token}`, true),
    put('PUT', `/object/upload/sign/media/${victims}?token=${token}`, true),
  ])
  const replies = await inParallel(asked, (one) => ask(api, null, one))
  expect(
    replies.flatMap(({ status, text }, n) =>
      status >= 400 && status < 500
        ? []
        : [`${asked[n]?.method} ${asked[n]?.path}: ${status} ${text.slice(0, 200)}`],
    ),
  ).toEqual([])
  // An address for reading puts nothing there, and one for putting reads nothing.
  const crossed = await Promise.all([
    ask(api, null, put('PUT', `/object/upload/sign/media/${mine.file}?token=${signed}`, true)),
    ask(api, null, { method: 'GET', path: `/object/sign/media/${mine.place}?token=${upload}` }),
  ])
  for (const { status, text } of crossed) expect(status, text).toBeGreaterThanOrEqual(400)
  expect(changedTables(before, await contents())).toEqual([])
  await expectUntouched(world)
})

test('buckets are made, opened, emptied, listed and removed by nobody', async ({ world, api, db }) => {
  const contents = await contentsReader(db)
  const before = await contents()
  const owner = { name: 'the owner', person: world.agency.owner, token: await tokenOf(world.agency.owner) }
  for (const attacker of [...world.attackers, owner]) {
    const asked: Asked[] = [
      post('/bucket', { id: 'mine', name: 'mine', public: true }),
      { ...post('/bucket/media', { id: 'media', name: 'media', public: true }), method: 'PUT' },
      {
        ...post('/bucket/media', { public: true, allowed_mime_types: null, file_size_limit: null }),
        method: 'PATCH',
      },
      post('/bucket/media/empty', {}),
      { method: 'DELETE', path: '/bucket/media' },
      { method: 'GET', path: '/bucket/media' },
    ]
    const replies = await inParallel(asked, (one) => ask(api, attacker.token, one))
    for (const [n, { status, text }] of replies.entries()) {
      expect(
        status,
        `${attacker.name}, ${asked[n]?.method} ${asked[n]?.path}: ${text}`,
      ).toBeGreaterThanOrEqual(400)
      expect(status, `${attacker.name}, ${asked[n]?.method} ${asked[n]?.path}: ${text}`).toBeLessThan(500)
    }
    const { text } = await ask(api, attacker.token, { method: 'GET', path: '/bucket' })
    expect(text).not.toContain('"media"')
  }
  expect(changedTables(before, await contents())).toEqual([])
})

test('a file of the name that a folder has, or none, is no way in', async ({ world }) => {
  const { agency, brand } = world
  for (const name of [
    '.',
    '..',
    '',
    'a/b',
    '../x',
    '%2e%2e',
    'x\u0000',
    'é.jpg',
    ' ',
    'x'.repeat(121),
    `..\\x`,
  ]) {
    const id = randomUUID()
    const { error } = await agency.owner.client.from('media_assets').insert({
      id,
      brand_id: brand.id,
      filename: 'loaf.jpg',
      mime_type: 'image/jpeg',
      size_bytes: 900,
      path: `${brand.id}/${id}/${name}`,
    })
    expect(error, JSON.stringify(name)).not.toBeNull()
  }
})

test('who is taken off a brand, or made a client of it, reads, lists, signs and sends no more from that moment', async ({
  world,
  api,
}) => {
  const { agency } = world
  const brand = await agency.brand()
  const leavers = [await agency.member(brand, 'creator'), await agency.member(brand, 'creator', 'Ana Okafor')]
  const [removed, demoted] = leavers
  const { asset } = await agency.uploaded(brand, agency.owner)
  for (const person of leavers) {
    const place = await openPlace(brand, person)
    const token = await tokenOf(person)
    const tries = (): Promise<Reply[]> =>
      inParallel(
        [
          { method: 'GET', path: `/object/media/${asset.path}` },
          post(`/object/sign/media/${asset.path}`, { expiresIn: 60 }),
          post('/object/list/media', { prefix: `${brand.id}/${asset.id}`, limit: 10, offset: 0 }),
          post(`/object/upload/sign/media/${place}`, {}),
        ],
        (one) => ask(api, token, one),
      )
    const seen = (replies: Reply[]) => replies.map(({ status, text }) => status < 400 && text !== '[]')
    expect(seen(await tries()), person.name).toEqual([true, true, true, true])
    if (person === removed)
      await agency.owner.client
        .rpc('remove_member', { brand_id: brand.id, user_id: person.id })
        .throwOnError()
    if (person === demoted)
      await agency.owner.client
        .rpc('set_member_role', { brand_id: brand.id, user_id: person.id, role: 'client_viewer' })
        .throwOnError()
    expect(seen(await tries()), person.name).toEqual([false, false, false, false])
    const sent = await ask(api, token, put('POST', `/object/media/${place}`, false))
    expect(sent.status).toBeGreaterThanOrEqual(400)
  }
})

const paths = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Still there, still itself, and still for the owner to read. */
async function expectUntouched({ agency, picture, bytes }: World) {
  const { data } = await agency.owner.client.storage.from('media').download(picture)
  expect(data?.size).toBe(bytes)
}
