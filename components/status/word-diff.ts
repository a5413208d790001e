export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string }

/** Words, the spaces between them, line breaks and signs, so that a changed comma is a comma. */
const TOKEN = /\s+|[\p{L}\p{N}_#@'’]+|[^\s\p{L}\p{N}_#@'’]/gu

/** Beyond this many cells the two are shown as one replaced by the other: nobody reads such a diff. */
const MOST_CELLS = 4_000_000

/**
 * What changed from one text to the next, word by word (longest common subsequence).
 * Neighbouring changes are gathered, removed before added, so that a sentence reads as a sentence.
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
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1))
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

/** Joins runs; a lone space between two changes belongs to both, or each word would flicker by itself. */
function gather(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed) result.push({ kind: 'removed', text: removed })
    if (added) result.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const [index, part] of parts.entries()) {
    if (!part.text) continue
    if (part.kind === 'removed') removed += part.text
    else if (part.kind === 'added') added += part.text
    else if ((removed || added) && /^[^\S\n]+$/.test(part.text) && changes(parts[index + 1])) {
      if (removed) removed += part.text
      if (added) added += part.text
    } else {
      flush()
      const last = result.at(-1)
      if (last?.kind === 'same') last.text += part.text
      else result.push({ ...part })
    }
  }
  flush()
  return result
}

const changes = (part: DiffPart | undefined) => part !== undefined && part.kind !== 'same'
