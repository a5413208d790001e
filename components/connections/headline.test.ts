import { expect, test } from 'vitest'
import type { AccountHealth } from '#lib/connections/health.ts'
import { connectionsTitle } from './headline.ts'

const title = (...healths: AccountHealth[]) => connectionsTitle(healths.map((health) => ({ health })))

test('the heading says what needs a person, not how many there are', () => {
  expect(title()).toBe('No account is connected')
  expect(title('disconnected')).toBe('No account is connected')
  expect(title('healthy')).toBe('The account is healthy')
  expect(title('lost')).toBe('The account needs you')
  expect(title('healthy', 'healthy')).toBe('Both accounts are healthy')
  expect(title('healthy', 'healthy', 'paused')).toBe('All three accounts are healthy')
  expect(title('healthy', 'lost', 'healthy')).toBe('One of three accounts needs you')
  expect(title('lost', 'ending', 'healthy', 'disconnected')).toBe('Two of three accounts need you')
})
