import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusalOf, SandboxClient, serveBytes } from './world.ts'

let client: SandboxClient
let account: Awaited<ReturnType<SandboxClient['connectedInstagram']>>
let picture: { url: string; close: () => void }

beforeAll(async () => {
  client = await SandboxClient.start()
  await client.control('POST', '/settings', { image_processing_ms: 0 })
  account = await client.connectedInstagram('Well Read')
  const jpeg = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#224433' } })
    .jpeg()
    .toBuffer()
  picture = await serveBytes(new Uint8Array(jpeg))
})
beforeEach(() => client.control('POST', '/clock', { now: null }))
afterAll(async () => {
  picture.close()
  await client.sandbox.stop()
})

const json = async (answer: Response | Promise<Response>) => (await answer).json()
const get = (path: string) => client.get(`/v26.0/${path}`, account.token)
const hoursOn = (hours: number) => client.moveOn(hours * 3_600_000)
const newPost = async (): Promise<string> =>
  (await json(client.post(`/v26.0/${account.pageId}/feed`, account.token, { message: 'Rye' }))).id
async function newMedia(fields: Record<string, string> = {}): Promise<string> {
  const made = { image_url: picture.url, ...fields }
  const { id } = await json(client.post(`/v26.0/${account.instagramId}/media`, account.token, made))
  const publish = { creation_id: id }
  return (await json(client.post(`/v26.0/${account.instagramId}/media_publish`, account.token, publish))).id
}
const value = async (path: string): Promise<number> => (await json(get(path))).data[0].values[0].value

describe('insights', () => {
  test('of a post grow with time and are the same for whoever asks', async () => {
    const metric = 'post_media_view,post_total_media_view_unique,post_clicks,post_reactions_by_type_total'
    const id = await newPost()
    await hoursOn(24)
    const day = await json(get(`${id}/insights?metric=${metric}`))
    expect(await json(get(`${id}/insights?metric=${metric}`))).toEqual(day)
    expect(day.data.map(({ name, period }: { name: string; period: string }) => `${name} ${period}`)).toEqual(
      metric.split(',').map((name) => `${name} lifetime`),
    )
    const [views] = day.data
    expect(views.values[0].value).toBeGreaterThan(0)
    await hoursOn(96)
    expect(await value(`${id}/insights?metric=post_media_view`)).toBeGreaterThan(views.values[0].value)
    const counted = await json(
      get(`${id}?fields=reactions.limit(0).summary(true),comments.summary(true).limit(0),shares`),
    )
    expect(counted.reactions.summary.total_count).toBeGreaterThan(0)
  })

  test('fail as a whole for one name that is not, or is no more', async () => {
    const id = await newPost()
    for (const wrong of ['post_impressions', 'post_impressions_unique', 'post_joy'])
      expect(await refusalOf(await get(`${id}/insights?metric=post_media_view,${wrong}`))).toBe('400 100')
    expect(await refusalOf(await get(`${account.pageId}/insights?metric=page_impressions&period=day`))).toBe(
      '400 100',
    )
    const media = await newMedia()
    expect(await refusalOf(await get(`${media}/insights?metric=reach,impressions`))).toBe('400 100')
    expect(await refusalOf(await get(`${media}/insights?metric=ig_reels_avg_watch_time`))).toBe('400 100')
  })

  test('of a Page come by the day, within ninety', async () => {
    const window = (days: number) => {
      const until = Math.floor(Date.now() / 1000)
      return `since=${until - days * 86_400}&until=${until}`
    }
    const path = `${account.pageId}/insights?metric=page_media_view,page_follows&period=day`
    const { data } = await json(get(`${path}&${window(7)}`))
    expect(data).toHaveLength(2)
    expect(data[0].values).toHaveLength(7)
    expect(data[0].values[0].end_time).toMatch(/T08:00:00\+0000$/)
    expect(await refusalOf(await get(`${path}&${window(91)}`))).toBe('400 100')
    const week = await json(get(`${path.replace('=day', '=week')}&${window(2)}`))
    expect(week.data[0].period).toBe('week')
  })

  test('of an Instagram account are totals, but for reach', async () => {
    const path = (metrics: string, type = '') =>
      `${account.instagramId}/insights?metric=${metrics}&period=day${type}`
    const reach = await json(get(path('reach')))
    expect(reach.data[0].values.length).toBeGreaterThan(0)
    expect(await refusalOf(await get(path('reach,views')))).toBe('400 100')
    const totals = await json(get(path('reach,views', '&metric_type=total_value')))
    expect(
      totals.data.map((row: { total_value: { value: number } }) => typeof row.total_value.value),
    ).toEqual(['number', 'number'])
  })

  test('of media say nothing of what is too fresh, and of a story with few viewers that there are few', async () => {
    await client.control('POST', '/settings', { insights_delay_hours: 24 })
    const id = await newMedia()
    expect(await json(get(`${id}/insights?metric=reach`))).toEqual({ data: [] })
    await hoursOn(30)
    expect(await value(`${id}/insights?metric=reach`)).toBeGreaterThan(0)
    await client.control('POST', '/settings', { insights_delay_hours: 0 })
    await client.control('POST', '/clock', { now: null })
    const story = await newMedia({ media_type: 'STORIES' })
    expect(await refusalOf(await get(`${story}/insights?metric=reach`))).toBe('400 10')
    await hoursOn(12)
    expect(await value(`${story}/insights?metric=reach`)).toBeGreaterThan(4)
    await hoursOn(25)
    expect(await json(get(`${story}/insights?metric=reach`))).toEqual({ data: [] })
  })

  test('want their permission', async () => {
    const poor = await client.connectedInstagram('Unread')
    const token = await client.longToken(
      poor.personId,
      [poor.pageId],
      ['pages_read_engagement', 'instagram_basic'],
    )
    const ask = (path: string) => client.get(`/v26.0/${path}`, token)
    expect(await refusalOf(await ask(`${poor.pageId}/insights?metric=page_media_view`))).toBe('403 10')
    const writer = await client.connectedInstagram('Writes Only', ['CREATE_CONTENT'])
    const page = await client.get(`/v26.0/${writer.pageId}/insights?metric=page_media_view`, writer.token)
    expect(await refusalOf(page)).toBe('403 10')
    expect(await refusalOf(await ask(`${poor.instagramId}/insights?metric=reach&period=day`))).toBe('403 10')
  })
})
