import { expect, test } from 'vitest'
import { type BegunBrand, firstSteps, isFirstDay } from './first-steps.ts'

const bare: BegunBrand = {
  slug: 'oat-ember',
  hasAccount: false,
  hasClient: false,
  hasPiece: false,
  mayConnect: true,
  mayInvite: true,
  mayWrite: true,
}
const whole = { ...bare, hasAccount: true, hasClient: true, hasPiece: true }
const owner = { makesBrands: true }
const staff = { makesBrands: false }

test('an agency with nothing begins with a brand, and the rest waits for it', () => {
  const steps = firstSteps([], owner)
  expect(steps.map(({ name, isDone }) => [name, isDone])).toEqual([
    ['brand', false],
    ['account', false],
    ['client', false],
    ['post', false],
  ])
  expect(steps.every(({ brandSlug }) => brandSlug === null)).toBe(true)
  expect(isFirstDay(steps)).toBe(true)
})

test('a step is done once any brand has it, and the next leads to a brand', () => {
  const steps = firstSteps([{ ...bare, hasPiece: true }], owner)
  expect(steps.filter(({ isDone }) => isDone).map(({ name }) => name)).toEqual(['brand', 'post'])
  expect(steps.find(({ name }) => name === 'account')?.brandSlug).toBe('oat-ember')
})

test('the list goes once each step is done', () => {
  expect(isFirstDay(firstSteps([whole], owner))).toBe(false)
  expect(isFirstDay(firstSteps([{ ...whole, hasClient: false }], owner))).toBe(true)
})

test('who may do nothing of what is left is not shown it', () => {
  const writer = { ...bare, mayConnect: false, mayInvite: false }
  expect(isFirstDay(firstSteps([writer], staff))).toBe(true)
  expect(isFirstDay(firstSteps([{ ...writer, hasPiece: true }], staff))).toBe(false)
})
