import { randomBytes, randomUUID } from 'node:crypto'
import type { Column, Table } from './catalog.ts'

export type Values = Record<string, unknown>

/** Where a row is to stand: what its foreign keys may point at. */
export type Spot = {
  brandId: string | null
  tenantId: string
  personId: string
  /** Makes words of the row its own. */
  salt: string
  /** The first row of another table in the same brand, or else in the same agency. */
  parent(table: string): Values | undefined
}

/** A valid row of any table: what is given, then its place, its foreign keys, and plain values for the rest. */
export function fill(table: Table, given: Values, spot: Spot): Values {
  const values: Values = { ...given }
  const missing = (name: string) => values[name] === undefined
  for (const { name } of table.columns) {
    if (name === 'brand_id' && missing(name) && spot.brandId) values.brand_id = spot.brandId
    if (name === 'tenant_id' && missing(name)) values.tenant_id = spot.tenantId
  }
  const required = table.columns.filter((column) => column.required && !column.generated)
  for (const key of table.foreignKeys) {
    if (!required.some(({ name }) => key.columns.includes(name) && missing(name))) continue
    const parent = key.table === 'auth.users' ? { id: spot.personId } : spot.parent(key.table)
    if (!parent) throw new Error(`${table.name}: no row of ${key.table} that ${key.columns} could point at.`)
    for (const [place, name] of key.columns.entries()) {
      if (missing(name)) values[name] = parent[key.referenced[place] ?? '']
    }
  }
  for (const column of required) {
    if (missing(column.name)) values[column.name] = plainValue(table, column, spot.salt)
  }
  return values
}

const moment = '2031-03-04T09:00:00Z'

function plainValue(table: Table, { name, type, words }: Column, salt: string): unknown {
  const [word] = words
  if (word) return word
  const length = Number(/^character varying\((\d+)\)/.exec(type)?.[1] ?? 200)
  if (/^(text|character varying)(\(\d+\))?$/.test(type)) return `${name} ${salt}`.slice(0, length)
  if (type.endsWith('[]')) return []
  if (/^(smallint|integer|bigint|real|double precision|numeric)/.test(type)) return 1
  if (type.startsWith('timestamp')) return moment
  const value = { uuid: randomUUID(), boolean: false, jsonb: {}, json: {}, date: moment.slice(0, 10) }[type]
  if (value !== undefined) return value
  if (type === 'bytea') return `\\x${randomBytes(32).toString('hex')}`
  throw new Error(
    `${table.name}.${name}: give it a value in tests/api/isolation/rows.ts; ${type} has none here.`,
  )
}

/** Another value of the column, the nth; undefined where none can be made that its checks surely let pass. */
export function changedValue({ type, words }: Column, nth: number): unknown {
  if (words.length > 0) return words[nth % words.length]
  if (/^(text|character varying)/.test(type) && !type.endsWith('[]')) return `changed ${nth}`
  if (type.startsWith('timestamp')) return new Date(Date.parse(moment) + nth * 60_000).toISOString()
  if (/^(integer|bigint|real|double precision|numeric)/.test(type)) return 1000 + nth
  if (type === 'jsonb') return { changed: nth }
  if (type === 'uuid') return randomUUID()
  return undefined
}
