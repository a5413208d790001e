import { writeFileSync } from 'node:fs'
import { chooseCases, countCases } from './cases.ts'
import { expect, test } from './engine.ts'
import { READ_FAULTS, WRITE_FAULTS } from './faults.ts'
import { Matrix } from './matrix.ts'

/** The short form of every run; the long one is `npm run prove` (docs/develop). */
const JOBS = Number(process.env.ENGINE_JOBS ?? 150)
const SEED = Number(process.env.ENGINE_SEED ?? 1)
const REPORT = process.env.ENGINE_REPORT

test('whatever fails and whoever dies, a post is out once, is known to be out, and nothing is stuck', {
  timeout: 120_000 + JOBS * 1_000,
}, async ({ engine }) => {
  const matrix = await Matrix.start(engine)
  const paths = await matrix.explore()
  const cases = chooseCases(paths, { seed: SEED, count: JOBS })
  const began = performance.now()
  const verdict = await matrix.play(cases)
  const { dies, faints } = matrix.plan.met
  const armed = cases.filter(({ fault }) => fault.fault).length
  console.log(
    [
      `Seed ${SEED}: ${cases.length} of ${countCases(paths)} cases in ${Math.round((performance.now() - began) / 1000)} s`,
      `${WRITE_FAULTS.length} faults of calls that send, ${READ_FAULTS.length} of calls that ask; ${matrix.struck} of ${armed} struck`,
      `${dies} deaths, ${faints} faints`,
      ...[...paths].map(
        ([{ name }, { places, writes, reads }]) =>
          `${name}: ${places} places, ${writes} calls that send, ${reads} that ask`,
      ),
      `places by port: ${JSON.stringify(Object.fromEntries(matrix.plan.ports))}`,
    ].join('\n'),
  )
  // For whoever runs several of these and adds them up.
  if (REPORT) {
    const facts = {
      jobs: cases.length,
      cases: countCases(paths),
      struck: matrix.struck,
      dies,
      faints,
      verdict,
    }
    writeFileSync(REPORT, JSON.stringify(facts))
  }

  expect(verdict).toEqual({ lost: [], twice: [], wronglyFailed: [], stuck: [], asked: [] })
  // A refusal ends a job before its last places, and so does a good recovery before a second death.
  const doomed = cases.filter(({ fate, places: [place] }) => fate === 'dies' && place !== undefined)
  expect(dies).toBeGreaterThan(doomed.length * 0.8)
  expect(matrix.struck).toBeGreaterThan(armed * 0.8)
})
