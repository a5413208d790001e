'use server'

// Nothing here revalidates a page: the composer that calls must stay as it is, mid-word, and lets its page come
// anew itself where that is wanted (components/content/use-settled.ts).

import { memberAction } from '#lib/actions.ts'
import type { Database } from '#lib/supabase/db.ts'
import * as schema from './schema.ts'

/** What the composer goes on from after a save. */
export type SavedPost = {
  id: string
  number: number
  revision: number
  version: number
  status: string
  savedAt: string
}

/** Starts a draft. */
export const createPost = memberAction
  .metadata({ name: 'content.create' })
  .inputSchema(schema.newPost)
  .action(async ({ parsedInput: { brandId, draft }, ctx: { db } }): Promise<SavedPost> => {
    const { data } = await db.rpc('create_post', { brand_id: brandId, ...textOf(draft) }).throwOnError()
    return asSaved(data)
  })

/** Saves from the revision it started at; a yes that the edit takes back shows in the status. */
export const savePost = memberAction
  .metadata({ name: 'content.save' })
  .inputSchema(schema.postSave)
  .action(async ({ parsedInput: { postId, baseRevision, draft }, ctx: { db } }): Promise<SavedPost> => {
    const { data } = await db
      .rpc('save_post', { post_id: postId, base_revision: baseRevision, ...textOf(draft) })
      .throwOnError()
    return asSaved(data)
  })

export const submitPost = memberAction
  .metadata({ name: 'content.submit' })
  .inputSchema(schema.postSubmission)
  .action(async ({ parsedInput: { postId, revision }, ctx: { db } }) => {
    const { data } = await db.rpc('submit_post', { post_id: postId, revision }).throwOnError()
    return asSaved(data)
  })

export const withdrawPost = memberAction
  .metadata({ name: 'content.withdraw' })
  .inputSchema(schema.postChoice)
  .action(async ({ parsedInput: { postId }, ctx: { db } }) => {
    await db.rpc('withdraw_post', { post_id: postId }).throwOnError()
  })

export const schedulePost = memberAction
  .metadata({ name: 'content.schedule' })
  .inputSchema(schema.postTime)
  .action(async ({ parsedInput: { postId, localTime, timeZone }, ctx: { db } }) => {
    const { data } = await db
      .rpc('schedule_post', { post_id: postId, local_time: localTime, time_zone: timeZone })
      .throwOnError()
    return { plannedAt: data.scheduled_for, status: data.status }
  })

export const unschedulePost = memberAction
  .metadata({ name: 'content.unschedule' })
  .inputSchema(schema.postChoice)
  .action(async ({ parsedInput: { postId }, ctx: { db } }) => {
    await db.rpc('unschedule_post', { post_id: postId }).throwOnError()
  })

export const publishNow = memberAction
  .metadata({ name: 'content.publishNow' })
  .inputSchema(schema.postChoice)
  .action(async ({ parsedInput: { postId }, ctx: { db } }) => {
    await db.rpc('publish_now', { post_id: postId }).throwOnError()
  })

export const archivePost = memberAction
  .metadata({ name: 'content.archive' })
  .inputSchema(schema.postChoice)
  .action(async ({ parsedInput: { postId }, ctx: { db } }) => {
    await db.rpc('archive_post', { post_id: postId }).throwOnError()
  })

export const deleteDraft = memberAction
  .metadata({ name: 'content.deleteDraft' })
  .inputSchema(schema.postChoice)
  .action(async ({ parsedInput: { postId }, ctx: { db } }) => {
    await db.rpc('delete_draft', { post_id: postId }).throwOnError()
  })

export const addComment = memberAction
  .metadata({ name: 'content.comment' })
  .inputSchema(schema.newComment)
  .action(async ({ parsedInput: { postId, brandId, audience, body }, ctx: { db } }) => {
    await db
      .from('content_comments')
      .insert({ content_id: postId, brand_id: brandId, audience, body })
      .throwOnError()
  })

function textOf(draft: schema.PostDraft) {
  return {
    title: draft.title,
    body: draft.body,
    link: draft.link,
    first_comment: draft.firstComment ?? '',
    media_ids: draft.mediaIds,
    channels: draft.channels.map((channel) => ({
      connection_id: channel.connectionId,
      format: channel.format,
      body: channel.body,
      first_comment: channel.firstComment,
    })),
  }
}

type PostRow = Database['public']['Tables']['content_items']['Row']

function asSaved({
  id,
  number,
  revision,
  version,
  status,
  updated_at,
}: Pick<PostRow, 'id' | 'number' | 'revision' | 'version' | 'status' | 'updated_at'>): SavedPost {
  return { id, number, revision, version, status, savedAt: updated_at }
}
