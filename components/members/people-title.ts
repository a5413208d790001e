import type { Person } from '#lib/members/queries.ts'

const words = ['Nobody', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

function number(count: number): string {
  return words[count] ?? String(count)
}

/** "Six people work on Oat & Ember, two are the client". */
export function peopleTitle(brandName: string, people: readonly Person[]): string {
  const clients = people.filter((person) => person.isClient).length
  const staff = people.length - clients
  const work = `${number(staff)} ${staff === 1 ? 'person works' : 'people work'} on ${brandName}`
  if (clients === 0) return `${work}, nobody is the client yet`
  return `${work}, ${number(clients).toLowerCase()} ${clients === 1 ? 'is' : 'are'} the client`
}
