import { describe, expect, test } from 'vitest'
import { refusalOf, storedName } from './files.ts'

describe('before a byte is sent', () => {
  test('a picture of allowed kind and weight passes', () => {
    expect(refusalOf({ name: 'fig.jpg', type: 'image/jpeg', size: 3_000_000 })).toBeNull()
    expect(refusalOf({ name: 'fig.jpg', type: 'image/jpeg', size: 30 * 1024 * 1024 })).toBeNull()
  })
  test('40 MB are refused with both figures', () => {
    const refused = refusalOf({ name: 'fig.jpg', type: 'image/jpeg', size: 40 * 1024 ** 2 })
    expect(refused?.code).toBe('media_too_large')
    expect(refused?.sentence).toMatch(/30 MB.*40 MB/)
  })
  test('a video may weigh ten times as much, and is told its own limit', () => {
    expect(refusalOf({ name: 'oven.mov', type: 'video/quicktime', size: 300 * 1024 ** 2 })).toBeNull()
    const refused = refusalOf({ name: 'oven.mp4', type: 'video/mp4', size: 301 * 1024 ** 2 })
    expect(refused?.sentence).toMatch(/^A video .*300 MB.*301 MB/)
  })
  test('an empty file, a film of another kind and a file of no kind are refused', () => {
    expect(refusalOf({ name: 'fig.jpg', type: 'image/jpeg', size: 0 })?.code).toBe('media_empty')
    expect(refusalOf({ name: 'oven.webm', type: 'video/webm', size: 9 })?.code).toBe('media_type_not_allowed')
    expect(refusalOf({ name: 'menu.exe', type: 'application/x-msdownload', size: 9 })?.sentence).toMatch(
      /^This file is a Windows program,/,
    )
    expect(refusalOf({ name: 'menu', type: '', size: 9 })?.sentence).toMatch(/of no known kind/)
  })
})

test.each([
  ['Pie (copy).JPG', 'Pie-copy-.JPG'],
  ['.htaccess', 'htaccess'],
  ['../../etc/passwd', 'etc-passwd'],
  ['Früchte & Brot.png', 'Fru-chte-Brot.png'],
  ['写真.jpg', 'jpg'],
  ['', 'file'],
  [`${'a'.repeat(300)}.jpeg`, `${'a'.repeat(115)}.jpeg`],
])('%j is kept as %j', (name, kept) => {
  expect(storedName(name)).toBe(kept)
  expect(storedName(name)).toMatch(/^[A-Za-z0-9._-]{1,120}$/)
})
