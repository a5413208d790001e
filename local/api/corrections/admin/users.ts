import type { Sql } from 'postgres'
import { z } from 'zod'
import { authRefusal, jsonAnswer } from '../../answers.ts'
import type { Correction } from '../../correction.ts'
import { pathUnder } from '../../requests.ts'
import { refuseUnlessAdmin } from './admin-only.ts'
import {
  createUser,
  emailExists,
  hashed,
  type UserRow,
  userAnswer,
  userByEmail,
  userById,
  userNotFound,
} from './users-table.ts'

const metadata = z.record(z.string(), z.json())
const newUser = z.object({
  email: z.email(),
  password: z.string().optional(),
  email_confirm: z.boolean().default(false),
  app_metadata: metadata.optional(),
  user_metadata: metadata.optional(),
})
const changes = newUser.partial().extend({
  email_confirm: z.boolean().optional(),
  ban_duration: z.string().optional(),
})
const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 }

/** lite has no admin API: `auth.admin.createUser`, `listUsers`, `getUserById`, `updateUserById`, `deleteUser`. */
export const adminUsers: Correction =
  ({ sql, keys }, next) =>
  async (request) => {
    const path = pathUnder('/auth/v1', request)
    if (path === undefined || !/^\/admin\/users(\/[^/]+)?$/.test(path)) return next(request)
    const refusal = refuseUnlessAdmin(request, keys)
    if (refusal) return refusal

    const id = path.split('/')[3]
    if (id === undefined) return request.method === 'POST' ? create(sql, request) : list(sql, request)
    const user = await userById(sql, id)
    if (!user) return userNotFound()
    if (request.method === 'PUT') return update(sql, user, request)
    if (request.method === 'DELETE') return remove(sql, user)
    return jsonAnswer(await userAnswer(sql, user))
  }

async function create(sql: Sql, request: Request): Promise<Response> {
  const wanted = newUser.safeParse(await request.json())
  if (!wanted.success) return authRefusal(400, 'validation_failed', z.prettifyError(wanted.error))
  const { email, password, email_confirm, app_metadata, user_metadata } = wanted.data
  const user = await createUser(sql, {
    email,
    password,
    emailConfirmed: email_confirm,
    appMetadata: app_metadata,
    userMetadata: user_metadata,
  })
  return user instanceof Response ? user : jsonAnswer(await userAnswer(sql, user))
}

async function list(sql: Sql, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const page = Number(query.get('page') || 1)
  const perPage = Number(query.get('per_page') || 50)
  const [{ total } = { total: 0 }] = await sql<
    { total: number }[]
  >`select count(*)::int as total from auth.users`
  const users = await sql<UserRow[]>`
    select * from auth.users order by created_at desc, id limit ${perPage} offset ${(page - 1) * perPage}`
  const last = Math.max(1, Math.ceil(total / perPage))
  const address = (number: number) => `</admin/users?page=${number}&per_page=${perPage}>`
  const links = [page < last ? `${address(page + 1)}; rel="next"` : '', `${address(last)}; rel="last"`]
  return jsonAnswer(
    { users: await Promise.all(users.map((user) => userAnswer(sql, user))), aud: 'authenticated' },
    { headers: { 'x-total-count': String(total), link: links.filter(Boolean).join(', ') } },
  )
}

async function update(sql: Sql, user: UserRow, request: Request): Promise<Response> {
  const wanted = changes.safeParse(await request.json())
  if (!wanted.success) return authRefusal(400, 'validation_failed', z.prettifyError(wanted.error))
  const { email, password, email_confirm, app_metadata, user_metadata, ban_duration } = wanted.data
  const taken = email === undefined ? undefined : await userByEmail(sql, email)
  if (taken && taken.id !== user.id) return emailExists()

  const now = new Date().toISOString()
  const [changed = user] = await sql<UserRow[]>`
    update auth.users set ${sql({
      updated_at: now,
      email: email?.toLowerCase() ?? user.email,
      email_confirmed_at: email_confirm ? (user.email_confirmed_at ?? now) : user.email_confirmed_at,
      raw_app_meta_data: sql.json({ ...user.raw_app_meta_data, ...app_metadata }),
      raw_user_meta_data: sql.json({ ...user.raw_user_meta_data, ...user_metadata }),
      banned_until: ban_duration === undefined ? user.banned_until : endOfBan(ban_duration),
      ...(password === undefined ? {} : { encrypted_password: await hashed(password) }),
    })} where id = ${user.id} returning *`
  return jsonAnswer(await userAnswer(sql, changed))
}

/** `none`, or a length as Go writes one: `24h`, `1h30m`. */
function endOfBan(duration: string): string | null {
  if (duration === 'none') return null
  const parts = [...duration.matchAll(/([\d.]+)([smh])/g)]
  const lengthMs = parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (unitMs[unit] ?? 0), 0)
  return new Date(Date.now() + lengthMs).toISOString()
}

async function remove(sql: Sql, user: UserRow): Promise<Response> {
  try {
    await sql`delete from auth.users where id = ${user.id}`
    return jsonAnswer({})
  } catch (error) {
    // Something of the product refers to them and forbids it; hosted Auth says no more than this either.
    console.error(error)
    return authRefusal(500, 'unexpected_failure', 'Database error deleting user')
  }
}
