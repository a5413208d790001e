import { randomUUID } from 'node:crypto'
import { hash } from 'bcryptjs'
import type { JSONValue, Sql } from 'postgres'
import { authRefusal } from '../../answers.ts'

type Metadata = Record<string, JSONValue>

export type UserRow = {
  id: string
  aud: string
  role: string
  email: string | null
  phone: string | null
  email_confirmed_at: string | null
  confirmed_at: string | null
  invited_at: string | null
  last_sign_in_at: string | null
  banned_until: string | null
  raw_app_meta_data: Metadata | null
  raw_user_meta_data: Metadata | null
  is_anonymous: boolean
  created_at: string
  updated_at: string
}

type IdentityRow = {
  id: string
  provider_id: string
  user_id: string
  identity_data: Metadata
  provider: string
  last_sign_in_at: string | null
  created_at: string
  updated_at: string
}

export type NewUser = {
  email: string
  password?: string | undefined
  emailConfirmed: boolean
  appMetadata?: Metadata | undefined
  userMetadata?: Metadata | undefined
}

export async function userById(sql: Sql, id: string): Promise<UserRow | undefined> {
  const [user] = await sql<UserRow[]>`select * from auth.users where id::text = ${id.toLowerCase()}`
  return user
}

export async function userByEmail(sql: Sql, email: string): Promise<UserRow | undefined> {
  const [user] = await sql<UserRow[]>`select * from auth.users where email = ${email.toLowerCase()}`
  return user
}

/** A user with the one identity that e-mail gives, as Auth makes them; or the refusal Auth gives. */
export async function createUser(sql: Sql, user: NewUser): Promise<UserRow | Response> {
  const email = user.email.toLowerCase()
  if (await userByEmail(sql, email)) return emailExists()
  const id = randomUUID()
  const now = new Date().toISOString()
  const identity = { sub: id, email, email_verified: user.emailConfirmed, phone_verified: false }
  return sql.begin(async (tx) => {
    const [created] = await tx<UserRow[]>`
      insert into auth.users ${tx({
        id,
        email,
        encrypted_password: user.password === undefined ? null : await hashed(user.password),
        email_confirmed_at: user.emailConfirmed ? now : null,
        raw_app_meta_data: tx.json({ provider: 'email', providers: ['email'], ...user.appMetadata }),
        raw_user_meta_data: tx.json({ ...user.userMetadata, email_verified: user.emailConfirmed }),
      })} returning *`
    await tx`
      insert into auth.identities ${tx({
        id: randomUUID(),
        provider: 'email',
        provider_id: id,
        user_id: id,
        identity_data: tx.json(identity),
      })}`
    if (!created) throw new Error('The insert returned no user.')
    return created
  })
}

export function emailExists(): Response {
  return authRefusal(422, 'email_exists', 'A user with this email address has already been registered')
}

export function userNotFound(): Response {
  return authRefusal(404, 'user_not_found', 'User not found')
}

export function hashed(password: string): Promise<string> {
  return hash(password, 10)
}

/** A user as Auth's answers show one. */
export async function userAnswer(sql: Sql, user: UserRow) {
  const identities = await sql<IdentityRow[]>`select * from auth.identities where user_id = ${user.id}`
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    phone: user.phone ?? '',
    email_confirmed_at: user.email_confirmed_at ?? undefined,
    confirmed_at: user.confirmed_at ?? undefined,
    invited_at: user.invited_at ?? undefined,
    last_sign_in_at: user.last_sign_in_at ?? undefined,
    banned_until: user.banned_until ?? undefined,
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    identities: identities.map((identity) => ({
      identity_id: identity.id,
      id: identity.provider_id,
      user_id: identity.user_id,
      identity_data: identity.identity_data,
      provider: identity.provider,
      last_sign_in_at: identity.last_sign_in_at,
      created_at: identity.created_at,
      updated_at: identity.updated_at,
    })),
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: user.is_anonymous,
  }
}
