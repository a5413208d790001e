import { META_SANDBOX_APP } from '#local/sandboxes/meta/facts.ts'
import type { StackFacts } from './stack-facts.ts'

const mailFrom = 'Copydesk <desk@copydesk.example>'

/** What the web app is told. A gateway that someone set stands between it and the sandbox, a recorder say. */
export function webEnvironment(stack: StackFacts): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    SITE_URL: stack.siteUrl,
    SUPABASE_URL: stack.apiUrl,
    SUPABASE_PUBLISHABLE_KEY: stack.secrets.publishableKey,
    SUPABASE_SECRET_KEY: stack.secrets.secretKey,
    PLATFORM_GATEWAY: process.env.PLATFORM_GATEWAY || stack.sandboxUrl,
    META_APP_ID: META_SANDBOX_APP.id,
  }
}

/** What the worker, and the seeder, are told: they alone get the database and the keys of the tokens. */
export function workerEnvironment(stack: StackFacts): NodeJS.ProcessEnv {
  return {
    ...webEnvironment(stack),
    DATABASE_URL: stack.databaseUrl,
    SMTP_URL: stack.smtpUrl,
    MAIL_FROM: mailFrom,
    META_APP_SECRET: META_SANDBOX_APP.secret,
    SECRETS_KEYS: stack.secrets.secretsKeys,
  }
}

/** What the Supabase API with its mail catcher is told. */
export function apiEnvironment(stack: StackFacts): NodeJS.ProcessEnv {
  return {
    ...process.env,
    API_STACK: JSON.stringify({
      folder: stack.folder,
      ports: stack.ports,
      keys: stack.secrets,
      siteUrl: stack.siteUrl,
      mailFrom,
    }),
  }
}
