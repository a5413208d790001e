import { createHmac } from 'node:crypto'
import type { Conditions } from '../../platform.ts'
import { GraphError, invalidParameter, noSuchObject } from '../errors.ts'
import { META_SANDBOX_APP, UNVERSIONED_PATHS } from '../facts.ts'
import { Params } from '../params.ts'
import { isSame, type Session } from '../tokens.ts'
import type { GraphCall, Meta, Node } from './call.ts'
import { debugToken, exchangeToken } from './oauth.ts'
import { deletePhoto, deletePost, readPhoto, readPost } from './objects.ts'
import { listPublishedPosts, readPage } from './pages.ts'
import { listAccounts, listPermissions, readPerson, revokePermissions } from './people.ts'
import { addPhoto, publishToFeed } from './publish.ts'
import { graphAnswer, refusal } from './respond.ts'
import { serveVersion, splitVersion } from './versions.ts'

type Operation = (call: GraphCall) => unknown

/** What can be done with a node, by method and edge. */
function operationsOn(target: Node): Readonly<Record<string, Operation>> {
  switch (target.type) {
    case 'user':
      return {
        'GET ': (call) => readPerson(call, target.node),
        'GET accounts': (call) => listAccounts(call, target.node),
        'GET permissions': (call) => listPermissions(call),
        'DELETE permissions': (call) => revokePermissions(call, target.node),
      }
    case 'page':
      return {
        'GET ': (call) => readPage(call, target.node),
        'GET feed': (call) => listPublishedPosts(call, target.node),
        'GET posts': (call) => listPublishedPosts(call, target.node),
        'GET published_posts': (call) => listPublishedPosts(call, target.node),
        'POST feed': (call) => publishToFeed(call, target.node),
        'POST photos': (call) => addPhoto(call, target.node),
      }
    case 'post':
      return {
        'GET ': (call) => readPost(call, target.node),
        'DELETE ': (call) => deletePost(call, target.node),
      }
    case 'photo':
      return {
        'GET ': (call) => readPhoto(call, target.node),
        'DELETE ': (call) => deletePhoto(call, target.node),
      }
  }
}

const TYPE_NAMES = { user: 'User', page: 'Page', post: 'PagePost', photo: 'Photo' } as const

/** graph.facebook.com */
export async function answerGraph(
  meta: Meta,
  request: Request,
  { listLagMs }: Conditions,
): Promise<Response> {
  const { version: asked, path } = splitVersion(new URL(request.url).pathname)
  const now = meta.ground.clock.now()
  let version = 'v26.0'
  let headers: Record<string, string> = {}
  try {
    if (asked === null && !UNVERSIONED_PATHS.has(path))
      throw new GraphError(
        'Send a version in the path: this sandbox refuses what only an app’s default would decide.',
        {
          code: 2635,
        },
      )
    version = serveVersion(asked, now)
    const params = await Params.of(request)
    if (path === '/oauth/access_token' && (request.method === 'GET' || request.method === 'POST'))
      return graphAnswer(exchangeToken(meta, params), version)

    const accessToken = accessTokenOf(request, params)
    if (path === '/debug_token' && request.method === 'GET')
      return graphAnswer(debugToken(meta, params, accessToken), version)

    const session = meta.tokens.session(accessToken)
    mustProveSecret(meta, params, accessToken)
    headers = meta.usage.count(session)

    const [, id = '', edge = '', rest] = path.split('/')
    const target = findNode(meta, session, id)
    if (!target) throw noSuchObject(id, request.method)
    const operation = operationsOn(target)[`${request.method} ${edge}`]
    if (!operation) throw unsupported(request.method, id, edge, target)
    const call: GraphCall = { meta, session, params, version, rest, accessToken, listLagMs }
    return graphAnswer(await operation(call), version, headers)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refusal(error, version, headers)
  }
}

/** Header or parameter; the header says `Bearer` or, as older clients have it, `OAuth`. */
function accessTokenOf(request: Request, params: Params): string {
  const sent =
    /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
    params.text('access_token')
  if (!sent)
    throw new GraphError('An active access token must be used to query information about the current user.', {
      code: 2500,
    })
  return sent
}

function mustProveSecret({ ground }: Meta, params: Params, accessToken: string): void {
  const proof = params.text('appsecret_proof')
  if (proof === undefined) {
    if (ground.settings.values.require_appsecret_proof)
      throw new GraphError('API calls from the server require an appsecret_proof argument', {
        code: 100,
        type: 'GraphMethodException',
      })
    return
  }
  if (!isSame(createHmac('sha256', META_SANDBOX_APP.secret).update(accessToken).digest('hex'), proof))
    throw new GraphError('Invalid appsecret_proof provided in the API argument', {
      code: 100,
      type: 'GraphMethodException',
    })
}

function findNode({ world, posts }: Meta, { token }: Session, id: string): Node | null {
  const wanted = id === 'me' ? (token.page_id ?? token.person_id) : id
  const person = wanted === token.person_id ? world.person(wanted) : null
  if (person) return { type: 'user', node: person }
  const page = world.page(wanted)
  if (page) return { type: 'page', node: page }
  const post = posts.byId(wanted)
  if (post) return post.deleted_at === null ? { type: 'post', node: post } : null
  const photo = posts.photo(wanted)
  return photo && !posts.isExpired(photo) ? { type: 'photo', node: photo } : null
}

function unsupported(method: string, id: string, edge: string, { type }: Node): GraphError {
  return method === 'GET' && edge !== ''
    ? invalidParameter(`Tried accessing nonexisting field (${edge}) on node type (${TYPE_NAMES[type]})`)
    : noSuchObject(id, method)
}
