import { describe, expect, test } from 'vitest'
import { afterCursor, toPage } from './page.ts'

describe('paging by key', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id, at: '2026-11-24T10:00:00+00:00' }))
  const keyOf = (row: { id: string; at: string }) => [row.at, row.id]

  test('a last page has no next', () => {
    expect(toPage(rows, 3, keyOf)).toEqual({ rows, next: null })
  })

  test('the cursor of a full page continues after its last row', () => {
    const page = toPage(rows, 2, keyOf)
    expect(page.rows.map((row) => row.id)).toEqual(['a', 'b'])
    expect(afterCursor(['at', 'id'], page.next ?? undefined)).toBe(
      'at.gt."2026-11-24T10:00:00+00:00",and(at.eq."2026-11-24T10:00:00+00:00",id.gt."b")',
    )
  })

  test('a descending list continues below', () => {
    const page = toPage(rows, 1, (row) => [row.id])
    expect(afterCursor(['id'], page.next ?? undefined, 'descending')).toBe('id.lt."a"')
  })

  test('a key cannot leave its quotes', () => {
    const page = toPage([{ id: 'x",id.gt."' }, { id: 'y' }], 1, (row) => [row.id])
    expect(afterCursor(['id'], page.next ?? undefined)).toBe('id.gt."x\\",id.gt.\\""')
  })

  test.each(['', '%%%', 'abcde', 'bnVsbA', 'WzFd', 'WyJhIl0'])(
    'the cursor %j that does not fit shows the first page',
    (cursor) => {
      expect(afterCursor(['at', 'id'], cursor)).toBeNull()
    },
  )
})
