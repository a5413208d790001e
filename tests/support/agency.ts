import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import sharp from 'sharp'
import type { Database } from '#lib/supabase/database.types.ts'
import type { Person } from './people.ts'

type Tables = Database['public']['Tables']
export type Brand = Tables['brands']['Row']
export type Post = Tables['content_items']['Row']
export type Role =
  | 'admin'
  | 'manager'
  | 'creator'
  | 'analyst'
  | 'member'
  | 'client_approver'
  | 'client_viewer'
export type ApprovalMode = 'none' | 'internal' | 'client' | 'internal_client'

export type Agency = Awaited<ReturnType<typeof foundAgency>>

/** Who founds agencies in a test: the doors of that test's file. */
export type Doors = { db: postgres.Sql; signUp: (name: string) => Promise<Person> }

/**
 * An agency founded as people found one: by the functions that the interface calls, each as the person who may.
 * What the worker does (tokens in mails, token exchange, reading files) is done by the functions that it calls.
 */
export async function foundAgency({ db, signUp }: Doors, name = 'Halyard Studio') {
  const owner = await signUp('Ines Caldeira')
  const { data: tenant } = await owner.client.rpc('create_tenant', { name }).throwOnError()

  async function brand(brandName = `Oat & Ember ${randomUUID().slice(0, 4)}`, mode: ApprovalMode = 'client') {
    const { data } = await owner.client
      .rpc('create_brand', {
        tenant_id: tenant.id,
        name: brandName,
        time_zone: 'Europe/London',
        approval_mode: mode,
      })
      .throwOnError()
    return data
  }

  /** The clear token of an open invitation, as the mail would carry it. */
  async function mailedToken(invitationId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    const [mail] =
      await db`select id from public.outbound_emails where invitation_id = ${invitationId} limit 1`
    await db`select private.issue_link_token(${mail?.id}, ${createHash('sha256').update(token).digest()})`
    return token
  }

  async function invite(to: Brand, email: string, role: Role) {
    const { data } = await owner.client.rpc('invite_member', { brand_id: to.id, email, role }).throwOnError()
    return { ...data, token: await mailedToken(data.id) }
  }

  async function member(of: Brand, role: Role, personName = 'Teo Okafor'): Promise<Person> {
    const person = await signUp(personName)
    const { token } = await invite(of, person.email, role)
    await person.client.rpc('accept_invitation', { token }).throwOnError()
    return person
  }

  /** An account as the token exchange leaves it; its secret is none that any key opens. */
  async function account(of: Brand, accountName = 'Oat & Ember', platformId = randomUUID().slice(0, 12)) {
    const { data: attempt } = await owner.client
      .rpc('begin_connect', {
        brand_id: of.id,
        platform: 'meta',
        redirect_uri: 'http://127.0.0.1:3000/api/oauth/meta',
      })
      .single()
      .throwOnError()
    await owner.client.rpc('finish_connect', { state: attempt.state, code: 'a code' }).throwOnError()
    const connectionId = randomUUID()
    const result = {
      kind: 'connected',
      accounts: [
        {
          connection_id: connectionId,
          network: 'facebook',
          platform_user_id: '77',
          account_id: platformId,
          display_name: accountName,
          scopes: ['pages_manage_posts'],
          secret: {
            version: 1,
            key_id: 'k',
            wrapped_key: 'sealed',
            encrypted_value: 'sealed',
            iv: 'sealed',
            auth_tag: 'sealed',
          },
        },
      ],
    }
    await db`select private.record_oauth_result(${attempt.oauth_state_id}, ${db.json(result)})`
    return connectionId
  }

  /** A picture uploaded as `by`, and read by the worker. */
  async function picture(of: Brand, by: Person) {
    const { asset, bytes } = await uploaded(of, by)
    const result = {
      ok: true,
      mime_type: 'image/jpeg',
      size_bytes: bytes.length,
      width: 400,
      height: 400,
      hash: createHash('sha256').update(bytes).digest('hex'),
    }
    await db`select private.record_verification(${asset.id}, ${db.json(result)})`
    return asset
  }

  async function uploaded(of: Brand, by: Person) {
    const { r, g, b } = randomColour()
    const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: { r, g, b } } })
      .jpeg()
      .toBuffer()
    const id = randomUUID()
    const path = `${of.id}/${id}/original.jpg`
    const { data: asset } = await by.client
      .from('media_assets')
      .insert({
        id,
        brand_id: of.id,
        filename: 'loaf.jpg',
        mime_type: 'image/jpeg',
        size_bytes: bytes.length,
        path,
      })
      .select('id, path, status')
      .single()
      .throwOnError()
    const { error } = await by.client.storage
      .from('media')
      .upload(path, new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
    if (error) throw error
    await by.client.rpc('finish_upload', { asset_id: id }).throwOnError()
    return { asset, bytes }
  }

  async function draft(
    of: Brand,
    by: Person,
    { body = 'Forty fig pies, out at half past seven.', media = [] as string[] } = {},
  ) {
    const connection = (await anyAccount(of)) ?? (await account(of))
    const { data } = await by.client
      .rpc('create_post', {
        brand_id: of.id,
        title: 'Friday pie drop',
        body,
        media_ids: media,
        channels: [{ connection_id: connection, body: null, first_comment: null }],
      })
      .throwOnError()
    return data
  }

  async function anyAccount(of: Brand): Promise<string | null> {
    const { data } = await owner.client
      .from('connections')
      .select('id')
      .eq('brand_id', of.id)
      .limit(1)
      .throwOnError()
    return data[0]?.id ?? null
  }

  /** A draft planned for tomorrow and sent for approval. */
  async function submitted(
    of: Brand,
    by: Person,
    what: { body?: string; media?: string[] } = {},
  ): Promise<Post> {
    const post = await draft(of, by, what)
    await by.client
      .rpc('schedule_post', { post_id: post.id, local_time: tomorrow('09:00'), time_zone: 'Europe/London' })
      .throwOnError()
    const { data } = await by.client
      .rpc('submit_post', { post_id: post.id, revision: post.revision })
      .throwOnError()
    return data
  }

  async function scheduled(
    of: Brand,
    by: Person,
    approver: Person,
    what: { body?: string; media?: string[] } = {},
  ) {
    const post = await submitted(of, by, what)
    await approve(post, approver)
    return post
  }

  /** How the piece stands, past row security. */
  async function state(post: { id: string }) {
    const [row] = await db`
      select status, version, revision, scheduled_for, held_at, content_digest,
             (select coalesce(array_agg(j.status order by j.created_at), '{}') from publish_jobs j where j.content_id = i.id) as jobs
        from content_items i where id = ${post.id}`
    if (!row) throw new Error('The post is gone.')
    return row
  }

  return {
    owner,
    tenant,
    brand,
    invite,
    member,
    account,
    picture,
    uploaded,
    draft,
    submitted,
    scheduled,
    state,
    mailedToken,
  }
}

export function approve(post: Pick<Post, 'id' | 'content_digest'>, by: Person) {
  return by.client
    .rpc('decide_approval', { post_id: post.id, seen_digest: post.content_digest, outcome: 'approved' })
    .throwOnError()
}

/** A wall clock a day ahead, as the composer sends it. */
export function tomorrow(time: string): string {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T${time}:00`
}

function randomColour() {
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  return { r, g, b }
}
