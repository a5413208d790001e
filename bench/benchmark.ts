import { readdir } from 'node:fs/promises'
import path from 'node:path'

export type Benchmark = {
  /** One sentence for the list. */
  about: string
  run(report: { progress(sentence: string): void }): Promise<Findings>
}

export type Findings = { tables: Table[]; budgets: Budget[] }

export type Table = { title: string; columns: string[]; rows: Cell[][] }
export type Cell = string | number | null

/** What was promised and what was seen; `limit` is the most that is allowed. */
export type Budget = { name: string; limit: number; seen: number; unit: 'ms' | 'times' | 'rows' }

export function isMet({ limit, seen }: Budget): boolean {
  return seen <= limit
}

export type Named = { name: string; load(): Promise<Benchmark> }

export async function findBenchmarks(): Promise<Named[]> {
  const entries = await readdir(import.meta.dirname, { recursive: true })
  return entries
    .flatMap((entry) => {
      const name = /^([\w-]+)(?:\/bench|\.bench)\.ts$/.exec(entry)?.[1]
      return name ? [{ name, load: () => load(path.join(import.meta.dirname, entry)) }] : []
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}

async function load(file: string): Promise<Benchmark> {
  const { benchmark }: { benchmark: Benchmark } = await import(file)
  return benchmark
}
