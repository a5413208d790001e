import { AsyncLocalStorage } from 'node:async_hooks'

/** The part of an object that the request being answered asks for; `end` is its last byte, or the object's. */
export type AskedRange = { start: number; end: number | null }

/** From corrections/byte-ranges past lite, which asks its storage for whole objects, to DiskStorage. */
export const askedRange = new AsyncLocalStorage<AskedRange>()

/** One range from the start, which is what players and our worker ask for; any other gets the whole object. */
export function rangeIn(header: string | null): AskedRange | null {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (start === undefined) return null
  return { start: Number(start), end: end ? Number(end) : null }
}
