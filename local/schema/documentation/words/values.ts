import type { Check } from '../catalog/constraints.ts'
import { code, list } from '../markdown.ts'
import { type Expression, readableSql, readExpression } from './expression.ts'

/** The words a column may hold, where a check names them. */
export function allowedValues(checks: readonly Check[], column: string): string[] | undefined {
  for (const check of checks) {
    const values = check.columns.length === 1 && check.columns[0] === column && valuesIn(check.expression)
    if (values) return values
  }
  return undefined
}

function valuesIn(expression: string): string[] | undefined {
  const found = /^\(+[a-z_]+\)?(?:::text)? = ANY \(+ARRAY\[(.*?)\]\)?(?:::text\[\])?\)+$/.exec(expression)
  const literals = found?.[1]?.matchAll(/'((?:[^']|'')*)'/g)
  return literals && [...literals].map((literal) => (literal[1] ?? '').replaceAll("''", "'"))
}

/** What the checks of one column ask for: `one of …`, `1 to 80 characters`. Empty where there are none. */
export function rulesOfColumn(checks: readonly Check[], column: string): string {
  return checks
    .filter((check) => check.columns.length === 1 && check.columns[0] === column)
    .map((check) => {
      const values = valuesIn(check.expression)
      return values ? `one of ${values.map(code).join(', ')}` : wordsOfColumn(check.expression, column)
    })
    .join('; ')
}

/** Checks over several columns, a sentence each. */
export function rulesOfRow(checks: readonly Check[]): string[] {
  return checks.filter((check) => check.columns.length !== 1).map((check) => implication(check.expression))
}

function wordsOfColumn(sql: string, column: string): string {
  const expression = readExpression(sql)
  const atoms = expression.kind === 'all' ? expression.parts : [expression]
  const bounds = range(atoms, column)
  if (bounds) return bounds
  const words = atoms.map((atom) => atom.kind === 'atom' && wordsOfAtom(atom.sql, column))
  return words.every((word) => typeof word === 'string') ? list(words) : code(readableSql(sql))
}

const measures: [RegExp, string][] = [
  [/^COL$/, ''],
  [/^char_length\(COL\)$/, ' characters'],
  [/^char_length\(btrim\(COL\)\)$/, ' characters, blanks at the ends not counted'],
  [/^octet_length\(COL\)$/, ' bytes'],
  [/^cardinality\(COL\)$/, ' entries'],
]

function bound(sql: string, column: string) {
  const found = /^(.*) (>=|<=|>|<|=) '?(-?[\d.]+)'?$/.exec(sql)
  const [, left = '', sign, limit = ''] = found ?? []
  const shape = left.replace(new RegExp(`\\b${column}\\b`), 'COL')
  const unit = measures.find(([form]) => form.test(shape))?.[1]
  return found && unit !== undefined ? { sign, limit: Number(limit).toLocaleString('en'), unit } : undefined
}

function range(atoms: readonly Expression[], column: string): string | undefined {
  const bounds = atoms.map((atom) => (atom.kind === 'atom' ? bound(atom.sql, column) : undefined))
  const [low, high] = bounds
  if (!low || bounds.length > 2) return undefined
  if (bounds.length === 2) {
    if (!high || low.unit !== high.unit || low.sign === '<' || low.sign === '<=') return undefined
    if (low.sign === '>=' && high.sign === '<=') return `${low.limit} to ${high.limit}${low.unit}`
    return `${one(low)} and ${one(high)}`
  }
  return one(low)
}

function one({ sign, limit, unit }: { sign: string | undefined; limit: string; unit: string }): string {
  if (sign === '>=') return `${limit}${unit} or more`
  if (sign === '<=') return `at most ${limit}${unit}`
  if (sign === '=') return `${limit}${unit}`
  return `${sign === '>' ? 'above' : 'below'} ${limit}${unit}`
}

function wordsOfAtom(sql: string, column: string): string | undefined {
  const limited = bound(sql, column)
  if (limited) return one(limited)
  if (sql === `jsonb_typeof(${column}) = 'object'`) return 'a JSON object'
  if (sql === `jsonb_typeof(${column}) = 'array'`) return 'a JSON array'
  if (sql === `${column} = lower(${column})`) return 'in lower case'
  if (sql === `${column} <> ''`) return 'not empty'
  const pattern = new RegExp(`^${column} ~ '(.*)'$`).exec(sql)?.[1]
  return pattern === undefined ? undefined : `matches ${code(pattern)}`
}

/** `status <> 'published' or x is not null` is said as: where status is published, x is set. */
function implication(sql: string): string {
  const expression = readExpression(sql)
  if (expression.kind === 'any' && expression.parts.length === 2) {
    const [first, second] = expression.parts
    const premise = first?.kind === 'atom' && /^(\w+) <> '(.*)'$/.exec(first.sql)
    const conclusion = second && setColumns(second)
    if (premise && conclusion)
      return `where ${code(premise[1] ?? '')} is ${code(premise[2] ?? '')}, ${conclusion}`
  }
  return code(readableSql(sql))
}

function setColumns(expression: Expression): string | undefined {
  const atoms = expression.kind === 'all' ? expression.parts : [expression]
  const columns = atoms.map((atom) => atom.kind === 'atom' && /^(\w+) is not null$/.exec(atom.sql)?.[1])
  if (!columns.every((column) => typeof column === 'string')) return undefined
  return `${list(columns.map(code))} ${columns.length > 1 ? 'are' : 'is'} set`
}
