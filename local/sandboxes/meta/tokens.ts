import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../platform.ts'
import { GraphError, tokenEnded, tokenUnreadable } from './errors.ts'
import { LIFETIMES_S, META_SANDBOX_APP } from './facts.ts'

const jsonStrings = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)))

const grant = z.object({
  person_id: z.string(),
  granted: jsonStrings,
  declined: jsonStrings,
  page_ids: jsonStrings,
  data_access_expires_at: z.number(),
})
export type Grant = z.infer<typeof grant>

const token = z.object({
  id: z.string(),
  kind: z.enum(['user_short', 'user_long', 'page']),
  person_id: z.string(),
  page_id: z.string().nullable(),
  issued_at: z.number(),
  expires_at: z.number().nullable(),
  ended_by: z.number().nullable(),
})
export type Token = z.infer<typeof token>

const code = z.object({
  code_hash: z.string(),
  person_id: z.string(),
  redirect_uri: z.string(),
  expires_at: z.number(),
  used_at: z.number().nullable(),
})

/** Who calls: a person, or a Page in a person's name. */
export interface Session {
  token: Token
  grant: Grant
  /** Is this permission granted for this Page (or, without one, at all)? */
  may(permission: string, pageId?: string): boolean
}

/** Permissions that are granted for chosen Pages rather than for everything. */
export function isGranular(permission: string): boolean {
  return /^(pages_|instagram_|read_insights)/.test(permission)
}

const TOKEN_FORM = /^EAA([A-Za-z0-9]{22})([A-Za-z0-9]{172})$/

/** What people allow, the codes and tokens that follow from it, and how they end. */
export class Tokens {
  readonly #ground: Ground

  constructor(ground: Ground) {
    this.#ground = ground
  }

  grantOf(personId: string): Grant | null {
    return this.#ground.store.row(grant, 'select * from meta_grants where person_id = ?', personId)
  }

  /** The outcome of the dialog: the new choice of Pages replaces the last one, as on the real platform. */
  allow(personId: string, granted: string[], declined: string[], pageIds: string[]): void {
    const known = this.grantOf(personId)
    const keeps = (permission: string) => !granted.includes(permission) && !declined.includes(permission)
    this.#ground.store.run(
      'insert or replace into meta_grants values (?, ?, ?, ?, ?)',
      personId,
      JSON.stringify([...(known?.granted ?? []).filter(keeps), ...granted]),
      JSON.stringify([...(known?.declined ?? []).filter(keeps), ...declined]),
      JSON.stringify(pageIds),
      this.#ground.clock.now() + LIFETIMES_S.dataAccess * 1000,
    )
  }

  /** Takes one permission back, or everything: then each token of the person dies. */
  revoke(personId: string, permission?: string): void {
    const known = this.grantOf(personId)
    if (!known) return
    if (permission === undefined) {
      this.end({ personId }, 458)
      this.#ground.store.run('delete from meta_grants where person_id = ?', personId)
      return
    }
    this.#ground.store.run(
      'update meta_grants set granted = ?, declined = ? where person_id = ?',
      JSON.stringify(known.granted.filter((held) => held !== permission)),
      JSON.stringify([...new Set([...known.declined, permission])]),
      personId,
    )
  }

  /** @returns how many living tokens ended; a use of one then gets error 190 with this subcode */
  end(whose: { personId: string } | { pageId: string }, subcode: number): number {
    const [column, id] = 'personId' in whose ? ['person_id', whose.personId] : ['page_id', whose.pageId]
    return this.#ground.store.run(
      `update meta_tokens set ended_by = ? where ${column} = ? and ended_by is null`,
      subcode,
      id,
    )
  }

  newCode(personId: string, redirectUri: string): string {
    const made = `AQ${randomBytes(96).toString('base64url')}`
    this.#ground.store.run(
      'insert into meta_codes values (?, ?, ?, ?, null)',
      sha256(made),
      personId,
      redirectUri,
      this.#ground.clock.now() + LIFETIMES_S.code * 1000,
    )
    return made
  }

  /** Each code works once, for ten minutes, for the very address it was sent to. */
  redeem(secret: string, redirectUri: string): Token {
    const { store, clock } = this.#ground
    const known = store.row(code, 'select * from meta_codes where code_hash = ?', sha256(secret))
    if (!known) throw new GraphError('Invalid verification code format.', { code: 100 })
    if (known.used_at !== null)
      throw new GraphError('This authorization code has been used.', { code: 100, subcode: 36009 })
    if (known.expires_at <= clock.now())
      throw new GraphError('This authorization code has expired.', { code: 100, subcode: 36007 })
    if (known.redirect_uri !== redirectUri)
      throw new GraphError(
        'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
        { code: 100, subcode: 36008 },
      )
    store.run('update meta_codes set used_at = ? where code_hash = ?', clock.now(), known.code_hash)
    return this.#issue('user_short', known.person_id, clock.now() + LIFETIMES_S.shortUserToken * 1000)
  }

  /** A short-lived token becomes a long-lived one; a long-lived one comes back with the life it has left. */
  lengthen(secret: string): Token {
    const { token: held } = this.session(secret)
    if (held.kind === 'page')
      throw new GraphError('The access token does not belong to a user.', { code: 100 })
    const expires =
      held.kind === 'user_long'
        ? held.expires_at
        : this.#ground.clock.now() + LIFETIMES_S.longUserToken * 1000
    return this.#issue('user_long', held.person_id, expires)
  }

  /** One Page token for each user token; without a clock of its own where the user token is long-lived. */
  pageToken(holder: Token, pageId: string): Token {
    const known = this.#ground.store.row(
      token,
      'select * from meta_tokens where parent_id = ? and page_id = ? and ended_by is null',
      holder.id,
      pageId,
    )
    if (known) return known
    const expires = holder.kind === 'user_long' ? null : holder.expires_at
    return this.#issue('page', holder.person_id, expires, { pageId, parentId: holder.id })
  }

  /** @throws GraphError 190 with the subcode that says why it does not work (any more) */
  session(secret: string): Session {
    const held = this.find(secret)
    if (!held) throw tokenUnreadable()
    if (held.ended_by !== null) throw tokenEnded(held.ended_by)
    if (held.expires_at !== null && held.expires_at <= this.#ground.clock.now()) throw tokenEnded(463)
    const standing = this.grantOf(held.person_id)
    if (!standing) throw tokenEnded(458)
    return {
      token: held,
      grant: standing,
      may: (permission, pageId) =>
        standing.granted.includes(permission) && (pageId === undefined || standing.page_ids.includes(pageId)),
    }
  }

  find(secret: string): Token | null {
    const id = TOKEN_FORM.exec(secret)?.[1]
    if (id === undefined || !isSame(this.secretOf({ id }), secret)) return null
    return this.#ground.store.row(token, 'select * from meta_tokens where id = ?', id)
  }

  /** Derived, never stored: the sandbox's own file holds no token that works. */
  secretOf({ id }: Pick<Token, 'id'>): string {
    const key = this.#ground.store.secret('meta.token_key')
    const mark = ['1', '2'].map((part) =>
      createHmac('sha512', key).update(`${id}.${part}`).digest('base64url'),
    )
    return `EAA${id}${mark.join('').replaceAll(/[-_]/g, '0')}`
  }

  isAppToken(secret: string): boolean {
    return isSame(`${META_SANDBOX_APP.id}|${META_SANDBOX_APP.secret}`, secret)
  }

  #issue(
    kind: Token['kind'],
    personId: string,
    expiresAt: number | null,
    page: { pageId: string; parentId: string } | null = null,
  ): Token {
    const id = randomBytes(24).toString('base64url').replaceAll(/[-_]/g, '0').slice(0, 22)
    const issued = this.#ground.store.row(
      token,
      'insert into meta_tokens values (?, ?, ?, ?, ?, ?, ?, null) returning *',
      id,
      kind,
      personId,
      page?.pageId ?? null,
      page?.parentId ?? null,
      this.#ground.clock.now(),
      expiresAt,
    )
    if (!issued) throw new Error('A token could not be issued.')
    return issued
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
