import { type Mutant, nameOf, operators } from './mutants.ts'
import { type Layer, layers, type Notice } from './mutants-run.ts'

/**
 * Mutants that are the same database: nobody could ever see a difference. Each by its name, with the reason; a
 * mutant that is noticed after all must leave the list.
 */
export const equivalents: Readonly<Record<string, string>> = {
  'public.content_comments · each lane by its permission; clients on what was shared · with check approvals.request for content.view':
    'The same branch asks for `comments.client`. Of the roles that hold it, the same ones hold `content.view` and `approvals.request`.',
}

export type Counts = {
  policies: number
  tables: number
  people: number
  statements: Record<'granted' | 'all', number>
}

/** docs/security/mutants.md. */
export function reportOf(notices: Notice[], counts: Counts): string {
  const noticed = notices.filter(({ by }) => by !== null)
  const unnoticed = notices.filter(({ by, mutant }) => by === null && !isEquivalent(mutant))
  const score = (100 * noticed.length) / (noticed.length + unnoticed.length)
  const counted = noticed.length + unnoticed.length
  const base = notices.filter(({ mutant }) => demanded.includes(mutant.operator))
  return `# What if a policy were wrong

Written by its own test: \`npm test -- tests/api/isolation/mutants.test.ts -u\` writes it anew, \`npm test\` compares it.

[The isolation matrix](isolation.md) shows that every table keeps its contract. This page shows that the matrix would say so if one did not: each policy is made wrong, one way at a time, and the same questions are asked again.

- ${counts.policies} policies on ${counts.tables} tables with row security, of the schemas public, private and storage, read from \`pg_policies\` and \`pg_class\`. A policy or a table added later takes part by itself.
- **${notices.length} mutants, ${noticed.length} noticed, ${unnoticed.length} unnoticed, ${notices.length - counted} equivalent: a score of ${score.toFixed(1)} %.** Of them ${base.length} are the four plain ways (drop, loosen, widen, switch off), ${base.filter(({ by }) => by !== null).length} noticed.

| way | mutants | noticed with the grants as they are | noticed with everything granted | noticed by the catalog alone | equivalent | unnoticed |
|---|--:|--:|--:|--:|--:|--:|
${operators
  .map((operator) =>
    rowOf(
      ways[operator],
      notices.filter(({ mutant }) => mutant.operator === operator),
    ),
  )
  .join('\n')}
${rowOf('**all**', notices)}

## How

Each mutant is made in a transaction, in SQL, and taken back. In between, ${counts.people} people (the anonymous one among them) try its table: rows by key and without a filter, new rows, rows handed to another brand, agency or person, under the role and the claims that PostgREST would set from their tokens. What must come of it is the contract's, \`tests/api/isolation/contract.ts\`, which was not written from the policies. A mutant is noticed at the first answer that differs: a leak, a wrong denial, or another kind of no (an error where there was silence).

The two doors say the same: before any mutant, ${counts.statements.granted} statements in SQL give the contract's answers, as the matrix's requests do over HTTP.

**With the grants as they are** a mutant opens the running product: a request over HTTP shows it.

**With everything granted** means \`grant all\` on the table to anon and authenticated, as a project's default grants would have it. Row security alone keeps the contract even then (${counts.statements.all} statements, no other answer), so these mutants cost the second lock and not the first: nobody is granted the columns through which they would leak, or anon is granted nothing at all.

**By the catalog alone**: no row tells them apart, since the policy's own condition lets no anonymous person through. The rule that tells is that every policy speaks to \`authenticated\` and every table has row security; the same test asks it.

${list(
  'Noticed by the catalog alone',
  notices.filter(({ by }) => by === 'the catalog').map(({ mutant }) => nameOf(mutant)),
)}

${list(
  'Equivalent',
  notices
    .filter(({ by, mutant }) => by === null && isEquivalent(mutant))
    .map(({ mutant }) => `${nameOf(mutant)}. ${equivalents[nameOf(mutant)]}`),
)}

${list(
  'Unnoticed',
  unnoticed.map(({ mutant }) => nameOf(mutant)),
)}
`
}

export const isEquivalent = (mutant: Mutant) => nameOf(mutant) in equivalents

const ways: Record<Mutant['operator'], string> = {
  'drop the policy': 'drop: the policy is gone',
  'using (true)': 'loosen: `using (true)`',
  'with check (true)': 'loosen: `with check (true)`',
  'to public': 'widen: `to public`',
  'row security off': 'row security off, on every table that has it',
  'leave out a condition': 'more: one side of an `and` or an `or` left out',
  'a neighbouring permission': 'more: another permission, which differs by the fewest roles',
}

const demanded: readonly Mutant['operator'][] = operators.slice(0, 5)

function rowOf(words: string, notices: Notice[]): string {
  const by = (layer: Layer) => notices.filter((notice) => notice.by === layer).length
  const rest = notices.filter((notice) => notice.by === null)
  const equivalent = rest.filter(({ mutant }) => isEquivalent(mutant)).length
  const cells = [notices.length, ...layers.map(by), equivalent, rest.length - equivalent]
  return `| ${words} | ${cells.join(' | ')} |`
}

const list = (title: string, entries: string[]) =>
  `## ${title}\n\n${entries.length === 0 ? 'None.' : entries.map((entry) => `- ${entry}`).join('\n')}`
