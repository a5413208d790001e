import fc from 'fast-check'
import type postgres from 'postgres'
import { expect, test } from '#tests/support/test.ts'
import { gatherCast } from './cast.ts'
import { Broken, walk } from './exploration.ts'
import { type Sabotage, sabotages } from './sabotages.ts'
import { settings, take, ways } from './steps.ts'
import {
  brokenInvariants,
  check,
  endWorld,
  foundWorld,
  prepareMemory,
  type Stage,
  withClock,
} from './world.ts'

test('each invariant holds on its way, and is seen broken once the database is sabotaged', {
  timeout: 120_000,
}, async ({ db, api }) => {
  await prepareMemory(db)
  const stage = { db, api, cast: await gatherCast(api) }
  const unseen: string[] = []
  for (const [name, sabotage] of Object.entries(sabotages)) {
    expect(await brokenOn(stage, sabotage), `without sabotage: ${name}`).toEqual([])
    const broken =
      'write' in sabotage
        ? await afterWrite(stage, sabotage)
        : await whileSabotaged(db, sabotage, () => brokenOn(stage, sabotage))
    if (!broken.includes(name)) unseen.push(`${name}; seen instead: ${broken}`)
  }
  expect(unseen).toEqual([])
})

// Long: how good random walks are at finding what is wrong without being led there.
if (process.env.STATES_RUNS) {
  test('random walks find every sabotaged function by themselves', { timeout: 3_600_000 }, async ({
    db,
    api,
  }) => {
    const stage = { db, api, cast: await gatherCast(api) }
    const unfound: string[] = []
    for (const [name, sabotage] of Object.entries(sabotages)) {
      if (!('in' in sabotage)) continue
      const run = await whileSabotaged(db, sabotage, () =>
        fc.check(
          fc.asyncProperty(settings, ways, (setting, way) => walk(stage, setting, way)),
          { numRuns: 400, endOnFailure: true },
        ),
      )
      console.log(run.failed ? `after ${run.numRuns} walks` : 'not found', name)
      if (!run.failed) unfound.push(name)
    }
    expect(unfound).toEqual([])
  })
}

const settingOf = ({ mode, aiMade }: Sabotage) => ({
  modes: [mode, mode] as const,
  selfApproval: false,
  aiMade: aiMade ?? false,
})

/** Which invariants the sabotage's way breaks. */
async function brokenOn(stage: Stage, sabotage: Sabotage): Promise<string[]> {
  try {
    await walk(stage, settingOf(sabotage), sabotage.way)
    return []
  } catch (error) {
    if (error instanceof Broken) return error.names
    throw error
  }
}

/** Acts while the function is another, then puts it back. */
async function whileSabotaged<Answer>(
  db: postgres.Sql,
  { in: name, replace }: Extract<Sabotage, { in: string }>,
  act: () => Promise<Answer>,
): Promise<Answer> {
  const original = await definitionOf(db, name)
  const changed = replace.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${name} has no text "${from}".`)
    return text.replace(from, to)
  }, original)
  await db.unsafe(changed)
  try {
    return await act()
  } finally {
    await db.unsafe(original)
  }
}

async function definitionOf(db: postgres.Sql, name: string): Promise<string> {
  const [row] = await db`
    select pg_get_functiondef(oid) as text from pg_proc
    where proname = ${name} and pronamespace in ('public'::regnamespace, 'private'::regnamespace)`
  return row?.text
}

/** Writes in a transaction that is taken back. */
async function afterWrite(stage: Stage, sabotage: Extract<Sabotage, { write: string }>): Promise<string[]> {
  const world = await foundWorld(stage, settingOf(sabotage))
  for (const step of sabotage.way) await take(world, step)
  await check(world)
  const back = new Error('taken back')
  let broken: string[] = []
  await withClock(world, async (at) => {
    await at`create temporary table piece on commit drop as select * from public.content_items where id = ${world.postIds[0]}`
    await at.unsafe(sabotage.write)
    broken = (await brokenInvariants(at)).map(({ name }) => name)
    throw back
  }).catch((error) => {
    if (error !== back) throw error
  })
  await endWorld(world)
  return broken
}
