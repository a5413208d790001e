import { type Category, categories } from '../../categories.ts'
import type { Catalog } from '../catalog/read.ts'
import { anchor, code, ended, page, prose, sentence } from '../markdown.ts'
import { pageOf, shortName } from '../places.ts'
import { wordsOf } from '../words/policy.ts'
import { wordsOfTrigger } from '../words/trigger.ts'
import { verbs } from './access.ts'
import { diagram } from './diagram.ts'
import { functionsOf } from './functions.ts'
import { tableSection } from './table.ts'

/** One page a category: its tables in the order in which categories.ts names them. */
export function categoryPage(category: Category, catalog: Catalog): string {
  const tables = tablesOf(category, catalog)
  return page(
    `# ${categories.indexOf(category) + 1}. ${category.title}`,
    '[All categories](README.md) · [how to read a table](README.md#how-to-read-a-table) · [functions](functions.md) · [permissions](permissions.md)',
    tables.map((table) => `- ${contentsLine(table.id, table.comment)}`).join('\n'),
    diagram(tables, { all: catalog.tables, outside: true }),
    functionsLine(category, catalog),
    ...tables.map((table) => tableSection(table, catalog)),
    category.title === 'Media management' && storageSection(catalog),
    category.title === 'Brand and identity' && signUpSection(catalog),
  )
}

export function tablesOf(category: Category, catalog: Catalog) {
  return category.tables.map((id) => {
    const table = catalog.tables.find((one) => one.id === id)
    if (!table) throw new Error(`${id} is not in the database.`)
    return table
  })
}

function contentsLine(id: string, comment: string | null): string {
  const name = shortName(id)
  return `[${name}](#${anchor(name)}): ${ended(prose(comment ?? ''))}`
}

function functionsLine(category: Category, catalog: Catalog): string | false {
  const names = functionsOf(category, catalog).map(({ name }) => `[${name}](functions.md#${anchor(name)})`)
  return names.length > 0 && `Functions: ${names.join(', ')}.`
}

function storageSection({ buckets, storagePolicies }: Catalog): string {
  return page(
    '## Files',
    buckets
      .map(({ id, public: open, sizeLimit, types }) => {
        const limits = [
          open ? 'public' : 'private',
          sizeLimit !== null && `up to ${(sizeLimit / 1024 / 1024).toLocaleString('en')} MB a file`,
          types.length > 0 && `types ${types.map(code).join(', ')}`,
        ]
        return `The bytes lie in Storage, bucket ${code(id)}: ${limits.filter(Boolean).join('; ')}.`
      })
      .join('\n'),
    storagePolicies
      .map(({ verb, using, check }) => {
        const doing = verb === 'all' ? 'do anything' : verbs[verb]
        return `- **${sentence(doing).slice(0, -1)}**: where ${wordsOf(using ?? check ?? 'true')}.`
      })
      .join('\n'),
    'Nothing changes or deletes a file but the worker.',
  ).trimEnd()
}

function signUpSection({ foreignTriggers }: Catalog): string | false {
  if (foreignTriggers.length === 0) return false
  return page(
    '## At sign-up',
    foreignTriggers.map((trigger) => `- On ${code(trigger.table)}: ${wordsOfTrigger(trigger)}`).join('\n'),
  ).trimEnd()
}

export function overviewLine(category: Category): string {
  return `[${categories.indexOf(category) + 1}. ${category.title}](${pageOf(category)})`
}
