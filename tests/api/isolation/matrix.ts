import type { Table } from './catalog.ts'
import { type Actor, type Command, expected, type Outcome, type Row } from './contract.ts'
import { type Answered, type Door, tryDelete, tryInsert, tryMove, trySelect, tryUpdate } from './http-door.ts'
import { keyText, trace } from './put-back.ts'
import { readRows } from './seeding.ts'
import { downloadFiles, removeFiles, replaceFiles, uploadFiles } from './storage-door.ts'
import { cellsOf } from './world.ts'

export type Judged = Answered & { want: Outcome }

/** Wide enough to keep two cores busy. */
const lanes = 8

/**
 * Every person, table and command, against rows of their own brand, another brand and another agency. Reads come
 * first, then changes, then additions. Within a table people take turns, and what each could change is put back.
 */
export async function runMatrix(door: Door): Promise<Judged[]> {
  const answers: Answered[] = []
  for (const phase of [['select'], ['update', 'move', 'delete'], ['insert']] as const) {
    await inLanes(door.world.tables, async (table) => {
      for (const command of phase) answers.push(...(await askEveryone(door, table, command)))
    })
    await proveUnchanged(door)
  }
  return answers.map((answered) => ({ ...answered, want: expected(answered.cell, door.world.facts) }))
}

async function askEveryone(door: Door, table: Table, command: Command): Promise<Answered[]> {
  const answers: Answered[] = []
  for (const [nth, actor] of door.world.actors.entries()) {
    const cells = cellsOf(door.world, { table, actor, command })
    if (cells.length > 0) answers.push(...(await askOne(command, { ...door, table, actor, cells, nth })))
  }
  return answers
}

function askOne(
  command: Command,
  ask: Parameters<typeof trySelect>[0] & { actor: Actor },
): Promise<Answered[]> {
  const storage = ask.table.name === 'storage.objects'
  switch (command) {
    case 'select':
      return storage ? downloadFiles(ask) : trySelect(ask)
    case 'update':
      return storage ? replaceFiles(ask) : tryUpdate(ask)
    case 'delete':
      return storage ? removeFiles(ask) : tryDelete(ask)
    case 'insert':
      return storage ? uploadFiles(ask) : tryInsert(ask)
    case 'move':
      return tryMove(ask)
  }
}

/** After each phase all tables hold what they held: no refused or hidden write left a trace. */
async function proveUnchanged({ db, world }: Door): Promise<void> {
  const now = await readRows(db, world.tables, world.brands)
  const then = new Map(world.rows.map((row) => [identity(world.tables, row), trace(row)]))
  if (now.length !== then.size) throw new Error(`There were ${then.size} rows, and there are ${now.length}.`)
  for (const row of now) {
    const before = then.get(identity(world.tables, row))
    if (before !== trace(row)) throw new Error(`Changed in ${row.table}: ${before} → ${trace(row)}`)
  }
}

function identity(tables: Table[], row: Row): string {
  const table = tables.find(({ name }) => name === row.table)
  return `${row.table} ${table ? keyText(table, row.key) : ''}`
}

async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

export function wordsOf({ cell, answer, want }: Judged): string {
  const { actor, command, table, kind, where, row } = cell
  const place = row.brand ?? row.tenant ?? 'nobody'
  return `${actor.name}: ${command} ${table} (${kind}, ${where}, of ${place}) was ${answer}, not ${want}`
}
