import { z } from 'zod'

/** A switch of a form is there when it is on. */
const isOn = z.preprocess((value) => value === 'on' || value === true, z.boolean())

export const mailChoice = z.object({ brandId: z.uuid(), approvalsNeeded: isOn })

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

export const publishedFilter = z.object({
  after: z.preprocess(oneOf, z.string().optional().catch(undefined)),
})
