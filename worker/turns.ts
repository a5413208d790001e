/** When something may begin, as performance.now() counts, and its place among the others, in the order of text. */
export type Turn = { dueAt: number; place: string }

type Waiting = Turn & { begin(): void }
type Line = { waiting: Waiting[]; isTaken: boolean; timer: NodeJS.Timeout | undefined }

/**
 * One at a time for each key, the earliest first, none before its time: whoever is next follows at once, without a
 * way through the queue. It only saves ways: other workers have lines of their own, and the record decides.
 */
export class Turns {
  readonly #lines = new Map<string, Line>()
  readonly #longestMs: number

  /** Whoever is gone without a word keeps a line for no longer than that. */
  constructor(longestMs: number) {
    this.#longestMs = longestMs
  }

  /** @returns what ends the turn; null: told to stop before it came */
  take(key: string, turn: Turn, signal?: AbortSignal): Promise<(() => void) | null> {
    if (signal?.aborted) return Promise.resolve(null)
    const line = this.#lines.get(key) ?? { waiting: [], isTaken: false, timer: undefined }
    this.#lines.set(key, line)
    return new Promise((resolve) => {
      const waiting: Waiting = {
        ...turn,
        begin: () => {
          signal?.removeEventListener('abort', leave)
          resolve(this.#hold(key, line))
        },
      }
      const leave = () => {
        line.waiting.splice(line.waiting.indexOf(waiting), 1)
        resolve(null)
        this.#advance(key, line)
      }
      signal?.addEventListener('abort', leave, { once: true })
      line.waiting.push(waiting)
      line.waiting.sort((one, other) => (one.place < other.place ? -1 : 1))
      // Whoever else comes at this moment is to have their place first.
      setImmediate(() => this.#advance(key, line))
    })
  }

  #hold(key: string, line: Line): () => void {
    line.isTaken = true
    const end = () => {
      clearTimeout(timer)
      if (ended) return
      ended = true
      line.isTaken = false
      this.#advance(key, line)
    }
    let ended = false
    const timer = setTimeout(end, this.#longestMs)
    return end
  }

  #advance(key: string, line: Line): void {
    clearTimeout(line.timer)
    if (line.isTaken) return
    const [first] = line.waiting
    if (!first) {
      this.#lines.delete(key)
      return
    }
    const leftMs = first.dueAt - performance.now()
    if (leftMs > 0) {
      line.timer = setTimeout(() => this.#advance(key, line), Math.ceil(leftMs))
      return
    }
    line.waiting.shift()
    first.begin()
  }
}
