import { expect, test } from './engine.ts'
import { allCases, chooseCases, FAULTS, Matrix } from './matrix.ts'

/**
 * The short form of every run. The long one, in which each case comes several times:
 * ENGINE_JOBS=10000 ENGINE_SEED=7 npx vitest run tests/engine/matrix.test.ts --silent=false
 */
const JOBS = Number(process.env.ENGINE_JOBS ?? 160)
const SEED = Number(process.env.ENGINE_SEED ?? 1)
const ROUND = 160

test('whatever fails and whoever dies, a post is out once, is known to be out, and nothing is stuck', {
  timeout: 120_000 + JOBS * 250,
}, async ({ engine }) => {
  const matrix = await Matrix.start(engine, { posts: JOBS })
  const places = await matrix.countPlaces()
  const cases = chooseCases(places, { seed: SEED, count: JOBS })
  const wrong: string[] = []
  for (let start = 0; start < cases.length; start += ROUND) {
    const round = await matrix.play(cases.slice(start, start + ROUND))
    wrong.push(...round.wrong)
    console.log(`${start + round.jobs} jobs, ${wrong.length} wrong`)
  }
  const { dies, faints } = matrix.plan.met
  console.log(
    `Seed ${SEED}: ${cases.length} of ${allCases(places).length} cases; ${FAULTS.length} faults;` +
      ` places ${JSON.stringify(places)}; ${dies} deaths, ${faints} faints`,
  )
  expect(wrong).toEqual([])
  // A refusal ends a job before its last places, and so does a good recovery before a second death.
  const doomed = cases.filter(({ fate, places: [place] }) => fate === 'dies' && place !== undefined)
  expect(dies).toBeGreaterThan(doomed.length * 0.9)
  expect(faints).toBe(cases.filter(({ fate }) => fate === 'faints').length)
})
