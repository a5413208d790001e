import { describe } from 'vitest'
import { expect, test } from '#tests/support/test.ts'
import { rawDoor, rawDoorOf } from './raw-door.ts'

// One group for each file of local/api/corrections that concerns the Data API.

describe('value-formats', () => {
  test('every column comes as row_to_json gives it', async ({ api, db }) => {
    await db.unsafe(`
      create table public.value_kinds (
        id int primary key, small smallint, big bigint, exact numeric(12,2), long numeric, ratio double precision,
        flag boolean, words text, day date, at_time time, wall timestamp, instant timestamptz, fraction timestamptz,
        length interval, anything jsonb, plain json, tags text[], days date[], ids uuid[], bytes bytea,
        span tstzrange, address inet, missing text);
      grant select on public.value_kinds to service_role;
      insert into public.value_kinds values (
        1, 2, 3, 12.50, 1.5, 1.1, true, 'ä "quoted"', '2026-01-02', '10:11:12', '2026-01-02 10:11:12.5',
        '2026-01-02 10:11:12+01', '2026-01-02 10:11:12.123456+01', '1 day 02:00', '{"a": [1, null]}', '{"b": 1.0}',
        '{a,"b c"}', '{2026-01-02}', '{61b3d7dc-c0a7-4e95-8e7b-45d2523f87c1}', '\\xdeadbeef',
        '[2026-01-01,2026-01-02)', '10.0.0.1', null);`)
    const [hosted] = await db`select row_to_json(k) as row from public.value_kinds k`
    const service = rawDoor(api, api.secretKey)
    await expect.poll(() => service.get('value_kinds?select=*')).toEqual({ status: 200, body: [hosted?.row] })
  })

  test('JSON given to a function arrives as JSON, not as a string of it', async ({ api, db }) => {
    await db.unsafe(`
      create function public.kind_of(facts jsonb) returns text language sql as 'select jsonb_typeof(facts)';
      grant execute on function public.kind_of to service_role;`)
    const service = rawDoor(api, api.secretKey)
    await expect.poll(() => service.rpc('kind_of', { facts: { a: [1] } })).toMatchObject({ body: 'object' })
    expect(await service.rpc('kind_of', { facts: [1, 2] })).toMatchObject({ body: 'array' })
  })

  test('what people say of themselves at sign-up is readable in SQL', async ({ db, signUp }) => {
    const { id } = await signUp('Ana Okafor')
    const [user] =
      await db`select raw_user_meta_data ->> 'display_name' as name from auth.users where id = ${id}`
    expect(user?.name).toBe('Ana Okafor')
  })
})

describe('row-security', () => {
  test('nobody gets a table that no migration granted, nor back one that was revoked', async ({
    api,
    db,
    signUp,
  }) => {
    await db.unsafe(`
      create table public.ungranted (id int);
      create table public.revoked (id int);
      alter table public.revoked enable row level security;
      grant select on public.revoked to service_role;
      revoke all on public.revoked from anon, authenticated;`)
    const service = rawDoor(api, api.secretKey)
    const stranger = rawDoor(api, api.publishableKey)
    const ines = await rawDoorOf(await signUp('Ines Duarte'), api)

    await expect.poll(() => service.get('revoked')).toEqual({ status: 200, body: [] })
    const refused = { body: { code: '42501' } }
    expect(await service.get('ungranted')).toMatchObject(refused)
    for (const someone of [stranger, ines]) {
      expect(await someone.get('ungranted')).toMatchObject(refused)
      expect(await someone.get('revoked')).toMatchObject(refused)
    }
  })

  test('row security that is switched on later is obeyed at once', async ({ api, db, signUp }) => {
    await db.unsafe(`
      create table public.notes (id int); insert into public.notes values (1);
      grant select on public.notes to authenticated;`)
    const ines = await rawDoorOf(await signUp('Ines Duarte'), api)
    await expect.poll(() => ines.get('notes')).toEqual({ status: 200, body: [{ id: 1 }] })
    await db`alter table public.notes enable row level security`
    expect(await ines.get('notes')).toEqual({ status: 200, body: [] })
  })
})

describe('schema-reload', () => {
  test('a table is served as soon as it is made, and a dropped one no more', async ({ api, db }) => {
    const service = rawDoor(api, api.secretKey)
    await db.unsafe('create table public.brief (id int); grant select on public.brief to service_role;')
    await expect.poll(() => service.get('brief')).toMatchObject({ status: 200 })
    await db`drop table public.brief`
    await expect.poll(() => service.get('brief')).toMatchObject({ body: { code: 'PGRST205' } })
  })
})

describe('caller-functions', () => {
  test('a function knows its caller, through the API and from claims set in SQL', async ({
    api,
    db,
    signUp,
  }) => {
    await db.unsafe(`
      create function public.caller() returns jsonb language sql as $$
        select jsonb_build_object('uid', auth.uid(), 'role', auth.role(), 'email', auth.email(),
                                  'claimed', auth.jwt() ->> 'sub') $$;
      grant execute on function public.caller to authenticated;`)
    const person = await signUp('Ines Duarte')
    const facts = { uid: person.id, role: 'authenticated', email: person.email, claimed: person.id }
    const ines = await rawDoorOf(person, api)
    await expect.poll(() => ines.rpc('caller')).toEqual({ status: 200, body: facts })

    const claims = JSON.stringify({ sub: person.id, role: 'authenticated', email: person.email })
    const [inSql] = await db.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${claims}, true)`
      return tx`select public.caller()`
    })
    expect(inSql?.caller).toEqual(facts)
  })

  test('no superuser stands behind a request', async ({ api, db }) => {
    await db.unsafe(`
      create function public.login() returns text language sql as 'select session_user';
      grant execute on function public.login to service_role;`)
    await expect.poll(() => rawDoor(api, api.secretKey).rpc('login')).toMatchObject({ body: 'authenticator' })
    const [login] = await db`select rolsuper from pg_roles where rolname = 'authenticator'`
    expect(login?.rolsuper).toBe(false)
  })
})

describe('without a correction', () => {
  test('a refusal of ours comes through with its code and facts', async ({ api, db }) => {
    await db.unsafe(`
      create function public.refuse_always() returns void language plpgsql as $$
        begin raise exception using errcode = 'P0001', message = 'content_changed', detail = '{"version": 3}'; end $$;
      grant execute on function public.refuse_always to service_role;`)
    const refusal = { code: 'P0001', message: 'content_changed', details: '{"version": 3}' }
    await expect
      .poll(() => rawDoor(api, api.secretKey).rpc('refuse_always'))
      .toMatchObject({ status: 400, body: refusal })
  })

  test('a page holds up to 10,000 rows', async ({ api, db }) => {
    await db.unsafe(`
      create view public.many as select generate_series(1, 10500) as id; grant select on public.many to service_role;`)
    await expect
      .poll(async () => (await rawDoor(api, api.secretKey).get('many?limit=20000')).body)
      .toHaveLength(10_000)
  })
})

describe('call-preflights', () => {
  test('a browser may call a function of the Data API from the desk', async ({ api }) => {
    const answer = await fetch(`${api.url}/rest/v1/rpc/finish_upload`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,apikey,content-type',
      },
    })
    expect(answer.ok).toBe(true)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization/)
  })
})

describe('request-check', () => {
  test('a guessed count is refused as the database says, an exact one is counted', async ({ signUp }) => {
    const ines = await signUp('Ines Duarte')
    for (const count of ['planned', 'estimated'] as const) {
      const guessed = await ines.client.from('brands').select('id', { count })
      expect(guessed.error, count).toMatchObject({ code: 'P0001', message: 'count_not_exact' })
    }
    const { count, error } = await ines.client.from('brands').select('id', { count: 'exact' })
    expect({ count, error }).toEqual({ count: 0, error: null })
  })
})
