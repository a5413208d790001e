import { expect, test } from 'vitest'
import { firstName } from './first-name.ts'

test.each([
  ['Marguerite Oakes', 'Marguerite'],
  ['Dr. Nadia Aziz', 'Nadia'],
  ['Prof Dr Nadia Aziz', 'Nadia'],
  ['Dr. Aziz', 'Dr. Aziz'],
  ['Jo', 'Jo'],
  ['Dr.', 'Dr.'],
  ['Miss', 'Miss'],
])('%s is called %s', (name, called) => {
  expect(firstName(name)).toBe(called)
})
