import { INSTAGRAM_HOST } from '../facts.ts'
import type { Media } from './media.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** An id in base 64: Instagram's public name of a media. */
export function shortcode(id: string): string {
  let rest = BigInt(id)
  let code = ''
  while (rest > 0n) {
    code = `${ALPHABET[Number(rest % 64n)]}${code}`
    rest /= 64n
  }
  return code
}

/** The id behind a public name, or null for what is none. */
export function idOfShortcode(code: string): string | null {
  let id = 0n
  for (const letter of code) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return null
    id = id * 64n + BigInt(value)
  }
  return String(id)
}

export function mediaPermalink({ id, kind }: Pick<Media, 'id' | 'kind'>, username: string): string {
  if (kind === 'story') return `https://${INSTAGRAM_HOST}/stories/${username}/${id}`
  return `https://${INSTAGRAM_HOST}/${kind === 'reel' ? 'reel' : 'p'}/${shortcode(id)}/`
}

export const profileLink = (username: string) => `https://${INSTAGRAM_HOST}/${username}/`
