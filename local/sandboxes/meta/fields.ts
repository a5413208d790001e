import { GraphError, invalidParameter } from './errors.ts'

/** One entry of a `fields` parameter: `name`, `name.limit(3)`, `name{inner,inner}`. */
export interface FieldRequest {
  name: string
  inner: FieldRequest[] | null
}

/**
 * What a node can tell, by field; undefined leaves the field out, as the platform does for empty ones.
 * Linked nodes show only their id unless inner fields are asked for.
 */
export type FieldSources<Node> = Readonly<Record<string, (node: Node, isExpanded: boolean) => unknown>>

/** Reads the `fields` language. Modifiers such as `.limit(0)` and `.type(large)` are understood and passed over. */
export function parseFields(text: string): FieldRequest[] {
  let at = 0
  const syntaxError = () =>
    new GraphError(
      `Syntax error "Unexpected ${text[at] ? `'${text[at]}'` : 'end of string'}." at character ${at}`,
      {
        code: 2500,
      },
    )

  function list(closing: '}' | ''): FieldRequest[] {
    const found: FieldRequest[] = []
    for (;;) {
      found.push(field())
      const next = text[at] ?? ''
      if (next === closing) return found
      if (next !== ',') throw syntaxError()
      at += 1
    }
  }

  function field(): FieldRequest {
    const word = /^\s*([a-z_][a-z0-9_]*)((?:\.[a-z_]+\([^)]*\))*)\s*/i.exec(text.slice(at))
    const name = word?.[1]
    if (!word || !name) throw syntaxError()
    at += word[0].length
    if (text[at] !== '{') return { name, inner: null }
    at += 1
    const inner = list('}')
    at += 1
    return { name, inner }
  }

  return list('')
}

/** The node's answer: what was asked for, and always its id. */
export function pick<Node>(
  typeName: string,
  sources: FieldSources<Node>,
  node: Node,
  asked: FieldRequest[],
): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  for (const { name, inner } of asked) {
    const source = sources[name]
    if (!source)
      throw invalidParameter(`Tried accessing nonexisting field (${name}) on node type (${typeName})`)
    const value = source(node, inner !== null)
    if (value !== undefined) answer[name] = inner ? within(value, inner) : value
  }
  if (answer.id === undefined && sources.id) answer.id = sources.id(node, false)
  return answer
}

/** All that a node can tell, for whoever then keeps the inner fields asked for. */
export function everythingOf<Node>(sources: FieldSources<Node>, node: Node): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, source(node, true)]))
}

/** Keeps the inner fields of an object, of each in a list, or of each in an edge's `data`. */
function within(value: unknown, asked: FieldRequest[]): unknown {
  if (Array.isArray(value)) return value.map((item) => within(item, asked))
  if (typeof value !== 'object' || value === null) return value
  if ('data' in value) return { ...value, data: within(value.data, asked) }
  const kept: Record<string, unknown> = {}
  const entries = new Map(Object.entries(value))
  for (const { name, inner } of asked) {
    const part = entries.get(name)
    if (part !== undefined) kept[name] = inner ? within(part, inner) : part
  }
  return kept
}
