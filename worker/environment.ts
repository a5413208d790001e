import { z } from 'zod'

const origin = z.url().transform((url) => new URL(url).origin)
const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)

/** "Name <address>" or the address alone: each mail brings the name that stands before it. */
const mailAddress = z
  .string()
  .transform((text) => /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text.trim())
  .pipe(z.email())

const environment = z.object({
  SITE_URL: origin,
  SUPABASE_URL: origin,
  SUPABASE_SECRET_KEY: z.string().min(1),
  DATABASE_URL: z.string().min(1),
  SMTP_URL: z.string().min(1),
  MAIL_FROM: mailAddress,
  META_APP_ID: z.string().min(1),
  META_APP_SECRET: z.string().min(1),
  SECRETS_KEYS: z.string().min(1),
  PLATFORM_GATEWAY: z.url().optional(),
  PUBLISH_LEASE_MS: milliseconds(30_000),
  PUBLISH_SETTLE_SCALE: z.coerce.number().positive().default(1),
  PUBLISH_SWEEP_MS: milliseconds(5_000),
})
export type WorkerEnvironment = z.infer<typeof environment>

export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): WorkerEnvironment {
  // An empty variable is what a shell leaves of one that is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(set)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)
  throw new Error(`The worker cannot start: ${faults.join(', ')}. docs/operate.md lists every variable.`)
}
