/**
 * Roles and permissions by name. Which role holds which permission is said once, in
 * `private.role_permissions`; the Data API tells each person theirs (`my_permissions`).
 */
export const roles = [
  'owner',
  'admin',
  'manager',
  'creator',
  'analyst',
  'member',
  'client_approver',
  'client_viewer',
] as const
export type Role = (typeof roles)[number]

export const permissions = [
  'brand.view',
  'brand.edit',
  'brand.delete',
  'members.manage',
  'audit.view',
  'connections.manage',
  'connections.view',
  'media.view',
  'media.upload',
  'media.manage',
  'content.view',
  'content.view_shared',
  'content.create',
  'content.edit',
  'content.delete',
  'content.delete_own_drafts',
  'approvals.request',
  'approvals.decide_internal',
  'approvals.decide_client',
  'approvals.hold',
  'approvals.configure',
  'publishing.schedule',
  'publishing.reschedule',
  'publishing.cancel',
  'publishing.publish_now',
  'publishing.pause',
  'publishing.retry',
  'comments.internal',
  'comments.client',
  'analytics.view',
  'analytics.export',
  'goals.manage',
  'planning.use',
] as const
export type Permission = (typeof permissions)[number]

/** Roles that an invitation to a brand can give; its owners come from the agency. */
export const invitableRoles = [
  'admin',
  'manager',
  'creator',
  'analyst',
  'member',
  'client_approver',
  'client_viewer',
] as const satisfies Role[]
export type InvitableRole = (typeof invitableRoles)[number]

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name)
}

export function isPermission(name: string): name is Permission {
  return (permissions as readonly string[]).includes(name)
}

export function isInvitable(role: Role): role is InvitableRole {
  return (invitableRoles as readonly Role[]).includes(role)
}

/** Clients read only what was sent to them, in the portal. */
export function isClientRole(role: Role): boolean {
  return role === 'client_approver' || role === 'client_viewer'
}

export function can(holder: { permissions: ReadonlySet<Permission> }, permission: Permission): boolean {
  return holder.permissions.has(permission)
}

type RoleWords = { name: string; may: string[]; mayNot: string | null }

/** What an invitation promises, in the order of the form. */
export const roleWords: Record<Role, RoleWords> = {
  owner: { name: 'Owner', may: ['Everything on the brand'], mayNot: null },
  admin: {
    name: 'Admin',
    may: ['Everything on the brand, its people and accounts included'],
    mayNot: 'Delete the brand',
  },
  manager: {
    name: 'Manager',
    may: ['Write, schedule, say yes inside, publish at once', 'Edit the brand, its media and its rules'],
    mayNot: 'Invite people, connect accounts',
  },
  creator: {
    name: 'Creator',
    may: ['Write, schedule, send for approval, use its media', 'See its calendar, comments and numbers'],
    mayNot: 'Say yes inside, publish at once, connect accounts',
  },
  analyst: {
    name: 'Analyst',
    may: ['See its calendar and posts', 'Read and export its numbers, set goals'],
    mayNot: 'Write or schedule',
  },
  member: {
    name: 'Member',
    may: ['Read its calendar, posts and numbers', 'Write internal notes'],
    mayNot: 'Write posts or schedule',
  },
  client_approver: {
    name: 'Client, approves',
    may: ['See what the agency sends for approval', 'Approve it, ask for changes, hold it, comment'],
    mayNot: 'See drafts or internal notes',
  },
  client_viewer: {
    name: 'Client, looks on',
    may: ['See what the agency sends to the client, and what was published'],
    mayNot: 'Decide or comment; see drafts or internal notes',
  },
}
