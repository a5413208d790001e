import type { LookOutcome, LookWork } from '../contract.ts'
import type { Tools } from './client.ts'
import { findInFeed } from './find-in-feed.ts'
import { findOnInstagram } from './find-on-instagram.ts'
import { findFacebookVideo } from './find-video.ts'

/** What became of a step whose answer was lost. Reads only. */
export function findOnMeta(work: LookWork, tools: Tools): Promise<LookOutcome> {
  const { network, format } = work.post
  if (network === 'instagram') return findOnInstagram(work, tools)
  return format === 'video' || format === 'reel' ? findFacebookVideo(work, tools) : findInFeed(work, tools)
}
