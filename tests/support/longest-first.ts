import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = ['tests/browser/', 'tests/supervisor/', 'tests/engine/', 'tests/checks/']

/** On two cores, what waits for a build or for processes starts at once; the short files fill the gaps. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((folder) => moduleId.includes(folder))
      return found === -1 ? longest.length : found
    }
    return files.toSorted((a, b) => place(a) - place(b))
  }
}
