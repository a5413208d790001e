import fc from 'fast-check'
import { expect, test } from '#tests/support/test.ts'
import { gatherCast } from './cast.ts'
import { type Tally, walk } from './exploration.ts'
import { settings, ways } from './steps.ts'
import { prepareMemory } from './world.ts'

/** Of the run that belongs to `npm test`; README.md tells how to look for longer. */
const RUNS = Number(process.env.STATES_RUNS ?? 30)
const SEED = Number(process.env.STATES_SEED ?? 20_261_124)

test('no sequence of calls by anyone reaches a state without what it stands for', {
  timeout: 120_000 + RUNS * 10_000,
}, async ({ db, api }) => {
  await prepareMemory(db)
  const stage = { db, api, cast: await gatherCast(api) }
  const tally: Tally = new Map()
  await fc.assert(
    fc.asyncProperty(settings, ways, (setting, way) => walk(stage, setting, way, tally)),
    { numRuns: RUNS, seed: SEED },
  )
  console.log(`${RUNS} walks from seed ${SEED}`)
  for (const [what, answers] of tally) console.log(what, Object.fromEntries(answers))
  expect([...(tally.get('pieces')?.keys() ?? [])].toSorted()).toEqual(PIECES.toSorted())
  expect([...(tally.get('jobs')?.keys() ?? [])]).toEqual(expect.arrayContaining(JOBS))
})

/** Walks that never come here would prove little. */
const PIECES = [
  ...['draft', 'pending_review', 'changes_requested', 'approved', 'held', 'scheduled', 'publishing'],
  ...['published', 'failed', 'archived'],
]
const JOBS = ['scheduled', 'paused', 'processing', 'outcome_unknown', 'published', 'failed', 'cancelled']
