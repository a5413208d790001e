import { expect, test } from 'vitest'
import { approversOf } from './approvers.ts'

const people = [
  { userId: 'marguerite', role: 'client_approver' },
  { userId: 'odile', role: 'client_viewer' },
  { userId: 'teo', role: 'creator' },
  { userId: 'rafael', role: 'manager' },
  { userId: 'ines', role: 'owner' },
] as const

test.each([
  ['none', []],
  ['internal', ['ines', 'rafael']],
  ['client', ['marguerite']],
  ['internal_client', ['ines', 'rafael', 'marguerite']],
] as const)('where the way is %s, these say yes: %o', (mode, ids) => {
  expect(approversOf(mode, [...people]).map(({ userId }) => userId)).toEqual(ids)
})
