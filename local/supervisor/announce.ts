import type { DemoLogin } from './demo.ts'
import type { StackFacts } from './stack-facts.ts'

/** What someone wants to know once all runs: where to go, as whom, and how to end it. */
export function announcement(stack: StackFacts, logins: DemoLogin[], seconds: number): string {
  const places = [
    ['Copydesk', stack.siteUrl],
    ['Mail it sends', stack.inboxUrl],
    ['Posts it publishes', stack.sandboxUrl],
    ['Supabase API', stack.apiUrl],
    ['Database', stack.databaseUrl],
  ]
  const people = logins.map(({ name, email, password, role }) => [role, email, password, name])
  const blocks = [
    `Copydesk is ready (${seconds.toFixed(1)} s).`,
    table(places),
    people.length > 0 ? `Sign in with one of these:\n${table(people)}` : '',
    `Data and logs: ${stack.folder}\nCtrl-C stops everything; nothing is lost.`,
  ]
  return `\n${blocks.filter(Boolean).join('\n\n')}\n`
}

function table(rows: string[][]): string {
  const columns = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(columns[column] ?? 0)).join('   ')
  return rows.map((row) => `  ${line(row).trimEnd()}`).join('\n')
}
