/** So many at a time; the others wait in their order. */
export class Permits {
  #left: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#left = count
  }

  /** @returns whether one was left; then it is to be given back */
  tryTake(): boolean {
    if (this.#left === 0) return false
    this.#left--
    return true
  }

  giveBack(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#left++
  }

  async during<Result>(act: () => Promise<Result>): Promise<Result> {
    if (!this.tryTake()) await new Promise<void>((begin) => this.#waiting.push(begin))
    try {
      return await act()
    } finally {
      this.giveBack()
    }
  }
}
