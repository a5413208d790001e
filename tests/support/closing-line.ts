import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/** The very last line of a run: `N passed, N failed`, and `, N skipped` if any were. */
export default class ClosingLine implements Reporter {
  // A run that breaks off before its end has failed, whatever passed until then.
  #line = '0 passed, 1 failed'

  onInit() {
    process.once('exit', () => console.log(this.#line))
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      // A file or a group that breaks before its tests run hides them: it counts as one that failed.
      counts.failed += module.errors().length
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
      for (const test of module.children.allTests()) counts[test.result().state] += 1
    }
    const skipped = counts.skipped + counts.pending
    this.#line = `${counts.passed} passed, ${counts.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  }
}
