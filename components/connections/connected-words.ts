import { leadingNumberWord } from '#lib/number-words.ts'

/** "Oat & Ember is connected", "Two accounts are connected: Oat & Ember and Station". */
export function connectedWords(names: readonly string[]): string {
  const list = new Intl.ListFormat('en-GB').format(names)
  if (names.length === 0) return 'Nothing new was connected'
  return names.length === 1
    ? `${list} is connected`
    : `${leadingNumberWord(names.length)} accounts are connected: ${list}`
}

const reasons: Record<string, string> = {
  no_right_to_post: 'that sign-in may not post there',
  instagram_declined: 'the permission was declined',
}

/** What the network showed too, and why it was left out. */
export function skippedWords(facts: Record<string, unknown> | null): string {
  const skipped = Array.isArray(facts?.skipped) ? facts.skipped.flatMap(asSkipped) : []
  if (skipped.length === 0) return 'Posts can go there from now on.'
  const names = skipped.map(({ name, reason }) => `${name} (${reasons[reason] ?? 'not of use'})`)
  return `Left out: ${new Intl.ListFormat('en-GB').format(names)}.`
}

function asSkipped(row: unknown): { name: string; reason: string }[] {
  if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string') return []
  return [{ name: row.name, reason: 'reason' in row && typeof row.reason === 'string' ? row.reason : '' }]
}
