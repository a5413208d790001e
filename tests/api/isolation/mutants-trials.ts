import type postgres from 'postgres'
import type { Column, Table } from './catalog.ts'
import {
  type Actor,
  type Command,
  commands,
  contract,
  expected,
  type Facts,
  kindOf,
  type Outcome,
  type Row,
} from './contract.ts'
import { movesOf } from './mutants-moves.ts'
import {
  type Answer,
  ask,
  type Call,
  insert,
  named,
  remove,
  removeAll,
  select,
  update,
  updateAll,
} from './sql-door.ts'
import { cellsOf, inTheWay, type World } from './world.ts'

/** Everything granted: what a project's default grants make of a table, so that its policies stand alone. */
export type Grants = 'as granted' | 'everything granted'

/** A statement that tries several cells of one table with one expected outcome. */
export type Trial = {
  command: Command
  outcome: Outcome
  /** How many rows it reaches if allowed. */
  count: number
  /** What lies behind row security may say no to what it lets through: a key, a check, a trigger. */
  mayBeStopped: boolean
  /** As the matrix asks over HTTP; otherwise an update or a delete of whatever there is. */
  byKey: boolean
  words: string
  call: Call
}

export type Miss = { trial: Trial; answer: Answer; kind: MissKind }
export type MissKind = 'leak' | 'wrong denial' | 'another no'

/** A mutant is mostly noticed at once. */
const handful = 60

/** The first answer that is not the contract's. */
export async function firstMiss(db: postgres.ISql, trials: Trial[]): Promise<Miss | null> {
  for (let place = 0; place < trials.length; place += handful) {
    const [miss] = await missesAmong(db, trials.slice(place, place + handful))
    if (miss) return miss
  }
  return null
}

/** Every answer that is not. */
export async function allMisses(db: postgres.ISql, trials: Trial[]): Promise<Miss[]> {
  const misses: Miss[] = []
  for (let place = 0; place < trials.length; place += handful) {
    misses.push(...(await missesAmong(db, trials.slice(place, place + handful))))
  }
  return misses
}

async function missesAmong(db: postgres.ISql, trials: Trial[]): Promise<Miss[]> {
  const answers = await ask(
    db,
    trials.map(({ call }) => call),
  )
  return trials.flatMap((trial, place) => {
    const answer = answers[place]
    if (!answer) throw new Error(`There is no answer to: ${trial.words}`)
    const kind = missOf(trial, answer)
    return kind ? [{ trial, answer, kind }] : []
  })
}

function missOf({ outcome, count, mayBeStopped }: Trial, answer: Answer): MissKind | null {
  const stopped = 'code' in answer && answer.code !== insufficientPrivilege
  if (outcome !== 'allowed') {
    if (stopped || ('rows' in answer && answer.rows > 0)) return 'leak'
    return 'rows' in answer === (outcome === 'hidden') ? null : 'another no'
  }
  if (stopped && mayBeStopped) return null
  if (!('rows' in answer) || answer.rows < count) return 'wrong denial'
  return answer.rows > count ? 'leak' : null
}

/** What row security and missing grants both say. */
const insufficientPrivilege = '42501'

export type By = { actor: Actor; table: Table; rows: Row[]; grants: Grants; facts: Facts }

/** All trials of one table, for every actor: `first` first, and what the matrix asks before what it does not. */
export function trialsOf(world: World, table: Table, grants: Grants, first: Command = 'select'): Trial[] {
  const rows = world.rows.filter((row) => row.table === table.name)
  const bys = world.actors.map((actor): By => ({ actor, table, rows, grants, facts: world.facts }))
  const inOrder = [first, ...commands.filter((command) => command !== first)]
  const trials = inOrder.flatMap((command) => bys.flatMap((by) => trialsBy(world, by, command)))
  return [...trials.filter(({ byKey }) => byKey), ...trials.filter(({ byKey }) => !byKey)]
}

function trialsBy(world: World, by: By, command: Command): Trial[] {
  if (command === 'select') return byOutcome(by, command, selectOf(by))
  if (command === 'update') return [...byOutcome(by, command, updateOf(by)), withoutFilter(by, command)]
  if (command === 'delete') return [...byOutcome(by, command, deleteOf(by)), withoutFilter(by, command)]
  if (command === 'insert') return insertsOf(world, by)
  // As granted nobody may name the columns that say whose a row is; row security is not even asked.
  return by.grants === 'everything granted' ? movesOf(by) : []
}

function outcomeOf({ actor, table, grants, facts }: By, command: Command, row: Row): Outcome {
  const outcome = expected({ actor, table: table.name, command, row }, facts)
  // Only a missing grant refuses to look a row up.
  return grants === 'everything granted' && outcome === 'refused' && command !== 'insert' ? 'hidden' : outcome
}

// Rows as they stand ---------------------------------------------------------------------------------

export type Statement = { statement: string; body: Record<string, unknown> }

/** One statement for all the rows that it must reach, one for all that it must not. */
function byOutcome(by: By, command: Command, { statement, body }: Statement): Trial[] {
  return (['allowed', 'hidden', 'refused'] as const).flatMap((outcome): Trial[] => {
    const rows = by.rows.filter((row) => outcomeOf(by, command, row) === outcome)
    if (rows.length === 0) return []
    return [
      {
        command,
        outcome,
        count: rows.length,
        mayBeStopped: false,
        byKey: true,
        words: `${by.actor.name}: ${command} ${rows.length} rows, ${outcome}`,
        call: { as: by.actor, statement, body: { ...body, ...named(rows) } },
      },
    ]
  })
}

const selectOf = ({ table, grants }: By): Statement => ({
  statement: select(table, readable(table, grants)),
  body: {},
})
const deleteOf = ({ table }: By): Statement => ({ statement: remove(table), body: {} })
const updateOf = (by: By): Statement => {
  const { columns, values } = change(by)
  return { statement: update(by.table, columns), body: { values } }
}

/** An update or a delete of whatever there is, which no policy for reading narrows. */
function withoutFilter(by: By, command: 'update' | 'delete'): Trial {
  const { actor, table, rows, grants, facts } = by
  const { columns, values } = change(by)
  const rule = actor.id === null ? undefined : contract[table.name]?.[command]
  const reached = rows.filter((row) => rule?.holds(actor, row, facts)).length
  const granted =
    grants === 'everything granted' || rows.some((row) => outcomeOf(by, command, row) !== 'refused')
  const outcome = reached > 0 ? 'allowed' : granted ? 'hidden' : 'refused'
  return {
    command,
    outcome,
    count: reached,
    mayBeStopped: false,
    byKey: false,
    words: `${actor.name}: ${command} without a filter, ${outcome}`,
    call: {
      as: actor,
      statement: command === 'update' ? updateAll(table, columns) : removeAll(table),
      body: { values },
    },
  }
}

// New rows -------------------------------------------------------------------------------------------

function insertsOf(world: World, by: By): Trial[] {
  const { actor, table, facts } = by
  return cellsOf(world, { table, actor, command: 'insert' }).map(({ row }) => {
    const outcome = outcomeOf(by, 'insert', row)
    return {
      command: 'insert',
      outcome,
      count: 1,
      mayBeStopped: inTheWay(world, table, row) !== undefined,
      byKey: true,
      words: `${actor.name}: insert into ${placeOf(row)} (${kindOf(row, actor, facts)}), ${outcome}`,
      call: { as: actor, statement: insert(table, Object.keys(row.values)), body: { values: row.values } },
    }
  })
}

// Columns --------------------------------------------------------------------------------------------

export const placeOf = (row: Row) => row.brand ?? row.tenant ?? 'no brand'
const names = (columns: Column[]) => columns.map(({ name }) => name)

function readable(table: Table, grants: Grants): string[] {
  return grants === 'as granted' && table.grants.select.length > 0
    ? table.grants.select
    : names(table.columns)
}

/** One column, and a value of it that fits in every row at once. */
function change({ table, rows, grants }: By): { columns: string[]; values: Record<string, unknown> } {
  const writable = names(table.columns.filter(({ generated }) => !generated))
  const granted = grants === 'as granted' ? table.grants.update : []
  const column = [...granted, 'updated_at', 'created_at', ...writable].find((name) => writable.includes(name))
  if (!column) throw new Error(`${table.name} has no column that could be changed.`)
  return { columns: [column], values: { [column]: rows[0]?.values[column] } }
}
