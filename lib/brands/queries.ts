import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { can, isClientRole, isPermission, isRole, type Permission, type Role } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { type ApprovalMode, approvalModes } from './schema.ts'

/** A brand as its pages need it: what it is, and what the caller may do on it. */
export type Brand = {
  id: string
  slug: string
  name: string
  code: string
  timeZone: string
  /** custom: its workflow was put together step by step. */
  approvalMode: ApprovalMode | 'custom'
  selfApproval: boolean
  primaryColor: string
  logoUrl: string | null
  websiteUrl: string | null
  industry: string | null
  description: string | null
  /** When the worker may take it away, with all that is in it; null: it stays. */
  deleteAfter: string | null
  tenantId: string
  agencyName: string
  role: Role
  permissions: ReadonlySet<Permission>
}

/**
 * Every brand the caller belongs to, by name, with their role and permissions.
 * Two Data API requests, once a page however many components ask.
 */
export const listMyBrands = cache(async (): Promise<Brand[]> => {
  const { db } = await requireSession()
  const [{ data: rights }, { data: rows }] = await Promise.all([
    db.rpc('my_permissions').throwOnError(),
    db
      .from('brands')
      .select(
        'id, slug, name, code, time_zone, self_approval, primary_color, logo_url, website_url, industry, description, delete_after, tenant_id, tenant:tenants!brands_tenant_id_fkey(name), workflows:workflow_templates(mode)',
      )
      .eq('workflows.is_default', true)
      .order('name')
      .order('id')
      .throwOnError(),
  ])
  const rightsOf = new Map(rights.map((right) => [right.brand_id, right]))
  return rows.flatMap((row) => {
    const right = rightsOf.get(row.id)
    if (!right || !isRole(right.role)) return []
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      code: row.code,
      timeZone: row.time_zone,
      // One row each, which PostgREST gives as a list and the local API, seeing its partial unique index, bare.
      approvalMode: asApprovalMode([row.workflows].flat()[0]?.mode),
      selfApproval: row.self_approval,
      primaryColor: row.primary_color,
      logoUrl: row.logo_url,
      websiteUrl: row.website_url,
      industry: row.industry,
      description: row.description,
      deleteAfter: row.delete_after,
      tenantId: row.tenant_id,
      agencyName: row.tenant?.name ?? '',
      role: right.role,
      permissions: new Set(right.permissions.filter(isPermission)),
    }
  })
})

/** Brands the caller works on; those where they are the client belong to the portal. */
export async function listDeskBrands(): Promise<Brand[]> {
  return (await listMyBrands()).filter((brand) => !isClientRole(brand.role))
}

/** The brand of an address, or "not found": whether it exists elsewhere is nobody's business. */
export async function requireBrand(slug: string): Promise<Brand> {
  const brand = (await listDeskBrands()).find((one) => one.slug === slug)
  if (!brand) notFound()
  return brand
}

/** The brand whose client page this is, for anyone who may see what was shared. */
export async function requirePortalBrand(slug: string): Promise<Brand> {
  const brand = (await listMyBrands()).find((one) => one.slug === slug)
  if (!brand || !can(brand, 'content.view_shared')) notFound()
  return brand
}

export type Agency = { id: string; name: string; role: 'owner' | 'admin' | 'staff' }

/** Agencies whose staff the caller is; owners and admins make brands there. */
export const listMyAgencies = cache(async (): Promise<Agency[]> => {
  const { db, userId } = await requireSession()
  const { data } = await db
    .from('tenant_members')
    .select('role, tenant:tenants!inner(id, name)')
    .eq('user_id', userId)
    .order('created_at')
    .throwOnError()
  return data.map(({ role, tenant }) => ({ id: tenant.id, name: tenant.name, role: asAgencyRole(role) }))
})

export function makesBrands(agency: Agency): boolean {
  return agency.role !== 'staff'
}

function asApprovalMode(mode: string | undefined): Brand['approvalMode'] {
  return approvalModes.find((one) => one === mode) ?? 'custom'
}

function asAgencyRole(role: string): Agency['role'] {
  return role === 'owner' || role === 'admin' ? role : 'staff'
}
