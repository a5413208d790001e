/** Shapes that networks speak of; anything within 2 % is called by its name. */
const named = [
  [1, 1],
  [4, 5],
  [5, 4],
  [3, 4],
  [4, 3],
  [2, 3],
  [3, 2],
  [9, 16],
  [16, 9],
  [2, 1],
] as const

const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** "4 : 5", or "1.95 : 1" where no name fits; null while the worker has not measured it. */
export function shapeOf({ width, height }: { width: number | null; height: number | null }): string | null {
  if (!width || !height) return null
  const shape = width / height
  const name = named.find(([w, h]) => Math.abs(shape / (w / h) - 1) < 0.02)
  if (name) return `${name[0]} : ${name[1]}`
  return shape >= 1 ? `${figures.format(shape)} : 1` : `1 : ${figures.format(1 / shape)}`
}
