import { createHmac } from 'node:crypto'
import type { Conditions } from '../../platform.ts'
import { GraphError, invalidParameter, noSuchObject } from '../errors.ts'
import { META_SANDBOX_APP, UNVERSIONED_PATHS } from '../facts.ts'
import { Params } from '../params.ts'
import { isSame } from '../tokens.ts'
import type { GraphCall, Meta, Node } from './call.ts'
import { bucketsOf, findNode, TYPE_NAMES } from './nodes.ts'
import { debugToken, exchangeToken } from './oauth.ts'
import { operationsOn } from './operations.ts'
import { graphAnswer, refusal } from './respond.ts'
import { answerSubscriptions } from './subscriptions.ts'
import { continueUpload, startUpload } from './uploads.ts'
import { serveVersion, splitVersion } from './versions.ts'

/** graph.facebook.com */
export async function answerGraph(meta: Meta, request: Request, conditions: Conditions): Promise<Response> {
  const { version: asked, path } = splitVersion(new URL(request.url).pathname)
  const now = meta.ground.clock.now()
  let version = 'v26.0'
  let headers: Record<string, string> = {}
  meta.videos.settle()
  try {
    if (asked === null && !UNVERSIONED_PATHS.has(path))
      throw new GraphError(
        'Send a version in the path: this sandbox refuses what only an app’s default would decide.',
        {
          code: 2635,
        },
      )
    version = serveVersion(asked, now)
    const uploadId = /^\/upload:([\w-]+)$/.exec(path)?.[1]
    if (uploadId !== undefined) {
      // Raw bytes, whatever type a client gives them: never read as a form.
      meta.tokens.session(headerToken(request) ?? '')
      return graphAnswer(await continueUpload(meta, uploadId, request), version)
    }
    const params = await Params.of(request)
    if (path === '/oauth/access_token' && (request.method === 'GET' || request.method === 'POST'))
      return graphAnswer(exchangeToken(meta, params), version)

    const accessToken = accessTokenOf(request, params)
    if (path === '/debug_token' && request.method === 'GET')
      return graphAnswer(debugToken(meta, params, accessToken), version)

    if (path === `/${META_SANDBOX_APP.id}/subscriptions`)
      return graphAnswer(await answerSubscriptions(meta, request.method, params, accessToken), version)

    const session = meta.tokens.session(accessToken)
    mustProveSecret(meta, params, accessToken)
    const [, id = '', edge = '', rest] = path.split('/')
    if (edge === 'uploads' && request.method === 'POST')
      return graphAnswer(startUpload(meta, id, params), version)
    const target = findNode(meta, session, id)
    headers = meta.usage.count(bucketsOf(meta, session, target))
    if (!target) throw noSuchObject(id, request.method)
    const operation = operationsOn(target)[`${request.method} ${edge}`]
    if (!operation) throw unsupported(request.method, id, edge, target)
    const call: GraphCall = { meta, session, params, version, rest, accessToken, conditions }
    return graphAnswer(await operation(call), version, headers)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refusal(error, version, headers)
  }
}

function headerToken(request: Request): string | undefined {
  return /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
}

/** Header or parameter; the header says `Bearer` or, as older clients have it, `OAuth`. */
function accessTokenOf(request: Request, params: Params): string {
  const sent = headerToken(request) ?? params.text('access_token')
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

function unsupported(method: string, id: string, edge: string, { type }: Node): GraphError {
  return method === 'GET' && edge !== ''
    ? invalidParameter(`Tried accessing nonexisting field (${edge}) on node type (${TYPE_NAMES[type]})`)
    : noSuchObject(id, method)
}
