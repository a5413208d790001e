import type { Network, PostFormat } from '#lib/platforms/contract.ts'
import type { PostWish } from './schema.ts'

/** What an account can be asked for beside a post of its feed. */
export const wishesOf: Readonly<Record<Network, readonly PostWish[]>> = {
  facebook: ['feed', 'reel'],
  instagram: ['feed', 'reel', 'story'],
}

export const wishNames: Readonly<Record<PostWish, string>> = { feed: 'Post', reel: 'Reel', story: 'Story' }

export const formatNames: Readonly<Record<PostFormat, string>> = {
  text: 'text',
  link: 'link',
  image: 'picture',
  carousel: 'carousel',
  video: 'video',
  reel: 'reel',
  story: 'story',
}

type Holding = { hasLink: boolean; images: number; videos: number }

/** What a piece becomes on a network, as private.format_of decides it; null: it cannot go there like this. */
export function formatOf(
  network: Network,
  wish: PostWish,
  { hasLink, images, videos }: Holding,
): PostFormat | null {
  const one = images + videos === 1
  if (wish === 'story') return network === 'instagram' && one ? 'story' : null
  if (videos === 1 && one) return network === 'facebook' && wish === 'feed' ? 'video' : 'reel'
  if (wish === 'reel') return null
  if (network === 'facebook') {
    if (videos > 0) return null
    if (images === 0) return hasLink ? 'link' : 'text'
  }
  if (images + videos === 0) return null
  return one ? 'image' : 'carousel'
}
