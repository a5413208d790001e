import type postgres from 'postgres'
import type { Table } from './catalog.ts'
import type { Actor, Row } from './contract.ts'

/**
 * The Data API's second door: the statements that PostgREST makes of a request, under the same role and claims,
 * in one round trip for many and with nothing left of any of them.
 */
export type Call = { as: Actor; statement: string; body?: Record<string, unknown> }

/** How many rows it reached, or the error's SQLSTATE. */
export type Answer = { rows: number } | { code: string; message: string }

/** Once for each connection. Each call is rolled back by the error that carries its count out. */
export async function openSqlDoor(db: postgres.Sql): Promise<void> {
  await db.unsafe(`
    create function pg_temp.answers(calls jsonb) returns jsonb language plpgsql as $$
    declare
      call    jsonb;
      reached int;
      answers jsonb := '[]';
    begin
      for call in select value from jsonb_array_elements(calls) loop
        begin
          perform set_config('request.jwt.claims', call ->> 'claims', true);
          perform set_config('role', call ->> 'role', true);
          execute call ->> 'statement' into reached using call -> 'body';
          raise exception using errcode = 'UNDO0', message = reached::text;
        exception
          when sqlstate 'UNDO0' then
            answers := answers || jsonb_build_object('rows', sqlerrm::int);
          when others then
            answers := answers || jsonb_build_object('code', sqlstate, 'message', sqlerrm);
        end;
      end loop;
      return answers;
    end $$`)
}

export async function ask(db: postgres.ISql, calls: Call[]): Promise<Answer[]> {
  if (calls.length === 0) return []
  const sent = calls.map(({ as, statement, body }) => ({
    role: as.role,
    claims: JSON.stringify(claimsOf(as)),
    statement,
    body: body ?? {},
  }))
  const [row] = await db<
    { answers: Answer[] }[]
  >`select pg_temp.answers(${JSON.stringify(sent)}::text::jsonb) as answers`
  return row?.answers ?? []
}

/** What PostgREST hands to Postgres: the token's own claims. */
function claimsOf({ role, token }: Actor): unknown {
  const payload = token?.split('.')[1]
  return payload ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : { role }
}

// The statements -------------------------------------------------------------------------------------

/** Rows are named in the body's `rows`, so that one statement can try many. */
export const select = (table: Table, columns: string[]) => `
  select count(*) from (select ${list(columns)} from ${table.name} t where ${isNamed(table)}) as seen`

export const insert = (table: Table, columns: string[]) => `
  with added as (
    insert into ${table.name} (${list(columns)})
    select ${list(columns)} from jsonb_populate_record(null::${table.name}, $1 -> 'values') returning 1
  ) select count(*) from added`

export const update = (table: Table, columns: string[]) => `
  with changed as (
    update ${table.name} t set ${assignments(columns)}
    from jsonb_populate_record(null::${table.name}, $1 -> 'values') as b where ${isNamed(table)} returning 1
  ) select count(*) from changed`

/** Without a filter Postgres looks up nothing, and policies for reading do not stand in for those for writing. */
export const updateAll = (table: Table, columns: string[]) => `
  with changed as (
    update ${table.name} t set ${assignments(columns)}
    from jsonb_populate_record(null::${table.name}, $1 -> 'values') as b returning 1
  ) select count(*) from changed`

export const remove = (table: Table) => `
  with removed as (delete from ${table.name} t where ${isNamed(table)} returning 1) select count(*) from removed`

export const removeAll = (table: Table) => `
  with removed as (delete from ${table.name} returning 1) select count(*) from removed`

export const named = (rows: Row[]) => ({ rows: rows.map(({ key }) => key) })

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const list = (columns: string[]) => columns.map(quoted).join(', ')
const assignments = (columns: string[]) =>
  columns.map((column) => `${quoted(column)} = b.${quoted(column)}`).join(', ')

function isNamed({ name, key }: Table): string {
  const both = (prefix: string) => key.map((column) => `${prefix}.${quoted(column)}`).join(', ')
  return `(${both('t')}) in (select ${both('k')} from jsonb_populate_recordset(null::${name}, $1 -> 'rows') k)`
}
