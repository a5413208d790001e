import type postgres from 'postgres'
import { functionsQuery, schemasQuery, tablesQuery } from './catalog-queries.ts'
import { refuseUnknownKinds } from './unknown-kinds.ts'

/** What a role was given; `columns` is null where it holds for the whole object. */
export type Grant = { role: string; privilege: string; columns: string[] | null }

export type Column = {
  name: string
  type: string
  notNull: boolean
  default: string | null
  generated: boolean
  comment: string | null
  /** Our functions that its default calls. */
  functions: string[]
}

/** Anything that hangs on a table and is made by a statement of its own, or inside its `create table`. */
export type Part = {
  name: string
  definition: string
  comment: string | null
  /** Our functions that must exist before it. */
  functions: string[]
  /** Our tables, besides its own, that must exist before it. */
  tables: string[]
}

export type Constraint = Part & { kind: 'p' | 'u' | 'f' | 'c' | 'x' }

export type Policy = Omit<Part, 'definition'> & {
  command: string
  permissive: boolean
  roles: string[]
  using: string | null
  check: string | null
}

export type Table = {
  /** `public.brands`; also `auth.users` and `storage.objects`, of which only our own parts are listed. */
  name: string
  ours: boolean
  rowSecurity: boolean
  comment: string | null
  columns: Column[]
  constraints: Constraint[]
  indexes: Part[]
  triggers: Part[]
  policies: Policy[]
  grants: Grant[]
}

export type SqlFunction = {
  /** `private.can(uuid,text)` */
  signature: string
  name: string
  definition: string
  body: string
  comment: string | null
  grants: Grant[]
  /** Tables whose row types its arguments or its result have. */
  rowTypes: string[]
  /** Tables whose triggers call it. */
  firedBy: string[]
}

export type Schema = { name: string; comment: string | null; grants: Grant[] }

export type Catalog = { schemas: Schema[]; tables: Table[]; functions: SqlFunction[] }

/** Our part of a database's catalog, sorted by name; every expression is spelt with full names. */
export async function readCatalog(sql: postgres.Sql): Promise<Catalog> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    // What is not on the path is deparsed with its schema.
    await tx`set local search_path = ''`
    await refuseUnknownKinds(tx)
    return {
      schemas: [...(await tx.unsafe<Schema[]>(schemasQuery))],
      tables: [...(await tx.unsafe<Table[]>(tablesQuery))],
      functions: [...(await tx.unsafe<SqlFunction[]>(functionsQuery))],
    }
  })
}
