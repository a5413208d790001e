import postgres from 'postgres'

/** The direct connection, as role postgres: what may not pass through the Data API. */
export type Sql = postgres.Sql

export function connectRecords(databaseUrl: string, { max }: { max: number }): Sql {
  return postgres(databaseUrl, {
    max,
    // A restarted Postgres is met by the next query, which opens a new connection.
    connect_timeout: 10,
    idle_timeout: 60,
    connection: { application_name: 'copydesk worker' },
    onnotice: () => {},
  })
}
