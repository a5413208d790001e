import { type Category, categories, categoryOfTable } from '../../categories.ts'
import { homeOf } from '../../export/placement.ts'
import type { Catalog } from '../catalog/read.ts'
import type { Routine } from '../catalog/routines.ts'
import { anchor, code, ended, list, page, prose, table } from '../markdown.ts'
import { linkTo } from '../places.ts'
import { readableSql, shortTypes } from '../words/expression.ts'
import { reachOf } from '../words/routine.ts'

const audit = ['public.audit_logs', 'private.audit_heads']

/** What the Data API offers, by category: `rpc('create_post', …)`. */
export function functionsPage(catalog: Catalog): string {
  return page(
    '# Functions',
    '[All categories](README.md) · [permissions](permissions.md)',
    'Every function of `public`: what the Data API offers as `rpc`. Each is one intent in one transaction. An expected no is SQLSTATE `P0001` with a stable code as its message and facts as JSON detail; what is absent and what is hidden get the same answer. Permissions, tables and codes are those that the function or a private helper of it names; what triggers do comes on top.',
    ...categories.flatMap((category) => {
      const routines = functionsOf(category, catalog)
      if (routines.length === 0) return []
      return [
        `## ${category.title}`,
        table(
          ['function', 'what it does', 'for'],
          routines.map((routine) => [
            `[${routine.name}](#${anchor(routine.name)})`,
            ended(prose(routine.comment ?? '')),
            callersOf(routine),
          ]),
        ),
        ...routines.map((routine) => section(routine, catalog)),
      ]
    }),
  )
}

/** The exposed functions that serve a table of the category, as the export places them. */
export function functionsOf(category: Category, { routines }: Catalog): Routine[] {
  return routines.filter(
    (routine) => routine.schema === 'public' && categoryOfTable(homeOfRoutine(routine)) === category,
  )
}

function homeOfRoutine({ name, body, rowTypes }: Routine): string {
  return homeOf({ name: `public.${name}`, signature: `public.${name}`, body, rowTypes, firedBy: [] })
}

function callersOf({ name, callers }: Routine): string {
  if (callers.includes('anon')) return "anyone with the link's token"
  if (callers.includes('authenticated')) return 'whoever is signed in'
  if (callers.includes('service_role')) return 'the secret key alone'
  throw new Error(`Nobody may call public.${name}: it belongs into private.`)
}

function section(routine: Routine, catalog: Catalog): string {
  const { permissions, refusals, written, tasks } = reachOf(routine, catalog.routines)
  const changed = written.filter((id) => !audit.includes(id))
  return page(
    `### ${routine.name}`,
    ended(prose(routine.comment ?? '')),
    ['```sql', signature(routine), '```'].join('\n'),
    [
      permissions.length > 0 && `- asks for ${list(permissions.map(code))}`,
      changed.length > 0 && `- writes ${list(changed.map(linkTo))}`,
      written.length > changed.length && '- is audited',
      tasks.length > 0 && `- wakes the worker for ${list(tasks.map(code))}`,
      refusals.length > 0 && `- refuses with ${list(refusals.map(code))}`,
    ]
      .filter(Boolean)
      .join('\n'),
  ).trimEnd()
}

/** On one line while it fits the eye; else an argument a line. */
function signature({ name, arguments: given, result }: Routine): string {
  const args = shortTypes(readableSql(given).replaceAll(' DEFAULT ', ' default '))
  const returns = shortTypes(result.replace(/^TABLE/, 'table').replace(/^SETOF/, 'setof'))
  const line = `${name}(${args}) returns ${returns}`
  return line.length <= 100 ? line : `${name}(\n  ${args.replaceAll(', ', ',\n  ')}\n) returns ${returns}`
}
