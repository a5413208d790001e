import { expect, test } from 'vitest'
import type { Permission, Role } from '#lib/members/roles.ts'
import { AREAS, areaAt, hasSlimRail, railRows, type ShellBrand } from './areas.ts'

const everything = AREAS.map((area) => area.name)

function brandAs(role: Role, permissions: Permission[]): ShellBrand {
  return {
    id: '1',
    slug: 'oat-and-ember',
    name: 'Oat & Ember',
    code: 'OE',
    primaryColor: null,
    role,
    permissions: new Set(permissions),
  }
}
const reading: Permission[] = [
  'brand.view',
  'content.view',
  'media.view',
  'connections.view',
  'analytics.view',
]
const labels = (brand: ShellBrand | null) => railRows(brand, everything, []).map((row) => row.label)

test('a creator has every area but Settings', () => {
  const creator = brandAs('creator', [...reading, 'content.create', 'planning.use'])
  expect(labels(creator)).not.toContain('Settings')
  expect(labels(creator)).toContain('Planning')
})

test('an analyst sees Overview, Calendar and Analytics of a brand, and nothing to edit', () => {
  expect(labels(brandAs('analyst', reading))).toEqual([
    'All brands',
    'Overview',
    'Calendar',
    'Analytics',
    'Inbox',
  ])
})

test('a member reads content but has no planning', () => {
  expect(labels(brandAs('member', reading))).toContain('Content')
  expect(labels(brandAs('member', reading))).not.toContain('Planning')
})

test('over all brands stands what is of use on one of them', () => {
  const over = (...brands: ShellBrand[]) => railRows(null, everything, brands).map((row) => row.label)
  expect(over(brandAs('analyst', reading))).toEqual(['Today', 'Inbox'])
  expect(over(brandAs('analyst', reading), brandAs('member', reading))).toEqual([
    'Today',
    'Publishing',
    'Inbox',
  ])
})

test('an area without pages is in nobody’s rail', () => {
  expect(railRows(brandAs('owner', reading), ['overview'], []).map((row) => row.href)).toEqual([
    '/brands/oat-and-ember/overview',
  ])
})

test('a path belongs to the area that begins it, and to no namesake', () => {
  const brand = brandAs('owner', reading)
  expect(areaAt('/brands/oat-and-ember/content/318', brand)?.name).toBe('content')
  expect(areaAt('/brands/oat-and-ember/contents', brand)).toBeUndefined()
  expect(areaAt('/today', null)?.name).toBe('today')
})

test('the composer gets a slim rail, the list of pieces the whole one', () => {
  const brand = brandAs('owner', reading)
  const slim = (path: string) => hasSlimRail(path, areaAt(path, brand))
  expect(slim('/brands/oat-and-ember/content/new')).toBe(true)
  expect(slim('/brands/oat-and-ember/content')).toBe(false)
  expect(slim('/brands/oat-and-ember/calendar')).toBe(true)
})
