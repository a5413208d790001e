export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string }

/** Amounts and times whole, words, the spaces between them, and signs one by one: a changed comma is a comma. */
const TOKEN = /[£€$]?\d+(?:[.,:]\d+)*|\s+|[\p{L}\p{N}_#@'’]+|[^\s\p{L}\p{N}_#@'’]/gu

/** Beyond this many cells the two are shown as one replaced by the other: nobody reads such a diff. */
const MOST_CELLS = 4_000_000

/**
 * What changed from one text to the next, word by word (longest common subsequence).
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  const a = before.match(TOKEN) ?? []
  const b = after.match(TOKEN) ?? []

  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++

  const steps: DiffPart[] = [
    { kind: 'same', text: a.slice(0, head).join('') },
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ]
  return gather(steps)
}

function middle(a: string[], b: string[]): DiffPart[] {
  if (a.length * b.length > MOST_CELLS) {
    return [
      { kind: 'removed', text: a.join('') },
      { kind: 'added', text: b.join('') },
    ]
  }
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const weight = weightOf(a[i])
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? length(i + 1, j + 1) + weight : Math.max(length(i + 1, j), length(i, j + 1))
    }
  }

  const parts: DiffPart[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      parts.push({ kind: 'same', text: left })
      i++
      j++
    } else if (left !== undefined && (right === undefined || length(i + 1, j) >= length(i, j + 1))) {
      parts.push({ kind: 'removed', text: left })
      i++
    } else if (right !== undefined) {
      parts.push({ kind: 'added', text: right })
      j++
    }
  }
  return parts
}

/** Sentence ends hold the two texts together best, then words; a space by itself says little. */
function weightOf(token: string | undefined): number {
  if (!token) return 0
  if (/[.!?\n]/.test(token)) return 12
  return token.trim() ? 4 : 1
}

/** A span of the two texts: equal, or one side gone and another come. */
type Span = { same: string } | Change
type Change = { removed: string; added: string }

/**
 * Gathers single steps into what a person would call one change. A few equal letters between two
 * larger changes are part of them ("40 pies," became "Forty pies across"), unless a sentence ends there.
 */
function gather(parts: DiffPart[]): DiffPart[] {
  let spans = spansOf(parts)
  for (let count = 0; count !== spans.length; ) {
    count = spans.length
    spans = absorb(spans)
  }
  const result: DiffPart[] = []
  for (const part of spans.flatMap((span) => ('same' in span ? sameness(span.same) : split(span)))) {
    const last = result.at(-1)
    if (last?.kind === 'same' && part.kind === 'same') last.text += part.text
    else result.push(part)
  }
  return result
}

function sameness(text: string): DiffPart[] {
  return [{ kind: 'same', text }]
}

/** A change as it is shown: removed, then added; the space both end with stands after it, unmarked. */
function split({ removed, added }: Change): DiffPart[] {
  const space = removed && added ? (/[^\S\n]*$/.exec(removed)?.[0] ?? '') : ''
  const shared = space && added.endsWith(space) ? space : ''
  const parts: DiffPart[] = [
    { kind: 'removed', text: removed.slice(0, removed.length - shared.length) },
    { kind: 'added', text: added.slice(0, added.length - shared.length) },
    { kind: 'same', text: shared },
  ]
  return parts.filter((part) => part.text)
}

function spansOf(parts: DiffPart[]): Span[] {
  const spans: Span[] = []
  for (const { kind, text } of parts) {
    if (!text) continue
    const last = spans.at(-1)
    if (kind === 'same') {
      if (last && 'same' in last) last.same += text
      else spans.push({ same: text })
    } else if (last && 'added' in last) last[kind] += text
    else spans.push({ removed: '', added: '', [kind]: text })
  }
  return spans
}

function absorb(spans: Span[]): Span[] {
  const result: Span[] = []
  for (let index = 0; index < spans.length; index++) {
    const [before, span, after] = [result.at(-1), spans[index], spans[index + 1]]
    if (span === undefined) break
    if (
      'same' in span &&
      before &&
      'added' in before &&
      after &&
      'added' in after &&
      isSmall(span.same, before, after)
    ) {
      before.removed += span.same + after.removed
      before.added += span.same + after.added
      index++
    } else result.push({ ...span })
  }
  return result
}

function isSmall(same: string, before: Change, after: Change): boolean {
  const size = (change: Change) => Math.max(change.removed.length, change.added.length)
  return !/[.!?\n]/.test(same) && same.length <= Math.min(size(before), size(after))
}
