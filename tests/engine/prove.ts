import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { projectFolder } from '#local/supervisor/folder.ts'
import { READ_FAULTS, WRITE_FAULTS } from './faults.ts'

/** The long form of the matrix: many seeds, each on a database of its own, several at a time. */
const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    'jobs-per-seed': { type: 'string', default: '250' },
  },
})
const jobsWanted = Number(values.jobs)
const jobsPerSeed = Math.min(jobsWanted, Number(values['jobs-per-seed']))

const names = z.array(z.string())
const report = z.object({
  jobs: z.number(),
  struck: z.number(),
  dies: z.number(),
  faints: z.number(),
  cases: z.number(),
  verdict: z.object({ lost: names, twice: names, wronglyFailed: names, stuck: names, asked: names }),
})
type Report = z.infer<typeof report>

const folder = mkdtempSync(path.join(tmpdir(), 'copydesk-prove-'))
const began = performance.now()
const sum = {
  jobs: 0,
  struck: 0,
  dies: 0,
  faints: 0,
  lost: 0,
  twice: 0,
  wronglyFailed: 0,
  stuck: 0,
  asked: 0,
}
const seconds = () => Math.round((performance.now() - began) / 1000)

const seeds = Array.from({ length: Math.ceil(jobsWanted / jobsPerSeed) }, (_, n) => Number(values.seed) + n)
const unproved: number[] = []
console.log(`${jobsWanted} jobs over ${seeds.length} seeds, ${values.lanes} at a time.`)
await Promise.all(
  Array.from({ length: Number(values.lanes) }, async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) add(seed, await runSeed(seed))
  }),
)
rmSync(folder, { recursive: true, force: true })

const { jobs, struck, dies, faints, lost, twice, wronglyFailed, stuck, asked } = sum
console.log(
  [
    `${jobs} jobs in ${seconds()} s, ${(jobs / seconds()).toFixed(1)} a second.`,
    `${WRITE_FAULTS.length + READ_FAULTS.length} kinds of faults, ${struck} struck; ${dies} deaths; ${faints} workers that woke up too late.`,
    `Lost ${lost}, twice ${twice}, wrongly failed ${wronglyFailed}, stuck ${stuck}, asked although the network could tell ${asked}.`,
    ...(unproved.length > 0 ? [`Seeds that came to no end: ${unproved.join(', ')}.`] : []),
  ].join('\n'),
)
process.exit(lost + twice + wronglyFailed + stuck + asked + unproved.length > 0 ? 1 : 0)

function add(seed: number, found: Report | null): void {
  if (!found) {
    unproved.push(seed)
    return
  }
  for (const name of ['jobs', 'struck', 'dies', 'faints'] as const) sum[name] += found[name]
  for (const [name, cases] of Object.entries(found.verdict)) {
    sum[name as keyof Report['verdict']] += cases.length // the keys of the shape above
    for (const line of cases) console.log(`${name}, seed ${seed}: ${line}`)
  }
  const wrong = Object.values(found.verdict).flat().length
  console.log(
    `Seed ${seed}: ${found.jobs} of ${found.cases} cases, ${found.struck} faults, ${found.dies} deaths, ${wrong} wrong; ${sum.jobs} jobs after ${seconds()} s`,
  )
}

/** null: it did not come to its end, and said why. */
async function runSeed(seed: number): Promise<Report | null> {
  const file = path.join(folder, `${seed}.json`)
  const vitest = path.join(projectFolder, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', 'tests/engine/matrix.test.ts'], {
    cwd: projectFolder,
    env: { ...process.env, ENGINE_JOBS: String(jobsPerSeed), ENGINE_SEED: String(seed), ENGINE_REPORT: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  await once(child, 'exit')
  try {
    return report.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    console.error(`Seed ${seed} came to no end:\n${said.slice(-4_000)}`)
    return null
  }
}
