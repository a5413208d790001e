/** Who a page speaks of, by user id: names for those still on the brand. */
export type People = Readonly<Record<string, { name: string; isClient: boolean }>>

export function nameIn(people: People, userId: string | null): string {
  return (userId ? people[userId]?.name : undefined) ?? 'Someone who left'
}

export function clientsIn(people: People): string[] {
  return Object.values(people)
    .filter((person) => person.isClient)
    .map((person) => person.name)
}
