import path from 'node:path'
import { expect, test } from 'vitest'
import { sentenceFor } from '#lib/errors.ts'
import { remedyFor } from '#lib/publishing/remedy.ts'
import { connections } from '#lib/sentences/connections.ts'
import { publishing } from '#lib/sentences/publishing.ts'
import { projectFolder } from '#local/supervisor/folder.ts'

/** What people are told when they ask for something; never why a post stands where it stands. */
const refusals =
  /^(job_|pause_|publish_url_|publish_in_flight|connection_not_found|connection_paused|oauth_|platform_unknown)/

/** Written again with `npm test -- tests/checks/publishing-causes.test.ts -u`. */
test('the table of causes says what the desk says', async () => {
  const causes = [...Object.keys(connections), ...Object.keys(publishing)].filter(
    (code) => !refusals.test(code),
  )
  await expect(tableOf(causes)).toMatchFileSnapshot(
    path.join(projectFolder, 'docs/operate/publishing-causes.md'),
  )
})

function tableOf(codes: readonly string[]): string {
  const rows = [
    ['code', 'what the desk says', 'what mends it'],
    ...codes.map((code) => [`\`${code}\``, wordsOf(code), remedies[remedyOf(code)]]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [
    '# Why a post waits or failed',
    '',
    'Generated from `lib/sentences` and `lib/publishing/remedy.ts`. The code stands in `publish_jobs.last_error_code`, in the job’s log and in the audit trail; the sentence is what people read, with the network and the account in place.',
    '',
    line(head),
    line(widths.map((width) => '-'.repeat(width))),
    ...body.map(line),
    '',
  ].join('\n')
}

const remedies = {
  none: 'nothing to do',
  reconnect: 'connect again',
  edit: 'change the post, then a new yes',
  look: 'look there; then paste its link, or send again',
  retry: 'send again',
  operator: 'whoever runs the desk',
}

function wordsOf(code: string): string {
  const network = code.startsWith('instagram_') ? 'instagram' : 'facebook'
  return sentenceFor(code, { network, account_name: 'Oat & Ember' }).replaceAll('|', '\\|')
}

/** A cause that mends itself, or that another has to mend, says so in its sentence. */
function remedyOf(code: string): keyof typeof remedies {
  const words = wordsOf(code)
  if (/look there/i.test(words)) return 'look'
  if (/whoever runs the desk/i.test(words)) return 'operator'
  if (/by ourselves|we look|we wait|goes out as soon as/i.test(words)) return 'none'
  if (/connect (it|the account|Oat & Ember) again|connects it again|connected again/i.test(words))
    return 'reconnect'
  return remedyFor(code, 'usable')
}
