import type { Ground } from '../../platform.ts'
import type { Params } from '../params.ts'
import type { Photo, Post, Posts } from '../posts.ts'
import type { Session, Tokens } from '../tokens.ts'
import type { Usage } from '../usage.ts'
import type { Page, Person, World } from '../world.ts'

/** Everything the platform consists of. */
export interface Meta {
  ground: Ground
  world: World
  tokens: Tokens
  posts: Posts
  usage: Usage
}

export type Node =
  | { type: 'user'; node: Person }
  | { type: 'page'; node: Page }
  | { type: 'post'; node: Post }
  | { type: 'photo'; node: Photo }

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
  listLagMs: number
}
