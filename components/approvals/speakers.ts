import { firstName } from '#lib/members/first-name.ts'
import type { Person } from '#lib/members/queries.ts'

export type Speaker = { name: string; from: 'client' | 'staff' }

/** Who spoke, by user id; a person who left the brand keeps what they said, not their name. */
export function speakersOf(people: readonly Person[]): (userId: string | null) => Speaker {
  const known = new Map(people.map((person) => [person.userId, person]))
  return (userId) => {
    const person = userId === null ? undefined : known.get(userId)
    return person
      ? { name: person.displayName, from: person.isClient ? 'client' : 'staff' }
      : { name: 'Someone who left', from: 'staff' }
  }
}

/** "Marguerite", "Marguerite and Bea", "Marguerite, Bea and 2 more": first names, for running text. */
export function firstNames(names: readonly string[]): string {
  const first = names.map(firstName)
  if (first.length <= 2) return first.join(' and ')
  return first.length === 3
    ? `${first[0]}, ${first[1]} and ${first[2]}`
    : `${first[0]}, ${first[1]} and ${first.length - 2} more`
}

/** Those on the client's side who say yes. */
export function clientApprovers(people: readonly Person[]): string[] {
  return people.filter((person) => person.role === 'client_approver').map((person) => person.displayName)
}
