import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ines Caldeira', 'IC'],
  ['Dr. Samir El Aziz', 'DA'],
  ['Łucja', 'Ł'],
  ['bea@lindqvist.example', 'B'],
  ['j.harker@oatandember.example', 'JH'],
  ['  ', '?'],
])('%s goes by %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
