/** Hashtags and mentions, which Instagram paints; addresses stay plain there. */
const PAINTED = /(?<![\p{L}\p{N}_&])[#@][\p{L}\p{N}_.]*[\p{L}\p{N}_]/gu

export type CaptionRun = { kind: 'text' | 'tag'; text: string }

export function instagramRuns(caption: string): CaptionRun[] {
  const runs: CaptionRun[] = []
  let end = 0
  for (const match of caption.matchAll(PAINTED)) {
    if (match.index > end) runs.push({ kind: 'text', text: caption.slice(end, match.index) })
    runs.push({ kind: 'tag', text: match[0] })
    end = match.index + match[0].length
  }
  if (end < caption.length) runs.push({ kind: 'text', text: caption.slice(end) })
  return runs
}

/** The feed folds a caption behind "more" after about so many letters, or at its second line's end. */
const FOLD = { letters: 125, lines: 2 }

/** Where the feed cuts a caption, at a word's end; null where it shows all of it. */
export function instagramCut(caption: string): number | null {
  const lines = caption.split('\n')
  const linesEnd =
    lines.length > FOLD.lines ? lines.slice(0, FOLD.lines).join('\n').length : Number.POSITIVE_INFINITY
  if (caption.length <= FOLD.letters && linesEnd === Number.POSITIVE_INFINITY) return null
  if (linesEnd <= FOLD.letters) return linesEnd
  const head = caption.slice(0, FOLD.letters)
  return Math.max(head.search(/\s\S*$/), FOLD.letters - 30)
}
