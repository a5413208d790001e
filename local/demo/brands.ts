import type { BrandKey, PersonKey } from './cast.ts'

export type PageName =
  | 'Oat & Ember'
  | 'Oat & Ember Harbour Street'
  | 'Marrow Lane Physio'
  | 'Marrow Lane Clinic'
  | 'Tarn Cycles'
  | 'Tarn Cycles Showroom'

export type Brand = {
  name: string
  code: string
  colour: string
  timeZone: string
  approvalMode: 'client' | 'internal_client' | 'internal'
  website: string
  industry: string
  description: string
  /** Who holds its Pages on Facebook, and signs in there to let the desk use them. */
  pages: readonly {
    holder: string
    pages: readonly { name: PageName; username: string; category: string; about: string; followers: number }[]
  }[]
}

export const agencyName = 'Halyard Studio'
export const founder: PersonKey = 'ines'

export const brands: Readonly<Record<BrandKey, Brand>> = {
  oat: {
    name: 'Oat & Ember',
    code: 'OE',
    colour: '#8a3f1c',
    timeZone: 'Europe/London',
    approvalMode: 'client',
    website: 'https://oatandember.example',
    industry: 'Bakery',
    description:
      'Seven bakery shops in Bristol. A baker speaking over the counter at half past six: says the number, then stops.',
    pages: [
      {
        holder: 'Marguerite Oakes',
        pages: [
          {
            name: 'Oat & Ember',
            username: 'oatandember',
            category: 'Bakery and café',
            about: 'Bread, buns and a pie on Fridays. Seven shops in Bristol.',
            followers: 8_214,
          },
          {
            name: 'Oat & Ember Harbour Street',
            username: 'oatandember.harbourstreet',
            category: 'Café',
            about: 'The Harbour Street counter: today’s loaves, opening hours, last tables.',
            followers: 1_106,
          },
        ],
      },
    ],
  },
  marrow: {
    name: 'Marrow Lane',
    code: 'ML',
    colour: '#17646b',
    timeZone: 'Europe/London',
    approvalMode: 'internal_client',
    website: 'https://marrowlane.example',
    industry: 'Physiotherapy',
    description:
      'A physiotherapy practice above the lane. Calm, exact, promises nothing; says gentle, never easy.',
    pages: [
      {
        holder: 'Nadia Aziz',
        pages: [
          {
            name: 'Marrow Lane Physio',
            username: 'marrowlanephysio',
            category: 'Physiotherapist',
            about: 'Hands-on physiotherapy for people who sit, run or lift for a living.',
            followers: 4_108,
          },
        ],
      },
      {
        holder: 'Tom Bexley',
        pages: [
          {
            name: 'Marrow Lane Clinic',
            username: 'marrowlaneclinic',
            category: 'Medical centre',
            about: 'The clinic above the lane: appointments, parking, the lift.',
            followers: 389,
          },
        ],
      },
    ],
  },
  tarn: {
    name: 'Tarn Cycles',
    code: 'TC',
    colour: '#34465e',
    timeZone: 'Europe/London',
    // Until its client gave the agency a free hand; see story/agency.ts.
    approvalMode: 'client',
    website: 'https://tarncycles.example',
    industry: 'Bicycle maker',
    description:
      'Steel frames built by three people in Leeds, and a showroom that mends anything on two wheels.',
    pages: [
      {
        holder: 'Priya Raman',
        pages: [
          {
            name: 'Tarn Cycles',
            username: 'tarncycles',
            category: 'Bicycle shop',
            about: 'Steel frames, built, fitted and mended.',
            followers: 12_410,
          },
          {
            name: 'Tarn Cycles Showroom',
            username: 'tarncycles.showroom',
            category: 'Bicycle shop',
            about: 'Demo bikes, servicing and the second-hand rail. Leeds, Tuesday to Sunday.',
            followers: 2_655,
          },
        ],
      },
    ],
  },
}
