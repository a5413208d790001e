import { z } from 'zod'
import { invitableRoles } from './roles.ts'

const role = z.enum(invitableRoles, { error: 'Choose what this person may do.' })

export const invitation = z.object({
  brandId: z.uuid(),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, 'Type the address the invitation goes to.')
    .pipe(z.email('This does not look like an address mail can reach. Check what follows the @.')),
  role,
})

export const invitationId = z.object({ invitationId: z.uuid() })

export const memberRole = z.object({ brandId: z.uuid(), userId: z.uuid(), role })

export const member = z.object({ brandId: z.uuid(), userId: z.uuid() })

/** 32 random bytes as base64url, as the worker makes them. */
export const linkToken = z.string().regex(/^[\w-]{43}$/)

export const tokenAlone = z.object({ token: linkToken })

/** What the form at the end of an invitation carries; clients choose no password, their mails carry links. */
export const joining = z.object({
  token: linkToken,
  displayName: z
    .string()
    .trim()
    .min(1, 'Type your name; others read it beside what you do.')
    .max(80, 'A name holds up to 80 characters.'),
})
