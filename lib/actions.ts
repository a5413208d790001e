import 'server-only'
import { createSafeActionClient } from 'next-safe-action'
import { z } from 'zod'
import type { Refusal } from './errors.ts'
import { RefusalError } from './errors.ts'
import { log, newErrorId } from './log.ts'
import { refusal, refusalFrom } from './refusals.ts'
import { getSession } from './supabase/session.ts'

/**
 * The one pipeline of every action: parse, run, and answer with data, typed field errors or a refusal.
 * What nobody expected is logged once, under an id that the person sees too.
 */
export const publicAction = createSafeActionClient({
  defineMetadataSchema: () => z.object({ name: z.string() }),
  defaultValidationErrorsShape: 'flattened',
  handleServerError(error, { metadata }): Refusal {
    const expected = refusalFrom(error)
    if (expected) return expected
    const errorId = newErrorId()
    log.error({ err: error, errorId, action: metadata?.name }, 'action failed')
    return { ...refusal('unexpected'), errorId }
  },
})

/** For people who are signed in: `ctx` is their session, `ctx.db` the Data API as them. */
export const memberAction = publicAction.use(async ({ next }) => {
  const session = await getSession()
  if (!session) throw new RefusalError(refusal('signed_out'))
  return next({ ctx: session })
})

/** Lets one action serve a form (its fields by name) and a call with the object itself. */
export function fromForm<Schema extends z.ZodType>(schema: Schema) {
  const either = z.preprocess((value) => (value instanceof FormData ? plainFields(value) : value), schema)
  return either as z.ZodType<z.output<Schema>, FormData | z.input<Schema>> // preprocess takes anything; callers should not
}

/** Fields of one name become a list only where the form repeats them; Next's own fields are left out. */
function plainFields(form: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  const fields: Record<string, FormDataEntryValue | FormDataEntryValue[]> = {}
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue
    const [first, ...rest] = form.getAll(name)
    if (first !== undefined) fields[name] = rest.length > 0 ? [first, ...rest] : first
  }
  return fields
}
