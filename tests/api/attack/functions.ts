import type postgres from 'postgres'

export type Argument = { name: string; type: string }
export type Exposed = { name: string; args: Argument[]; toAnon: boolean }

/** Every function that the Data API offers to people or to whoever comes by, as the catalogue has it today. */
export async function exposedFunctions(db: postgres.Sql): Promise<Exposed[]> {
  return await db<Exposed[]>`
    select p.proname as name, has_function_privilege('anon', p.oid, 'execute') as "toAnon",
           coalesce((select json_agg(json_build_object('name', p.proargnames[a.n], 'type', format_type(a.type, null)) order by a.n)
                       from unnest(p.proargtypes::oid[]) with ordinality as a (type, n)), '[]') as args
      from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
       and (has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('authenticated', p.oid, 'execute'))
     order by 1`
}

/** What no form sends. Values of a type as JSON; a string for text is itself. */
const hostile: Record<string, unknown[]> = {
  text: [
    '',
    '   ',
    "'; drop table public.brands; --",
    '../../etc/passwd',
    '%',
    '{"a": 1}',
    '\u202E\uFEFF\uFFFF',
    '👩‍👩‍👧‍👦'.repeat(60),
    'x'.repeat(300_000),
  ],
  integer: [-1, 0, 2147483647, -2147483648],
  uuid: ['00000000-0000-0000-0000-000000000000'],
  'uuid[]': [
    '{}',
    '{NULL}',
    '{{00000000-0000-0000-0000-000000000000},{00000000-0000-0000-0000-000000000000}}',
  ],
  jsonb: [
    'null',
    '{}',
    '[]',
    '1',
    '"x"',
    '[null]',
    '[[]]',
    '[{}]',
    '[{"connection_id": 7}]',
    '[{"connection_id": {"a": []}, "body": [1]}]',
  ],
  'timestamp without time zone': [
    'infinity',
    '-infinity',
    '4714-11-24 00:00:00 BC',
    '294276-12-31 23:59:59',
    '0001-01-01',
  ],
}
export function hostileValues({ type, name }: Argument): unknown[] {
  const values = hostile[type]
  if (!values)
    throw new Error(
      `${name} is of type ${type}, for which tests/api/attack/functions.ts has no hostile values. Add some to \`hostile\`.`,
    )
  return [null, ...values]
}

/** What is no value of the type at all; text takes anything. */
const malformed: Record<string, unknown> = {
  integer: 'seven',
  uuid: 'not-a-uuid',
  'uuid[]': ['not-a-uuid'],
  'timestamp without time zone': 'noon',
}
export function malformedValue({ type }: Argument): unknown {
  return malformed[type]
}
