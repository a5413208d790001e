const KEPT_MS = 86_400_000

export type Counted = 'calls' | 'refused' | 'published' | 'containers' | 'reels'

interface Count {
  total: number
  /** The most within any window of the length asked for. */
  busiest: number
}

/**
 * When each account and the app did what, in real time: so that a test can say whether a limit was ever
 * exceeded, refused or not. In memory: it describes one run.
 */
export class Tally {
  readonly #times = new Map<string, Map<Counted, number[]>>()

  note(holder: string, what: Counted): void {
    const held = this.#times.get(holder) ?? new Map<Counted, number[]>()
    this.#times.set(holder, held)
    const times = held.get(what) ?? []
    held.set(what, times)
    const now = Date.now()
    times.push(now)
    // Cut in one go now and then: shifting one by one would cost with each call.
    if (times.length % 4096 === 0)
      held.set(
        what,
        times.filter((at) => at > now - KEPT_MS),
      )
  }

  read(windowMs: number): Record<string, Partial<Record<Counted, Count>>> {
    return Object.fromEntries(
      [...this.#times].map(([holder, held]) => [
        holder,
        Object.fromEntries(
          [...held].map(([what, times]) => [
            what,
            { total: times.length, busiest: busiest(times, windowMs) },
          ]),
        ),
      ]),
    )
  }

  reset(): void {
    this.#times.clear()
  }
}

function busiest(times: readonly number[], windowMs: number): number {
  let first = 0
  let most = 0
  times.forEach((at, last) => {
    while ((times[first] ?? at) <= at - windowMs) first += 1
    most = Math.max(most, last - first + 1)
  })
  return most
}
