import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { z } from 'zod'

/** The sandbox's memory: one SQLite file, so that what was published is still there after a restart. */
export class Store {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(dataDir: string | undefined) {
    if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.#db = new DatabaseSync(dataDir ? join(dataDir, 'sandbox.sqlite') : ':memory:')
    // A sandbox may lose its last moments in a power cut, never its consistency.
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on')
    this.define('create table if not exists settings (key text primary key, value text not null) strict')
  }

  define(sql: string): void {
    this.#db.exec(sql)
  }

  rows<Row>(row: z.ZodType<Row>, sql: string, ...values: SQLInputValue[]): Row[] {
    return z.array(row).parse(this.#prepare(sql).all(...values))
  }

  row<Row>(row: z.ZodType<Row>, sql: string, ...values: SQLInputValue[]): Row | null {
    const found = this.#prepare(sql).get(...values)
    return found === undefined ? null : row.parse(found)
  }

  /** @returns the number of rows changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes)
  }

  transaction<Result>(work: () => Result): Result {
    if (this.#db.isTransaction) return work()
    this.#db.exec('begin immediate')
    try {
      const result = work()
      this.#db.exec('commit')
      return result
    } catch (error) {
      this.#db.exec('rollback')
      throw error
    }
  }

  setting<Value>(key: string, value: z.ZodType<Value>): Value | null {
    const found = this.row(z.object({ value: z.string() }), 'select value from settings where key = ?', key)
    return found ? value.parse(JSON.parse(found.value)) : null
  }

  keepSetting(key: string, value: unknown): void {
    this.run(
      'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      JSON.stringify(value),
    )
  }

  /** A key made at the first start and kept with the data, e.g. to derive tokens from. */
  secret(key: string): Buffer {
    const kept = this.setting(key, z.string())
    if (kept) return Buffer.from(kept, 'hex')
    const made = randomBytes(32)
    this.keepSetting(key, made.toString('hex'))
    return made
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
