import { GraphError, invalidParameter } from '../errors.ts'
import { dayOf, responseTo } from '../insights.ts'
import type { Media } from '../instagram/media.ts'
import type { InstagramAccount } from '../world.ts'
import type { GraphCall, Meta } from './call.ts'
import { dailyRow, dateOf, daysAsked, lifetimeRow, readMetrics, totalRow } from './insight-rows.ts'
import { mustUseInstagram } from './instagram.ts'
import { accountOfMedia } from './media.ts'
import { productType } from './media-fields.ts'
import { insightsNow, isTooFresh, numberFor } from './page-insights.ts'

/** Each as the part of the followers that a good day reaches. */
const ACCOUNT_METRICS: Readonly<Record<string, number>> = {
  reach: 0.4,
  views: 0.7,
  total_interactions: 0.06,
  accounts_engaged: 0.05,
  likes: 0.05,
  comments: 0.005,
  shares: 0.006,
  saves: 0.01,
  replies: 0.002,
  profile_links_taps: 0.004,
  follows_and_unfollows: 0.003,
  follower_count: 0.004,
}
/** All others are told as one total only. */
const BY_DAY: ReadonlySet<string> = new Set(['reach', 'follower_count'])
const MAX_DAYS = 30

export function readAccountInsights(call: GraphCall, account: InstagramAccount) {
  mustUseInstagram(call, account, 'instagram_manage_insights')
  const { meta, params } = call
  const metrics = readMetrics(params, Object.keys(ACCOUNT_METRICS))
  if (params.required('period') !== 'day') throw invalidParameter('Param period must be day')
  const isTotal = params.text('metric_type') === 'total_value'
  const unfit = metrics.find((metric) => !isTotal && !BY_DAY.has(metric))
  if (unfit !== undefined)
    throw invalidParameter(`The metric ${unfit} should be specified with parameter metric_type=total_value`)
  const ends = daysAsked(params, insightsNow(meta), { maxDays: MAX_DAYS })
  if (ends.length === 0) return { data: [] }
  return {
    data: metrics.map((metric) => {
      const most = account.page.followers * (ACCOUNT_METRICS[metric] ?? 0)
      const values = ends.map((end) => ({ end, value: dayOf(account.id, metric, dateOf(end), most) }))
      return isTotal
        ? totalRow(
            account.id,
            metric,
            'day',
            values.reduce((sum, { value }) => sum + value, 0),
          )
        : dailyRow(account.id, metric, 'day', values)
    }),
  }
}

const EVERYWHERE = ['reach', 'views', 'shares', 'reposts', 'total_interactions']
/** A metric asked of the wrong kind of media fails the call. */
const MEDIA_METRICS: Readonly<Record<string, readonly string[]>> = {
  FEED: [...EVERYWHERE, 'likes', 'comments', 'saved', 'follows', 'profile_visits', 'profile_activity'],
  REELS: [
    ...EVERYWHERE,
    'likes',
    'comments',
    'saved',
    'ig_reels_avg_watch_time',
    'ig_reels_video_view_total_time',
  ],
  STORY: [...EVERYWHERE, 'follows', 'profile_visits', 'profile_activity', 'replies', 'navigation'],
}
const LEAST_VIEWERS_OF_STORY = 5
const STORY_READABLE_MS = 86_400_000

export function readMediaInsights(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media), 'instagram_manage_insights')
  const { meta, params } = call
  if (media.parent_id !== null) throw invalidParameter('Insights are not available for items of a carousel')
  const metrics = readMetrics(params, MEDIA_METRICS[productType(media)] ?? [])
  if (isTooFresh(meta, media.created_at)) return { data: [] }
  const now = responseToMedia(meta, media)
  if (media.kind === 'story') {
    if (now.ageMs > STORY_READABLE_MS) return { data: [] }
    if (now.reach < LEAST_VIEWERS_OF_STORY)
      throw new GraphError('(#10) Not enough viewers for the media to show insights', { code: 10 })
  }
  const watchedMs = Math.floor((media.duration_ms ?? 0) * 0.4)
  const values: Record<string, unknown> = {
    ...now,
    saved: now.saves,
    reposts: Math.floor(now.shares / 3),
    total_interactions: now.likes + now.comments + now.shares + now.saves,
    profile_visits: now.clicks,
    profile_activity: Math.floor(now.clicks / 4),
    replies: Math.floor(now.comments / 2),
    navigation: now.views,
    ig_reels_avg_watch_time: watchedMs,
    ig_reels_video_view_total_time: watchedMs * now.views,
  }
  return { data: metrics.map((metric) => lifetimeRow(media.id, metric, numberFor(values, metric))) }
}

export function responseToMedia({ world, ground, comments }: Meta, media: Media) {
  const followers = world.instagram(media.account_id)?.page.followers ?? 0
  const ageMs = ground.clock.now() - media.created_at
  const now = responseTo(media.id, followers, ageMs)
  return { ...now, ageMs, comments: now.comments + comments.countOn(media.id) }
}
