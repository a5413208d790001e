import type { PageName } from '#local/demo/brands.ts'
import type { BrandKey } from '#local/demo/cast.ts'
import type { Moment } from '#local/demo/story/almanac.ts'
import type { Sql } from '#worker/records/sql.ts'
import type { StoryClock } from './clock.ts'
import type { Machinery } from './machinery.ts'
import type { People } from './people.ts'
import type { SandboxControl } from './sandbox.ts'

/** What the story plays on, and what came to be so far. */
export type Stage = {
  sql: Sql
  clock: StoryClock
  people: People
  machinery: Machinery
  sandbox: SandboxControl
  site: { url: string; gateway: string; metaAppId: string }
  brandIds: Map<BrandKey, string>
  connectionIds: Map<PageName, string>
}

export type Happening = { at: Moment; act: (stage: Stage) => Promise<void> }

/** Reads what must be there: a story that goes on without it would only fail later, elsewhere. */
export function known<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`${String(key)} is not there yet.`)
  return value
}
