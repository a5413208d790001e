import { z } from 'zod'

/** One page of a list and the cursor of the next, or null at the end. */
export type Page<Row> = { rows: Row[]; next: string | null }

const cursorKeys = z.array(z.string()).min(1)

/** Queries ask for `limit + 1` rows: the extra one only says that there is more. */
export function toPage<Row>(rows: Row[], limit: number, keyOf: (row: Row) => string[]): Page<Row> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { rows: shown, next: hasMore ? encodeCursor(keyOf(last)) : null }
}

/**
 * The Data API filter for "after this row" in the order of `columns`, for `.or(…)`.
 * Columns must be NOT NULL and end in a unique one.
 * @returns null for a cursor that does not fit, so a stale link shows the first page
 */
export function afterCursor(
  columns: string[],
  cursor: string | undefined,
  direction: 'ascending' | 'descending' = 'ascending',
): string | null {
  const keys = cursor === undefined ? null : decodeCursor(cursor)
  if (!keys || keys.length !== columns.length) return null
  const beyond = direction === 'ascending' ? 'gt' : 'lt'
  return columns
    .map((column, depth) => {
      const equal = columns.slice(0, depth).map((name, at) => `${name}.eq.${quote(keys[at] ?? '')}`)
      const step = `${column}.${beyond}.${quote(keys[depth] ?? '')}`
      return equal.length === 0 ? step : `and(${[...equal, step].join(',')})`
    })
    .join(',')
}

function encodeCursor(keys: string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(keys))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function decodeCursor(cursor: string): string[] | null {
  if (!/^[\w-]+$/.test(cursor)) return null
  const binary = atobOrNull(cursor.replaceAll('-', '+').replaceAll('_', '/'))
  if (binary === null) return null
  const text = new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
  const keys = jsonKeys.safeParse(text)
  return keys.success ? keys.data : null
}

const jsonKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('not a cursor')
      return z.NEVER
    }
  })
  .pipe(cursorKeys)

/** A length of 1 more than a multiple of 4 is no base64; everything else of our alphabet is. */
function atobOrNull(base64: string): string | null {
  return base64.length % 4 === 1 ? null : atob(base64)
}

/** PostgREST reads a quoted value literally but for `"` and `\`. */
function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
