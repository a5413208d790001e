import { z } from 'zod'
import type { PermalinkWork } from '../contract.ts'
import { createGraphClient, type GraphClient, shaped, type Tools } from './client.ts'

const TIMEOUT_MS = 3_000

/** Instagram's lags by some seconds after a publish (platforms/meta.md 4.3); that is no failure of the post. */
export function readMetaPermalink(
  { network, postId, token }: PermalinkWork,
  tools: Tools,
): Promise<string | null> {
  const client = createGraphClient(token, tools)
  return network === 'facebook' ? facebookPermalink(postId, client) : instagramPermalink(postId, client)
}

/** Facebook's addresses can be told from the id where they do not say. */
export async function facebookPermalink(postId: string, client: GraphClient): Promise<string> {
  const shape = z.object({ permalink_url: z.string().min(1) })
  const read = shaped(await client.read(postId, { fields: 'permalink_url' }, TIMEOUT_MS), shape)
  return absolute(read.kind === 'ok' ? read.value.permalink_url : `/${postId}`)
}

export async function instagramPermalink(mediaId: string, client: GraphClient): Promise<string | null> {
  const shape = z.object({ permalink: z.url() })
  const read = shaped(await client.read(mediaId, { fields: 'permalink' }, TIMEOUT_MS), shape)
  return read.kind === 'ok' ? read.value.permalink : null
}

/** `permalink_url` may be a path ("/reel/123/"); meta-second-reading.md 3. */
export function absolute(permalink: string): string {
  return new URL(permalink, 'https://www.facebook.com').href
}
