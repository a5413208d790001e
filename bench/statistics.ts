/** The value that this share of the sample lies at or below, 0.5 for the median. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5)
}

/** The same throws in each run. */
export function dice(seed: number) {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const from = <Item>(list: readonly [Item, ...Item[]]): Item => list[below(list.length)] ?? list[0]
  return { below, from }
}
