import { type DiffPart, wordDiff } from '#components/status/word-diff.ts'

/** How much of what stayed is kept beside a change. */
const CONTEXT = 48

/** What changed, with a few words around it: the rest of a long text is "…". */
export function diffExcerpt(before: string, after: string): DiffPart[] {
  const parts = wordDiff(before, after)
  return parts.map((part, index) =>
    part.kind === 'same'
      ? { ...part, text: shorten(part.text, { isFirst: index === 0, isLast: index === parts.length - 1 }) }
      : part,
  )
}

function shorten(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const room = isFirst || isLast ? CONTEXT : CONTEXT * 2
  if (text.length <= room + 12) return text
  const head = isFirst ? '' : cutAfterWord(text.slice(0, CONTEXT))
  const tail = isLast ? '' : cutBeforeWord(text.slice(-CONTEXT))
  return `${head}…${tail}`
}

const cutAfterWord = (text: string) => text.replace(/\s*\S*$/, ' ')
const cutBeforeWord = (text: string) => text.replace(/^\S*\s*/, ' ')
