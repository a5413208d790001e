import { connections } from './sentences/connections.ts'
import { content } from './sentences/content.ts'
import type { Facts, Sentence } from './sentences/facts.ts'
import { general, unexpected } from './sentences/general.ts'
import { identity } from './sentences/identity.ts'
import { media } from './sentences/media.ts'
import { members } from './sentences/members.ts'
import { publishing } from './sentences/publishing.ts'

export type { Facts } from './sentences/facts.ts'

/** The one catalogue from a stable code to what a person reads: what happened, why, what now. */
const sentences = new Map<string, Sentence>(
  Object.entries({
    ...general,
    ...identity,
    ...members,
    ...content,
    ...media,
    ...connections,
    ...publishing,
  }),
)

export function isKnownCode(code: string): boolean {
  return sentences.has(code)
}

/** @returns the sentence of `code`, filled from its facts; a general one for a code nobody wrote */
export function sentenceFor(code: string, facts: Facts = {}): string {
  const sentence = sentences.get(code) ?? unexpected
  return typeof sentence === 'string' ? sentence : sentence(facts)
}

/** An expected no, as data. `errorId` is there only for the unexpected, and stands in the log too. */
export type Refusal = { code: string; sentence: string; facts: Facts; errorId?: string }

/** Carries a refusal through code that can only throw; `digest` takes the code to error pages. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  readonly digest: string

  constructor(refusal: Refusal) {
    super(refusal.sentence)
    this.name = 'RefusalError'
    this.refusal = refusal
    this.digest = refusal.code
  }
}

type ActionResult<Data> = {
  data?: Data | undefined
  serverError?: Refusal | undefined
  validationErrors?: { formErrors: string[]; fieldErrors: Partial<Record<string, string[]>> } | undefined
}

/** The action's data, or its refusal thrown: for mutations that undo what they showed. */
export async function unwrap<Data>(result: Promise<ActionResult<Data>>): Promise<Data> {
  const { data, serverError, validationErrors } = await result
  if (serverError) throw new RefusalError(serverError)
  if (validationErrors) throw new RefusalError(invalidInput(validationErrors))
  return data as Data // next-safe-action: neither error set means the action returned its data
}

function invalidInput(errors: NonNullable<ActionResult<unknown>['validationErrors']>): Refusal {
  const messages = [
    ...errors.formErrors,
    ...Object.values(errors.fieldErrors).flatMap((field) => field ?? []),
  ]
  return { code: 'input_invalid', sentence: messages.join(' '), facts: {} }
}
