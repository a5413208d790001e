import { z } from 'zod'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'Type your e-mail address.')
  .pipe(z.email('This does not look like an address mail can reach. Check what follows the @.'))

/** Length decides, not symbols: NIST SP 800-63B, 5.1.1.2. 72 bytes is where bcrypt, behind Auth, stops reading. */
export const newPassword = z
  .string()
  .min(10, 'Take at least 10 characters; four words make a strong one.')
  .refine((value) => new TextEncoder().encode(value).length <= 72, 'A password holds at most 72 characters.')

export const personName = z
  .string()
  .trim()
  .min(1, 'Type your name; others read it beside what you do.')
  .max(80, 'A name holds up to 80 characters.')

export const agencyName = z
  .string()
  .trim()
  .min(1, 'Name the agency; clients read it on mails and on their page.')
  .max(80, 'An agency name holds up to 80 characters.')

const next = z.string().max(2000).optional()

export const signUp = z.object({ agencyName, displayName: personName, email, password: newPassword })

export const passwordSignIn = z.object({
  email,
  password: z.string().min(1, 'Type your password, or have a link mailed to you.'),
  next,
})

export const mailedLink = z.object({ email, next })

export const resetRequest = z.object({ email })

export const chosenPassword = z.object({ password: newPassword, signOutOthers: z.literal('on').optional() })

export const changedPassword = z.object({
  current: z.string().min(1, 'Type your current password.'),
  password: newPassword,
})

export const agency = z.object({ agencyName })

/** Kinds of mail that carry a token hash, as Supabase names them in `verifyOtp`. */
export const confirmation = z.object({
  token_hash: z.string().min(1).max(500),
  type: z.enum(['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email']),
  next,
})

export const account = z.object({
  displayName: personName,
  timeZone: z.string().refine((zone) => isTimeZone(zone), 'Choose a time zone from the list.'),
})

export const themes = ['system', 'light', 'dark'] as const
export const theme = z.object({ theme: z.enum(themes) })
export type Theme = (typeof themes)[number]

export const signOut = z.object({ scope: z.enum(['local', 'global']), next })

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
