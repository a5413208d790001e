import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { SupabaseClient } from '@supabase/supabase-js'
import { vi } from 'vitest'
import { projectFolder } from '#local/supervisor/folder.ts'

/** Where a request to the Data API is made: `lib/home/queries.ts:69 brands`. */
export type Place = string

/** Where the code of the product reads: tables, and functions of which `isRead` says that they only read. */
export function readPlaces(isRead: (functionName: string) => boolean): Place[] {
  return ['lib', 'components', 'app']
    .flatMap((folder) =>
      readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap((file) => placesIn(file, isRead))
    .sort()
}

function placesIn(file: string, isRead: (functionName: string) => boolean): Place[] {
  const text = readFileSync(path.join(projectFolder, file), 'utf8')
  const calls = [...text.matchAll(/\.(from|rpc)\(\s*'(\w+)'\s*(\)\s*\.select\()?/g)]
  return calls
    .filter(([, door, name = '', selects]) => (door === 'from' ? selects !== undefined : isRead(name)))
    .map((call) => {
      const before = text.slice(0, call.index + call[0].indexOf(`.${call[1]}(`))
      return `${file}:${before.split('\n').length} ${call[2]}`
    })
}

/** Notes, from now on, each place of the product that asks; nothing is changed about the asking. */
export function notePlaces(): ReadonlySet<Place> {
  const noted = new Set<Place>()
  for (const door of ['from', 'rpc'] as const) {
    const ask = SupabaseClient.prototype[door] as (name: string, ...rest: unknown[]) => unknown
    vi.spyOn(SupabaseClient.prototype, door).mockImplementation(function (
      this: unknown,
      name: string,
      ...rest: unknown[]
    ) {
      const place = callerIn(new Error().stack ?? '')
      if (place) noted.add(`${place} ${name}`)
      return ask.call(this, name, ...rest) as never
    } as never)
  }
  return noted
}

/** The innermost place of the product's own code. */
function callerIn(stack: string): string | undefined {
  const product = new RegExp(`${projectFolder}/((?:lib|components|app)/[^:?]+):(\\d+)`)
  const found = stack
    .split('\n')
    .map((line) => product.exec(line))
    .find(Boolean)
  return found ? `${found[1]}:${found[2]}` : undefined
}
