import { type Category, categories, categoryOfTable } from '../categories.ts'
import { anchor } from './markdown.ts'

/** Where a category's page lies in docs/schema. */
export function pageOf(category: Category): string {
  return `${categories.indexOf(category) + 1}-${anchor(category.title)}.md`
}

/** `brands`, `private.link_tokens` */
export function shortName(table: string): string {
  return table.replace(/^public\./, '')
}

/** A link to a table's section; people are Supabase's own table. */
export function linkTo(table: string): string {
  if (table === 'auth.users') return 'a person (`auth.users`)'
  const name = shortName(table)
  return `[${name}](${pageOf(categoryOfTable(table))}#${anchor(name)})`
}
