import type postgres from 'postgres'

// Conditions left out --------------------------------------------------------------------------------

/** The expression without one operand of one AND or OR, each in turn. Postgres prints every operand in brackets. */
export function withoutOneCondition(expression: string): { left: string; instead: string }[] {
  const { word, operands } = operandsOf(expression)
  if (!word) return []
  return operands.flatMap((operand, place) => {
    const put = (instead: string[]) => `(${operands.toSpliced(place, 1, ...instead).join(` ${word} `)})`
    return [
      { left: inShort(operand), instead: put([]) },
      ...withoutOneCondition(operand).map(({ left, instead }) => ({ left, instead: put([instead]) })),
    ]
  })
}

function operandsOf(expression: string): { word: 'AND' | 'OR' | null; operands: string[] } {
  const inner = expression.startsWith('(') && expression.endsWith(')') ? expression.slice(1, -1) : expression
  const operands: string[] = []
  let word: 'AND' | 'OR' | null = null
  let [depth, begun, inText] = [0, 0, false]
  for (let at = 0; at < inner.length; at++) {
    const letter = inner.charAt(at)
    if (letter === "'") inText = !inText
    if (inText) continue
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
    const found =
      depth === 0 ? (['AND', 'OR'] as const).find((one) => inner.startsWith(` ${one} `, at)) : undefined
    if (!found) continue
    word = found
    operands.push(inner.slice(begun, at))
    begun = at + found.length + 2
  }
  return { word, operands: [...operands, inner.slice(begun)] }
}

/** As people write it: `brand_id = any brands_with('content.view')`. */
const inShort = (condition: string) =>
  condition
    .replaceAll(/= ANY \(ARRAY\( SELECT (?:private\.)?([a-z_]+\([^)]*\)) AS [a-z_]+\)\)/g, '= any $1')
    .replaceAll(
      /= ANY \(\(+ SELECT (?:private\.)?([a-z_]+\([^)]*\)) AS [a-z_]+\)+::[a-z]+\[\]\)/g,
      '= any $1',
    )
    .replaceAll(/\( SELECT (auth\.uid\(\)) AS uid\)/g, '$1')
    .replaceAll('::text', '')
    .replaceAll(/\b(AND|OR|IS|NOT|NULL)\b/g, (word) => word.toLowerCase())
    .replace(/^\((.*)\)$/, '$1')

// Permissions mistaken -------------------------------------------------------------------------------

/** For each permission those that differ from it by the fewest roles: the likeliest mistakes, and the hardest to see. */
export type Neighbours = ReadonlyMap<string, string[]>

export async function readNeighbours(db: postgres.Sql): Promise<Neighbours> {
  const rows = await db<{ permission: string; neighbours: string[] }[]>`
    with matrix as (
      select 'brands_with' as asked_by, role, permission from private.role_permissions
      union all
      select 'tenants_with', role, permission from private.tenant_role_permissions
    ), held as (
      select asked_by, permission, array_agg(role order by role) as roles from matrix group by 1, 2
    ), pairs as (
      select a.permission, b.permission as other, b.roles,
             (select count(*) from unnest(a.roles || b.roles) as role
               where not (role = any (a.roles) and role = any (b.roles))) as distance
        from held a join held b on a.asked_by = b.asked_by and a.roles <> b.roles
    ), nearest as (
      -- of permissions that the same roles hold, one stands for all
      select permission, min(other) as other, rank() over (partition by permission order by distance)
        from pairs group by permission, roles, distance
    )
    select permission, array_agg(other order by other) as neighbours from nearest where rank = 1 group by 1`
  return new Map(rows.map(({ permission, neighbours }) => [permission, neighbours]))
}

export function withNeighbour(expression: string, neighbours: Neighbours) {
  const asked = expression.matchAll(/(?<=(?:brands|tenants)_with\(')[^']+/g)
  return [...asked].flatMap(({ 0: from, index }) =>
    (neighbours.get(from) ?? []).map((to) => ({
      from,
      to,
      instead: expression.slice(0, index) + to + expression.slice(index + from.length),
    })),
  )
}
