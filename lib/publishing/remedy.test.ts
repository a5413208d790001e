import { expect, test } from 'vitest'
import { remedyFor } from './remedy.ts'

test('a lost account is connected again before anything else', () => {
  expect(remedyFor('meta_policy', 'reconnect')).toBe('reconnect')
  expect(remedyFor('connection_inactive', 'disconnected')).toBe('reconnect')
})

test('an account that was connected again since needs only another try', () => {
  expect(remedyFor('meta_token_expired', 'usable')).toBe('retry')
})

test('what the network will never take as it is must be edited', () => {
  expect(remedyFor('meta_picture_refused', 'usable')).toBe('edit')
})

test('everything else is worth another try', () => {
  expect(remedyFor('publish_gave_up', 'usable')).toBe('retry')
  expect(remedyFor(null, 'paused')).toBe('retry')
})
