import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import type { Db } from '#lib/supabase/db.ts'
import { requestDb } from '#lib/supabase/server.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { isClientRole, isPermission, isRole, type Permission, type Role, roles } from './roles.ts'
import { linkToken } from './schema.ts'

export type Profile = { userId: string; displayName: string; avatarUrl: string | null; timeZone: string }

/** The caller's own profile; one request a page. */
export const myProfile = cache(async (): Promise<Profile> => {
  const { db, userId } = await requireSession()
  const { data } = await db
    .from('profiles')
    .select('user_id, display_name, avatar_url, time_zone')
    .eq('user_id', userId)
    .single()
    .throwOnError()
  return {
    userId: data.user_id,
    displayName: data.display_name,
    avatarUrl: data.avatar_url,
    timeZone: data.time_zone,
  }
})

export type Person = {
  userId: string
  displayName: string
  role: Role
  /** Comes from the agency's own staff list, so it is changed there. */
  byAgency: boolean
  isClient: boolean
}

/** Everyone on a brand in the order of the roles; two requests, since names are kept apart from belonging. */
export async function listPeople(db: Db, { brandId }: { brandId: string }): Promise<Person[]> {
  const { data } = await db
    .from('brand_members')
    .select('user_id, role, mirrored')
    .eq('brand_id', brandId)
    .order('created_at')
    .throwOnError()
  const nameOf = await namesOf(
    db,
    data.map((row) => row.user_id),
  )
  return data
    .flatMap(({ user_id, role, mirrored }) =>
      isRole(role)
        ? {
            userId: user_id,
            displayName: nameOf.get(user_id) ?? 'Someone',
            role,
            byAgency: mirrored,
            isClient: isClientRole(role),
          }
        : [],
    )
    .sort((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
}

/** Display names by user id, for those the caller may see. */
export async function namesOf(db: Db, userIds: string[]): Promise<ReadonlyMap<string, string>> {
  if (userIds.length === 0) return new Map()
  const { data } = await db
    .from('profiles')
    .select('user_id, display_name')
    .in('user_id', [...new Set(userIds)])
    .throwOnError()
  return new Map(data.map((row) => [row.user_id, row.display_name]))
}

export type PendingInvitation = {
  id: string
  email: string
  role: Role
  inviterName: string | null
  expiresAt: string
  hasExpired: boolean
}

/** Invitations nobody has accepted yet, newest first; those that grew old are among them. */
export async function listPendingInvitations(
  db: Db,
  { brandId, now }: { brandId: string; now: Date },
): Promise<PendingInvitation[]> {
  const { data } = await db
    .from('brand_invitations')
    .select('id, email, role, expires_at, invited_by')
    .eq('brand_id', brandId)
    .eq('status', 'pending')
    .order('created_at', { ascending: false })
    .limit(200)
    .throwOnError()
  const nameOf = await namesOf(
    db,
    data.flatMap((row) => row.invited_by ?? []),
  )
  return data.flatMap(({ id, email, role, expires_at, invited_by }) =>
    isRole(role)
      ? {
          id,
          email,
          role,
          inviterName: invited_by ? (nameOf.get(invited_by) ?? null) : null,
          expiresAt: expires_at,
          hasExpired: Date.parse(expires_at) <= now.getTime(),
        }
      : [],
  )
}

export type RolePermissions = ReadonlyMap<Role, ReadonlySet<Permission>>

/** The one matrix of roles and permissions, as the database holds it. */
export async function readRolePermissions(db: Db): Promise<RolePermissions> {
  const { data } = await db.rpc('role_permissions').throwOnError()
  return new Map(
    data.flatMap(({ role, permissions }) =>
      isRole(role) ? [[role, new Set(permissions.filter(isPermission))] as const] : [],
    ),
  )
}

const peekedInvitation = z.object({
  state: z.enum(['valid', 'expired', 'revoked', 'used', 'unknown']),
  brand_name: z.string().nullish(),
  agency_name: z.string().nullish(),
  inviter_name: z.string().nullish(),
  email: z.string().nullish(),
  role: z.enum(roles).nullish(),
  expires_at: z.string().nullish(),
})
export type PeekedInvitation = z.infer<typeof peekedInvitation>

/** What an invitation's token opens, for anyone who holds it. Reading never uses it up. */
export async function peekInvitation(token: string): Promise<PeekedInvitation> {
  if (!linkToken.safeParse(token).success) return { state: 'unknown' }
  const { data } = await requestDb(null).rpc('peek_invitation', { token }).single().throwOnError()
  return peekedInvitation.parse(data)
}

const peekedPortalLink = z.object({
  state: z.enum(['valid', 'expired', 'revoked', 'unknown']),
  agency_name: z.string().nullish(),
  brand_name: z.string().nullish(),
  person_name: z.string().nullish(),
  expires_at: z.string().nullish(),
})
export type PeekedPortalLink = z.infer<typeof peekedPortalLink>

/** What a client's mailed link opens. Reading never uses it up. */
export async function peekPortalLink(token: string): Promise<PeekedPortalLink> {
  if (!linkToken.safeParse(token).success) return { state: 'unknown' }
  const { data } = await requestDb(null).rpc('peek_portal_link', { token }).single().throwOnError()
  return peekedPortalLink.parse(data)
}
