import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import type { PieceComment } from '#lib/approvals/queries.ts'
import { asVersion, versionColumns } from '#lib/approvals/versions.ts'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db } from '#lib/supabase/db.ts'
import { bySlot, groupByPost, type SharedPost, type Shelf, shelfOf } from './shelves.ts'

const OPEN_LIMIT = 400
/** Replaced versions older than this are told about nowhere but on the post's own page. */
const RECENT_DAYS = 60

export type OpenPosts = Record<Exclude<Shelf, 'published'>, SharedPost[]>

/**
 * Everything shown to a brand's client that is not out yet, soonest first, by where they find it. One request,
 * shared by the tabs and the page under them.
 */
export const listOpenPosts = cache(async (db: Db, brandId: string): Promise<OpenPosts> => {
  const recent = new Date(Date.now() - RECENT_DAYS * 24 * 60 * 60_000).toISOString()
  const { data } = await db
    .from('content_versions')
    .select(versionColumns)
    .eq('brand_id', brandId)
    .not('shared_at', 'is', null)
    .neq('client_status', 'published')
    .or(`superseded_at.is.null,created_at.gt.${recent}`)
    .order('created_at', { ascending: false })
    .order('id')
    .limit(OPEN_LIMIT)
    .throwOnError()
  const posts = groupByPost(data.map(asVersion)).sort(bySlot)
  const onShelf = (shelf: Shelf) => posts.filter(({ latest }) => shelfOf(latest) === shelf)
  return {
    needs_ok: onShelf('needs_ok'),
    coming_up: onShelf('coming_up'),
    with_agency: onShelf('with_agency'),
  }
})

/** Posts on which the caller's own answer is awaited. One request, once a page. */
export const listAskedOfMe = cache(
  async (db: Db, brandId: string, userId: string): Promise<ReadonlySet<string>> => {
    const { data } = await db
      .from('approval_requests')
      .select('post_id')
      .eq('brand_id', brandId)
      .eq('assigned_to', userId)
      .eq('audience', 'client')
      .eq('status', 'pending')
      .order('created_at')
      .limit(OPEN_LIMIT)
      .throwOnError()
    return new Set(data.map((row) => row.post_id))
  },
)

/** What is out, newest first. One request. */
export async function listPublished(
  db: Db,
  { brandId, after, limit = 30 }: { brandId: string; after?: string | undefined; limit?: number },
): Promise<Page<SharedPost['latest']>> {
  const cursor = afterCursor(['published_at', 'content_id'], after, 'descending')
  let query = db
    .from('content_versions')
    .select(versionColumns)
    .eq('brand_id', brandId)
    .eq('client_status', 'published')
    .not('shared_at', 'is', null)
    .is('superseded_at', null)
    .not('published_at', 'is', null)
  if (cursor) query = query.or(cursor)
  const { data } = await query
    .order('published_at', { ascending: false })
    .order('content_id', { ascending: false })
    .limit(limit + 1)
    .throwOnError()
  const page = toPage(data, limit, (row) => [row.published_at ?? '', row.content_id])
  return { rows: page.rows.map(asVersion), next: page.next }
}

export type PortalPost = SharedPost & { comments: PieceComment[] }

/** A post as its client may know it, with the talk about it; null where nothing of it was shown. Two requests. */
export async function readSharedPost(
  db: Db,
  { brandId, postId }: { brandId: string; postId: string },
): Promise<PortalPost | null> {
  if (!z.uuid().safeParse(postId).success) return null
  const [{ data: versions }, { data: comments }] = await Promise.all([
    db
      .from('content_versions')
      .select(versionColumns)
      .eq('brand_id', brandId)
      .eq('content_id', postId)
      .not('shared_at', 'is', null)
      .order('version', { ascending: false })
      .throwOnError(),
    db
      .from('content_comments')
      .select('id, audience, body, author_id, created_at')
      .eq('brand_id', brandId)
      .eq('content_id', postId)
      .eq('audience', 'client')
      .order('created_at')
      .order('id')
      .limit(500)
      .throwOnError(),
  ])
  const [post] = groupByPost(versions.map(asVersion))
  if (!post) return null
  return {
    ...post,
    comments: comments.map((comment) => ({
      id: comment.id,
      audience: 'client',
      body: comment.body,
      by: comment.author_id,
      at: comment.created_at,
    })),
  }
}

const preferences = z.object({ approvalsNeeded: z.boolean().catch(true) })

/** Whether a client is mailed when their OK is needed; yes until they say otherwise. */
export async function readMailChoice(
  db: Db,
  { brandId, userId }: { brandId: string; userId: string },
): Promise<{ approvalsNeeded: boolean }> {
  const { data } = await db
    .from('client_settings')
    .select('email_preferences, unsubscribed_from_all')
    .eq('brand_id', brandId)
    .eq('client_id', userId)
    .maybeSingle()
    .throwOnError()
  if (!data) return { approvalsNeeded: true }
  const { approvalsNeeded } = preferences.parse(data.email_preferences)
  return { approvalsNeeded: approvalsNeeded && !data.unsubscribed_from_all }
}

/** What a person keeps about a brand's mails; null until they first choose. */
export async function findOwnSettings(db: Db, { brandId, userId }: { brandId: string; userId: string }) {
  const { data } = await db
    .from('client_settings')
    .select('id, email_preferences')
    .eq('brand_id', brandId)
    .eq('client_id', userId)
    .maybeSingle()
    .throwOnError()
  return data
}
