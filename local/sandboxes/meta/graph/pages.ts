import { mayNotPublish, mayNotRead } from '../errors.ts'
import { LIMITS } from '../facts.ts'
import { everythingOf, parseFields, pick } from '../fields.ts'
import { pageLink, pagePicture } from '../urls.ts'
import { instagramOf, type Page } from '../world.ts'
import type { GraphCall } from './call.ts'
import { accountSources } from './instagram.ts'
import { fromCursor, toEdge } from './paging.ts'
import { postSources } from './post-fields.ts'

export function pageSources(call: GraphCall) {
  const instagram = (page: Page, isExpanded: boolean) => {
    const account = instagramOf(page)
    if (!account || !call.session.may('instagram_basic', page.id)) return undefined
    return isExpanded ? everythingOf(accountSources(call), account) : { id: account.id }
  }
  return {
    id: (page: Page) => page.id,
    name: (page: Page) => page.name,
    username: (page: Page) => page.username,
    category: (page: Page) => page.category,
    category_list: (page: Page) => [{ id: '2500', name: page.category }],
    about: (page: Page) => page.about || undefined,
    link: (page: Page) => pageLink(page),
    followers_count: (page: Page) => page.followers,
    fan_count: (page: Page) => page.followers,
    picture: (page: Page) => ({
      data: { height: 50, width: 50, is_silhouette: false, url: pagePicture(page.id) },
    }),
    instagram_business_account: instagram,
    connected_instagram_account: instagram,
  }
}

export function readPage(call: GraphCall, page: Page) {
  mustRead(call, page)
  const { meta, session, params } = call
  const sources = {
    ...pageSources(call),
    access_token: (node: Page) =>
      session.token.kind === 'page'
        ? meta.tokens.secretOf(session.token)
        : meta.tokens.secretOf(meta.tokens.pageToken(session.token, node.id)),
  }
  return pick('Page', sources, page, parseFields(params.text('fields') ?? 'id,name'))
}

/** Newest first; unpublished and deleted posts are not in it, fresh ones only after the list lag. */
export function listPublishedPosts(call: GraphCall, page: Page) {
  mustRead(call, page)
  const { meta, params, conditions } = call
  const limit = params.count('limit', LIMITS.defaultPageSize, LIMITS.pageSize)
  const asked = parseFields(params.text('fields') ?? 'created_time,message,id')
  const cursor = params.text('after')
  const rows = meta.posts.list({
    pageId: page.id,
    since: params.instant('since'),
    until: params.instant('until'),
    after: cursor === undefined ? undefined : Number(fromCursor(cursor)),
    limit: limit + 1,
    listLagMs: conditions.listLagMs,
  })
  const sources = postSources(call)
  return toEdge(call, `${page.id}/published_posts`, rows.slice(0, limit), {
    limit,
    hasMore: rows.length > limit,
    positionOf: (post) => post.seq,
    show: (post) => pick('PagePost', sources, post, asked),
  })
}

/** A Page token reads its own Page; a user token the Pages that its person holds and ticked. */
export function mustRead(
  { meta, session }: GraphCall,
  page: Pick<Page, 'id'>,
  permission = 'pages_read_engagement',
): void {
  const { token } = session
  const holds =
    token.kind === 'page'
      ? token.page_id === page.id
      : meta.world.pagesOf(token.person_id).some((held) => held.id === page.id)
  if (!holds || !session.may(permission, page.id)) throw mayNotRead(permission)
}

/** What a Page does itself wants its own token. */
export function mustBePage({ session }: GraphCall, page: Pick<Page, 'id'>, permission: string): void {
  if (session.token.page_id !== page.id || !session.may(permission, page.id)) throw mayNotPublish()
}
