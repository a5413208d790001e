import { z } from 'zod'
import { withJson } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder, withBody } from '../requests.ts'

const columns = ['name', 'updated_at', 'created_at', 'last_accessed_at'] as const
const listing = z.object({
  prefix: z.string().default(''),
  search: z.string().optional(),
  limit: z.number().default(100),
  offset: z.number().default(0),
  sortBy: z
    .object({ column: z.enum(columns).catch('name'), order: z.string().default('asc') })
    .prefault({ column: 'name' }),
})
const storedObjects = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    updated_at: z.string().nullable(),
    created_at: z.string().nullable(),
    last_accessed_at: z.string().nullable(),
    metadata: z.unknown(),
  }),
)
type StoredObject = z.infer<typeof storedObjects>[number]
type Entry = Omit<StoredObject, 'id'> & { id: string | null }

/** lite lists every object below a prefix with its whole path; hosted Storage lists one folder, folders first. */
export const folderListing: Correction = (_api, next) => async (request) => {
  const path = pathUnder('/storage/v1', request)
  if (request.method !== 'POST' || !path || !/^\/object\/list\/[^/]+$/.test(path)) return next(request)

  const wanted = listing.parse(await request.json())
  const folder = wanted.prefix === '' ? '' : `${wanted.prefix.replace(/\/+$/, '')}/`
  const everything = { prefix: folder, limit: 100_000, offset: 0 }
  const response = await next(withBody(request, JSON.stringify(everything)))
  if (!response.ok) return response

  return withJson(response, (body) => {
    const entries = entriesOf(folder, storedObjects.parse(body))
    const found = [...entries.values()].filter(({ name }) => matches(name, wanted.search))
    return found.sort(inOrder(wanted.sortBy)).slice(wanted.offset, wanted.offset + wanted.limit)
  })
}

function entriesOf(folder: string, objects: StoredObject[]): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const object of objects) {
    const [name = '', ...below] = object.name.slice(folder.length).split('/')
    if (below.length === 0) entries.set(name, { ...object, name })
    else entries.set(`${name}/`, folderEntry(name))
  }
  return entries
}

function folderEntry(name: string): Entry {
  return { name, id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null }
}

function matches(name: string, search: string | undefined): boolean {
  return !search || name.toLowerCase().includes(search.toLowerCase())
}

function inOrder({ column, order }: z.infer<typeof listing>['sortBy']) {
  const direction = order === 'desc' ? -1 : 1
  const text = (entry: Entry) => String(entry[column] ?? '')
  return (a: Entry, b: Entry) => {
    if ((a.id === null) !== (b.id === null)) return a.id === null ? -1 : 1
    return direction * text(a).localeCompare(text(b))
  }
}
