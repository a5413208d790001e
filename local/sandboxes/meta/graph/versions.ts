import { GraphError } from '../errors.ts'
import { VERSIONS } from '../facts.ts'

export function splitVersion(pathname: string): { version: string | null; path: string } {
  const parts = /^\/(v\d+\.\d+)(\/.*)?$/.exec(pathname)
  return parts?.[1] ? { version: parts[1], path: parts[2] ?? '/' } : { version: null, path: pathname }
}

/**
 * The version that answers: the one asked for, or the oldest living one in a dead one's place.
 * @throws GraphError for a version that never was
 */
export function serveVersion(asked: string | null, now: number): string {
  const living = VERSIONS.filter(({ ends }) => ends === null || now < Date.parse(ends))
  const oldest = living.at(0)?.major ?? 0
  const newest = living.at(-1)?.major ?? 0
  if (asked === null) return `v${oldest}.0`
  const [major = 0, minor = 0] = asked.slice(1).split('.').map(Number)
  if (major > newest || (major >= oldest && minor !== 0))
    throw new GraphError(`Invalid API version ${asked}: the newest is v${newest}.0.`, { code: 2635 })
  return `v${Math.max(major, oldest)}.0`
}
