/** Who works at the agency and for its clients, all invented. Mail domains of *.example reach nobody. */
export type PersonKey =
  | 'ines'
  | 'lena'
  | 'rafael'
  | 'teo'
  | 'hana'
  | 'sam'
  | 'marguerite'
  | 'odile'
  | 'nadia'
  | 'tom'
  | 'priya'

export const brandKeys = ['oat', 'marrow', 'tarn'] as const
export type BrandKey = (typeof brandKeys)[number]

type InvitedRole =
  | 'admin'
  | 'manager'
  | 'creator'
  | 'analyst'
  | 'member'
  | 'client_approver'
  | 'client_viewer'

export type Person = {
  name: string
  email: string
  timeZone: string
  /** As the table of logins says it. */
  role: string
  /** What the owner invites them as, brand by brand; the owner is invited by nobody. */
  joins: Partial<Record<BrandKey, InvitedRole>>
}

export const cast: Readonly<Record<PersonKey, Person>> = {
  ines: {
    name: 'Ines Caldeira',
    email: 'ines@halyard.example',
    timeZone: 'Europe/Lisbon',
    role: 'Owner of Halyard Studio',
    joins: {},
  },
  lena: {
    name: 'Lena Wirth',
    email: 'lena@halyard.example',
    timeZone: 'Europe/Berlin',
    role: 'Admin of all three brands',
    joins: { oat: 'admin', marrow: 'admin', tarn: 'admin' },
  },
  rafael: {
    name: 'Rafael Moura',
    email: 'rafael@halyard.example',
    timeZone: 'Europe/London',
    role: 'Manager of all three brands',
    joins: { oat: 'manager', marrow: 'manager', tarn: 'manager' },
  },
  teo: {
    name: 'Teo Okafor',
    email: 'teo@halyard.example',
    timeZone: 'Europe/London',
    role: 'Creator on all three brands',
    joins: { oat: 'creator', marrow: 'creator', tarn: 'creator' },
  },
  hana: {
    name: 'Hana Novak',
    email: 'hana@halyard.example',
    timeZone: 'Europe/Prague',
    role: 'Analyst on Oat & Ember and Tarn Cycles',
    joins: { oat: 'analyst', tarn: 'analyst' },
  },
  sam: {
    name: 'Sam Boyle',
    email: 'sam@halyard.example',
    timeZone: 'Europe/London',
    role: 'Member of Oat & Ember, reads only',
    joins: { oat: 'member' },
  },
  marguerite: {
    name: 'Marguerite Oakes',
    email: 'marguerite@oatandember.example',
    timeZone: 'Europe/London',
    role: 'Client of Oat & Ember, approves',
    joins: { oat: 'client_approver' },
  },
  odile: {
    name: 'Odile Ferrand',
    email: 'odile@oatandember.example',
    timeZone: 'Europe/London',
    role: 'Client of Oat & Ember, looks on',
    joins: { oat: 'client_viewer' },
  },
  nadia: {
    name: 'Nadia Aziz',
    email: 'nadia@marrowlane.example',
    timeZone: 'Europe/London',
    role: 'Client of Marrow Lane, approves',
    joins: { marrow: 'client_approver' },
  },
  tom: {
    name: 'Tom Bexley',
    email: 'tom@marrowlane.example',
    timeZone: 'Europe/London',
    role: 'Client of Marrow Lane, looks on',
    joins: { marrow: 'client_viewer' },
  },
  priya: {
    name: 'Priya Raman',
    email: 'priya@tarncycles.example',
    timeZone: 'Europe/London',
    role: 'Client of Tarn Cycles, approves',
    joins: { tarn: 'client_approver' },
  },
}

/** Everyone signs in with it. */
export const demoPassword = 'copydesk-demo'
