import { z } from 'zod'
import type {
  MetricName,
  MetricsOutcome,
  MetricsRow,
  MetricsWork,
  PlatformError,
  PostFormat,
} from '../contract.ts'
import { createGraphClient, type GraphClient, type Read, shaped, type Tools } from './client.ts'
import { parseMetaTime } from './graph.ts'

/** Their names of ours, platforms/meta.md 5.3. What a network does not count is absent, not zero. */
type Names = Readonly<Record<string, MetricName>>

const pageNames: Names = {
  page_media_view: 'impressions',
  page_total_media_view_unique: 'reach',
  page_post_engagements: 'engagement',
  page_follows: 'followers',
}
const pagePostNames: Names = {
  post_media_view: 'impressions',
  post_total_media_view_unique: 'reach',
  post_clicks: 'clicks',
}
const accountNames: Names = {
  views: 'impressions',
  reach: 'reach',
  total_interactions: 'engagement',
  likes: 'likes',
  comments: 'comments',
  shares: 'shares',
  saves: 'saves',
  profile_links_taps: 'clicks',
}
const storyNames: Names = {
  views: 'impressions',
  reach: 'reach',
  total_interactions: 'engagement',
  shares: 'shares',
}
const mediaNames: Names = { ...storyNames, likes: 'likes', comments: 'comments', saved: 'saves' }

const amount = z.union([
  z.number(),
  // Broken down, e.g. by kind of reaction.
  z.record(z.string(), z.number()).transform((parts) => Object.values(parts).reduce((a, b) => a + b, 0)),
])
const insight = z.object({
  name: z.string(),
  values: z.array(z.object({ value: amount.optional(), end_time: z.string().optional() })).optional(),
  total_value: z.object({ value: amount.optional() }).optional(),
})
const insights = z.object({ data: z.array(insight) })
type Insight = z.infer<typeof insight>

const DAY_MS = 86_400_000

/** Numbers of the account, one row a day, and of each post as they stand at `until`. */
export async function readMetaMetrics(work: MetricsWork, tools: Tools): Promise<MetricsOutcome> {
  const client = createGraphClient(work.token, tools)
  const account = await (work.network === 'facebook' ? pageDays(work, client) : accountDays(work, client))
  if (account.kind === 'error') return { kind: 'unreadable', error: account.error }
  const rows = [...account.value]
  for (const post of work.posts) {
    const read = await (work.network === 'facebook'
      ? pagePost(post.platformPostId, client)
      : instagramMedia(post, client))
    if (read.kind === 'error') {
      if (stopsAll(read.error)) return { kind: 'unreadable', error: read.error }
      continue // deleted since, or without numbers: the others are still read
    }
    if (Object.keys(read.value).length === 0) continue
    rows.push({ postId: post.platformPostId, date: work.until, metrics: read.value })
  }
  return { kind: 'read', rows }
}

function stopsAll({ class: errorClass }: PlatformError): boolean {
  return errorClass === 'auth' || errorClass === 'rate_limit' || errorClass === 'transient'
}

async function pageDays(work: MetricsWork, client: GraphClient): Promise<Read<MetricsRow[]>> {
  const range = { period: 'day', since: work.since, until: dayAfter(work.until) }
  const read = await ask(`${work.accountId}/insights`, range, pageNames, client)
  if (read.kind === 'error') return read
  const days = new Map<string, Partial<Record<MetricName, number>>>()
  for (const { name, values = [] } of read.value) {
    const ours = pageNames[name]
    for (const { value, end_time: endTime } of values) {
      if (!ours || value === undefined || !endTime) continue
      // The end of the day that was measured, at midnight in California.
      const date = isoDate(parseMetaTime(endTime).getTime() - DAY_MS)
      if (date < work.since || date > work.until) continue
      days.set(date, { ...days.get(date), [ours]: value })
    }
  }
  const rows = [...days].map(([date, metrics]) => ({ postId: null, date, metrics }))
  return { kind: 'ok', value: rows.sort((a, b) => a.date.localeCompare(b.date)) }
}

/** Totals are of the span that is asked for: a day's are had a day at a time. */
async function accountDays(work: MetricsWork, client: GraphClient): Promise<Read<MetricsRow[]>> {
  const rows: MetricsRow[] = []
  for (let date = work.since; date <= work.until; date = dayAfter(date)) {
    const seconds = (day: string) => String(Date.parse(`${day}T00:00:00Z`) / 1000)
    const span = { since: seconds(date), until: seconds(dayAfter(date)) }
    const query = { period: 'day', metric_type: 'total_value', ...span }
    const read = await ask(`${work.accountId}/insights`, query, accountNames, client)
    if (read.kind === 'error') return read
    const metrics = named(read.value, accountNames)
    if (Object.keys(metrics).length > 0) rows.push({ postId: null, date, metrics })
  }
  const shape = z.object({ followers_count: z.number() })
  const followers = shaped(await client.read(work.accountId, { fields: 'followers_count' }), shape)
  if (followers.kind === 'ok') {
    const last = rows.at(-1)?.date === work.until ? rows.pop() : undefined
    const metrics = { ...last?.metrics, followers: followers.value.followers_count }
    rows.push({ postId: null, date: work.until, metrics })
  }
  return { kind: 'ok', value: rows }
}

const counted = z.object({
  shares: z.object({ count: z.number() }).optional(),
  comments: z.object({ summary: z.object({ total_count: z.number() }) }).optional(),
  reactions: z.object({ summary: z.object({ total_count: z.number() }) }).optional(),
})

async function pagePost(postId: string, client: GraphClient): Promise<Read<MetricsRow['metrics']>> {
  const fields = 'shares,comments.limit(0).summary(true),reactions.limit(0).summary(true)'
  const plain = shaped(await client.read(postId, { fields }), counted)
  if (plain.kind === 'error') return plain
  const read = await ask(`${postId}/insights`, {}, pagePostNames, client)
  if (read.kind === 'error' && stopsAll(read.error)) return read
  const { reactions, comments, shares } = plain.value
  const counts = {
    ...(reactions ? { likes: reactions.summary.total_count } : {}),
    ...(comments ? { comments: comments.summary.total_count } : {}),
    shares: shares?.count ?? 0, // the key is absent at none
  }
  const seen = read.kind === 'ok' ? named(read.value, pagePostNames) : {}
  const engagement = (counts.likes ?? 0) + (counts.comments ?? 0) + counts.shares + (seen.clicks ?? 0)
  return { kind: 'ok', value: { ...seen, ...counts, engagement } }
}

async function instagramMedia(
  { platformPostId, format }: { platformPostId: string; format: PostFormat },
  client: GraphClient,
): Promise<Read<MetricsRow['metrics']>> {
  const names = format === 'story' ? storyNames : mediaNames
  const read = await ask(`${platformPostId}/insights`, {}, names, client)
  return read.kind === 'ok' ? { kind: 'ok', value: named(read.value, names) } : read
}

/** All names at once; one bad name fails the whole call (platforms/meta.md 0.8), then each by itself. */
async function ask(
  path: string,
  query: Readonly<Record<string, string>>,
  names: Names,
  client: GraphClient,
): Promise<Read<Insight[]>> {
  const together = await askFor(Object.keys(names), path, query, client)
  if (together.kind === 'ok' || !isBadName(together.error)) return together
  const found: Insight[] = []
  for (const name of Object.keys(names)) {
    const alone = await askFor([name], path, query, client)
    if (alone.kind === 'ok') found.push(...alone.value)
    else if (!isBadName(alone.error)) return alone
  }
  return { kind: 'ok', value: found }
}

async function askFor(
  metrics: readonly string[],
  path: string,
  query: Readonly<Record<string, string>>,
  client: GraphClient,
): Promise<Read<Insight[]>> {
  const read = shaped(await client.read(path, { ...query, metric: metrics.join(',') }), insights)
  if (read.kind === 'ok') return { kind: 'ok', value: read.value.data }
  // A story that too few people saw has no numbers yet (code 10); that is no missing right.
  if (/not enough viewers/i.test(read.error.message)) return { kind: 'ok', value: [] }
  return read
}

function isBadName({ code }: PlatformError): boolean {
  return code === 'meta_request_refused'
}

/** Lifetime and total values by our names. */
function named(read: readonly Insight[], names: Names): Partial<Record<MetricName, number>> {
  const metrics: Partial<Record<MetricName, number>> = {}
  for (const { name, values, total_value: total } of read) {
    const ours = names[name]
    const value = total?.value ?? values?.[0]?.value
    if (ours && value !== undefined) metrics[ours] = value
  }
  return metrics
}

function dayAfter(date: string): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + DAY_MS)
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
