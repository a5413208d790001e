import { describe, expect, test } from 'vitest'
import { healthOf, healthWord } from './health.ts'

const now = new Date('2026-09-17T12:00:00Z')
const account = {
  status: 'active',
  healthStatus: 'healthy',
  requiresReconnect: false,
  pausedAt: null,
  tokenExpiresAt: null as string | null,
}

describe('the health of an account', () => {
  test('healthy while its key works and no clock ends it', () => {
    expect(healthOf(account, now)).toBe('healthy')
    expect(healthOf({ ...account, tokenExpiresAt: '2026-11-01T00:00:00Z' }, now)).toBe('healthy')
  })

  test('ending in its key’s last fortnight, with the days said', () => {
    const tokenExpiresAt = '2026-09-26T11:00:00Z'
    expect(healthOf({ ...account, tokenExpiresAt }, now)).toBe('ending')
    expect(healthWord('ending', tokenExpiresAt, now)).toBe('Ends in 9 days')
    expect(healthWord('ending', '2026-09-18T06:00:00Z', now)).toBe('Ends within a day')
  })

  test('lost once the network refused it or its key has ended, paused or not', () => {
    expect(healthOf({ ...account, status: 'attention' }, now)).toBe('lost')
    expect(healthOf({ ...account, requiresReconnect: true, pausedAt: '2026-09-17T09:00:00Z' }, now)).toBe(
      'lost',
    )
    expect(healthOf({ ...account, tokenExpiresAt: '2026-09-17T11:59:00Z' }, now)).toBe('lost')
  })

  test('paused by a person, and disconnected above all', () => {
    expect(healthOf({ ...account, pausedAt: '2026-09-17T09:00:00Z' }, now)).toBe('paused')
    expect(healthOf({ ...account, status: 'disconnected', requiresReconnect: true }, now)).toBe(
      'disconnected',
    )
  })
})
