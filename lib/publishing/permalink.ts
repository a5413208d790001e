import 'server-only'
import { throughGateway } from '#lib/platforms/http.ts'

/** The same with an address that opens from here: itself, or below the gateway where one is set. */
export function openable<Post extends { permalink: string | null }>(post: Post): Post {
  return { ...post, permalink: post.permalink && throughGateway(post.permalink) }
}
