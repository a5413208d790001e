import type { PostgresConnection } from '@supabase/lite/postgres'

/** lite reads the schema once; PostgREST reads it again at `notify pgrst`, which an event trigger sends on DDL. */
export async function reloadSchemaOnChange(connection: PostgresConnection): Promise<void> {
  let running: Promise<unknown> | undefined
  let again = false
  async function reload(): Promise<void> {
    again = true
    // A migration sends many notices: one reading at a time, and one more if something came meanwhile.
    if (running) return
    while (again) {
      again = false
      running = connection.introspect({ useCache: false })
      await running
    }
    running = undefined
  }
  // Runs at once too, and again whenever a lost connection is back: notices sent meanwhile are gone.
  await connection.driver.listen('pgrst', reload, reload)
}
