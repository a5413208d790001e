import { z } from 'zod'

const origin = z
  .url({ error: ({ input }) => (input === undefined ? 'is not set' : 'is no address such as https://host') })
  .transform((url) => new URL(url).origin)
const milliseconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const required = z.string({ error: 'is not set' }).min(1)

/** "Name <address>" or the address alone: each mail brings the name that stands before it. */
const mailAddress = z
  .string({ error: 'is not set' })
  .transform((text) => /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text.trim())
  .pipe(z.email())

/** Supabase's pooler in transaction mode: LISTEN and advisory locks of a session do not survive there. */
const TRANSACTION_POOLER_PORT = '6543'

/** A fault is said without the address: it holds the password. */
const databaseUrl = required.superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') {
    context.addIssue({
      code: 'custom',
      message: 'is not of the form postgresql://user:password@host:5432/postgres',
    })
  } else if (url.port === TRANSACTION_POOLER_PORT) {
    context.addIssue({
      code: 'custom',
      message:
        'names port 6543, the transaction pooler, where the queue cannot listen: take the direct connection or the session pooler, both on port 5432',
    })
  }
})

const rotationEnvironment = z.object({ DATABASE_URL: databaseUrl, SECRETS_KEYS: required })

const environment = rotationEnvironment.extend({
  SITE_URL: origin,
  SUPABASE_URL: origin,
  SUPABASE_SECRET_KEY: required,
  SMTP_URL: required,
  MAIL_FROM: mailAddress,
  META_APP_ID: required,
  META_APP_SECRET: required,
  PLATFORM_GATEWAY: z.url().optional(),
  PUBLISH_LEASE_MS: milliseconds(30_000),
  PUBLISH_SETTLE_SCALE: z.coerce.number().positive().default(1),
  PUBLISH_SWEEP_MS: milliseconds(1_000),
  /** Where /live and /ready answer; 0 takes a free port. Unset: nowhere. */
  WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
})
export type WorkerEnvironment = z.infer<typeof environment>

/** What no line of the log may hold, wherever it comes from. */
export function secretsOf(settings: WorkerEnvironment): string[] {
  const passwords = [settings.DATABASE_URL, settings.SMTP_URL].flatMap((address) => {
    const password = URL.canParse(address) ? new URL(address).password : ''
    return [password, decodeURIComponent(password)]
  })
  const keys = settings.SECRETS_KEYS.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1).trim())
  return [settings.META_APP_SECRET, settings.SUPABASE_SECRET_KEY, ...passwords, ...keys].filter(Boolean)
}

type Variables = Readonly<Record<string, string | undefined>>

export function readEnvironment(variables: Variables): WorkerEnvironment {
  return read(environment, variables, 'The worker cannot start')
}

/** What wrapping keys anew takes: the database and the keys. */
export function readRotationEnvironment(variables: Variables): z.infer<typeof rotationEnvironment> {
  return read(rotationEnvironment, variables, 'The secrets cannot be rotated')
}

function read<T>(shape: z.ZodType<T>, variables: Variables, refusal: string): T {
  // An empty variable is what a shell leaves of one that is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = shape.safeParse(set)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  throw new Error(`${refusal}: ${faults.join('; ')}. docs/operate/worker.md lists every variable.`)
}
