import type { PostgresConnection } from '@supabase/lite/postgres'

/**
 * Left alone, lite looks once whether any table has row-level security. If none had, every later request runs as
 * the connecting role, whatever is enabled since; if one had, it grants ALL on every table of the schema to
 * anon. Told beforehand that row security is on, it does neither: it takes the caller's role and stops there.
 */
export function keepRowSecurity(connection: PostgresConnection): void {
  Object.assign(connection, { rlsState: 'active' })
}
