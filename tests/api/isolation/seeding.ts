import type postgres from 'postgres'
import type { Db } from '#lib/supabase/db.ts'
import type { Table } from './catalog.ts'
import type { Actor, Row } from './contract.ts'
import { fill, type Values } from './filler.ts'
import type { Brand } from './people.ts'
import { required } from './required.ts'
import { announced, kinds, type Making, personal } from './rows.ts'

/** Filled by signing up, founding and opening brands, by the audit's own function, and by the Storage API. */
const settled = [
  ...['profiles', 'tenants', 'tenant_members', 'brands', 'brand_members', 'storage_quotas', 'audit_logs'].map(
    (name) => `public.${name}`,
  ),
  'storage.objects',
]

export type Seeding = {
  /** A valid row that is yet to be inserted, of each kind, in the actor's name and in another's. */
  attempts(table: Table, actor: Actor, brand: Brand): Row[]
}

/** Rows in every table of the catalog, for each brand, and where rows are people's own for each person. */
export async function seedRows(
  db: postgres.Sql,
  { tables, brands, people }: { tables: Table[]; brands: Brand[]; people: string[] },
): Promise<Seeding> {
  const seeded = new Map<string, Values[]>()
  const at = (table: string, place: string) => seeded.get(`${table} of ${place}`) ?? []
  const remember = (row: Row) => {
    const place = `${row.table} of ${row.brand ?? row.tenant}`
    seeded.set(place, [...(seeded.get(place) ?? []), row.values])
  }
  const making = (brand: Brand, salt: string, personId = brand.resident): Making => ({
    brandId: brand.id,
    tenantId: brand.tenantId,
    personId,
    salt: `${brand.name} ${salt}`,
    parent: (table) => at(table, brand.name)[0] ?? at(table, brand.tenant)[0],
    row: (table, nth = 0) => required(at(table, brand.name)[nth], `row ${nth} of ${table} in ${brand.name}`),
  })

  await auditEach(db, brands)
  const views = await readViews(db)
  for (const table of tables) {
    if (views.has(table.name)) continue
    if (settled.includes(table.name)) {
      for (const row of await readRows(db, [table], brands)) remember(row)
      continue
    }
    for (const brand of onePlaceEach(table, brands)) {
      for (const values of rowsAt(table, brand, people, making)) {
        remember(toRow(table, await insertRow(db, table, values), brands))
      }
    }
  }
  let count = 0
  return {
    attempts(table, actor, brand) {
      const persons = actor.id === null ? [brand.resident] : [actor.id, brand.resident]
      const drafts = persons.flatMap((person) => {
        count += 1
        const from = making(brand, `attempt ${count}`, person)
        if (table.name === 'storage.objects') return openPlace(at('public.media_assets', brand.name), person)
        return kindsOf(table).map((kind) => fill(table, ofPerson(table, kind(from), person), from))
      })
      return drafts.map((values) => ({ ...toRow(table, onlyGranted(table, values), brands), key: {} }))
    },
  }
}

const kindsOf = (table: Table) => kinds[table.name] ?? [() => ({})]

function rowsAt(
  table: Table,
  brand: Brand,
  people: string[],
  making: (brand: Brand, salt: string, person?: string) => Making,
): Values[] {
  const plain = kindsOf(table).map((kind, nth) => {
    const from = making(brand, `row ${nth}`)
    return fill(table, kind(from), from)
  })
  if (!personal[table.name]) return plain
  const own = people.flatMap<Values>((person, nth) => {
    const from = making(brand, `person ${nth}`, person)
    if (table.name === 'public.media_assets') return fill(table, announced(from), from)
    if (person === brand.resident) return []
    return fill(table, ofPerson(table, kindsOf(table)[0]?.(from) ?? {}, person), from)
  })
  return [...plain, ...own]
}

function ofPerson(table: Table, values: Values, person: string): Values {
  const column = personal[table.name]
  return column ? { ...values, [column]: person } : values
}

function openPlace(assets: Values[], person: string): Values[] {
  const waiting = assets.find((asset) => asset.created_by === person && asset.status === 'processing')
  return waiting ? [{ bucket_id: 'media', name: waiting.path }] : []
}

/** Where only some columns may be named, the attempt names those: it must not fail for another reason. */
function onlyGranted({ grants }: Table, values: Values): Values {
  if (grants.insert.length === 0) return values
  return Object.fromEntries(Object.entries(values).filter(([name]) => grants.insert.includes(name)))
}

async function auditEach(db: postgres.Sql, brands: Brand[]): Promise<void> {
  for (const { id, tenantId } of brands)
    await db`select private.audit(${tenantId}, ${id}, 'brand.seen', 'brand', ${id})`
  for (const tenantId of new Set(brands.map((brand) => brand.tenantId)))
    await db`select private.audit(${tenantId}, null, 'tenant.seen', 'tenant', ${tenantId})`
}

/** What stands in them comes from the tables behind. */
async function readViews(db: postgres.Sql): Promise<Set<string>> {
  const views = await db<{ name: string }[]>`
    select 'public.' || relname as name from pg_class
     where relkind in ('v', 'm', 'f') and relnamespace = 'public'::regnamespace`
  return new Set(views.map(({ name }) => name))
}

/** Each brand; each agency for what is an agency's; once for what is nobody's. */
function onePlaceEach(table: Table, brands: Brand[]): Brand[] {
  const column = placeColumn(table)
  if (column === 'brand_id') return brands
  const first = brands.filter(
    ({ tenant }, place) => brands.findIndex((brand) => brand.tenant === tenant) === place,
  )
  return column === 'tenant_id' ? first : first.slice(0, 1)
}

/** The column that says whose a row is. */
export function placeColumn(table: Table): 'brand_id' | 'tenant_id' | undefined {
  return (['brand_id', 'tenant_id'] as const).find((name) =>
    table.columns.some((column) => column.name === name),
  )
}

/** Puts a row into a table as it stands in JSON. */
export async function insertRow(db: postgres.Sql, table: Table, values: Values): Promise<Values> {
  const columns = Object.keys(values)
    .map((name) => `"${name}"`)
    .join(', ')
  const [inserted] = await db.unsafe<{ row: Values }[]>(
    `insert into ${table.name} as t (${columns})
     select ${columns} from jsonb_populate_record(null::${table.name}, $1::text::jsonb) returning to_jsonb(t) as row`,
    [JSON.stringify(values)],
  )
  return required(inserted?.row, `row in ${table.name}`)
}

/** Everything in the tables, past row security. */
export async function readRows(db: postgres.Sql, tables: Table[], brands: Brand[]): Promise<Row[]> {
  const rows = await Promise.all(
    tables.map(async (table) => {
      const found = await db.unsafe<{ row: Values }[]>(`select to_jsonb(t) as row from ${table.name} t`)
      return found.map(({ row }) => toRow(table, row, brands))
    }),
  )
  return rows.flat()
}

function toRow(table: Table, values: Values, brands: Brand[]): Row {
  const brand = brands.find(({ id }) => id === brandIdOf(table, values))
  const tenantId = table.name === 'public.tenants' ? values.id : values.tenant_id
  const tenant = brand?.tenant ?? brands.find((candidate) => candidate.tenantId === tenantId)?.tenant
  const key = Object.fromEntries(table.key.map((name) => [name, values[name]]))
  return { table: table.name, key, values, brand: brand?.name ?? null, tenant: tenant ?? null }
}

function brandIdOf(table: Table, values: Values): unknown {
  if (table.name === 'public.brands') return values.id
  if (table.name === 'storage.objects') return String(values.name).split('/')[0]
  return values.brand_id
}

/** The files of the pictures that the worker has read. */
export async function layFiles(db: postgres.Sql, service: Db): Promise<void> {
  for (const { path } of await db`select path from media_assets where status = 'active'`) {
    const file = new Blob(['loaf'], { type: 'image/jpeg' })
    const { error } = await service.storage.from('media').upload(path, file)
    if (error) throw error
  }
}
