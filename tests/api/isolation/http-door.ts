import type postgres from 'postgres'
import { z } from 'zod'
import type { Backend } from '#tests/support/backend.ts'
import type { Table } from './catalog.ts'
import type { Actor, Cell, Outcome, Row } from './contract.ts'
import { changedValue, type Values } from './filler.ts'
import { keyText, putBack, removeRow, storedValues } from './put-back.ts'
import { required } from './required.ts'
import { insertRow, placeColumn, readRows } from './seeding.ts'
import { destination, inTheWay, type World } from './world.ts'

/** An error of any other kind than a refusal is no answer to the question. */
export type Answer = Outcome | `error: ${string}`
export type Answered = { cell: Cell; answer: Answer }

export type Door = { db: postgres.Sql; api: Backend['api']; world: World }
/** One person's cells of one table and one command: they share their requests. */
type Ask = Door & { table: Table; actor: Actor; cells: Cell[]; nth: number }

// Reading --------------------------------------------------------------------------------------------

/** Everything the person gets unasked, with its count, and then by its key everything they did not get. */
export async function trySelect(ask: Ask): Promise<Answered[]> {
  const { table, cells } = ask
  const select = table.grants.select.length > 0 ? table.grants.select.join(',') : '*'
  const answer = await request(ask, 'GET', `?select=${select}`, { count: true })
  if (!answer.ok) return alikeFor(cells, answer.outcome)
  const seen = new Set(answer.rows.map((row) => keyText(table, row)))
  if (answer.count !== seen.size)
    throw new Error(`${table.name}: counted ${answer.count}, read ${seen.size}.`)
  const unseen = cells.filter(({ row }) => !seen.has(keyText(table, row.key))).map(({ row }) => row)
  const byKey = await request(ask, 'GET', `?select=${select}&${filter(table, unseen)}`)
  for (const row of byKey.rows) seen.add(keyText(table, row))
  const known = new Set(cells.map(({ row }) => keyText(table, row.key)))
  for (const key of seen) if (!known.has(key)) throw new Error(`${table.name}: nobody seeded ${key}.`)
  return cells.map((cell) => ({
    cell,
    answer: seen.has(keyText(table, cell.row.key)) ? 'allowed' : 'hidden',
  }))
}

// Changing -------------------------------------------------------------------------------------------

/** One column that may be named, or else the first, over all rows at once. */
export function tryUpdate(ask: Ask): Promise<Answered[]> {
  const column = required(markedColumn(ask.table), `column of ${ask.table.name} to change`)
  const body = { [column.name]: changedValue(column, ask.nth) }
  return change(ask, ask.cells, 'PATCH', body)
}

/** The rows into another brand, or another agency; those of one destination at once. */
export async function tryMove(ask: Ask): Promise<Answered[]> {
  const column = required(placeColumn(ask.table), 'place')
  // Where the column cannot be named, one destination is refused as any other would be.
  const named = ask.table.grants.update.includes(column)
  const byPlace = Map.groupBy(ask.cells, ({ row }) =>
    destination(ask.world, ask.actor, named ? row : (ask.cells[0]?.row ?? row)),
  )
  const answers: Answered[] = []
  for (const [brand, cells] of byPlace) {
    const body = { [column]: column === 'brand_id' ? brand.id : brand.tenantId }
    answers.push(...(await change(ask, cells, 'PATCH', body)))
  }
  return answers
}

export function tryDelete(ask: Ask): Promise<Answered[]> {
  return change(ask, ask.cells, 'DELETE')
}

/** What counts as allowed is what the database says has changed; it is put back at once. */
async function change(
  ask: Ask,
  cells: Cell[],
  method: 'PATCH' | 'DELETE',
  body?: Values,
): Promise<Answered[]> {
  const { table } = ask
  const keys = filter(
    table,
    cells.map(({ row }) => row),
  )
  const answer = await request(ask, method, `?${keys}`, { body })
  if (!answer.ok) {
    // One row that is refused stops all; a refusal by grants is for every row.
    if (answer.byGrants || cells.length === 1) return alikeFor(cells, answer.outcome)
    const one = []
    for (const cell of cells) one.push(...(await change(ask, [cell], method, body)))
    return one
  }
  const named = await whatChanged(ask)
  // Without a filter nothing is looked up, so that the policies for reading do not stand in between.
  const sweeping = await request(ask, method, '', { body })
  if (!sweeping.ok) return alikeFor(cells, sweeping.outcome)
  const swept = await whatChanged(ask)
  return cells.map((cell) => ({
    cell,
    answer: named.has(cell.row) || swept.has(cell.row) ? 'allowed' : 'hidden',
  }))
}

function whatChanged({ db, table, world }: Ask): Promise<Set<Row>> {
  const rows = world.rows.filter((row) => row.table === table.name)
  return putBack(db, table, { rows, brands: world.brands })
}

function alikeFor(cells: Cell[], answer: Answer): Answered[] {
  return cells.map((cell) => ({ cell, answer }))
}

// Adding ---------------------------------------------------------------------------------------------

export async function tryInsert(ask: Ask): Promise<Answered[]> {
  const { table, cells } = ask
  if (table.grants.insert.length === 0) {
    const answer = await request(ask, 'POST', '', { body: alike(cells.map(({ row }) => row.values)) })
    return alikeFor(cells, answer.outcome)
  }
  const answers: Answered[] = []
  for (const cell of cells) answers.push({ cell, answer: await insertOne(ask, cell.row) })
  return answers
}

async function insertOne(ask: Ask, row: Row): Promise<Answer> {
  const { db, table, world } = ask
  const obstacle = inTheWay(world, table, row)
  if (obstacle) await removeRow(db, table, obstacle)
  const answer = await request(ask, 'POST', '', { body: row.values })
  const known = new Set(
    world.rows.flatMap((seeded) => (seeded.table === table.name ? keyText(table, seeded.key) : [])),
  )
  const found = answer.ok ? await readRows(db, [table], world.brands) : []
  const added = found.filter(({ key }) => !known.has(keyText(table, key)))
  for (const one of added) await removeRow(db, table, one)
  if (obstacle) await insertRow(db, table, storedValues(table, obstacle))
  if (answer.ok && added.length !== 1) return 'error: nothing was added'
  return answer.outcome
}

/** A list of rows for one request names the same columns in each. */
function alike(rows: readonly Readonly<Values>[]): Values[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  return rows.map((row) => Object.fromEntries([...names].map((name) => [name, row[name] ?? null])))
}

// Plumbing -------------------------------------------------------------------------------------------

/** The column whose change is tried: words that nothing checks, if there are any. */
export function markedColumn({ columns, grants, key }: Table) {
  const open = columns.filter(({ name }) => grants.update.includes(name))
  const candidates =
    open.length > 0 ? open : columns.filter(({ name, generated }) => !generated && !key.includes(name))
  const plain = candidates.filter((column) => changedValue(column, 0) !== undefined)
  return plain.find(({ type, words }) => type === 'text' && words.length === 0) ?? plain[0] ?? columns[0]
}

function filter(table: Table, rows: Row[]): string {
  const [only] = table.key
  if (only && table.key.length === 1) return `${only}=in.(${rows.map(({ key }) => key[only]).join(',')})`
  const each = rows.map(({ key }) => {
    const parts = table.key.map((name) => `${name}.${key[name] === null ? 'is' : 'eq'}.${key[name]}`)
    return `and(${parts.join(',')})`
  })
  return `or=(${each.join(',')})`
}

const failure = z.object({ code: z.string(), message: z.string() })
const list = z.array(z.record(z.string(), z.unknown()))

type Reply = { ok: boolean; outcome: Answer; rows: Values[]; count: number; byGrants: boolean }

export async function request(
  { api, table, actor }: Pick<Ask, 'api' | 'table' | 'actor'>,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  query: string,
  { body, count }: { body?: Values | Values[] | undefined; count?: boolean } = {},
): Promise<Reply> {
  const name = table.name.replace('public.', '')
  const response = await fetch(`${api.url}/rest/v1/${name}${query}`, {
    method,
    headers: {
      apikey: api.publishableKey,
      ...(actor.token ? { authorization: `Bearer ${actor.token}` } : {}),
      'content-type': 'application/json',
      prefer: count ? 'count=exact' : 'return=minimal',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (response.ok) {
    const rows = method === 'GET' ? list.parse(JSON.parse(text)) : []
    const total = Number(response.headers.get('content-range')?.split('/')[1])
    return { ok: true, outcome: 'allowed', rows, count: total, byGrants: false }
  }
  const { code, message } = failure.parse(JSON.parse(text))
  const outcome = code === '42501' ? 'refused' : (`error: ${code} ${message}` as const)
  return { ok: false, outcome, rows: [], count: 0, byGrants: message.startsWith('permission denied') }
}
