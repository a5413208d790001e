import type { Sql } from 'postgres'
import { categories, refuseUnplaced } from '../../categories.ts'
import { readCatalog } from '../catalog/read.ts'
import { pageOf } from '../places.ts'
import { categoryPage } from './category.ts'
import { functionsPage } from './functions.ts'
import { permissionsPage } from './permissions.ts'
import { readmePage } from './readme.ts'

/** Every generated page of docs/schema: file name to text. The same database gives the same pages. */
export async function documentSchema(sql: Sql): Promise<Map<string, string>> {
  const catalog = await readCatalog(sql)
  refuseUnplaced(catalog.tables.map(({ id }) => id))
  return new Map([
    ['README.md', readmePage(catalog)],
    ['permissions.md', permissionsPage(catalog)],
    ['functions.md', functionsPage(catalog)],
    ...categories.map((category): [string, string] => [pageOf(category), categoryPage(category, catalog)]),
  ])
}
