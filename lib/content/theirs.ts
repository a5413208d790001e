import type { Db } from '#lib/supabase/db.ts'
import { type PostDraft, postWish, storedContent } from './schema.ts'

/** The draft as someone else left it, and the revision to go on from. One request, from the browser. */
export async function readTheirs(
  db: Db,
  postId: string,
): Promise<{
  draft: PostDraft
  post: {
    id: string
    number: number
    revision: number
    version: number
    status: string
    savedAt: string
  }
}> {
  const { data } = await db
    .from('content_items')
    .select(
      'id, number, title, content, revision, version, status, updated_at, channels:content_channels(connection_id, format, body, first_comment, position)',
    )
    .eq('id', postId)
    .order('position', { referencedTable: 'channels' })
    .single()
    .throwOnError()
  const content = storedContent.parse(data.content)
  return {
    draft: {
      title: data.title ?? '',
      body: content.body,
      link: content.link ?? '',
      firstComment: content.first_comment,
      mediaIds: content.media,
      channels: data.channels.map((channel) => ({
        connectionId: channel.connection_id,
        format: postWish.parse(channel.format),
        body: channel.body,
        firstComment: channel.first_comment,
      })),
    },
    post: {
      id: data.id,
      number: data.number,
      revision: data.revision,
      version: data.version,
      status: data.status,
      savedAt: data.updated_at,
    },
  }
}
