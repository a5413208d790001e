import { expect, test } from 'vitest'
import { permissions } from '#lib/members/roles.ts'
import { permissionGroups } from './permission-words.ts'

test('every permission stands in the matrix that people read, once', () => {
  const shown = permissionGroups.flatMap(({ rows }) => rows.flatMap((row) => row.permissions))
  expect(shown.sort()).toEqual([...permissions].sort())
})
