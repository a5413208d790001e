import type { ForeignKey, Unique } from '../catalog/constraints.ts'
import type { Catalog, Table } from '../catalog/read.ts'
import type { Column } from '../catalog/tables.ts'
import { code, ended, list, table as markdownTable, page, prose, sentence } from '../markdown.ts'
import { linkTo, shortName } from '../places.ts'
import { readableSql, shortTypes } from '../words/expression.ts'
import { type Writers, writersOf } from '../words/routine.ts'
import { wordsOfTrigger } from '../words/trigger.ts'
import { rulesOfColumn, rulesOfRow } from '../words/values.ts'
import { accessTo } from './access.ts'

/** The section of one table. */
export function tableSection(table: Table, catalog: Catalog): string {
  return page(
    `## ${shortName(table.id)}`,
    table.comment !== null && ended(prose(table.comment)),
    columns(table),
    bullets('Relations', relations(table.foreignKeys)),
    bullets('Rules', rules(table)),
    `**Access**\n\n${accessTo(table, catalog)}`,
    written(writersOf(table.id, catalog.routines)),
    bullets('Triggers', table.triggers.map(wordsOfTrigger)),
  ).trimEnd()
}

function columns(table: Table): string {
  return markdownTable(
    ['column', 'type', 'null', 'default', 'about'],
    table.columns.map((column) => [
      code(column.name),
      shortTypes(column.type),
      column.nullable ? 'null' : '',
      defaultOf(column),
      [ended(prose(column.comment ?? '')), sentence(rulesOfColumn(table.checks, column.name))]
        .join(' ')
        .trim(),
    ]),
  )
}

function defaultOf({ expression, generated }: Column): string {
  if (expression === null) return ''
  return `${generated ? 'always ' : ''}${code(readableSql(expression))}`
}

/** A line for each place the table points to; columns that share target and fate share it. */
function relations(keys: readonly ForeignKey[]): string[] {
  const alike = Map.groupBy(keys, (key) => (isWhole(key) ? `${key.target} ${fateOf(key)}` : key))
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const sides = [first, ...others].map(({ columns }) => columns.map(code).join(' + '))
    return `${list(sides)} → ${linkTo(first.target)}: ${fateOf(first)}.`
  })
}

/** Whether its one column alone decides its fate. */
function isWhole({ columns, emptied }: ForeignKey): boolean {
  return columns.length === 1 && emptied.length < 2
}

function fateOf({ columns, onDelete, emptied }: ForeignKey): string {
  const named = emptied.length > 0 && emptied.length < columns.length ? `${list(emptied.map(code))} is ` : ''
  return {
    cascade: 'goes with it',
    'set null': `${named}set to nothing when it is deleted`,
    'set default': `${named}set to its default when it is deleted`,
    restrict: 'its deletion is refused while this row stands',
    'no action': 'its deletion is refused while this row stands',
  }[onDelete]
}

function rules(table: Table): string[] {
  const said = table.uniques.filter(
    (unique) => !(unique.primary && unique.columns.join() === 'id') && !isImplied(unique, table.uniques),
  )
  return [...said.map(uniqueness), ...rulesOfRow(table.checks).map(sentence)]
}

/** A key that contains another is there for composite foreign keys, and says nothing new. */
function isImplied(unique: Unique, all: readonly Unique[]): boolean {
  return all.some(
    ({ columns, where }) =>
      where === null &&
      columns.length < unique.columns.length &&
      columns.every((column) => unique.columns.includes(column)),
  )
}

function uniqueness({ primary, columns, where, nullsNotDistinct }: Unique): string {
  const nulls = nullsNotDistinct ? ', null counting as a value' : ''
  const among = where === null ? '' : ` among rows where ${code(readableSql(where))}`
  return `${columns.map(code).join(' + ')}: ${primary ? 'the primary key' : 'unique'}${among}${nulls}.`
}

/** "added and changed by `a`; deleted by `b`" */
function written(writers: Writers): string | false {
  const verbs = [
    ['added', writers.insert],
    ['changed', writers.update],
    ['deleted', writers.delete],
  ] as const
  const alike = Map.groupBy(verbs, ([, names]) => list(names.map(code)))
  const said = [...alike].filter(([names]) => names !== '')
  if (said.length === 0) return false
  return `**By functions:** ${said.map(([names, same]) => `${list(same.map(([verb]) => verb))} by ${names}`).join('; ')}.`
}

function bullets(title: string, lines: readonly string[]): string | false {
  return lines.length > 0 && [`**${title}**`, '', ...lines.map((line) => `- ${line}`)].join('\n')
}
