import type { PostWish } from '#lib/content/schema.ts'
import type { VersionChannel } from './schema.ts'

/** One way a version will look, and every account on which it looks so. */
export type Look = {
  network: string
  format: PostWish
  accountNames: string[]
  text: string
  firstComment: string | null
}

type Looked = { body: string; firstComment: string | null; channels: readonly VersionChannel[] }

/** Accounts of one network with the same text share a preview; each other gets its own. */
export function looksOf(version: Looked): Look[] {
  const looks = new Map<string, Look>()
  for (const channel of version.channels) {
    const look: Look = {
      network: channel.network,
      format: channel.format,
      accountNames: [channel.account_name],
      text: channel.body ?? version.body,
      firstComment: channel.first_comment ?? version.firstComment,
    }
    const key = JSON.stringify([look.network, look.format, look.text, look.firstComment])
    const same = looks.get(key)
    if (same) same.accountNames.push(channel.account_name)
    else looks.set(key, look)
  }
  return [...looks.values()]
}
