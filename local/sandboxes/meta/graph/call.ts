import type { Conditions, Ground } from '../../platform.ts'
import type { Comment, Comments } from '../comments.ts'
import type { Files } from '../files.ts'
import type { Container, Containers } from '../instagram/containers.ts'
import type { Media, PublishedMedia } from '../instagram/media.ts'
import type { Params } from '../params.ts'
import type { Photo, Post, Posts } from '../posts.ts'
import type { Stories } from '../stories.ts'
import type { Tally } from '../tally.ts'
import type { Session, Tokens } from '../tokens.ts'
import type { Uploads } from '../uploads.ts'
import type { Usage } from '../usage.ts'
import type { Video, Videos } from '../videos.ts'
import type { Webhooks } from '../webhooks.ts'
import type { InstagramAccount, Page, Person, World } from '../world.ts'

/** Everything the platform consists of. */
export interface Meta {
  ground: Ground
  world: World
  tokens: Tokens
  posts: Posts
  videos: Videos
  stories: Stories
  files: Files
  uploads: Uploads
  containers: Containers
  media: PublishedMedia
  comments: Comments
  tally: Tally
  usage: Usage
  webhooks: Webhooks
}

export type Node =
  | { type: 'user'; node: Person }
  | { type: 'page'; node: Page }
  | { type: 'post'; node: Post }
  | { type: 'photo'; node: Photo }
  | { type: 'video'; node: Video }
  | { type: 'instagram'; node: InstagramAccount }
  | { type: 'container'; node: Container }
  | { type: 'media'; node: Media }
  | { type: 'comment'; node: Comment }

/** An authenticated call on one node. */
export interface GraphCall {
  meta: Meta
  session: Session
  params: Params
  /** `v25.0`, as served. */
  version: string
  /** What follows the edge in the path, e.g. a permission's name. */
  rest: string | undefined
  /** The token as it was sent: the platform repeats it in paging addresses. */
  accessToken: string
  conditions: Conditions
}
