import { afterThisTest, type Engine, expect } from './engine.ts'

/** Until the test is over, the function is what `change` makes of it. */
export async function rewrite({ sql }: Engine, name: string, change: (definition: string) => string) {
  const [row] = await sql<
    { definition: string }[]
  >`select pg_get_functiondef(${`private.${name}`}::regproc) as definition`
  const original = row?.definition ?? ''
  const changed = change(original)
  expect(changed).not.toBe(original)
  await sql.unsafe(changed)
  afterThisTest(() => sql.unsafe(original))
}
