import { invalidParameter, mayNotUseInstagram } from '../errors.ts'
import { LIMITS } from '../facts.ts'
import { parseFields, pick } from '../fields.ts'
import type { Media } from '../instagram/media.ts'
import { instagramPicture } from '../urls.ts'
import type { InstagramAccount } from '../world.ts'
import type { GraphCall } from './call.ts'
import { mediaSources } from './media-fields.ts'
import { fromCursor, toEdge } from './paging.ts'

const DAY_S = 86_400

/** The token of the linked Page, or of a person who holds that Page; with the permissions named. */
export function mustUseInstagram(
  { meta, session }: GraphCall,
  account: InstagramAccount,
  ...permissions: string[]
): void {
  const { token } = session
  const role = meta.world.pagesOf(token.person_id).find(({ id }) => id === account.page.id)
  const isOfPage = token.page_id === null || token.page_id === account.page.id
  const may = ['instagram_basic', ...permissions].every((permission) =>
    session.may(permission, account.page.id),
  )
  if (!role || !isOfPage || !may) throw mayNotUseInstagram()
  if (permissions.includes('instagram_content_publish') && !role.tasks.includes('CREATE_CONTENT'))
    throw mayNotUseInstagram()
}

export function accountSources({ meta }: Pick<GraphCall, 'meta'>) {
  return {
    id: (account: InstagramAccount) => account.id,
    ig_id: (account: InstagramAccount) => account.id.slice(-10),
    username: (account: InstagramAccount) => account.username,
    name: (account: InstagramAccount) => account.name,
    biography: (account: InstagramAccount) => account.page.about || undefined,
    followers_count: (account: InstagramAccount) => account.page.followers,
    follows_count: () => 0,
    media_count: (account: InstagramAccount) => meta.media.countShown(account.id),
    profile_picture_url: (account: InstagramAccount) => instagramPicture(account.id),
  }
}

export function readInstagram(call: GraphCall, account: InstagramAccount) {
  mustUseInstagram(call, account)
  return pick('IGUser', accountSources(call), account, parseFields(call.params.text('fields') ?? 'id'))
}

/** Newest first. Stories are not among media, and leave their own list after a day. */
export function listMedia(call: GraphCall, account: InstagramAccount, edge: 'media' | 'stories') {
  mustUseInstagram(call, account)
  const { meta, params, conditions } = call
  const limit = params.count('limit', LIMITS.defaultPageSize, LIMITS.pageSize)
  const asked = parseFields(params.text('fields') ?? 'id')
  const cursor = params.text('after')
  const rows = meta.media.list({
    accountId: account.id,
    isOfStories: edge === 'stories',
    since: params.instant('since'),
    until: params.instant('until'),
    after: cursor === undefined ? undefined : Number(fromCursor(cursor)),
    limit: limit + 1,
    listLagMs: conditions.listLagMs,
  })
  const sources = mediaSources(call)
  return toEdge(call, `${account.id}/${edge}`, rows.slice(0, limit), {
    limit,
    hasMore: rows.length > limit,
    positionOf: (media: Media) => media.seq,
    show: (media) => pick('IGMedia', sources, media, asked),
  })
}

/** How much of the day's allowance is used; what counts is what was published, not what was prepared. */
export function readPublishingLimit(call: GraphCall, account: InstagramAccount) {
  mustUseInstagram(call, account, 'instagram_content_publish')
  const { meta, params } = call
  const dayAgo = meta.ground.clock.now() - DAY_S * 1000
  const since = params.instant('since') ?? dayAgo
  if (since < dayAgo) throw invalidParameter('Param since must be within the last 24 hours')
  const sources = {
    quota_usage: () => meta.media.countSince(account.id, since),
    config: () => ({
      quota_total: meta.ground.settings.values.instagram_quota_total,
      quota_duration: DAY_S,
    }),
  }
  const asked = parseFields(params.text('fields') ?? 'quota_usage')
  return { data: [pick('IGContentPublishingLimit', sources, account, asked)] }
}
