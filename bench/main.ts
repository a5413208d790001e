import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findBenchmarks, isMet, type Named } from './benchmark.ts'
import { describeMachine, type Results, resultsAsText } from './results.ts'

/** `npm run bench [-- NAME --json --save]`: exits with 1 when a budget is missed. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, save: { type: 'boolean' } },
})
const benchmarks = await findBenchmarks()
const [wanted] = positionals

if (wanted === undefined) {
  for (const { name, load } of benchmarks) console.log(`npm run bench -- ${name}\n  ${(await load()).about}`)
} else {
  const found = benchmarks.find(({ name }) => name === wanted)
  if (!found) {
    console.error(
      `There is no benchmark "${wanted}". There are: ${benchmarks.map(({ name }) => name).join(', ')}.`,
    )
    process.exit(1)
  }
  const results = await measure(found)
  console.log(values.json ? JSON.stringify(results) : resultsAsText(results))
  if (values.save) save(results)
  const missed = results.budgets.filter((budget) => !isMet(budget))
  for (const { name } of missed) console.error(`Missed: ${name}`)
  process.exit(missed.length > 0 ? 1 : 0)
}

async function measure({ name, load }: Named): Promise<Results> {
  const began = Date.now()
  const findings = await (await load()).run({ progress: (sentence) => console.error(sentence) })
  return {
    name,
    date: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 1000),
    machine: describeMachine(),
    ...findings,
  }
}

function save(results: Results) {
  const folder = path.join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, `${results.name}.json`), `${JSON.stringify(results, null, 2)}\n`)
}
