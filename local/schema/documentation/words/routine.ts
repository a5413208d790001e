import type { Routine } from '../catalog/routines.ts'

/** What a function does, as far as its text names it: itself, and in the private functions it calls. */
export type Reach = {
  /** Permissions it asks the caller for. */
  permissions: string[]
  /** Codes it refuses with. */
  refusals: string[]
  /** Tables it adds to, changes or takes from: `public.brands`. */
  written: string[]
  /** Tasks it queues for the worker. */
  tasks: string[]
}

export type Writers = { insert: string[]; update: string[]; delete: string[] }

export function reachOf(routine: Routine, routines: readonly Routine[]): Reach {
  const reached = reachedFrom(routine, routines)
  return {
    permissions: unique(reached.flatMap((one) => permissionsIn(one, routines))).sort(),
    refusals: unique(reached.flatMap((one) => refusalsIn(textOf(one)))).sort(),
    written: unique(reached.flatMap((one) => writesIn(textOf(one)).map(({ table }) => table))).sort(),
    tasks: unique(reached.flatMap((one) => tasksIn(textOf(one)))).sort(),
  }
}

/** Who writes a table in their own text, by verb: `create_post`, `private.write_post`. */
export function writersOf(table: string, routines: readonly Routine[]): Writers {
  const writers: Writers = { insert: [], update: [], delete: [] }
  for (const routine of routines) {
    const verbs = writesIn(textOf(routine)).flatMap((write) => (write.table === table ? write.verbs : []))
    for (const verb of new Set(verbs)) writers[verb].push(calledAs(routine))
  }
  return writers
}

/** Permissions whose brands a policy's helper gives: those of the first, without those of the second. */
export function permissionsOfSet(name: string, routines: readonly Routine[]): SetPermissions {
  const routine = routines.find((one) => one.schema === 'private' && one.name === name)
  if (!routine) throw new Error(`A policy asks private.${name}(), which is not there.`)
  const bodies = reachedFrom(routine, routines).map(textOf).join('\n')
  const excepted = /brands_with_only\('([^']+)', '([^']+)'\)/.exec(bodies)
  if (excepted?.[1] && excepted[2]) return { held: excepted[1], withheld: excepted[2] }
  const held = /brands_with\('([^']+)'\)/.exec(bodies)?.[1]
  return held === undefined ? {} : { held }
}

export type SetPermissions = { held?: string; withheld?: string }

export function calledAs(routine: Routine): string {
  return routine.schema === 'public' ? routine.name : `${routine.schema}.${routine.name}`
}

/** The function itself first, then the private ones it calls, in the order of calling. */
function reachedFrom(routine: Routine, routines: readonly Routine[]): Routine[] {
  const found = [routine]
  for (const one of found) {
    for (const [, name] of textOf(one).matchAll(/\bprivate\.(\w+)\s*\(/g)) {
      const called = routines.find((other) => other.schema === 'private' && other.name === name)
      if (called && !found.includes(called)) found.push(called)
    }
  }
  return found
}

function permissionsIn(routine: Routine, routines: readonly Routine[]): string[] {
  const text = textOf(routine)
  const asked = text.matchAll(
    /private\.(?:can\([^()]*?, |(?:brands|tenants)_with\()(?:case when [^']*'[^']*' then )?'([a-z_.]+)'(?: else '([a-z_.]+)' end)?/g,
  )
  const given = text.matchAll(/private\.(\w+)\([^()]*?, '([a-z_]+\.[a-z_]+)'/g)
  return [
    ...[...asked].flatMap((match) => [match[1], match[2]]),
    ...[...given].filter((match) => asksForItsArgument(match[1] ?? '', routines)).map((match) => match[2]),
  ].filter((permission) => permission !== undefined)
}

/** `lock_post(id, permission)` asks the caller for it; `notify_brand(item, permission, …)` picks whom to tell. */
function asksForItsArgument(name: string, routines: readonly Routine[]): boolean {
  return routines.some(
    (routine) =>
      routine.name === name &&
      new RegExp(`private\\.can\\([^()]*, ${name}\\.permission\\)`).test(textOf(routine)),
  )
}

/** `refuse('invite_' || state)` is given as `invite_…`. */
function refusalsIn(text: string): string[] {
  return [...text.matchAll(/private\.refuse\(\s*('([a-z_]+)'|case\b[\s\S]*?\bend\b)/g)].flatMap((match) => {
    if (match[2] === undefined) {
      return [...(match[1] ?? '').matchAll(/\b(?:then|else)\s+'([a-z_]+)'/g)].map((code) => code[1] ?? '')
    }
    return match[2].endsWith('_') ? `${match[2]}…` : match[2]
  })
}

function writesIn(text: string): { table: string; verbs: ('insert' | 'update' | 'delete')[] }[] {
  const writes = text.matchAll(/\b(insert into|update|delete from) ((?:public|private)\.\w+)/g)
  return [...writes].map((match) => {
    const [, verb = '', table = ''] = match
    if (verb === 'update') return { table, verbs: ['update'] }
    if (verb === 'delete from') return { table, verbs: ['delete'] }
    const statement = text.slice(match.index).split(';', 1)[0] ?? ''
    return { table, verbs: /\bdo update\b/.test(statement) ? ['insert', 'update'] : ['insert'] }
  })
}

function tasksIn(text: string): string[] {
  return [...text.matchAll(/graphile_worker\.add_job\('(\w+)'/g)].map((match) => match[1] ?? '')
}

function textOf(routine: Routine): string {
  return routine.body.replace(/--.*$/gm, '')
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)]
}
