export type TextRun = { kind: 'text' | 'link'; text: string }

/** Web addresses, bare domains with a path or a common ending, hashtags and mentions: what Facebook paints blue. */
const BLUE =
  /https?:\/\/[^\s]+[^\s.,;:!?)\]}'"”’]|(?<![\p{L}\p{N}@.])(?:[a-z0-9-]+\.)+(?:com|org|net|co\.uk|uk|eu|io|shop|example)(?:\/[^\s]*[^\s.,;:!?)\]}'"”’])?|(?<![\p{L}\p{N}&])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/giu

/** A post's text as Facebook sets it: plain runs and blue ones. */
export function facebookRuns(text: string): TextRun[] {
  const runs: TextRun[] = []
  let end = 0
  for (const match of text.matchAll(BLUE)) {
    if (match.index > end) runs.push({ kind: 'text', text: text.slice(end, match.index) })
    runs.push({ kind: 'link', text: match[0] })
    end = match.index + match[0].length
  }
  if (end < text.length) runs.push({ kind: 'text', text: text.slice(end) })
  return runs
}

/** The feed folds a longer text behind "See more": about this many letters, or this many lines. */
const FOLD = { letters: 280, lines: 5 }

/** Where the feed cuts a text, at a word's end; null where it shows all of it. */
export function facebookCut(text: string): number | null {
  const lines = text.split('\n')
  const linesEnd =
    lines.length > FOLD.lines ? lines.slice(0, FOLD.lines).join('\n').length : Number.POSITIVE_INFINITY
  const most = Math.min(FOLD.letters, linesEnd)
  // "See more" itself takes a dozen letters: nothing is folded for less.
  if (text.length <= (most === linesEnd ? most : most + 12)) return null
  const head = text.slice(0, most)
  return most === linesEnd ? most : Math.max(head.search(/\s\S*$/), most - 40)
}

/** What the feed shows of an address: its host. */
export function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host.replace(/^www\./, '') : link
}
