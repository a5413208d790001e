export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`'
  return `${fence}${text}${fence}`
}

/** A pipe would end a cell, in code too; GitHub takes the backslash away. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  centred = false,
): string {
  const rule = head.map((_, column) => (centred && column > 0 ? ':-:' : '---'))
  const lines = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')),
  )
  return lines
    .toSpliced(1, 0, rule)
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

/** Text of a comment, whose angle brackets are no tags. */
export function prose(text: string): string {
  return text.replaceAll('<', '&lt;')
}

/** `a`, `a and b`, `a, b and c` */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** With its full stop. Comments stay as they were written, since they may begin with a value or a column's name. */
export function ended(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`
}

export function sentence(text: string): string {
  return ended(`${text.slice(0, 1).toUpperCase()}${text.slice(1)}`)
}

/** GitHub's address of a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')
}

export function page(...blocks: (string | false | undefined)[]): string {
  return `${blocks.filter((block) => block).join('\n\n')}\n`
}
