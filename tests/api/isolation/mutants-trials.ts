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
  words: string
  call: Call
}

export type Miss = { trial: Trial; answer: Answer; kind: MissKind }
export type MissKind = 'leak' | 'wrong denial' | 'another no'

/** The first answer that is not the contract's; in handfuls, since a mutant is mostly noticed at once. */
export async function firstMiss(db: postgres.Sql, trials: Trial[]): Promise<Miss | null> {
  const handful = trials.slice(0, 60)
  if (handful.length === 0) return null
  const [miss] = await missesAmong(db, handful)
  return miss ?? (await firstMiss(db, trials.slice(handful.length)))
}

export async function missesAmong(db: postgres.Sql, trials: Trial[]): Promise<Miss[]> {
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

type By = { actor: Actor; table: Table; rows: Row[]; grants: Grants; facts: Facts }

/** All trials of one table, for every actor; `first` is asked first. */
export function trialsOf(world: World, table: Table, grants: Grants, first: Command = 'select'): Trial[] {
  const rows = world.rows.filter((row) => row.table === table.name)
  const bys = world.actors.map((actor): By => ({ actor, table, rows, grants, facts: world.facts }))
  const inOrder = [first, ...commands.filter((command) => command !== first)]
  return inOrder.flatMap((command) => bys.flatMap((by) => trialsBy(world, by, command)))
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

type Statement = { statement: string; body: Record<string, unknown> }

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
      words: `${actor.name}: insert into ${placeOf(row)} (${kindOf(row, actor, facts)}), ${outcome}`,
      call: { as: actor, statement: insert(table, Object.keys(row.values)), body: { values: row.values } },
    }
  })
}

// Rows handed over -----------------------------------------------------------------------------------

/** A row handed to another brand, agency or person: named by its key, and without a filter. */
function movesOf(by: By): Trial[] {
  const kinds = oneOfEachKind(by, by.rows)
  return owningColumns(by.table).flatMap((columns) => {
    const [owner = ''] = columns
    const targets = [...Map.groupBy(kinds, ({ values }) => values[owner]).values()]
    return targets.flatMap(([to]) => {
      if (!to) return []
      const elsewhere = kinds.filter(({ values }) => values[owner] !== to.values[owner])
      return [...elsewhere.map((from) => moveOf(by, from, to, columns)), ...moveOfAll(by, to, columns)]
    })
  })
}

function moveOf(by: By, from: Row, to: Row, columns: string[]): Trial {
  const may = rulesOf(by)
  const after = handedOver(by, from, to, columns)
  const within = may.update(from) && may.select(from)
  const outcome = !within ? 'hidden' : may.update(after) && may.select(after) ? 'allowed' : 'refused'
  const statement = update(by.table, columns)
  const words = `move from ${placeOf(from)}`
  return toMove(by, { outcome, count: 1, to, columns, statement, body: named([from]), words })
}

/** Where some of the rows may be handed over and others not, which error comes first is chance: not asked. */
function moveOfAll(by: By, to: Row, columns: string[]): Trial[] {
  const may = rulesOf(by)
  const reached = by.rows.filter(may.update)
  const permitted = reached.filter((row) => may.update(handedOver(by, row, to, columns)))
  if (permitted.length > 0 && permitted.length < reached.length) return []
  const outcome = reached.length === 0 ? 'hidden' : permitted.length > 0 ? 'allowed' : 'refused'
  const statement = updateAll(by.table, columns)
  const words = 'move without a filter'
  return [toMove(by, { outcome, count: reached.length, to, columns, statement, body: {}, words })]
}

type Move = Statement & Pick<Trial, 'outcome' | 'count' | 'words'> & { to: Row; columns: string[] }

const toMove = ({ actor }: By, { outcome, count, to, columns, statement, body, words }: Move): Trial => ({
  command: 'move',
  outcome,
  count,
  mayBeStopped: true,
  words: `${actor.name}: ${words} to ${placeOf(to)} by ${columns.join(', ')}, ${outcome}`,
  call: { as: actor, statement, body: { ...body, values: valuesOf(to, columns) } },
})

function rulesOf({ actor, table, facts }: By) {
  const entry = contract[table.name] ?? {}
  const rule = (command: 'update' | 'select') => (row: Row) =>
    actor.id !== null && entry[command]?.holds(actor, row, facts) === true
  return { update: rule('update'), select: rule('select') }
}

function handedOver({ table }: By, row: Row, to: Row, columns: string[]): Row {
  const values = { ...row.values, ...valuesOf(to, columns) }
  const toPerson = table.name !== 'public.profiles' && personColumns.includes(columns[0] ?? '')
  return toPerson ? { ...row, values } : { ...row, values, brand: to.brand, tenant: to.tenant }
}

const personColumns = ['user_id', 'client_id']

/** What says whose a row is. A brand's agency comes with it: composite keys allow no other. */
function owningColumns({ name, columns }: Table): string[][] {
  const has = (wanted: string) => columns.some((column) => column.name === wanted && !column.generated)
  if (['public.brands', 'public.tenants'].includes(name)) return [['id']]
  const place = has('brand_id') ? ['brand_id', 'tenant_id'] : ['tenant_id']
  return [place.filter(has), ...personColumns.filter(has).map((column) => [column])].filter(
    ({ length }) => length > 0,
  )
}

/** Of rows that the contract cannot tell apart for this actor, one. */
function oneOfEachKind({ actor, facts }: By, rows: Row[]): Row[] {
  const kinds = Map.groupBy(rows, (row) => [row.brand, row.tenant, kindOf(row, actor, facts)].join())
  return [...kinds.values()].flatMap(([first]) => first ?? [])
}

// Columns --------------------------------------------------------------------------------------------

const placeOf = (row: Row) => row.brand ?? row.tenant ?? 'no brand'
const valuesOf = ({ values }: Row, columns: string[]) =>
  Object.fromEntries(columns.map((name) => [name, values[name]]))
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
