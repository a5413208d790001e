import { invalidParameter } from '../errors.ts'
import { GRAPH_HOST } from '../facts.ts'
import type { GraphCall } from './call.ts'

/** Opaque to callers, as on the platform. */
export function toCursor(position: number | string): string {
  return Buffer.from(`c:${position}`).toString('base64url')
}

export function fromCursor(cursor: string): string {
  const position = /^c:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (position === undefined) throw invalidParameter('Invalid cursors values for paging')
  return position
}

/**
 * One page of an edge. `next` is a whole address with the caller's token in it, as Meta's is: a client that
 * logs it leaks it, so that mistake shows here first.
 */
export function toEdge<Row>(
  { params, version, accessToken }: GraphCall,
  path: string,
  rows: readonly Row[],
  {
    limit,
    hasMore,
    positionOf,
    show,
  }: {
    limit: number
    hasMore: boolean
    positionOf: (row: Row) => number | string
    show: (row: Row) => unknown
  },
) {
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first === undefined || last === undefined) return { data: [] }
  const after = toCursor(positionOf(last))
  const query = new URLSearchParams({ access_token: accessToken, limit: String(limit) })
  for (const kept of ['fields', 'since', 'until']) {
    const value = params.text(kept)
    if (value !== undefined) query.set(kept, value)
  }
  query.set('after', after)
  return {
    data: rows.map(show),
    paging: {
      cursors: { before: toCursor(positionOf(first)), after },
      ...(hasMore && { next: `https://${GRAPH_HOST}/${version}/${path}?${query}` }),
    },
  }
}
