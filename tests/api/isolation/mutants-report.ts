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

export type Counts = { policies: number; tables: number }

/** docs/security/mutants.md. */
export function reportOf(notices: Notice[], { policies, tables }: Counts): string {
  const noticed = notices.filter(({ by }) => by !== null)
  const equivalent = notices.filter(({ by, mutant }) => by === null && isEquivalent(mutant))
  const unnoticed = notices.filter(({ by, mutant }) => by === null && !isEquivalent(mutant))
  const score = (100 * noticed.length) / (noticed.length + unnoticed.length)
  const plain = notices.filter(({ mutant }) => plainWays.includes(mutant.operator))
  const named = (layer: Layer) => notices.filter(({ by }) => by === layer).map(({ mutant }) => nameOf(mutant))
  return `# What if a policy were wrong

Written by its own test: \`npm test -- tests/api/isolation/mutants.test.ts -u\` writes it anew, \`npm test\` compares it.

[The isolation matrix](isolation.md) shows that every table keeps its contract. This page shows that the same questions would tell if one did not: each policy is made wrong, one way at a time, and they are asked again.

- ${policies} policies on ${tables} tables with row security, in the schemas public, private and storage, as \`pg_policies\` and \`pg_class\` list them. A policy or a table added later takes part by itself.
- **${notices.length} mutants: ${noticed.length} noticed, ${unnoticed.length} unnoticed, ${equivalent.length} equivalent. Score: ${score.toFixed(1)} %.** The four plain ways (drop, loosen, widen, switch off) are ${plain.length} of them, ${plain.filter(({ by }) => by !== null).length} noticed.

| way | mutants | by the matrix | without a filter | everything granted | by the catalog alone | equivalent | unnoticed |
|---|--:|--:|--:|--:|--:|--:|--:|
${operators
  .map((operator) =>
    rowOf(
      ways[operator],
      notices.filter(({ mutant }) => mutant.operator === operator),
    ),
  )
  .join('\n')}
${rowOf('**all**', notices)}

What the first differing answer was:

| way | a leak | a wrong denial | another kind of no |
|---|--:|--:|--:|
${operators
  .map((operator) =>
    kindsOf(
      ways[operator],
      notices.filter(({ mutant }) => mutant.operator === operator),
    ),
  )
  .join('\n')}

## How

Each mutant is made in a transaction, in SQL, and taken back. In between everyone of the matrix, the anonymous visitor too, tries its table under the role and the claims that PostgREST sets from their tokens. What must come of it is the contract's, \`tests/api/isolation/contract.ts\`, which was not written from the policies. A mutant is noticed at the first answer that differs.

Before any mutant the same test asks every question of every table and gets the contract's answers alone, as the matrix does over HTTP: both doors say the same.

**By the matrix**: rows by key and new rows, with the grants as they are. The same question over HTTP gets the same wrong answer. (Schema private and \`storage.buckets\` are reached by no request of ours, and are asked in SQL alone.)

**Without a filter**: with the grants as they are, but only by an update or a delete of whatever there is. Such a statement looks nothing up; one that names its rows meets the policy for reading first, which says the same.

**Everything granted**: only after \`grant all\` on the table to anon and authenticated, which a project's default grants may amount to. Row security alone keeps the contract even then; the same test asks that of the unchanged database, with rows handed to other brands, agencies and people. So these mutants are no hole today: the columns through which they would leak are granted to nobody, or the table not to anon. Of the widened policies none would leak: anon may not call the function that the condition asks, and gets an error instead of silence.

**By the catalog alone**: no row tells, since the condition lets no anonymous visitor through. The same test asks the catalog whether every policy speaks to \`authenticated\` alone and every table has row security.

${list('Noticed without a filter alone', named('without a filter'))}

${list(
  'Noticed with everything granted alone',
  named('everything granted').filter((name) => !name.endsWith(' · to public')),
  'Besides the widened policies:',
)}

${list('Noticed by the catalog alone', named('the catalog'))}

${list(
  'Equivalent',
  equivalent.map(({ mutant }) => `${nameOf(mutant)}. ${equivalents[nameOf(mutant)]}`),
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

const plainWays: readonly Mutant['operator'][] = operators.slice(0, 5)

function rowOf(words: string, notices: Notice[]): string {
  const by = (layer: Layer) => notices.filter((notice) => notice.by === layer).length
  const rest = notices.filter((notice) => notice.by === null)
  const equivalent = rest.filter(({ mutant }) => isEquivalent(mutant)).length
  const cells = [notices.length, ...layers.map(by), equivalent, rest.length - equivalent]
  return `| ${words} | ${cells.join(' | ')} |`
}

function kindsOf(words: string, notices: Notice[]): string {
  const kinds = ['leak', 'wrong denial', 'another no'] as const
  return `| ${words} | ${kinds.map((kind) => notices.filter(({ miss }) => miss?.kind === kind).length).join(' | ')} |`
}

function list(title: string, entries: string[], introduction = ''): string {
  const body = entries.length === 0 ? 'None.' : entries.map((entry) => `- ${entry}`).join('\n')
  return [`## ${title}`, introduction, body].filter(Boolean).join('\n\n')
}
