import { setTimeout as wait } from 'node:timers/promises'

/** Asks again until there is an answer, for what another process does in its own time. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | null | false>,
  patienceMs = 15_000,
): Promise<Answer> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`)
    await wait(40)
  }
}
