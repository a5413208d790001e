import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facebookMessage, sameCaption, sameMessage } from './message.ts'

const link = 'https://oatandember.example/autumn'
const picture = { mimeType: 'image/jpeg' }

describe('the message', () => {
  test('carries the link below the text beside a picture, once', () => {
    expect(facebookMessage({ body: 'Autumn hours', link, media: [picture] })).toBe(`Autumn hours\n\n${link}`)
    expect(facebookMessage({ body: `See ${link}`, link, media: [picture] })).toBe(`See ${link}`)
    expect(facebookMessage({ body: 'Autumn hours', link, media: [] })).toBe('Autumn hours')
  })

  test('is the same after line ends and composed letters were changed', () => {
    expect(sameMessage('Café\r\nopen ', 'Cafe\u0301\nopen')).toBe(true)
    expect(sameMessage('Café open', 'Café closed')).toBe(false)
  })
})

describe('a caption', () => {
  test('is the same though it came back without its at-signs and with other spaces', () => {
    expect(sameCaption('Ask @oatandember\n\nfor bread', 'Ask oatandember for bread')).toBe(true)
    expect(sameCaption('Ask @oatandember', 'Ask @marrowlane')).toBe(false)
  })

  test('is the same as itself, whatever a network does to signs, spaces and composed letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (caption) => {
        const returned = caption.normalize('NFD').replaceAll('@', '').replaceAll('\n', '\r\n')
        expect(sameCaption(caption, ` ${returned} `)).toBe(true)
      }),
    )
  })
})
