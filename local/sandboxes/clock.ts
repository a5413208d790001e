/**
 * The platforms' clock: what they stamp on posts and hold against expiries. A seeder freezes it to publish
 * last month's posts; faults and list lag stay in real time, since they are about the wire.
 */
export class Clock {
  #frozenAt: number | null = null

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now()
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== null
  }

  freeze(at: number | null): void {
    this.#frozenAt = at
  }
}
