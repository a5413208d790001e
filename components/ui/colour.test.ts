import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agencyInks, contrast, hexColour, inkOn } from './colour.ts'

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

test('the ink on any colour can be read', () => {
  fc.assert(fc.property(anyColour, (colour) => contrast(colour, inkOn(colour)) >= 4.5))
})

test('an agency may bring any colour and its bar, tab and pins can still be read', () => {
  fc.assert(
    fc.property(anyColour, (colour) => {
      const inks = agencyInks(colour)
      expect(inks).not.toBeNull()
      if (!inks) return
      expect(contrast(inks.bar, inks.onBar)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(inks.onLight, '#f1f5f2')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(inks.onDark, '#1b2320')).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test('a colour that reads well is left as the agency chose it', () => {
  expect(agencyInks('#223a63')?.bar).toBe('#223a63')
})

test('what is no colour never reaches a style', () => {
  expect(hexColour('red; background: url(//x)')).toBeNull()
  expect(hexColour(null)).toBeNull()
  expect(hexColour('8A3F1C')).toBe('#8a3f1c')
})
