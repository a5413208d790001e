import type { Written } from '#lib/content/changes.ts'
import type { Account } from '#lib/content/problems.ts'
import type { PostDraft } from '#lib/content/schema.ts'
import type { PostVersion } from '#lib/content/versions.ts'

export function writtenIn({ title, body, link, firstComment, channels, pictures }: PostVersion): Written {
  return {
    title,
    body,
    link,
    firstComment,
    channels: channels.map((channel) => ({
      connectionId: channel.connection_id,
      accountName: channel.account_name,
      format: channel.format,
      body: channel.body,
    })),
    pictureIds: pictures.map((picture) => picture.asset_id),
  }
}

export function writtenNow(draft: PostDraft, accounts: readonly Account[]): Written {
  return {
    ...draft,
    channels: draft.channels.map(({ connectionId, format, body }) => ({
      connectionId,
      format,
      accountName: accounts.find((account) => account.id === connectionId)?.name ?? 'An account',
      body,
    })),
    pictureIds: draft.mediaIds,
  }
}

/** A version as a draft again: accounts that are gone since, and pictures that are, stay behind. */
export function draftFrom(
  version: PostVersion,
  accounts: readonly Account[],
  pictureIds: ReadonlySet<string>,
): PostDraft {
  const usable = accounts.filter((account) => account.health !== 'disconnected').map((account) => account.id)
  return {
    title: version.title,
    body: version.body,
    link: version.link,
    firstComment: version.firstComment,
    mediaIds: version.pictures.map((picture) => picture.asset_id).filter((id) => pictureIds.has(id)),
    channels: version.channels
      .filter((channel) => usable.includes(channel.connection_id))
      .map((channel) => ({
        connectionId: channel.connection_id,
        format: channel.format,
        body: channel.body,
        firstComment: channel.first_comment,
      })),
  }
}
