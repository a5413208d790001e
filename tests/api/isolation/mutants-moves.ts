import type { Table } from './catalog.ts'
import { contract, kindOf, type Row } from './contract.ts'
import { type By, placeOf, type Statement, type Trial } from './mutants-trials.ts'
import { named, update, updateAll } from './sql-door.ts'

/** A row handed to another brand, agency or person: named by its key, and without a filter. */
export function movesOf(by: By): Trial[] {
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
  return toMove(by, { outcome, byKey: true, count: 1, to, columns, statement, body: named([from]), words })
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
  return [
    toMove(by, { outcome, byKey: false, count: reached.length, to, columns, statement, body: {}, words }),
  ]
}

type Move = Statement & Pick<Trial, 'outcome' | 'byKey' | 'count' | 'words'> & { to: Row; columns: string[] }

const toMove = ({ actor }: By, { to, columns, statement, body, words, ...asked }: Move): Trial => ({
  ...asked,
  command: 'move',
  mayBeStopped: true,
  words: `${actor.name}: ${words} to ${placeOf(to)} by ${columns.join(', ')}, ${asked.outcome}`,
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

const valuesOf = ({ values }: Row, columns: string[]) =>
  Object.fromEntries(columns.map((name) => [name, values[name]]))
