import { z } from 'zod'

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

export const homeLists = ['broken', 'waiting', 'today', 'plan', 'accounts'] as const
/** The lists of a home page that are cut short until somebody asks for the whole. */
export type HomeList = (typeof homeLists)[number]

/** The address of a home page: which of its lists stands there whole. */
export const homeView = z.object({
  show: z.preprocess(oneOf, z.enum(homeLists).optional().catch(undefined)),
})
