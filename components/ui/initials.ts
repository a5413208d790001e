/** Up to two letters a person goes by: first of the first word, first of the last. An address gives its first. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*$/, '')
    .split(/[\s._-]+/u)
    .filter((word) => /^\p{L}|\p{N}/u.test(word))
  const first = words.at(0)
  const last = words.length > 1 ? words.at(-1) : undefined
  const letters = [first, last].map((word) => (word ? [...word].at(0) : '')).join('')
  return letters.toLocaleUpperCase('en-GB') || '?'
}
