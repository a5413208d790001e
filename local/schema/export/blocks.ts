import type { Catalog, Part, Policy, SqlFunction, Table } from './catalog.ts'
import { functionText } from './function-text.ts'
import { fileNumber, fileOfPart, homeOf, standsWithTable, tableOrder } from './placement.ts'
import * as text from './table-text.ts'

/** A catalog with what the files need to know of it at once. */
export type Export = {
  catalog: Catalog
  /** The `insert` of each reference table. */
  rows: Map<string, string>
  /** Each function's table, by signature. */
  homes: Map<string, string>
  /** Signatures of the functions that defaults, checks, triggers and policies call: they come before the tables. */
  supporting: Set<string>
}

export function exportOf(catalog: Catalog, rows: Map<string, string>): Export {
  const callers = catalog.tables.flatMap((table) => [...table.columns, ...partsOf(table)])
  return {
    catalog,
    rows,
    homes: new Map(catalog.functions.map((each) => [each.signature, homeOf(each)])),
    supporting: new Set(callers.flatMap(({ functions }) => functions)),
  }
}

function partsOf({ constraints, indexes, triggers, policies }: Table): Pick<Part, 'functions'>[] {
  return [...constraints, ...indexes, ...triggers, ...policies]
}

/** A table with all that can already stand: constraints, comments, indexes, triggers, grants, policies, rows. */
export function tableBlock({ catalog, rows, homes }: Export, name: string): string {
  const table = catalog.tables.find((candidate) => candidate.name === name)
  if (!table) throw new Error(`There is no table ${name}.`)
  const stands = (part: Part | Policy) => standsWithTable(name, part, homes)
  const constraints = table.constraints.filter(stands)
  return paragraphs([
    [text.tableText(table, constraints), ...text.tableComments({ ...table, constraints })],
    table.indexes.flatMap((index) => text.indexText(table, index)),
    table.triggers.filter(stands).flatMap((trigger) => text.triggerText(table, trigger)),
    [...rowSecurityText(table), ...text.grantText(table.grants, name)],
    table.policies.filter(stands).flatMap((policy) => text.policyText(table, policy)),
    rowsText(rows, name),
  ])
}

/** Parts of this and earlier tables that had to wait for a table or function of this file. */
export function waitingBlocks({ catalog, rows, homes }: Export, file: number): string[] {
  const inOrder = catalog.tables.toSorted((a, b) => tableOrder.indexOf(a.name) - tableOrder.indexOf(b.name))
  return inOrder.map((table) => {
    const waits = (part: Part | Policy) =>
      fileOfPart(table.name, part, homes) === file && !standsWithTable(table.name, part, homes)
    const policies = table.policies.filter(waits)
    return paragraphs([
      // A bucket comes with the policies of what lies in it.
      policies.length > 0 && table.name === 'storage.objects' ? rowsText(rows, 'storage.buckets') : [],
      table.constraints.filter(waits).flatMap((constraint) => text.constraintText(table, constraint)),
      table.triggers.filter(waits).flatMap((trigger) => text.triggerText(table, trigger)),
      policies.flatMap((policy) => text.policyText(table, policy)),
    ])
  })
}

/** The functions that tables rest on, in the file of their homes. */
export function supportingBlocks({ catalog, homes, supporting }: Export, file: number): string[] {
  return catalog.functions
    .filter(({ signature }) => supporting.has(signature) && fileNumber(String(homes.get(signature))) === file)
    .map(functionBlock)
}

/** All others, which people and the worker call, or these do. */
export function functionBlocks({ catalog, homes, supporting }: Export, tables: readonly string[]): string[] {
  return catalog.functions
    .filter(({ signature }) => !supporting.has(signature) && tables.includes(String(homes.get(signature))))
    .map(functionBlock)
}

function functionBlock(each: SqlFunction): string {
  return functionText(each).join('\n')
}

function rowSecurityText({ name, rowSecurity }: Table): string[] {
  return rowSecurity ? [`alter table ${name} enable row level security;`] : []
}

function rowsText(rows: Map<string, string>, table: string): string[] {
  const insert = rows.get(table)
  return insert === undefined ? [] : [insert]
}

function paragraphs(groups: string[][]): string {
  return groups
    .filter((group) => group.length > 0)
    .map((group) => group.join('\n'))
    .join('\n\n')
}
