import type { Ground, IncomingCall, Platform, Refusal } from '../platform.ts'
import { createMetaControl } from './control.ts'
import { answerDialog } from './dialog.ts'
import { errorIn, GraphError, tokenEnded } from './errors.ts'
import { GRAPH_HOST, PICTURE_HOST, WWW_HOST } from './facts.ts'
import { showFeed, showPages, showPermalink, showPhoto } from './feed-pages.ts'
import { answerGraph } from './graph/api.ts'
import type { Meta } from './graph/call.ts'
import { refusal } from './graph/respond.ts'
import { serveVersion, splitVersion } from './graph/versions.ts'
import { answerPicture } from './pictures.ts'
import { Posts } from './posts.ts'
import { META_SCHEMA } from './schema.ts'
import { Tokens } from './tokens.ts'
import { tooManyCalls, Usage } from './usage.ts'
import { World } from './world.ts'

/** Facebook Pages as a platform behind the gateway, and the parts of it that the control plane moves. */
export function createMeta(ground: Ground): { meta: Meta; platform: Platform } {
  ground.store.define(META_SCHEMA)
  const meta: Meta = {
    ground,
    world: new World(ground.store),
    tokens: new Tokens(ground),
    posts: new Posts(ground),
    usage: new Usage(ground.settings),
  }
  const platform: Platform = {
    name: 'meta',
    hosts: [GRAPH_HOST, WWW_HOST, PICTURE_HOST],
    answer: async (request, conditions) => {
      const { hostname, pathname } = new URL(request.url)
      if (hostname === GRAPH_HOST) return answerGraph(meta, request, conditions)
      return hostname === PICTURE_HOST ? answerPicture(meta, pathname) : answerWww(meta, request)
    },
    accountOf: (call) => accountOf(meta, call),
    refuse: (asked, accountId) => refusal(wordsFor(asked, accountId), serveVersion(null, ground.clock.now())),
    errorOf: errorIn,
    control: createMetaControl(meta),
    home: () => showPages(meta),
    countPosts: () => meta.posts.count(),
    reset: () => {
      meta.world.reset()
      meta.usage.reset()
    },
  }
  return { meta, platform }
}

/** www.facebook.com: the consent dialog, and the Pages as visitors see them. */
async function answerWww(meta: Meta, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const { version, path } = splitVersion(pathname)
  if (path === '/dialog/oauth' && version !== null) return answerDialog(meta, request)
  if (path === '/photo.php') return showPhoto(meta, searchParams.get('fbid') ?? '')
  const [, page = '', edge, number = ''] = path.split('/')
  return edge === 'posts'
    ? showPermalink(meta, page, number)
    : showFeed(meta, page, searchParams.get('after'))
}

/** The Page that a call is about: the one in its path, else the one whose token it carries. */
function accountOf({ world, posts, tokens }: Meta, call: IncomingCall): string | null {
  if (call.host !== GRAPH_HOST) return null
  const id = splitVersion(call.path).path.split('/')[1] ?? ''
  const named = world.page(id)?.id ?? posts.byId(id)?.page_id ?? posts.photo(id)?.page_id
  if (named !== undefined) return named
  const token =
    /^\w+ (.+)$/.exec(call.headers.get('authorization') ?? '')?.[1] ??
    call.query.get('access_token') ??
    call.fields.access_token
  return (token && tokens.find(token)?.page_id) || null
}

function wordsFor(asked: Refusal, accountId: string | null): GraphError {
  switch (asked.kind) {
    case 'rate_limit':
      return tooManyCalls(asked.code, accountId, asked.regainMinutes, {
        status: asked.status,
        ...(asked.retryAfterS !== undefined && { headers: { 'retry-after': String(asked.retryAfterS) } }),
      })
    case 'token':
      return tokenEnded(asked.subcode)
    case 'permission':
      return new GraphError(`(#${asked.code}) The app does not have the permission for this action`, {
        status: 403,
        code: asked.code,
      })
    case 'server_error':
      return new GraphError('An unexpected error has occurred. Please retry your request later.', {
        status: asked.status,
        code: 2,
        isTransient: true,
      })
    case 'error':
      return new GraphError(asked.message ?? `(#${asked.code}) The action could not be completed`, {
        status: asked.status,
        code: asked.code,
        ...(asked.subcode !== undefined && { subcode: asked.subcode }),
        ...(asked.isTransient !== undefined && { isTransient: asked.isTransient }),
      })
  }
}
