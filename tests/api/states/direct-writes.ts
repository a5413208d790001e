import type { Person } from '#tests/support/people.ts'
import type { Move } from './people-moves.ts'
import type { Piece } from './pieces.ts'
import type { World } from './world.ts'

type Write = {
  method: 'POST' | 'PATCH' | 'DELETE'
  table: string
  /** Rows, as PostgREST filters them. */
  where?: Record<string, string>
  values?: Record<string, unknown>
}

/** What someone would write into the tables themselves, were they let. */
function writes({ brand_id, id, content_digest }: Piece, person: Person): Write[] {
  const piece = { id: `eq.${id}` }
  const ofPiece = { content_id: `eq.${id}` }
  const ofBrand = { brand_id: `eq.${brand_id}` }
  const now = new Date().toISOString()
  return [
    {
      method: 'PATCH',
      table: 'content_items',
      where: piece,
      values: { status: 'approved', approved_at: now },
    },
    {
      method: 'PATCH',
      table: 'content_items',
      where: piece,
      values: { content: { body: 'Mine.', media: [] } },
    },
    { method: 'PATCH', table: 'content_items', where: piece, values: { held_at: null } },
    { method: 'PATCH', table: 'content_items', where: piece, values: { generated_by_agent: null } },
    { method: 'DELETE', table: 'content_items', where: piece },
    { method: 'PATCH', table: 'content_versions', where: ofPiece, values: { body: 'Mine.' } },
    { method: 'PATCH', table: 'content_versions', where: ofPiece, values: { shared_at: now } },
    { method: 'PATCH', table: 'content_versions', where: ofPiece, values: { client_status: 'published' } },
    { method: 'DELETE', table: 'content_versions', where: ofPiece },
    { method: 'PATCH', table: 'content_channels', where: ofPiece, values: { body: 'Mine.' } },
    { method: 'PATCH', table: 'scheduled_content', where: ofPiece, values: { status: 'published' } },
    {
      method: 'PATCH',
      table: 'publish_jobs',
      where: ofPiece,
      values: { status: 'published', platform_post_id: '1' },
    },
    { method: 'PATCH', table: 'publish_jobs', where: ofPiece, values: { content_digest } },
    { method: 'DELETE', table: 'publish_jobs', where: ofPiece },
    {
      method: 'POST',
      table: 'post_approvals',
      values: {
        brand_id,
        post_id: id,
        version: 1,
        content_digest,
        audience: 'client',
        status: 'approved',
        decided_by: person.id,
        step: 0,
      },
    },
    {
      method: 'PATCH',
      table: 'post_approvals',
      where: { post_id: `eq.${id}` },
      values: { status: 'approved' },
    },
    { method: 'DELETE', table: 'post_approvals', where: { post_id: `eq.${id}` } },
    {
      method: 'PATCH',
      table: 'approval_requests',
      where: { post_id: `eq.${id}` },
      values: { status: 'approved' },
    },
    { method: 'PATCH', table: 'workflow_instances', where: ofPiece, values: { status: 'completed' } },
    { method: 'PATCH', table: 'workflow_templates', where: ofBrand, values: { steps: [] } },
    { method: 'PATCH', table: 'brands', where: { id: `eq.${brand_id}` }, values: { self_approval: true } },
    { method: 'PATCH', table: 'brand_members', where: ofBrand, values: { role: 'owner' } },
    { method: 'POST', table: 'brand_members', values: { brand_id, user_id: person.id, role: 'owner' } },
    { method: 'PATCH', table: 'connections', where: ofBrand, values: { status: 'active' } },
    { method: 'PATCH', table: 'storage_quotas', where: ofBrand, values: { used_bytes: 0 } },
    {
      method: 'PATCH',
      table: 'media_assets',
      where: ofBrand,
      values: { status: 'active', hash: 'a'.repeat(64) },
    },
    { method: 'DELETE', table: 'media_assets', where: ofBrand },
    { method: 'PATCH', table: 'audit_logs', where: ofBrand, values: { action: 'nothing' } },
    { method: 'DELETE', table: 'audit_logs', where: ofBrand },
    {
      method: 'POST',
      table: 'workflow_notifications',
      values: { brand_id, user_id: person.id, type: 'comment', message: 'Hi' },
    },
  ]
}

/** One write past the functions, as the person. @returns the status of the answer */
export async function writeDirectly({ person, piece, pick, world }: Move): Promise<number> {
  const all = writes(piece, person)
  const {
    method,
    table,
    where = {},
    values,
  } = all[pick % all.length] ?? { method: 'DELETE', table: 'content_items' }
  const response = await fetch(`${world.api.url}/rest/v1/${table}?${new URLSearchParams(where)}`, {
    method,
    headers: await headersOf(person, world),
    ...(values ? { body: JSON.stringify(values) } : {}),
  })
  await response.arrayBuffer()
  return response.status
}

async function headersOf(person: Person, { api }: World): Promise<Record<string, string>> {
  const { data } = await person.client.auth.getSession()
  return {
    apikey: api.publishableKey,
    authorization: `Bearer ${data.session?.access_token ?? ''}`,
    'content-type': 'application/json',
  }
}
