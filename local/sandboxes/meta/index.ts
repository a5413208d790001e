import type { Ground, IncomingCall, Platform, Refusal, Subject } from '../platform.ts'
import { Comments } from './comments.ts'
import { createMetaControl } from './control.ts'
import { answerDialog } from './dialog.ts'
import { errorIn, GraphError, tokenEnded } from './errors.ts'
import { tellOfPost } from './events.ts'
import {
  GRAPH_HOST,
  GRAPH_VIDEO_HOST,
  INSTAGRAM_HOST,
  PICTURE_HOST,
  RUPLOAD_HOST,
  WWW_HOST,
} from './facts.ts'
import { showFeed, showPages, showPermalink, showPhoto, showStory, showVideo } from './feed-pages.ts'
import { Files } from './files.ts'
import { answerGraph } from './graph/api.ts'
import type { Meta } from './graph/call.ts'
import { accountOf, findObject } from './graph/nodes.ts'
import { refusal } from './graph/respond.ts'
import { serveVersion, splitVersion } from './graph/versions.ts'
import { Containers } from './instagram/containers.ts'
import { PublishedMedia } from './instagram/media.ts'
import { answerInstagram } from './instagram/pages.ts'
import { answerPicture } from './pictures.ts'
import { Posts } from './posts.ts'
import { answerRupload } from './rupload.ts'
import { META_SCHEMA } from './schema.ts'
import { Stories } from './stories.ts'
import { Tally } from './tally.ts'
import { Tokens } from './tokens.ts'
import { Uploads } from './uploads.ts'
import { tooManyCalls, Usage } from './usage.ts'
import { Videos } from './videos.ts'
import { Webhooks } from './webhooks.ts'
import { World } from './world.ts'

const GRAPH_HOSTS: ReadonlySet<string> = new Set([GRAPH_HOST, GRAPH_VIDEO_HOST])

/** Facebook Pages and Instagram as a platform behind the gateway, and the parts of it that the control plane moves. */
export function createMeta(ground: Ground): { meta: Meta; platform: Platform } {
  ground.store.define(META_SCHEMA)
  const posts = new Posts(ground)
  const stories = new Stories(ground)
  const containers = new Containers(ground)
  const tally = new Tally()
  const meta: Meta = {
    ground,
    world: new World(ground.store),
    tokens: new Tokens(ground),
    posts,
    videos: new Videos(ground, posts, stories),
    webhooks: new Webhooks(ground),
    stories,
    files: new Files(ground.store),
    uploads: new Uploads(ground),
    containers,
    media: new PublishedMedia(ground, containers),
    comments: new Comments(ground),
    tally,
    usage: new Usage(ground.settings, tally),
  }
  meta.videos.onPublished = (postId) => {
    const post = meta.posts.byId(postId)
    if (post) tellOfPost(meta, post)
  }
  const platform: Platform = {
    name: 'meta',
    hosts: [...GRAPH_HOSTS, RUPLOAD_HOST, WWW_HOST, INSTAGRAM_HOST, PICTURE_HOST],
    answer: async (request, conditions) => {
      const { hostname, pathname } = new URL(request.url)
      if (GRAPH_HOSTS.has(hostname)) return answerGraph(meta, request, conditions)
      if (hostname === RUPLOAD_HOST) return answerRupload(meta, request, conditions)
      meta.videos.settle()
      if (hostname === PICTURE_HOST) return answerPicture(meta, request)
      return hostname === INSTAGRAM_HOST ? answerInstagram(meta, pathname) : answerWww(meta, request)
    },
    subjectOf: (call) => subjectOf(meta, call),
    refuse: (asked, accountId) =>
      refusal(wordsFor(meta, asked, accountId), serveVersion(null, ground.clock.now())),
    errorOf: errorIn,
    control: createMetaControl(meta),
    home: () => showPages(meta),
    countPosts: () => {
      meta.videos.settle()
      return meta.posts.count() + meta.stories.all().length + meta.media.count()
    },
    close: () => {
      meta.videos.close()
      meta.webhooks.close()
    },
    reset: () => {
      meta.world.reset()
      meta.webhooks.reset()
      meta.usage.reset()
      meta.tally.reset()
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
  if (page === 'reel') return showVideo(meta, edge ?? '')
  if (page === 'stories') return showStory(meta, number)
  if (edge === 'videos') return showVideo(meta, number)
  return edge === 'posts'
    ? showPermalink(meta, page, number)
    : showFeed(meta, page, searchParams.get('after'))
}

/** What a call is about: the object in its path, and its account or else the one whose token it carries. */
function subjectOf(meta: Meta, call: IncomingCall): Subject {
  const isGraph = GRAPH_HOSTS.has(call.host)
  if (!isGraph && call.host !== RUPLOAD_HOST) return { accountId: null, node: null }
  const id = isGraph
    ? (splitVersion(call.path).path.split('/')[1] ?? '')
    : (call.path.split('/').at(-1) ?? '')
  const named = findObject(meta, id)
  const account = named && accountOf(named)
  const token =
    /^\w+ (.+)$/.exec(call.headers.get('authorization') ?? '')?.[1] ??
    call.query.get('access_token') ??
    call.fields.access_token
  return {
    accountId: account ?? ((token && meta.tokens.find(token)?.page_id) || null),
    node: named?.type ?? null,
  }
}

function wordsFor({ world }: Meta, asked: Refusal, accountId: string | null): GraphError {
  switch (asked.kind) {
    case 'rate_limit':
      return tooManyCalls(asked.code, bucketOf(world, accountId), asked.regainMinutes, {
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

function bucketOf(world: World, accountId: string | null) {
  if (accountId === null) return null
  return { type: world.instagram(accountId) ? 'instagram' : 'pages', id: accountId } as const
}
