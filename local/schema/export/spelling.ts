/** Postgres deparses in its own manner; these give back the spelling of our migrations, to the same meaning. */

const literal = `'(?:[^']|'')*'`
const opaque = new RegExp(`${literal}|"(?:[^"]|"")*"`, 'g')
const inList = new RegExp(
  String.raw`((?:\w|\.|"[^"]*")+)(?:::text)? = any \(array\[((?:${literal}::(?:text|character varying)(?:, )?)+)\](?:::text\[\])?\)`,
  'g',
)
const castLiteral = new RegExp(`(${literal})::(?:text|character varying)(?!\\[)`, 'g')

/** An expression, constraint, index, trigger or function head as we write it. */
export function respell(sql: string): string {
  return shortTypes(
    lowerCase(sql)
      // Also because a varchar's `in` list is deparsed into a form that is parsed into yet another one.
      .replace(inList, (_, column, values) => `${column} in (${values})`)
      .replace(castLiteral, '$1')
      .replace(/\( select ((?:\w+\.)?(\w+)\([^()]*\)(?:::\w+)?) as \2\)/g, '(select $1)')
      .replace(/\(\((array\(select [^()]*\([^()]*\)(?:::\w+)?\))\)\)/g, '($1)')
      .replace(/(?<![\w.])\((\w+ = any \(array\(select [^()]*\([^()]*\)\)\))\)/g, '$1')
      .replace(/ using btree/, ''),
  )
}

/** What follows `default`; a literal's cast to the very type it is for goes without saying. */
export function respellDefault(sql: string): string {
  if (/^'\d+'::bigint$/.test(sql)) return sql.replace(/\D/g, '')
  return respell(sql).replace(new RegExp(`^(${literal}|null)::[\\w ]+(\\[\\])?$`), '$1')
}

export function shortTypes(sql: string): string {
  return sql
    .replaceAll('timestamp with time zone', 'timestamptz')
    .replaceAll('timestamp without time zone', 'timestamp')
    .replaceAll('character varying', 'varchar')
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Breaks a long condition before each `or`, else each `and`, that stands outside all brackets. */
export function foldCondition(condition: string, indent: string): string {
  if (condition.length <= 90) return condition
  const folded = foldBefore(' or ', condition, indent)
  return folded === condition ? foldBefore(' and ', condition, indent) : folded
}

function foldBefore(word: string, condition: string, indent: string): string {
  let depth = 0
  return condition.replace(new RegExp(`${literal}|[()]|${word}`, 'g'), (token) => {
    if (token === '(') depth++
    if (token === ')') depth--
    return depth === 0 && token === word ? `\n${indent}${word.trimStart()}` : token
  })
}

function lowerCase(sql: string): string {
  let result = ''
  let end = 0
  for (const match of sql.matchAll(opaque)) {
    result += sql.slice(end, match.index).toLowerCase() + match[0]
    end = match.index + match[0].length
  }
  return result + sql.slice(end).toLowerCase()
}
