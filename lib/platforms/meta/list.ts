import { z } from 'zod'
import type { GraphClient, Read } from './client.ts'
import { shaped } from './client.ts'

const PAGE_SIZE = 50
const MAX_PAGES = 10

/** A whole list, page by page. Never by `paging.next`: that address carries the token. */
export async function readList<T>(
  client: GraphClient,
  path: string,
  query: Readonly<Record<string, string>>,
  item: z.ZodType<T>,
): Promise<Read<T[]>> {
  const page = z.object({
    data: z.array(item),
    paging: z
      .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
      .optional(),
  })
  const items: T[] = []
  let after: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const asked = { ...query, limit: String(PAGE_SIZE), ...(after ? { after } : {}) }
    const read = shaped(await client.read(path, asked), page)
    if (read.kind === 'error') return read
    items.push(...read.value.data)
    after = read.value.paging?.next ? read.value.paging.cursors?.after : undefined
    if (!after) return { kind: 'ok', value: items }
  }
  const message = `Meta lists more than ${MAX_PAGES * PAGE_SIZE} posts since this one was sent.`
  return { kind: 'error', error: { class: 'unknown', code: 'meta_list_too_long', message } }
}
