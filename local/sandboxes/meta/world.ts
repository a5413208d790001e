import { z } from 'zod'
import type { Store } from '../store.ts'

const TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MANAGE', 'MESSAGING', 'MODERATE'] as const

export const person = z.object({ id: z.string(), name: z.string() })
export type Person = z.infer<typeof person>

export const page = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  category: z.string(),
  about: z.string(),
  followers: z.number(),
  instagram_id: z.string().nullable(),
  instagram_username: z.string().nullable(),
  instagram_name: z.string().nullable(),
})
export type Page = z.infer<typeof page>

/** A professional account, as the Page that it hangs on shows it. */
export interface InstagramAccount {
  id: string
  username: string
  name: string
  page: Page
}

const role = page.extend({
  tasks: z.string().transform((tasks) => z.array(z.string()).parse(JSON.parse(tasks))),
})
export type PageRole = z.infer<typeof role>

export const newPeopleAndPages = z.strictObject({
  person: z.strictObject({ name: z.string().min(1) }),
  pages: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        username: z
          .string()
          .regex(/^[a-z0-9.]+$/i)
          .optional(),
        category: z.string().default('Local business'),
        about: z.string().default(''),
        followers: z.int().nonnegative().default(0),
        tasks: z.array(z.enum(TASKS)).default([...TASKS]),
        instagram: z.strictObject({ username: z.string().min(1), name: z.string().optional() }).optional(),
      }),
    )
    .default([]),
})
type NewPeopleAndPages = z.input<typeof newPeopleAndPages>

export function instagramOf(page: Page): InstagramAccount | null {
  const { instagram_id: id, instagram_username: username, instagram_name: name } = page
  return id === null || username === null ? null : { id, username, name: name ?? username, page }
}

/** The fictional people and Pages of this platform. */
export class World {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
    if (this.people().length === 0) this.#settle()
  }

  people(): Person[] {
    return this.#store.rows(person, 'select * from meta_people order by rowid')
  }

  pages(): Page[] {
    return this.#store.rows(page, 'select * from meta_pages order by rowid')
  }

  person(id: string): Person | null {
    return this.#store.row(person, 'select * from meta_people where id = ?', id)
  }

  page(idOrUsername: string): Page | null {
    return this.#store.row(
      page,
      'select * from meta_pages where id = ?1 or username = ?1 order by id = ?1 desc',
      idOrUsername,
    )
  }

  instagram(idOrUsername: string): InstagramAccount | null {
    const found = this.#store.row(
      page,
      `select * from meta_pages where instagram_id = ?1 or instagram_username = ?1
       order by instagram_id = ?1 desc`,
      idOrUsername,
    )
    return found && instagramOf(found)
  }

  pagesOf(personId: string): PageRole[] {
    return this.#store.rows(
      role,
      `select p.*, r.tasks from meta_roles r join meta_pages p on p.id = r.page_id
       where r.person_id = ? order by p.rowid`,
      personId,
    )
  }

  /** Creates what is new and finds the rest by name and username, so that seeding twice does no harm. */
  add(input: NewPeopleAndPages): { person: Person; pages: PageRole[] } {
    const wanted = newPeopleAndPages.parse(input)
    return this.#store.transaction(() => {
      const owner =
        this.#store.row(person, 'select * from meta_people where name = ?', wanted.person.name) ??
        this.#store.row(
          person,
          'insert into meta_people (id, name) values (?, ?) returning *',
          this.#newId('1221', 'meta_people'),
          wanted.person.name,
        )
      if (!owner) throw new Error(`${wanted.person.name} could not be created.`)
      const ids = wanted.pages.map((details) => this.#addPage(owner.id, details))
      return { person: owner, pages: this.pagesOf(owner.id).filter((held) => ids.includes(held.id)) }
    })
  }

  removeRole(personId: string, pageId: string): void {
    this.#store.run('delete from meta_roles where person_id = ? and page_id = ?', personId, pageId)
  }

  reset(): void {
    this.#store.transaction(() => {
      for (const table of [
        'meta_page_subscriptions',
        'meta_comments',
        'meta_media',
        'meta_containers',
        'meta_stories',
        'meta_videos',
        'meta_upload_parts',
        'meta_uploads',
        'meta_files',
        'meta_photos',
        'meta_posts',
        'meta_tokens',
        'meta_codes',
        'meta_grants',
        'meta_roles',
      ])
        this.#store.run(`delete from ${table}`)
      this.#store.run('delete from meta_pages')
      this.#store.run('delete from meta_people')
      this.#settle()
    })
  }

  #addPage(personId: string, details: z.infer<typeof newPeopleAndPages>['pages'][number]): string {
    const username = details.username ?? details.name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const known = this.#store.row(page, 'select * from meta_pages where username = ?', username)
    const id = known?.id ?? this.#newId('1002', 'meta_pages')
    if (!known)
      this.#store.run(
        'insert into meta_pages values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        details.name,
        username,
        details.category,
        details.about,
        details.followers,
        details.instagram ? this.#newId('1784', 'meta_pages') : null,
        details.instagram?.username ?? null,
        details.instagram?.name ?? null,
      )
    this.#store.run(
      `insert into meta_roles values (?, ?, ?)
       on conflict (person_id, page_id) do update set tasks = excluded.tasks`,
      personId,
      id,
      JSON.stringify(details.tasks),
    )
    return id
  }

  /** 17 digits: past 2^53, as Meta's ids may be. */
  #newId(prefix: string, table: 'meta_people' | 'meta_pages'): string {
    const last = this.#store.row(
      z.object({ n: z.number() }),
      `select coalesce(max(rowid), 0) as n from ${table}`,
    )
    return `${prefix}0${String(93_415_870_007 + (last?.n ?? 0) * 7919).padStart(12, '0')}`
  }

  /** One agency person who holds all three Pages, and two owners who hold their own. */
  #settle(): void {
    const oatAndEmber = {
      name: 'Oat & Ember',
      username: 'oatandember',
      category: 'Bakery and café',
      about: 'Sourdough, porridge and wood-fired suppers on Harbour Street, Bristol.',
      followers: 8_214,
      instagram: { username: 'oatandember', name: 'Oat & Ember' },
    }
    const marrowLane = {
      name: 'Marrow Lane Physio',
      username: 'marrowlanephysio',
      category: 'Physiotherapist',
      about: 'Hands-on physiotherapy for people who sit, run or lift for a living.',
      followers: 2_037,
      instagram: { username: 'marrowlane', name: 'Marrow Lane Physio' },
    }
    const tarnCycles = {
      name: 'Tarn Cycles',
      username: 'tarncycles',
      category: 'Bicycle shop',
      about: 'Steel frames built, fitted and mended in Leeds.',
      followers: 12_410,
      instagram: { username: 'tarncycles', name: 'Tarn Cycles' },
    }
    this.add({ person: { name: 'Ines Caldeira' }, pages: [oatAndEmber, marrowLane, tarnCycles] })
    this.add({
      person: { name: 'Marguerite Oakes' },
      pages: [
        oatAndEmber,
        {
          name: 'Oat & Ember Harbour Street',
          username: 'oatandember.harbourstreet',
          category: 'Café',
          about: 'The Harbour Street counter: today’s loaves, opening hours, last tables.',
          followers: 1_106,
        },
      ],
    })
    this.add({
      person: { name: 'Nadia Aziz' },
      pages: [
        marrowLane,
        {
          name: 'Marrow Lane Clinic',
          username: 'marrowlaneclinic',
          category: 'Medical centre',
          about: 'The clinic above the lane: appointments, parking, the lift.',
          followers: 389,
        },
      ],
    })
  }
}
