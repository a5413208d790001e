import { type Step, type Taken, take } from './steps.ts'
import { check, endWorld, foundWorld, readStates, type Setting, type Stage } from './world.ts'

/** One step, or two that are taken at once. */
export type Way = readonly (Step | readonly [Step, Step])[]
/** How often each move came to which answer, and in which states pieces and jobs were seen. */
export type Tally = Map<string, Map<string, number>>

/** Walks the way through a new world and looks after each step; throws what broke, with all that led there. */
export async function walk(
  stage: Stage,
  setting: Setting,
  way: Way,
  tally: Tally = new Map(),
): Promise<void> {
  const world = await foundWorld(stage, setting)
  const said: string[] = []
  try {
    for (const next of way) {
      const steps = 'what' in next ? [next] : next
      const taken = (await Promise.all(steps.map((step) => take(world, step)))).filter(
        (step) => step !== null,
      )
      if (taken.length === 0) continue
      said.push(taken.map(tell).join(', and at once '))
      for (const { what, answer } of taken) count(tally, what, answer)
      const broken = [...unnamed(taken), ...(await check(world))]
      for (const { kind, state } of await readStates(world)) count(tally, kind, state)
      if (broken.length > 0) throw new Broken(broken, said)
    }
  } finally {
    await endWorld(world)
  }
}

type Breach = { name: string; rows: unknown }

export class Broken extends Error {
  readonly names: string[]
  constructor(breaches: readonly Breach[], said: readonly string[]) {
    const what = breaches.map(({ name, rows }) => `${name}\n  ${JSON.stringify(rows)}`)
    super(`Does not hold:\n${what.join('\n')}\nafter\n${said.join('\n')}`)
    this.names = breaches.map(({ name }) => name)
  }
}

/** What is promised of answers, beside what is promised of the state. */
export const NAMED = 'every answer is done, a refusal with a name, or no right to the table'

function unnamed(taken: readonly Taken[]): Breach[] {
  const faults = taken.filter(({ answer }) => !/^([a-z_]+$|42501 |HTTP 40[134])/.test(answer))
  return faults.length > 0 ? [{ name: NAMED, rows: faults }] : []
}

function tell({ what, who, piece, answer }: Taken): string {
  return `${what} by ${who} on piece ${piece}: ${answer}`
}

function count(tally: Tally, what: string, answer: string) {
  const answers = tally.get(what) ?? new Map<string, number>()
  tally.set(what, answers.set(answer, (answers.get(answer) ?? 0) + 1))
}
