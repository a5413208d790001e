import { describe, expect, test } from 'vitest'
import { whereToGo } from './destinations.ts'

describe('where somebody lands', () => {
  const creator = { slug: 'tidewater', role: 'creator' } as const
  const client = { slug: 'marrow-lane', role: 'client_approver' } as const
  const owner = { role: 'owner' } as const

  test('someone of one brand lands in it', () => {
    expect(whereToGo({ brands: [creator], agencies: [] })).toBe('/brands/tidewater')
  })

  test('a brand where they are the client does not count as a desk of theirs', () => {
    expect(whereToGo({ brands: [creator, client], agencies: [] })).toBe('/brands/tidewater')
  })

  test('someone of several brands lands on the desk of all', () => {
    expect(whereToGo({ brands: [creator, { ...creator, slug: 'oat-ember' }], agencies: [] })).toBe('/today')
  })

  test('an owner without a brand starts on the desk', () => {
    expect(whereToGo({ brands: [], agencies: [owner] })).toBe('/today')
  })

  test('a client lands in the portal', () => {
    expect(whereToGo({ brands: [client], agencies: [] })).toBe('/portal')
  })

  test('someone who belongs nowhere yet is welcomed', () => {
    expect(whereToGo({ brands: [], agencies: [] })).toBe('/welcome')
  })
})
