import type postgres from 'postgres'
import { categories, exportFiles, refuseUnplaced } from '../categories.ts'
import {
  type Export,
  exportOf,
  functionBlocks,
  supportingBlocks,
  tableBlock,
  waitingBlocks,
} from './blocks.ts'
import { readCatalog, type Schema } from './catalog.ts'
import { refuseStaleDeclarations } from './placement.ts'
import { readRows } from './rows.ts'
import * as text from './table-text.ts'

/** The five files of a database's schema, by name. The same schema gives the same bytes. */
export async function exportSchema(sql: postgres.Sql): Promise<Map<string, string>> {
  const catalog = await readCatalog(sql)
  refuseUnplaced(catalog.tables.filter(({ ours }) => ours).map(({ name }) => name))
  refuseStaleDeclarations(catalog)
  const whole = exportOf(catalog, await readRows(sql))
  return new Map(exportFiles.map((name, file) => [`${name}.sql`, fileText(whole, file)]))
}

function fileText(whole: Export, file: number): string {
  const blocks = [
    header(file),
    ...(file === 0 ? [whole.catalog.schemas.map(schemaText).join('\n'), defaultPrivileges()] : []),
    ...titled('What the tables below rest on', supportingBlocks(whole, file)),
    ...categories.flatMap((category, index) => {
      if (category.file !== exportFiles[file]) return []
      const title = `${index + 1}. ${category.title}`
      const homes = index === 0 ? ['foundations', ...category.tables] : category.tables
      return [
        ...titled(
          title,
          category.tables.map((table) => tableBlock(whole, table)),
        ),
        ...titled(`${title}: functions`, functionBlocks(whole, homes)),
      ]
    }),
    ...titled('What had to wait for the tables and functions above', waitingBlocks(whole, file)),
    'commit;',
  ]
  return `${blocks.join('\n\n')}\n`
}

function header(file: number): string {
  return [
    `-- ${file + 1} of ${exportFiles.length}, made by \`npm run db:export\` from the catalog of a migrated database: do not edit.`,
    '-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.',
    'begin;',
    'set local check_function_bodies = off; -- some name tables of later files',
    "set local search_path = '';",
  ].join('\n')
}

function schemaText({ name, comment, grants }: Schema): string {
  return [
    `create schema ${name};`,
    ...text.grantText(grants, `schema ${name}`),
    ...text.commentOn(`schema ${name}`, comment),
  ].join('\n')
}

/** Of those that a Supabase project may have for schema public, the catalog here has no trace: taken back anyway. */
function defaultPrivileges(): string {
  return [
    "alter role authenticator set pgrst.db_pre_request = 'public.check_request';",
    'alter default privileges revoke execute on functions from public;',
    ...['tables', 'sequences', 'functions'].map(
      (kind) =>
        `alter default privileges in schema public revoke all on ${kind} from anon, authenticated, service_role;`,
    ),
  ].join('\n')
}

function titled(title: string, blocks: string[]): string[] {
  const filled = blocks.filter(Boolean)
  return filled.length === 0 ? [] : [`-- ${title} `.padEnd(100, '-'), ...filled]
}
