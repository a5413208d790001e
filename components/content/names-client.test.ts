import { expect, test } from 'vitest'
import { clientNamedIn } from './names-client.ts'

const clients = ['Marguerite Oakes', 'Élodie (Shop)', 'Jo', 'Dr. Nadia Aziz']

test.each([
  ['Marguerite will not like “forty”.', 'Marguerite Oakes'],
  ['ask MARGUERITE', 'Marguerite Oakes'],
  ['the margueriteville road', null],
  ['élodie wrote twice', 'Élodie (Shop)'],
  ['Jo says yes', null],
  ['Dr. Grün has the pictures', null],
  ['Nadia has them', 'Dr. Nadia Aziz'],
  ['Teo has it', null],
])('%j names %s', (text, name) => {
  expect(clientNamedIn(text, clients)).toBe(name)
})
