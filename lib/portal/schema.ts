import { z } from 'zod'

/** A switch of a form is there when it is on. */
const isOn = z.preprocess((value) => value === 'on' || value === true, z.boolean())

export const mailChoice = z.object({ brandId: z.uuid(), approvalsNeeded: isOn })

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

export const publishedFilter = z.object({
  after: z.preprocess(oneOf, z.string().optional().catch(undefined)),
})

/** "<post>.<version>": what stood before a reader when it changed under their hands. */
export const seenFilter = z.object({
  seen: z.preprocess(
    oneOf,
    z
      .string()
      .regex(/^[0-9a-f-]{36}\.\d{1,6}$/)
      .transform((text) => ({ postId: text.slice(0, 36), version: Number(text.slice(37)) }))
      .optional()
      .catch(undefined),
  ),
})
