import { leadingNumberWord, numberWord } from '#lib/number-words.ts'

/** How the day stands: what broke, what waits for a yes; of the day’s pieces, what is to go out and what is out. */
export type DayCounts = { broken: number; waiting: number; planned: number; toGo: number; out: number }

/** "Three things broke, six wait for a yes"; where all is well, what goes out today. */
export function headline({ broken, waiting, toGo, out }: Omit<DayCounts, 'planned'>): string {
  const broke = `${leadingNumberWord(broken)} ${broken === 1 ? 'thing' : 'things'} broke`
  if (broken > 0 && waiting > 0)
    return `${broke}, ${numberWord(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a yes`
  if (broken > 0) return broke
  if (waiting > 0)
    return `${leadingNumberWord(waiting)} ${waiting === 1 ? 'post waits' : 'posts wait'} for a yes`
  if (toGo > 0) return `${leadingNumberWord(toGo)} ${toGo === 1 ? 'post goes' : 'posts go'} out today`
  if (out === 0) return 'Nothing goes out today'
  return out === 1 ? 'Today’s post is out' : `All ${numberWord(out)} posts of today are out`
}

/** Nothing asks for anyone, and nothing has its time today. */
export function isQuiet({
  broken,
  waiting,
  planned,
}: Pick<DayCounts, 'broken' | 'waiting' | 'planned'>): boolean {
  return broken + waiting + planned === 0
}

/** "8 posts today, 2 are out": the day beside the headline; null where the headline has said it. */
export function dayWords(counts: Omit<DayCounts, 'toGo'>): string | null {
  const { planned, out } = counts
  if (isQuiet(counts)) return null
  if (planned === 0) return 'nothing goes out today'
  const posts = `${planned} ${planned === 1 ? 'post' : 'posts'} today`
  if (out === 0) return planned === 1 ? `${posts}, not out yet` : `${posts}, none out yet`
  if (out === planned) return planned === 1 ? `${posts}, out` : `${posts}, all out`
  return `${posts}, ${out} ${out === 1 ? 'is' : 'are'} out`
}

type Steps = { done: number; left: number /** What is left can be done in any order. */; isFree: boolean }

/** "Two steps done, three to go, none of them blocks you": the headline of a first day. */
export function stepsHeadline({ done, left, isFree }: Steps): string {
  const head =
    done === 0
      ? `${leadingNumberWord(left)} ${left === 1 ? 'step' : 'steps'} to begin with`
      : `${stepsDone(done)}, ${numberWord(left)} to go`
  return isFree && left > 1 ? `${head}, none of them blocks you` : head
}

function stepsDone(done: number): string {
  return `${leadingNumberWord(done)} ${done === 1 ? 'step' : 'steps'} done`
}
