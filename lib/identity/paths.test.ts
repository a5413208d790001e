import { describe, expect, test } from 'vitest'
import { safeNext, signInPath } from './paths.ts'

const site = 'https://desk.halyard.agency'

describe('where a link may lead', () => {
  test.each([
    ['/brands/tidewater?x=1#top', '/brands/tidewater?x=1#top'],
    [`${site}/new-password`, '/new-password'],
  ])('%s stays on the desk', (next, path) => {
    expect(safeNext(next, site, '/')).toBe(path)
  })

  test.each([
    'https://elsewhere.agency/',
    '//elsewhere.agency',
    '/\\elsewhere.agency',
    'javascript:alert(1)',
    '',
    null,
  ])('%s falls back', (next) => {
    expect(safeNext(next, site, '/today')).toBe('/today')
  })

  test('signing in returns to the page that asked', () => {
    expect(signInPath('/brands/tidewater?x=1')).toBe('/sign-in?next=%2Fbrands%2Ftidewater%3Fx%3D1')
    expect(signInPath('/')).toBe('/sign-in')
  })
})
