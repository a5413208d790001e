/** A condition as the catalog prints it: fully parenthesised, so that its shape can be read without a grammar. */
export type Expression =
  | { kind: 'all' | 'any'; parts: Expression[] }
  | {
      kind: 'atom'
      /** SQL without casts of literals and without the parentheses around it. */
      sql: string
    }

export function readExpression(sql: string): Expression {
  const bare = withoutParentheses(sql.trim())
  for (const [word, kind] of [
    [' OR ', 'any'],
    [' AND ', 'all'],
  ] as const) {
    const parts = split(bare, word)
    if (parts.length > 1) return { kind, parts: parts.map(readExpression) }
  }
  return { kind: 'atom', sql: readableSql(bare) }
}

/** SQL as a person would have written it: without the casts, capitals and parentheses of the catalog's print. */
export function readableSql(sql: string): string {
  let text = sql
    .replace(/\s+/g, ' ')
    .replace(/'(-?[\d.]+)'::(bigint|numeric|integer)/g, '$1')
    .replace(
      /::(text|character varying(\(\d+\))?|jsonb|uuid|double precision|timestamp with time zone|numeric|bigint|integer)(\[\])?/g,
      '',
    )
    .replace(/\( SELECT (.*?) AS \w+\)/g, '(select $1)')
    .replace(/'(?:[^']|'')*'|"([a-z_]+)"/g, (whole, name) => name ?? whole)
    .replace(
      /\b(ARRAY|ANY|IS|DISTINCT|NOT|NULL|AT|TIME|ZONE|OR|AND|CASE|WHEN|THEN|ELSE|END|EXTRACT|FROM)\b/g,
      (word) => word.toLowerCase(),
    )
  for (let before = ''; before !== text; ) {
    before = text
    // A name, number or literal alone in parentheses that are no call's; and doubled parentheses.
    text = text.replace(/(^|[^\w)])\((-?[\w.]+|'[^']*')\)/g, '$1$2').replace(/\(\(([^()]*)\)\)/g, '($1)')
  }
  return withoutParentheses(text.trim())
}

function withoutParentheses(sql: string): string {
  if (!sql.startsWith('(') || closing(sql, 0) !== sql.length - 1) return sql
  return withoutParentheses(sql.slice(1, -1).trim())
}

function split(sql: string, word: string): string[] {
  // Inside a CASE the words stand at the top level without joining conditions.
  if (sql.startsWith('CASE ')) return [sql]
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < sql.length; at++) {
    if (sql[at] === '(') at = closing(sql, at)
    else if (sql[at] === "'") at = endOfLiteral(sql, at)
    else if (sql.startsWith(word, at)) {
      parts.push(sql.slice(start, at))
      start = at + word.length
      at = start - 1
    }
  }
  return [...parts, sql.slice(start)]
}

function closing(sql: string, open: number): number {
  let depth = 0
  for (let at = open; at < sql.length; at++) {
    if (sql[at] === "'") at = endOfLiteral(sql, at)
    else if (sql[at] === '(') depth++
    else if (sql[at] === ')' && --depth === 0) return at
  }
  throw new Error(`Unbalanced parentheses: ${sql}`)
}

/** A doubled quote ends one literal and begins the next at once: the walk over both comes out right. */
function endOfLiteral(sql: string, open: number): number {
  const end = sql.indexOf("'", open + 1)
  if (end < 0) throw new Error(`Unbalanced quotes: ${sql}`)
  return end
}

/** The names of types as people write them. */
export function shortTypes(text: string): string {
  return text
    .replaceAll('timestamp with time zone', 'timestamptz')
    .replaceAll('timestamp without time zone', 'timestamp')
    .replaceAll('character varying', 'varchar')
}
