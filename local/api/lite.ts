import { App, type EmailMessage, setExperimental } from '@supabase/lite'
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres'
import { type AuthMailKind, authMails, templateFile } from './auth-mails.ts'
import { passDatabaseErrorsOn } from './corrections/database-errors.ts'
import { keepRowSecurity } from './corrections/row-security.ts'
import { valueFormats } from './corrections/value-formats.ts'
import { DiskStorage } from './disk-storage.ts'
import type { ApiKeys } from './keys.ts'
import type { Mailer } from './mailer.ts'

export type LiteOptions = {
  /** Whom lite works as, and what row security it is under: see database/bootstrap.sql. */
  databaseUrl: string
  /** Of role `postgres`. */
  ownerUrl: string
  keys: ApiKeys
  siteUrl: string
  storageFolder: string
  mailer: Mailer
}

export type Lite = { app: App; connection: PostgresConnection; stop(): Promise<void> }

// Storage is behind a switch in 0.10.0.
setExperimental('storage', true)

/** @supabase/lite over one database, with the settings that supabase/config.toml has for hosted projects. */
export function createLite({
  databaseUrl,
  ownerUrl,
  keys,
  siteUrl,
  storageFolder,
  mailer,
}: LiteOptions): Lite {
  const connection = createPostgresConnection({
    url: databaseUrl,
    postgresOptions: { max: 10, onnotice: () => {}, types: valueFormats },
  })
  keepRowSecurity(connection)
  passDatabaseErrorsOn(connection)
  const schemaReader = readSchemaAsOwner(connection, ownerUrl)

  const app = new App({
    connection,
    api: { schemas: ['public'], max_rows: 10_000 },
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      jwt_expiry: 3600,
      site_url: siteUrl,
      additional_redirect_urls: [`${siteUrl}/**`],
      enable_signup: true,
      minimum_password_length: 8,
      // lite knows no reuse interval: two tabs refreshing at once would end each other's session.
      enable_refresh_token_rotation: false,
      email: {
        enable_signup: true,
        // Hosted asks for confirmation; here a sign-up is a session at once.
        enable_confirmations: false,
        double_confirm_changes: true,
        otp_length: 6,
        otp_expiry: 3600,
        template: templates(),
      },
    },
    storage: { enabled: true, file_size_limit: '300MiB' },
    options: {
      // Admin mode would treat every request from this machine without a key as service_role.
      server: { admin: false },
      drivers: {
        email: {
          send: ({ to, subject, html }: EmailMessage) => mailer.send({ to, subject, html: html ?? '' }),
        },
      },
    },
  })
  app._storageAdapter = new DiskStorage(storageFolder)
  return {
    app,
    connection,
    async stop() {
      await Promise.all([connection.driver.end({ timeout: 1 }), schemaReader.driver.end({ timeout: 1 })])
    },
  }
}

/** A table that nobody may read is refused, as on hosted; to lite's own role it would not even exist. */
function readSchemaAsOwner(connection: PostgresConnection, ownerUrl: string): PostgresConnection {
  const reader = createPostgresConnection({ url: ownerUrl, postgresOptions: { max: 1, onnotice: () => {} } })
  connection.introspect = (options) => reader.introspect(options)
  return reader
}

function templates() {
  const kinds = Object.keys(authMails) as AuthMailKind[]
  return Object.fromEntries(
    kinds.map((kind) => [kind, { subject: authMails[kind].subject, content_path: templateFile(kind) }]),
  )
}
