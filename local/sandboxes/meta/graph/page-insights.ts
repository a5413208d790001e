import { invalidParameter, mayNotRead } from '../errors.ts'
import { dayOf, responseTo } from '../insights.ts'
import type { Post } from '../posts.ts'
import type { Video } from '../videos.ts'
import type { Page } from '../world.ts'
import type { GraphCall, Meta } from './call.ts'
import { dailyRow, dateOf, daysAsked, lifetimeRow, readMetrics } from './insight-rows.ts'
import { mustRead } from './pages.ts'

/** Each as the part of the followers that a good day reaches. What was retired is not among them: meta.md 5.4. */
const PAGE_METRICS: Readonly<Record<string, number>> = {
  page_media_view: 0.6,
  page_total_media_view_unique: 0.35,
  page_post_engagements: 0.05,
  page_total_actions: 0.01,
  page_video_views: 0.2,
  page_daily_follows_unique: 0.004,
}
const PERIOD_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, days_28: 28 }
const MAX_DAYS = 90

export function readPageInsights(call: GraphCall, page: Page) {
  mustAnalyze(call, page)
  const { meta, params } = call
  const metrics = readMetrics(params, [...Object.keys(PAGE_METRICS), 'page_follows'])
  const period = params.text('period') ?? 'day'
  const length = PERIOD_DAYS[period]
  if (length === undefined) throw invalidParameter('Param period must be one of day, week, days_28')
  const ends = daysAsked(params, insightsNow(meta), { maxDays: MAX_DAYS })
  if (ends.length === 0) return { data: [] }
  return {
    data: metrics.map((metric) =>
      dailyRow(
        page.id,
        metric,
        period,
        ends.map((end) => ({ end, value: pageValue(page, metric, end, length) })),
      ),
    ),
  }
}

function pageValue(page: Page, metric: string, end: number, days: number): number {
  if (metric === 'page_follows') return page.followers
  const most = page.followers * (PAGE_METRICS[metric] ?? 0)
  let sum = 0
  for (let back = 0; back < days; back++) sum += dayOf(page.id, metric, dateOf(end - back * 86_400_000), most)
  return sum
}

const POST_METRICS = [
  'post_media_view',
  'post_total_media_view_unique',
  'post_clicks',
  'post_clicks_by_type',
  'post_reactions_by_type_total',
  'post_video_views',
] as const

export function readPostInsights(call: GraphCall, post: Post) {
  mustAnalyze(call, { id: post.page_id })
  const { meta, params } = call
  const metrics = readMetrics(params, POST_METRICS)
  if (isTooFresh(meta, post.created_at)) return { data: [] }
  const now = responseToPost(meta, post)
  const values: Record<(typeof POST_METRICS)[number], unknown> = {
    post_media_view: now.views,
    post_total_media_view_unique: now.reach,
    post_clicks: now.clicks,
    post_clicks_by_type: { 'other clicks': now.clicks },
    post_reactions_by_type_total: { like: now.likes },
    post_video_views: meta.videos.ofPost(post.id) ? now.views : 0,
  }
  return { data: metrics.map((metric) => lifetimeRow(post.id, metric, numberFor(values, metric))) }
}

const VIDEO_METRICS = [
  'blue_reels_play_count',
  'fb_reels_total_plays',
  'post_video_likes_by_reaction_type',
  'post_video_social_actions',
  'post_video_avg_time_watched',
  'post_video_view_time',
  'total_video_views',
] as const

export function readVideoInsights(call: GraphCall, video: Video) {
  mustAnalyze(call, { id: video.page_id })
  const { meta, params } = call
  const metrics = readMetrics(params, VIDEO_METRICS)
  const post = video.post_id === null ? null : meta.posts.byId(video.post_id)
  if (!post || isTooFresh(meta, post.created_at)) return { data: [] }
  const now = responseToPost(meta, post)
  const watchedMs = Math.floor((video.duration_ms ?? 0) * 0.4)
  const values: Record<(typeof VIDEO_METRICS)[number], unknown> = {
    blue_reels_play_count: now.views,
    fb_reels_total_plays: now.views,
    post_video_likes_by_reaction_type: { REACTION_LIKE: now.likes },
    post_video_social_actions: { COMMENT: now.comments, SHARE: now.shares },
    post_video_avg_time_watched: watchedMs,
    post_video_view_time: watchedMs * now.views,
    total_video_views: now.views,
  }
  return { data: metrics.map((metric) => lifetimeRow(video.id, metric, numberFor(values, metric))) }
}

export function responseToPost({ world, ground, comments }: Meta, post: Post) {
  const followers = world.page(post.page_id)?.followers ?? 0
  const now = responseTo(post.id, followers, ground.clock.now() - post.created_at)
  return { ...now, comments: now.comments + comments.countOn(post.id) }
}

export function numberFor(values: Record<string, unknown>, metric: string): unknown {
  return values[metric] ?? 0
}

/** Numbers are told late; how late is a setting. */
export function isTooFresh(meta: Meta, createdAt: number): boolean {
  return createdAt > insightsNow(meta)
}

export function insightsNow({ ground }: Meta): number {
  return ground.clock.now() - ground.settings.values.insights_delay_hours * 3_600_000
}

function mustAnalyze(call: GraphCall, page: Pick<Page, 'id'>): void {
  mustRead(call, page)
  mustRead(call, page, 'read_insights')
  const role = call.meta.world.pagesOf(call.session.token.person_id).find(({ id }) => id === page.id)
  if (!role?.tasks.includes('ANALYZE')) throw mayNotRead('read_insights')
}
