import { categories, categoryOfTable, exportFiles } from '../categories.ts'
import type { Catalog, Part, SqlFunction } from './catalog.ts'

/**
 * Functions that no table of their signature or body places well, and the table they serve. `foundations` is what
 * everything stands on, at the top of the first file.
 */
const declared: Record<string, string> = {
  'private.now': 'foundations',
  'private.moment': 'foundations',
  'private.refuse': 'foundations',
  'private.refuse_change': 'foundations',
  'private.touch_updated_at': 'foundations',
  'private.utf16_length': 'foundations',
  'private.is_time_zone': 'public.profiles',
  'private.check_time_zone': 'public.profiles',
  'public.check_request': 'private.role_permissions',
  'private.slugify': 'public.brands',
  'private.brand_code': 'public.brands',
  'private.deletion_grace': 'public.brands',
  'private.brands_to_purge': 'public.brands',
  'private.refuse_writing_leaving': 'public.brands',
  'private.can': 'private.role_permissions',
  'private.ceiling': 'private.ceilings',
  'private.lock_inviting': 'public.brand_invitations',
  'private.token_hash': 'private.link_tokens',
  'public.peek_portal_link': 'private.link_tokens',
  'private.digest_of': 'public.content_items',
  'private.words_in': 'private.searched_posts',
  'private.post_words': 'private.searched_posts',
  'private.quarter_of': 'private.searched_posts',
  'private.word_keys': 'private.searched_posts',
  'private.words_query': 'private.searched_posts',
  'public.search_posts': 'private.searched_posts',
  'private.audit': 'public.audit_logs',
  'private.backoff': 'public.publish_jobs',
  'private.format_of': 'public.publish_jobs',
  'private.next_look': 'public.publish_jobs',
  'public.mark_job_live': 'public.publish_jobs',
  'private.next_permalink_look': 'public.publish_jobs',
  'private.mode_steps': 'public.workflow_templates',
  'private.permission_to_decide': 'public.approval_requests',
  'public.verify_audit_log': 'public.audit_logs',
}

/** Tables in the order in which the five files make them. */
export const tableOrder: string[] = ['foundations', ...exportFiles.flatMap(tablesOf)]

export function tablesOf(file: string): string[] {
  return categories.filter((category) => category.file === file).flatMap(({ tables }) => [...tables])
}

/** The table a function lives with: of its signature, else the one its body is mostly about. */
export function homeOf({
  name,
  signature,
  rowTypes,
  firedBy,
  body,
}: Pick<SqlFunction, 'name' | 'signature' | 'rowTypes' | 'firedBy' | 'body'>): string {
  const stated = declared[name]
  if (stated) return stated
  if (rowTypes.length > 0) return lastOf(rowTypes)
  const candidates = [mostNamedIn(body), firedBy.length === 1 ? firedBy[0] : undefined]
  const known = candidates.filter((table) => table !== undefined && tableOrder.includes(table))
  if (known.length === 0) {
    throw new Error(
      `${signature} is about no table: say which one it serves in local/schema/export/placement.ts.`,
    )
  }
  return lastOf(known)
}

export function refuseStaleDeclarations({ functions }: Catalog): void {
  const names = new Set(functions.map(({ name }) => name))
  const gone = Object.keys(declared).filter((name) => !names.has(name))
  if (gone.length > 0) {
    throw new Error(
      `Placed in local/schema/export/placement.ts, but not in the database: ${gone.join(', ')}.`,
    )
  }
}

/** The number of the file that makes a table: 0 to 4, and -1 for what Supabase itself brings. */
export function fileNumber(table: string): number {
  if (table === 'foundations') return 0
  if (/^(auth|storage)\./.test(table)) return -1
  return exportFiles.indexOf(categoryOfTable(table).file)
}

/** The first file in which a part of a table can stand: where the last thing it rests on is made. */
export function fileOfPart(
  table: string,
  part: Pick<Part, 'tables' | 'functions'>,
  homes: Map<string, string>,
) {
  const places = [table, ...part.tables, ...part.functions.map((signature) => homes.get(signature) ?? table)]
  return Math.max(...places.map(fileNumber))
}

/** Whether a part can stand beside its own table, or waits for a later one. */
export function standsWithTable(
  table: string,
  part: Pick<Part, 'tables' | 'functions'>,
  homes: Map<string, string>,
) {
  return (
    fileNumber(table) === fileOfPart(table, part, homes) &&
    part.tables.every((other) => tableOrder.indexOf(other) <= tableOrder.indexOf(table))
  )
}

function mostNamedIn(body: string): string | undefined {
  const counted = tableOrder.map((table) => ({
    table,
    times: body.match(new RegExp(`\\b${table.replace('.', '\\.')}\\b`, 'g'))?.length ?? 0,
  }))
  const most = Math.max(...counted.map(({ times }) => times))
  return most === 0 ? undefined : counted.findLast(({ times }) => times === most)?.table
}

function lastOf(tables: (string | undefined)[]): string {
  return tableOrder[Math.max(...tables.map((table) => tableOrder.indexOf(String(table))))] ?? 'foundations'
}
