import { type Actor, type Command, commands, contract, type Where } from './contract.ts'
import type { Judged } from './matrix.ts'
import { brandRoles } from './people.ts'
import type { World } from './world.ts'

/** A column of the grid: whose answers it holds. */
type Column = { title: string; includes(actor: Actor, where: Where): boolean }

const letters = { select: 'R', insert: 'A', update: 'C', move: 'M', delete: 'D' } as const

const verbs = { select: 'read', insert: 'add', update: 'change', move: 'move', delete: 'delete' } as const

const columns: Column[] = [
  ...brandRoles.map((role) => ({
    title: role.replace('_', ' '),
    includes: (actor: Actor, where: Where) => actor.name === `${role} of A1` && where === 'own',
  })),
  ...['owner', 'admin', 'staff'].map((role) => ({
    title: `agency ${role}`,
    includes: (actor: Actor, where: Where) => actor.name === `${role} of agency A` && where === 'own',
  })),
  { title: 'another brand', includes: (actor, where) => actor.id !== null && where === 'other brand' },
  { title: 'another agency', includes: (actor, where) => actor.id !== null && where === 'other tenant' },
  { title: 'anonymous', includes: (actor) => actor.id === null },
]

/** docs/security/isolation.md, of what this run saw. */
export function reportOf(judged: Judged[], world: World, columnsTried: number): string {
  return `${introduction}
## What this run asked

${counts(judged, world, columnsTried)}

## What each role reaches

The rows of one's own brand or agency under each role (in profiles, the people one shares them with), as the answers were; then what anyone who is signed in reaches of a brand of the same agency that they are not on, and of another agency; then what is reached without signing in. **R** read, **A** add, **C** change, **D** delete; a small letter: only some of the rows, for which see below. An empty field: nothing. Nobody can move a row to another brand or agency.

${grid(judged, world)}

## In words

A permission holds on the row's own brand, or for tenant.*, staff.* and the like on its agency.

${rules()}
`
}

const introduction = `# Who reaches which row

Written by the tests; do not edit. \`npm test -- tests/api/isolation/matrix.test.ts -u\` writes it again, and without \`-u\` the same command fails if it says anything else than what the run saw.

## How it is proved

- **The promise is not read from the policies.** \`tests/api/isolation/contract.ts\` declares for each table who may read, add, change and delete what, in the names of permissions. Which role holds a permission comes from \`private.role_permissions\` and \`private.tenant_role_permissions\` when the run begins. A table without an entry is for nobody.
- **Two agencies and four brands** are founded, and every table of the catalog is filled for each: by the catalog's own types, foreign keys and checks, so that a table added later is filled too, or the run names the column that it cannot fill. Pieces stand in it that a client was shown and pieces that none was, a newer version of one that was, both lanes of comments, pictures shared and not, and rows of one's own and of someone else's.
- **People with real tokens ask the Data API**: nobody, each of the eight roles on brand A1 alone, each of them with a second, contrary role on A2 (a person of one role never meets the rows that a hole in an update would open), owners of A1 who may do less on A2, a member of A2, the owner, an admin and a staff member of agency A, the owner of agency B, an admin of A who is staff of B, too, and a stranger. Each tries each command on each row of each table: their own brand's, another brand's of the agency, another agency's. Reading is tried unasked, with its count, and by key; changing and deleting by key, and then without any filter, where the policies for reading do not stand in between.
- **What was refused is looked up behind the curtain**: after reading, after changing and after adding, all tables hold exactly what they held.
- **Columns**: what may be named in a statement is compared with what the contract declares, and where some can be named, the owner of the agency, who may do most, tries each of the others.
- Files go through the Storage API: download, listing, upload, replacing and removing.
- **The run can fail**: a table added with an open policy is reported at once (\`later-table.test.ts\`), and [mutants.md](mutants.md) tells of every single policy that was dropped, loosened or widened, each time noticed.

The local Data API stands in for Supabase's. It sends each statement under the same roles and claims; row security and grants are Postgres's own.
`

function counts(judged: Judged[], world: World, columnsTried: number): string {
  const of = (some: Judged[]) => some.length.toLocaleString('en')
  const byCommand = commands.map((command) => {
    const some = judged.filter(({ cell }) => cell.command === command)
    const held = (want: string) => of(some.filter((one) => one.want === want))
    return `| ${command} | ${of(some)} | ${held('allowed')} | ${held('hidden')} | ${held('refused')} |`
  })
  const isWrong = ({ answer, want }: Judged) => answer !== want
  const leaks = judged.filter((one) => isWrong(one) && one.answer === 'allowed')
  const denials = judged.filter((one) => isWrong(one) && one.want === 'allowed')
  const others = judged.filter((one) => isWrong(one) && one.answer !== 'allowed' && one.want !== 'allowed')
  return `${world.tables.length} tables, ${world.actors.length} people, ${world.rows.length} rows; ${of(judged)} cells tried, **${leaks.length} leaks**, ${denials.length} wrong denials, ${others.length} other wrong answers. ${columnsTried} times a column out of reach was tried, and refused.

| command | cells | allowed | hidden (no row, no error) | refused |
|---|---:|---:|---:|---:|
${byCommand.join('\n')}`
}

function grid(judged: Judged[], world: World): string {
  const byTable = Map.groupBy(judged, ({ cell }) => cell.table)
  const tables = world.tables.map(({ name }) => name).toSorted()
  const lines = tables.map((table) => {
    const fields = columns.map((column) => field(byTable.get(table) ?? [], column))
    return `| ${shortName(table)} | ${fields.join(' | ')} |`
  })
  return `| table | ${columns.map(({ title }) => title).join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${lines.join('\n')}`
}

function field(judged: Judged[], { includes }: Column): string {
  const mine = judged.filter(({ cell }) => includes(cell.actor, cell.where))
  return commands.map((command) => letter(command, mine)).join('')
}

function letter(command: Command, judged: Judged[]): string {
  const tried = judged.filter(({ cell }) => cell.command === command)
  const allowed = tried.filter(({ answer }) => answer === 'allowed')
  if (allowed.length === 0) return ''
  return allowed.length === tried.length ? letters[command] : letters[command].toLowerCase()
}

function rules(): string {
  const lines = Object.entries(contract).map(([table, entry]) => {
    const words = commands.flatMap((command) =>
      entry[command] ? `${verbs[command]}: ${entry[command].words}` : [],
    )
    return `- \`${shortName(table)}\`: ${words.join('; ') || 'nobody'}`
  })
  return lines.join('\n')
}

const shortName = (table: string) => table.replace('public.', '')
