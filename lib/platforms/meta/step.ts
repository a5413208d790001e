import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Connector, PreparedStep, PublishWork, StepOutcome } from '../contract.ts'
import { unreadableAnswer } from './client.ts'
import { type MetaAnswer, outcomeOfFailure } from './errors.ts'

export type Prepared = Awaited<ReturnType<Connector['prepare']>>

export function blocked(outcome: StepOutcome): Prepared {
  return { kind: 'blocked', outcome }
}

export function refused(code: string, message: string): Prepared {
  return blocked({ kind: 'refused', class: 'invalid', code, message })
}

type Mutation<T> = {
  step: string
  effect: PreparedStep['effect']
  /** What is sent, without the token: for the record of the intent. */
  sends: readonly (string | Uint8Array | Readonly<Record<string, string>>)[]
  /** How long a lost answer may settle; staging waits for nothing, since nobody sees it. */
  settleMs: number
  call(timeoutMs: number): Promise<MetaAnswer>
  answer: z.ZodType<T>
  outcome(value: T): StepOutcome | Promise<StepOutcome>
  /** What a failure means where the common reading does not know enough. */
  otherwise?(failure: Extract<MetaAnswer, { kind: 'error' }>): Promise<StepOutcome | null>
}

/** One network mutation and the reading of its answer. */
export function mutation<T>(
  { post }: PublishWork,
  { step, effect, sends, settleMs, call, answer, outcome, otherwise }: Mutation<T>,
): Prepared {
  const hash = createHash('sha256').update(JSON.stringify([step, post.accountId]))
  for (const part of sends) hash.update(part instanceof Uint8Array ? part : JSON.stringify(part))
  return {
    kind: 'ready',
    step: {
      step,
      effect,
      digest: hash.digest('hex'),
      settleMs,
      async send(timeoutMs) {
        const answered = await call(timeoutMs)
        if (answered.kind === 'error') {
          return (await otherwise?.(answered)) ?? outcomeOfFailure(answered, { effect, settleMs })
        }
        const value = answer.safeParse(answered.body)
        if (value.success) return outcome(value.data)
        const { code, message } = unreadableAnswer
        if (effect === 'staging') return { kind: 'refused', class: 'transient', code, message }
        return { kind: 'unknown', code, message, settleMs }
      },
    },
  }
}
