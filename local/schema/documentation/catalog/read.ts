import type { ISql, Sql } from 'postgres'
import {
  type Grant,
  type Policy,
  type RolePermission,
  readAgencyPermissions,
  readBrandPermissions,
  readGrants,
  readPolicies,
} from './access.ts'
import {
  type Check,
  type ForeignKey,
  readChecks,
  readForeignKeys,
  readUniques,
  type Unique,
} from './constraints.ts'
import { type Routine, readRoutines, readTriggers, type Trigger } from './routines.ts'
import { type Bucket, readBuckets } from './storage.ts'
import { type Column, readColumns, readTables } from './tables.ts'

export type Table = {
  /** `public.brands` */
  id: string
  schema: string
  name: string
  comment: string | null
  columns: Column[]
  checks: Check[]
  foreignKeys: ForeignKey[]
  uniques: Unique[]
  policies: Policy[]
  grants: Grant[]
  triggers: Trigger[]
}

export type Catalog = {
  tables: Table[]
  routines: Routine[]
  /** Ours on tables that Supabase owns. */
  foreignTriggers: Trigger[]
  buckets: Bucket[]
  storagePolicies: Policy[]
  brandPermissions: RolePermission[]
  agencyPermissions: RolePermission[]
}

/** Everything the pages tell, read from a migrated database at one moment. */
export async function readCatalog(sql: Sql): Promise<Catalog> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    // Whatever the database's own path is: names of `public` stand bare, all others in full.
    await tx`set local search_path = public`
    return readAll(tx)
  })
}

async function readAll(sql: ISql): Promise<Catalog> {
  const tables = await readTables(sql)
  const columns = of(await readColumns(sql))
  const checks = of(await readChecks(sql))
  const foreignKeys = of(await readForeignKeys(sql))
  const uniques = of(await readUniques(sql))
  const policies = of(await readPolicies(sql))
  const grants = of(await readGrants(sql))
  const triggers = await readTriggers(sql)
  const triggersOf = of(triggers)
  const ids = new Set(tables.map((table) => `${table.schema}.${table.name}`))
  return {
    tables: tables.map((table) => {
      const id = `${table.schema}.${table.name}`
      return {
        ...table,
        id,
        columns: columns(id),
        checks: checks(id),
        foreignKeys: foreignKeys(id),
        uniques: uniques(id),
        policies: policies(id),
        grants: grants(id),
        triggers: triggersOf(id),
      }
    }),
    routines: await readRoutines(sql),
    foreignTriggers: triggers.filter((trigger) => !ids.has(trigger.table)),
    buckets: await readBuckets(sql),
    storagePolicies: policies('storage.objects'),
    brandPermissions: await readBrandPermissions(sql),
    agencyPermissions: await readAgencyPermissions(sql),
  }
}

function of<Row extends { table: string }>(rows: readonly Row[]): (table: string) => Row[] {
  const byTable = Map.groupBy(rows, (row) => row.table)
  return (table) => byTable.get(table) ?? []
}
