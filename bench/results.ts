import { cpus, loadavg, totalmem } from 'node:os'
import { type Budget, type Cell, type Findings, isMet, type Table } from './benchmark.ts'

export type Results = Findings & {
  name: string
  date: string
  seconds: number
  machine: ReturnType<typeof describeMachine>
}

export function describeMachine() {
  const processors = cpus()
  return {
    cores: processors.length,
    processor: processors[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    /** Of the last minute; above the cores, something else was running too. */
    load: Number(loadavg()[0]?.toFixed(1)),
  }
}

export function resultsAsText({ name, date, seconds, machine, tables, budgets }: Results): string {
  const { cores, processor, memoryGb, node, load } = machine
  return [
    `${name}, ${date.slice(0, 16).replace('T', ' ')} UTC, ${seconds} s`,
    `${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, load ${load}`,
    ...tables.map(tableAsText),
    tableAsText(budgetsAsTable(budgets)),
  ].join('\n\n')
}

function budgetsAsTable(budgets: Budget[]): Table {
  return {
    title: 'Budgets',
    columns: ['budget', 'at most', 'seen', ''],
    rows: budgets.map((budget) => [
      budget.name,
      `${budget.limit} ${budget.unit}`,
      `${shown(budget.seen)} ${budget.unit}`,
      isMet(budget) ? 'met' : 'MISSED',
    ]),
  }
}

/** Markdown, so that it can be kept in the docs as it is. */
export function tableAsText({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(shown))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length), 3))
  const isNumber = columns.map((_, at) => rows.every((row) => typeof row[at] !== 'string'))
  const asLine = (line: string[]) =>
    `| ${line.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (isNumber[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  const [head = [], ...body] = lines
  return [title, '', asLine(head), rule, ...body.map(asLine)].join('\n')
}

function shown(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell)
  return cell < 10 ? cell.toFixed(2) : cell.toFixed(1)
}
