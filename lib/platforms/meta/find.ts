import type { LookOutcome, LookWork } from '../contract.ts'
import type { Tools } from './client.ts'
import { findInFeed } from './find-in-feed.ts'

/** What became of a step whose answer was lost. Reads only. */
export function findOnMeta(work: LookWork, tools: Tools): Promise<LookOutcome> {
  return findInFeed(work, tools)
}
