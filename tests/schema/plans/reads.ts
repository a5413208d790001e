// What Next's server does first; its request stores are made when the reads' modules load.
import 'next/dist/server/node-environment-baseline.js'
import { randomBytes } from 'node:crypto'
import { countAskedOfMe } from '#lib/approvals/counts.ts'
import * as approvals from '#lib/approvals/queries.ts'
import * as brands from '#lib/brands/queries.ts'
import * as connections from '#lib/connections/queries.ts'
import { watchAttempt } from '#lib/connections/watched.ts'
import { findPieces } from '#lib/content/find.ts'
import * as content from '#lib/content/queries.ts'
import { readTheirs } from '#lib/content/theirs.ts'
import { readStanding } from '#lib/content/watched.ts'
import { homeDays } from '#lib/home/days.ts'
import * as home from '#lib/home/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import * as library from '#lib/media/library.ts'
import * as media from '#lib/media/queries.ts'
import * as members from '#lib/members/queries.ts'
import * as notifications from '#lib/notifications/queries.ts'
import * as portal from '#lib/portal/queries.ts'
import { listSwitches, readWorkerHealth } from '#lib/publishing/machinery.ts'
import { readPunctuality } from '#lib/publishing/punctuality.ts'
import * as publishing from '#lib/publishing/queries.ts'
import { listUnsettled } from '#lib/publishing/watched.ts'
import type { Person } from '#tests/support/people.ts'
import type { Crowd } from './crowd.ts'
import { inRequestOf } from './next-request.ts'

export type Reads = Record<string, () => PromiseLike<unknown>>

/** Every read of the desk, as one person makes it. A read that is missing here fails the test, by its place in lib. */
export function deskReads(person: Person, { brand, some }: Crowd): Reads {
  const db = person.client
  const now = new Date()
  const { signal } = new AbortController()
  const aMonthAgo = new Date(now.getTime() - 30 * 86_400_000).toISOString()
  const inAMonth = new Date(now.getTime() + 30 * 86_400_000).toISOString()
  const of = { brandId: brand.id }
  const ours = { brandIds: [brand.id] }
  const post = { ...of, postId: some.postId }
  const days = homeDays(now, 'Europe/London')
  const posts = (status: Parameters<typeof content.listPosts>[1]['status'], q = '') =>
    everyPage((after) => content.listPosts(db, { brand, status, q, after }))
  const shelf = (name: Parameters<typeof library.listLibrary>[1]['shelf'], q = '') =>
    everyPage((after) => library.listLibrary(db, { ...of, shelf: name, q, after, limit: 5 }))

  return {
    'a page’s brands': () => inRequestOf(person, brands.listDeskBrands),
    'a brand by its address': () => inRequestOf(person, () => brands.requireBrand(brand.slug)),
    'own agencies': () => inRequestOf(person, brands.listMyAgencies),
    'own profile': () => inRequestOf(person, members.myProfile),

    home: () => home.readHomeBrands(db, { brandIds: some.brandIds, days, now }),
    'what needs a person': () => home.listNeedy(db, { brandIds: some.brandIds, now }),
    'asked of me': () => countAskedOfMe(db, { userId: person.id }),
    inbox: () =>
      everyPage((after) => notifications.listInbox(db, { userId: person.id, unreadOnly: false, after })),
    'unread inbox': () => notifications.listInbox(db, { userId: person.id, unreadOnly: true }),
    'unread count': () => notifications.countUnread(db, { userId: person.id }),

    'all posts': () => posts('all'),
    drafts: () => posts('draft'),
    'scheduled posts': () => posts('scheduled'),
    'waiting posts': () => posts('pending_review'),
    'published posts': () => posts('published'),
    'lost posts': () => posts('outcome_unknown'),
    'posts about': () => posts('all', 'jam 2'),
    'post by number': () => posts('all', `${brand.code}-12`),
    month: () => content.listPlanned(db, { ...of, from: aMonthAgo, to: inAMonth }),
    'a post': () => content.readPost(db, { ...of, number: some.number }),
    'near posts': () => content.listNearest(db, { ...of, number: 400 }),
    accounts: () => content.listAccounts(db, { ...of, tenantId: brand.tenant_id }),
    'role rights': () => content.listRoleRights(db),
    'found by number': () => findPieces(db, { words: `${brand.code}-12` }),
    'found by words': () => findPieces(db, { words: 'sourdough' }),
    'their draft': () => readTheirs(db, some.postId),
    'a post watched': () => readStanding(db, some.postId, signal),

    'approvals queue': () => approvals.listQueue(db, { ...of, userId: person.id }),
    review: () => approvals.readForReview(db, post),
    timeline: () => approvals.readTimeline(db, post),
    'own decisions': () => approvals.listOwnDecisions(db, { ...of, userId: person.id, since: aMonthAgo }),

    'jobs of a post': () => publishing.listPostJobs(db, post),
    'publishing queue': () => publishing.listQueue(db, ours),
    'failed jobs': () => publishing.listFailed(db, { ...ours, now }),
    'lost jobs': () => publishing.listUnknown(db, ours),
    'lately out': () => publishing.listRecentlyOut(db, { ...ours, since: new Date(aMonthAgo) }),
    'pause switches': () => listSwitches(db, ours),
    'worker health': () => readWorkerHealth(db),
    punctuality: () => readPunctuality(db),
    'jobs watched': () => listUnsettled(db, { ...ours, statuses: ['scheduled', 'processing'] }, signal),
    'jobs of a post watched': () =>
      listUnsettled(db, { ...ours, postId: some.postId, statuses: ['scheduled'] }, signal),

    connections: () => connections.listConnections(db, { ...of, now }),
    'all connections': () => connections.listConnections(db, { now }),
    'waiting for accounts': () => connections.listWaitingPosts(db, of),
    'attempt to connect': () => connections.readAttempt(db, { id: some.attemptId }),

    library: () => shelf('library'),
    'unused files': () => shelf('unused'),
    'files named': () => shelf('usable', 'loaf3'),
    'files by id': () => library.listAssets(db, { ...of, ids: [some.assetId] }),
    'a file': () => library.readAsset(db, some.assetId),
    'a file’s twin': () => library.findTwin(db, { ...of, hash: some.hash }),
    'uses of a file': () => media.listUses(db, { ...of, assetId: some.assetId }),
    thumbs: () => media.thumbsOf(db, { ...of, ids: [some.assetId] }),
    'addresses of files': () => signedAddresses(db, some.picturePaths, whenNoneIsKept()),
    quota: () => media.readQuota(db, of),

    people: () => members.listPeople(db, of),
    invitations: () => members.listPendingInvitations(db, { ...of, now }),
    matrix: () => members.readRolePermissions(db),
    'search in a brand': () => db.rpc('search_posts', { words: 'jam', only_brand: brand.id }).throwOnError(),
  }
}

/** What only an owner reads. */
export function ownerReads({ owner, agency, some }: Crowd): Reads {
  return {
    'attempt to connect watched': () =>
      watchAttempt(owner.client, some.attemptId, new AbortController().signal),
    'audit log verified': () =>
      owner.client.rpc('verify_audit_log', { tenant_id: agency.tenant.id }).throwOnError(),
  }
}

/** Every read of the client's pages, and of the links that lead there. */
export function clientReads({ client, brand, some }: Crowd): Reads {
  const db = client.client
  const of = { brandId: brand.id }
  const token = randomBytes(32).toString('base64url')
  return {
    'a client’s brand': () => inRequestOf(client, () => brands.requirePortalBrand(brand.slug)),
    'open posts': () => portal.listOpenPosts(db, brand.id),
    'asked of a client': () => portal.listAskedOfMe(db, brand.id, client.id),
    'posts that are out': () => everyPage((after) => portal.listPublished(db, { ...of, after })),
    'a shared post': () => portal.readSharedPost(db, { ...of, postId: some.postId }),
    'mail choice': () => portal.readMailChoice(db, { ...of, userId: client.id }),
    'own mail settings': () => portal.findOwnSettings(db, { ...of, userId: client.id }),
    'a client’s timeline': () => approvals.readTimeline(db, { postId: some.postId }),
    'a client’s pictures': () => signedAddresses(db, some.picturePaths, whenNoneIsKept()),
    'an invitation': () => members.peekInvitation(token),
    'a client’s link': () => members.peekPortalLink(token),
  }
}

/** The first page and the second, which asks by a cursor. */
async function everyPage(page: (after: string | undefined) => Promise<{ next: string | null }>) {
  const { next } = await page(undefined)
  if (next !== null) await page(next)
}

let clock = Date.now()

/** Addresses are kept for an hour and more: each call is a day after the last. */
function whenNoneIsKept(): number {
  clock += 86_400_000
  return clock
}
