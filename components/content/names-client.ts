import { firstName } from '#lib/members/first-name.ts'

/** The first of these people whose first or whole name a text mentions, as a word of its own. */
export function clientNamedIn(text: string, clients: readonly string[]): string | null {
  return (
    clients.find((name) => {
      const first = firstName(name)
      // Two letters name nobody for sure.
      return first.length > 2 && new RegExp(`(?<![\\p{L}])${literally(first)}(?![\\p{L}])`, 'iu').test(text)
    }) ?? null
  )
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
