import postgres from 'postgres'

/** The direct connection, as role postgres: what may not pass through the Data API. */
export type Sql = postgres.Sql

/** Left alone, it would wait for up to 20 s when Postgres has long been back. */
const LONGEST_BACKOFF_S = 1

export function connectRecords(databaseUrl: string, { max }: { max: number }): Sql {
  return postgres(databaseUrl, {
    max,
    // A restarted Postgres is met by the next query, which opens a new connection.
    connect_timeout: 10,
    backoff: (retries: number) => Math.min(0.1 * 2 ** retries, LONGEST_BACKOFF_S) * (0.5 + Math.random() / 2),
    idle_timeout: 60,
    connection: { application_name: 'copydesk worker' },
    onnotice: () => {},
  })
}
