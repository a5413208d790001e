import type postgres from 'postgres'

export type Column = {
  name: string
  type: string
  required: boolean
  generated: boolean
  /** The words a check allows, where it lists them. */
  words: string[]
}
export type ForeignKey = { columns: string[]; table: string; referenced: string[] }
/** What a signed-in person may name in a statement. */
export type Grants = { select: string[]; insert: string[]; update: string[]; delete: boolean }
export type Table = {
  /** With its schema, as in `public.brands`. */
  name: string
  key: string[]
  columns: Column[]
  foreignKeys: ForeignKey[]
  unique: string[][]
  grants: Grants
}

/** Every table and view that the Data API exposes, and the Storage API's objects; parents before children. */
export async function readCatalog(db: postgres.Sql): Promise<Table[]> {
  const [columns, constraints, uniques] = await Promise.all([
    readColumns(db),
    readConstraints(db),
    readUniques(db),
  ])
  const names = [...new Set(columns.map((column) => column.table))]
  const tables = names.map((name) => toTable(name, { columns, constraints, uniques }))
  return parentsFirst(tables)
}

type ColumnRow = Omit<Column, 'words'> & { table: string } & Record<
    'selectable' | 'insertable' | 'updatable' | 'deletable',
    boolean
  >
type ConstraintRow = {
  table: string
  type: 'p' | 'f' | 'c'
  columns: string[]
  referencedTable: string | null
  referenced: string[] | null
  definition: string
}
type UniqueRow = { table: string; columns: string[] }

function readColumns(db: postgres.Sql) {
  return db<ColumnRow[]>`
    select n.nspname || '.' || c.relname as table, a.attname as name,
           format_type(a.atttypid, a.atttypmod) as type,
           a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
           a.attgenerated <> '' or a.attidentity = 'a' as generated,
           has_column_privilege('authenticated', c.oid, a.attnum, 'select') as selectable,
           has_column_privilege('authenticated', c.oid, a.attnum, 'insert') as insertable,
           has_column_privilege('authenticated', c.oid, a.attnum, 'update') as updatable,
           has_table_privilege('authenticated', c.oid, 'delete') as deletable
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
       and (n.nspname = 'public' or c.oid = 'storage.objects'::regclass)
     order by 1, a.attnum`
}

function readConstraints(db: postgres.Sql) {
  return db<ConstraintRow[]>`
    select n.nspname || '.' || c.relname as table, k.contype as type,
           (select array_agg(a.attname::text order by x.place)
              from unnest(k.conkey) with ordinality x (attnum, place)
              join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.attnum) as columns,
           rn.nspname || '.' || r.relname as "referencedTable",
           (select array_agg(a.attname::text order by x.place)
              from unnest(k.confkey) with ordinality x (attnum, place)
              join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.attnum) as referenced,
           pg_get_constraintdef(k.oid) as definition
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_class r on r.oid = k.confrelid
      left join pg_namespace rn on rn.oid = r.relnamespace
     where k.contype in ('p', 'f', 'c') and (n.nspname = 'public' or c.oid = 'storage.objects'::regclass)
     order by 1, k.conname`
}

function readUniques(db: postgres.Sql) {
  return db<UniqueRow[]>`
    select n.nspname || '.' || c.relname as table, array_agg(a.attname::text order by x.place) as columns
      from pg_index i
      join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
      cross join unnest(i.indkey::int2[]) with ordinality x (attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum
     where i.indisunique and not i.indisprimary and i.indpred is null
       and (n.nspname = 'public' or c.oid = 'storage.objects'::regclass)
     group by 1, i.indexrelid order by 1`
}

function toTable(
  name: string,
  all: { columns: ColumnRow[]; constraints: ConstraintRow[]; uniques: UniqueRow[] },
): Table {
  const columns = all.columns.filter((column) => column.table === name)
  const constraints = all.constraints.filter((constraint) => constraint.table === name)
  const named = (right: 'selectable' | 'insertable' | 'updatable') =>
    columns.filter((column) => column[right]).map((column) => column.name)
  return {
    name,
    // A view's row is known by all that is in it.
    key: constraints.find(({ type }) => type === 'p')?.columns ?? columns.map((column) => column.name),
    columns: columns.map(({ name, type, required, generated }) => ({
      name,
      type,
      required,
      generated,
      words: allowedWords(name, constraints),
    })),
    foreignKeys: constraints.flatMap(({ columns, referencedTable, referenced }) =>
      referencedTable && referenced ? [{ columns, table: referencedTable, referenced }] : [],
    ),
    unique: all.uniques.filter((unique) => unique.table === name).map((unique) => unique.columns),
    grants: {
      select: named('selectable'),
      insert: named('insertable'),
      update: named('updatable'),
      delete: columns.some((column) => column.deletable),
    },
  }
}

function allowedWords(column: string, constraints: ConstraintRow[]): string[] {
  const list = constraints.find(
    ({ type, columns, definition }) =>
      type === 'c' && columns?.length === 1 && columns[0] === column && definition.includes('= ANY'),
  )
  return [...(list?.definition.matchAll(/'([^']*)'::/g) ?? [])].map(([, word = '']) => word)
}

function parentsFirst(tables: Table[]): Table[] {
  const sorted: Table[] = []
  const visit = (table: Table, path: Table[]) => {
    if (sorted.includes(table) || path.includes(table)) return
    for (const { table: parent } of table.foreignKeys) {
      const found = tables.find(({ name }) => name === parent)
      if (found) visit(found, [...path, table])
    }
    sorted.push(table)
  }
  for (const table of tables) visit(table, [])
  return sorted
}
