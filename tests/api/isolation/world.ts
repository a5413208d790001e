import type postgres from 'postgres'
import type { Db } from '#lib/supabase/db.ts'
import type { Person } from '#tests/support/people.ts'
import { readCatalog, type Table } from './catalog.ts'
import {
  type Actor,
  type Cell,
  type Command,
  commands,
  type Facts,
  kindOf,
  type Row,
  whereOf,
} from './contract.ts'
import { type Brand, type People, settlePeople } from './people.ts'
import { required } from './required.ts'
import { layFiles, placeColumn, readRows, type Seeding, seedRows } from './seeding.ts'

export type World = Seeding & {
  tables: Table[]
  actors: Actor[]
  brands: Brand[]
  /** Everything that stands in the tables. */
  rows: Row[]
  facts: Facts
}

type Doors = {
  db: postgres.Sql
  signUp(name: string): Promise<Person>
  /** With the secret key: it lays files into the storage. */
  service: Db
}

/** Two agencies, four brands, every kind of person, and rows in every table of the catalog for each brand. */
export async function seedWorld({ db, signUp, service }: Doors): Promise<World> {
  const tables = await readCatalog(db)
  const people = await settlePeople(db, signUp)
  const { actors, brands } = people
  const { attempts } = await seedRows(db, { tables, brands, people: [...people.held.keys()] })
  await layFiles(db, service)
  const rows = await readRows(db, tables, brands)
  return { tables, actors, brands, rows, attempts, facts: await factsOf(db, people, rows) }
}

/** Every question of the matrix. */
export function cells(world: World): Cell[] {
  return world.tables.flatMap((table) =>
    world.actors.flatMap((actor) => commands.flatMap((command) => cellsOf(world, { table, actor, command }))),
  )
}

export type Question = { table: Table; actor: Actor; command: Command }

export function cellsOf(world: World, { table, actor, command }: Question): Cell[] {
  return rowsFor(world, { table, actor, command }).map((row) => ({
    actor,
    table: table.name,
    command,
    where: whereOf(row, actor, world.facts),
    kind: kindOf(row, actor, world.facts),
    row,
  }))
}

function rowsFor(world: World, { table, actor, command }: Question): Row[] {
  if (command === 'insert') return world.brands.flatMap((brand) => onePerKind(world, table, actor, brand))
  if (command === 'move' && !placeColumn(table)) return []
  return world.rows.filter((row) => row.table === table.name)
}

function onePerKind(world: World, table: Table, actor: Actor, brand: Brand): Row[] {
  const attempts = world.attempts(table, actor, brand)
  return [...Map.groupBy(attempts, (row) => kindOf(row, actor, world.facts)).values()].flatMap(
    ([first]) => first ?? [],
  )
}

/** Where `move` takes a row: another brand of the actor's, or else another agency's. */
export function destination(world: World, actor: Actor, row: Row): Brand {
  const others = world.brands.filter(({ name, tenant }) =>
    row.brand === null ? tenant !== row.tenant : name !== row.brand,
  )
  return required(others.find(({ name }) => actor.brands.has(name)) ?? others.at(-1), 'other brand')
}

/** The row that an attempt would meet under a unique key: it has to step aside, so that only the guard answers. */
export function inTheWay(world: World, table: Table, attempt: Row): Row | undefined {
  const named = table.unique.filter((columns) => columns.every((name) => attempt.values[name] !== undefined))
  return world.rows.find(
    (row) =>
      row.table === table.name &&
      named.some((columns) => columns.every((name) => row.values[name] === attempt.values[name])),
  )
}

async function factsOf(db: postgres.Sql, people: People, rows: Row[]): Promise<Facts> {
  const [brand, tenant] = await Promise.all([
    db<Permission[]>`select role, permission from private.role_permissions`,
    db<Permission[]>`select role, permission from private.tenant_role_permissions`,
  ])
  const of = (table: string) => rows.filter((row) => row.table === table)
  const sharedVersions = of('public.content_versions').filter(({ values }) => values.shared_at !== null)
  return {
    permissions: { brand: byRole(brand), tenant: byRole(tenant) },
    people: people.held,
    tenantOfBrand: new Map(people.brands.map(({ name, tenant }) => [name, tenant])),
    sharedContent: new Set(sharedVersions.map(({ values }) => String(values.content_id))),
    assets: new Map(of('public.media_assets').map((row) => [String(row.values.path), row])),
  }
}

type Permission = { role: string; permission: string }

function byRole(matrix: Permission[]): Map<string, Set<string>> {
  const roles = Map.groupBy(matrix, ({ role }) => role)
  return new Map([...roles].map(([role, rows]) => [role, new Set(rows.map(({ permission }) => permission))]))
}
