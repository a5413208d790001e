import { z } from 'zod'
import { isTimeZone } from '#lib/identity/schema.ts'

export const approvalModes = ['none', 'internal', 'client', 'internal_client'] as const
export type ApprovalMode = (typeof approvalModes)[number]

/** Who must say yes, in the words of the form. */
export function approvalModeWords(mode: ApprovalMode, agencyName: string): { name: string; hint: string } {
  switch (mode) {
    case 'none':
      return { name: 'Nobody', hint: 'Approved when the author sends it.' }
    case 'internal':
      return { name: agencyName, hint: 'One manager, never the author.' }
    case 'client':
      return { name: 'The client', hint: 'One of the people who approve for them.' }
    case 'internal_client':
      return { name: `${agencyName}, then the client`, hint: 'One manager, then one of the client’s people.' }
  }
}

const name = z.string().trim().min(1, 'Name the brand.').max(80, 'A brand name holds up to 80 characters.')

/** Empty fields of a form mean "none", not an empty string. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
}

const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{2,4}$/, 'A code has 2 to 4 letters or digits, as in OE.')

const color = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'A colour is six hexadecimal digits, as in #8a3f1c.')

const timeZone = z.string().refine((zone) => isTimeZone(zone), 'Choose a time zone from the list.')

const website = z
  .string()
  .trim()
  .max(500, 'A web address holds up to 500 characters.')
  .transform((address) => (/^https?:\/\//i.test(address) ? address : `https://${address}`))
  .pipe(z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'This is no web address.' }))

export const newBrand = z.object({
  tenantId: z.uuid(),
  name,
  timeZone,
  code: optional(code),
  approvalMode: z.enum(approvalModes),
  primaryColor: optional(color),
})

export const brandDetails = z.object({
  brandId: z.uuid(),
  name,
  timeZone,
  primaryColor: color,
  websiteUrl: optional(website),
  industry: optional(z.string().trim().max(80, 'Up to 80 characters.')),
  description: optional(z.string().trim().max(600, 'Up to 600 characters.')),
})

export const brandDeletion = z.object({
  brandId: z.uuid(),
  name: z.string().trim().min(1, 'Type the name of the brand.'),
})

export const brandKeeping = z.object({ brandId: z.uuid() })

export const approvalModeChoice = z.object({ brandId: z.uuid(), approvalMode: z.enum(approvalModes) })
