import { listPlanned, listPosts, readPost } from '#lib/content/queries.ts'
import { listLibrary } from '#lib/media/library.ts'
import { listOpenPosts } from '#lib/portal/queries.ts'
import type { Capture, Statement } from './capture.ts'
import { type Caller, client, everyBrand, manyBrands, oneBrand, seededId, twentyBrands } from './people.ts'

/** One statement under measure, for one caller. */
export type Measured = {
  name: string
  kind: 'read' | 'write'
  callers: Caller[]
  /** What the caller sends, and what the owner of the tables sends for the same rows. */
  asCaller(caller: Caller): Statement
  asOwner(caller: Caller, brandIds: string[]): Statement
}

export const allBrandsMonth = 'calendar month, all brands'

const capturedBrand = oneBrand.brandId
const desk = [oneBrand, twentyBrands, manyBrands, everyBrand]
const brand = { id: capturedBrand, code: 'B000' }
const month = { from: '2026-12-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }
const filter = { status: 'all', q: '', after: undefined } as const

export async function hotStatements(capture: Capture): Promise<Measured[]> {
  const one = async (table: string, ask: Parameters<Capture>[1]) => only(await capture(table, ask))
  const planned = await one('content_channels', (db) => listPlanned(db, { brandId: capturedBrand, ...month }))
  let next: string | undefined
  const [list, count] = await capture('content_items', async (db) => {
    next = (await listPosts(db, { brand, ...filter })).next ?? undefined
  })
  const nextPage = await one('content_items', (db) => listPosts(db, { brand, ...filter, after: next }))
  const detail = await one('content_items', (db) => readPost(db, { brandId: capturedBrand, number: 451 }))
  const [library] = await capture('media_assets', (db) =>
    listLibrary(db, { brandId: capturedBrand, shelf: 'library', q: '' }),
  )
  const open = await one('content_versions', (db) => listOpenPosts(db, capturedBrand))
  const comment = await one('content_comments', (db) =>
    db.from('content_comments').insert({
      content_id: seededId('piece', 450),
      brand_id: capturedBrand,
      audience: 'internal',
      body: 'Mind the oven.',
    }),
  )
  const describe = await one('media_assets', (db) =>
    db.from('media_assets').update({ alt_text: 'A loaf on a board' }).eq('id', seededId('asset', 7)),
  )
  if (!list || !count || !library) throw new Error('The list sends no statement, or no count.')

  return [
    ofOneBrand('calendar month, one brand', 'read', planned, desk),
    ofAllBrands(allBrandsMonth, planned, desk),
    ofOneBrand('list, first page', 'read', list, desk),
    ofOneBrand('list, next page', 'read', nextPage, desk),
    ofOneBrand('count, one brand', 'read', count, desk),
    ofAllBrands('count, all brands', count, desk),
    ofOneBrand('detail', 'read', detail, desk),
    ofOneBrand('media library', 'read', library, [oneBrand, twentyBrands, manyBrands, client]),
    ofOneBrand('client’s page', 'read', open, [twentyBrands, client]),
    ofOneBrand('insert a comment', 'write', comment, desk),
    ofOneBrand('describe a picture', 'write', describe, desk),
  ]
}

function ofOneBrand(name: string, kind: Measured['kind'], statement: Statement, callers: Caller[]): Measured {
  const forCaller = (caller: Caller) => forBrand(statement, caller)
  return { name, kind, callers, asCaller: forCaller, asOwner: forCaller }
}

/** The same without its filter by brand: row security alone says which; the owner names them. */
function ofAllBrands(name: string, { text, values }: Statement, callers: Caller[]): Measured {
  const filterAt = values.indexOf(capturedBrand)
  const ofCaller = text.replace(` = $${filterAt + 1}`, ` is not null`)
  if (ofCaller === text) throw new Error(`"${name}" names no brand.`)
  return {
    name,
    kind: 'read',
    callers,
    asCaller: () => renumbered({ text: ofCaller, values }, filterAt),
    asOwner: (_caller, brandIds) => ({
      text: text.replace(` = $${filterAt + 1}`, ` = any ($${filterAt + 1}::uuid[])`),
      values: values.with(filterAt, `{${brandIds.join(',')}}`),
    }),
  }
}

/** Ids of the captured brand's things become those of the caller's. */
function forBrand({ text, values }: Statement, { brandId }: Caller): Statement {
  if (brandId === capturedBrand) return { text, values }
  const offset = brandId === manyBrands.brandId ? 200_000 : 0
  const twin: Record<string, string> = {
    [capturedBrand]: brandId,
    [seededId('piece', 450)]: seededId('piece', offset + 450),
    [seededId('asset', 7)]: seededId('asset', offset + 7),
  }
  return { text, values: values.map((value) => twin[value] ?? value) }
}

/** Without the parameter at this place, which the text no longer has. */
function renumbered({ text, values }: Statement, gone: number): Statement {
  return {
    text: text.replaceAll(/\$(\d+)/g, (whole, number) =>
      Number(number) > gone + 1 ? `$${Number(number) - 1}` : whole,
    ),
    values: values.toSpliced(gone, 1),
  }
}

function only(statements: Statement[]): Statement {
  const [statement, ...more] = statements
  if (!statement || more.length > 0) throw new Error(`One statement was expected, not ${statements.length}.`)
  return statement
}
