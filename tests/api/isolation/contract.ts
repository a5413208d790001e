/**
 * Who may do what with which rows: the promise that row security has to keep, written from the design and
 * from the permissions' names, never from the policies. Roles come in only through private.role_permissions.
 * A table without an entry is for nobody.
 */
export const commands = ['select', 'insert', 'update', 'move', 'delete'] as const
/** `move` is the update that hands a row to another brand or agency. */
export type Command = (typeof commands)[number]
export type Where = 'own' | 'other brand' | 'other tenant'
/** hidden: no row, no error. refused: an error. */
export type Outcome = 'allowed' | 'hidden' | 'refused'

export type Actor = {
  name: string
  role: 'anon' | 'authenticated'
  /** Null for someone who has not signed in. */
  id: string | null
  token: string | null
  /** Brand's name to the role held there. */
  brands: ReadonlyMap<string, string>
  /** Agency's name to the role held there. */
  tenants: ReadonlyMap<string, string>
}

/** Where someone stands. */
export type Place = Pick<Actor, 'brands' | 'tenants'>

export type Row = {
  /** With its schema. */
  table: string
  /** Empty for a row that is yet to be inserted. */
  key: Readonly<Record<string, unknown>>
  values: Readonly<Record<string, unknown>>
  /** By name; null for a row of no brand. */
  brand: string | null
  tenant: string | null
}

/** What the rules look up besides the row itself. */
export type Facts = {
  permissions: {
    brand: ReadonlyMap<string, ReadonlySet<string>>
    tenant: ReadonlyMap<string, ReadonlySet<string>>
  }
  people: ReadonlyMap<string, Place>
  tenantOfBrand: ReadonlyMap<string, string>
  /** content_items that have a version shared with the client. */
  sharedContent: ReadonlySet<string>
  /** media_assets by the path of their file. */
  assets: ReadonlyMap<string, Row>
}

export type Cell = { actor: Actor; table: string; command: Command; where: Where; kind: string; row: Row }

type Rule = { words: string; holds(actor: Actor, row: Row, facts: Facts): boolean }

// The words rules are made of ------------------------------------------------------------------------

/** A permission on the row's brand. */
const may = (permission: string): Rule => ({
  words: permission,
  holds: (actor, row, { permissions }) => {
    const role = row.brand === null ? undefined : actor.brands.get(row.brand)
    return role !== undefined && permissions.brand.get(role)?.has(permission) === true
  },
})
/** A permission on the row's agency. */
const mayForAgency = (permission: string): Rule => ({
  words: permission,
  holds: (actor, row, { permissions }) => {
    const role = row.tenant === null ? undefined : actor.tenants.get(row.tenant)
    return role !== undefined && permissions.tenant.get(role)?.has(permission) === true
  },
})
const either = (...rules: Rule[]): Rule => ({
  words: rules.map(({ words }) => words).join(', or '),
  holds: (actor, row, facts) => rules.some((rule) => rule.holds(actor, row, facts)),
})
const both = (...rules: Rule[]): Rule => ({
  words: rules.map(({ words }) => (words.includes(', or ') ? `(${words})` : words)).join(' and '),
  holds: (actor, row, facts) => rules.every((rule) => rule.holds(actor, row, facts)),
})
const where = (words: string, holds: (row: Row, facts: Facts) => boolean): Rule => ({
  words,
  holds: (_actor, row, facts) => holds(row, facts),
})
/** The row is the person's own. */
const ownBy = (column: string): Rule => ({
  words: 'one’s own row',
  holds: (actor, row) => actor.id !== null && row.values[column] === actor.id,
})

const onTheAgencyOrItsBrands: Rule = {
  words: 'whoever is of the agency or on one of its brands',
  holds: (actor, row, facts) => row.tenant !== null && isOfTenant(actor, row.tenant, facts),
}
const sharingABrandOrAgency: Rule = {
  words: 'whoever shares a brand or an agency with the person',
  holds: (actor, row, { people }) => {
    const person = people.get(String(row.values.user_id))
    return person !== undefined && sharesAPlace(actor, person)
  },
}
const shared = where('shared with the client', ({ values }) => values.shared_at != null)
const clientLane = where('the client’s lane', ({ values }) => values.audience === 'client')
const internalLane = where('the internal lane', ({ values }) => values.audience === 'internal')
const onSharedPiece = where('about a piece shared with the client', ({ values }, { sharedContent }) =>
  sharedContent.has(String(values.content_id)),
)
const ofSharedAsset = where(
  'shared with the client',
  ({ values }, { assets }) => assets.get(String(values.name))?.values.shared_at != null,
)
const inMediaBucket = where('in the bucket of media', ({ values }) => values.bucket_id === 'media')
/** Where the uploader's own asset row waits for its bytes. */
const openPlace: Rule = {
  words: 'the place of one’s own asset that waits for its bytes',
  holds: (actor, row, { assets }) => {
    const asset = assets.get(String(row.values.name))?.values
    return asset !== undefined && asset.created_by === actor.id && asset.status === 'processing'
  },
}

// The contract ---------------------------------------------------------------------------------------

export type Entry = Partial<Record<Command, Rule>> & {
  /** Columns out of everyone's reach, where not all can be read. */
  unreadable?: string[]
  insertable?: string[]
  updatable?: string[]
  /** What tells rows of the table apart for the rules, in words. */
  kind?(row: Row, actor: Actor, facts: Facts): string
  /** Supabase itself grants the table to every role of the API: policies alone guard it. */
  policiesAlone?: true
}

const ownOrNot = (column: string) => (row: Row, actor: Actor) =>
  row.values[column] === actor.id ? 'own' : 'someone else’s'
const sharedOrNot = ({ values }: Row) => (values.shared_at == null ? 'not shared' : 'shared')
const lane = ({ values }: Row) => String(values.audience)

const contentView = { select: may('content.view') }
const analyticsView = { select: may('analytics.view') }
const planners = { select: may('planning.use') }
const connectionsView = { select: may('connections.view') }

export const contract: Readonly<Record<string, Entry>> = {
  // Brand and identity
  'public.profiles': {
    select: either(ownBy('user_id'), sharingABrandOrAgency),
    update: ownBy('user_id'),
    updatable: ['display_name', 'avatar_url', 'time_zone'],
    kind: ownOrNot('user_id'),
  },
  'public.tenants': {
    select: onTheAgencyOrItsBrands,
    unreadable: ['paused_by', 'pause_reason'],
    update: mayForAgency('tenant.edit'),
    updatable: ['name'],
  },
  'public.tenant_members': { select: mayForAgency('tenant.view') },
  'public.milestones': { select: mayForAgency('tenant.view') },
  'public.brands': {
    select: may('brand.view'),
    unreadable: ['paused_by', 'pause_reason'],
    update: may('brand.edit'),
    updatable: ['name', 'logo_url', 'primary_color', 'website_url', 'industry', 'description', 'time_zone'],
  },
  'public.brand_members': { select: may('brand.view') },
  'public.brand_invitations': { select: may('members.manage') },

  // Media
  'public.media_assets': {
    select: either(may('media.view'), both(may('content.view_shared'), shared)),
    unreadable: ['used_in', 'usage_count', 'last_used'],
    insert: may('media.upload'),
    insertable: ['id', 'brand_id', 'filename', 'mime_type', 'size_bytes', 'category', 'alt_text', 'path'],
    update: may('media.upload'),
    updatable: ['alt_text', 'filename'],
    kind: sharedOrNot,
  },
  'public.media_usage_logs': { select: may('media.view') },
  'public.storage_quotas': { select: may('media.view') },
  'storage.objects': {
    select: both(inMediaBucket, either(may('media.view'), both(may('content.view_shared'), ofSharedAsset))),
    insert: both(inMediaBucket, may('media.upload'), openPlace),
    policiesAlone: true,
    kind: (row, actor, facts) => {
      if (!inMediaBucket.holds(actor, row, facts)) return 'of another bucket'
      if (openPlace.holds(actor, row, facts)) return 'own open place'
      return ofSharedAsset.holds(actor, row, facts) ? 'shared' : 'not shared'
    },
  },
  'storage.buckets': { policiesAlone: true },

  // Content and scheduling
  'public.content_items': contentView,
  'public.content_channels': contentView,
  'public.scheduled_content': contentView,
  'public.content_versions': {
    select: either(may('content.view'), both(may('content.view_shared'), shared)),
    kind: sharedOrNot,
  },
  'public.content_comments': {
    select: either(may('comments.internal'), both(may('content.view_shared'), clientLane, onSharedPiece)),
    insert: either(
      both(may('comments.internal'), internalLane),
      both(may('comments.client'), clientLane, either(may('content.view'), onSharedPiece)),
    ),
    insertable: ['content_id', 'brand_id', 'audience', 'body', 'anchor'],
    kind: (row, actor, facts) =>
      `${lane(row)}, piece ${onSharedPiece.holds(actor, row, facts) ? 'shared' : 'not shared'}`,
  },

  // Publishing and accounts
  'public.connector_platforms': {
    select: either(
      where('a row of the catalogue', ({ tenant }) => tenant === null),
      onTheAgencyOrItsBrands,
    ),
    kind: ({ tenant }) => (tenant === null ? 'catalogue' : 'an agency’s'),
  },
  'public.connections': connectionsView,
  'public.encrypted_secrets': {},
  'public.oauth_states': {
    select: both(ownBy('user_id'), may('connections.manage')),
    unreadable: ['state_hash', 'redirect_uri', 'code', 'updated_at'],
    kind: ownOrNot('user_id'),
  },
  'public.publish_jobs': {
    ...contentView,
    unreadable: [
      ...[
        'idempotency_key',
        'body',
        'link',
        'media_urls',
        'media',
        'fingerprint',
        'call_to_action',
        'metadata',
      ],
      ...['publish_at', 'error_history', 'fence', 'lease_token', 'lease_expires_at', 'leased_by'],
      ...['first_intent_at', 'intent_digest', 'step', 'memo', 'replays', 'created_by'],
    ],
  },
  'public.publishing_logs': contentView,

  // Analytics
  'public.analytics_metrics': analyticsView,
  'public.analytics_daily': analyticsView,
  'public.analytics_sync_logs': connectionsView,
  'public.analytics_goals': {
    ...analyticsView,
    insert: may('goals.manage'),
    insertable: ['brand_id', 'metric', 'target', 'deadline', 'notes'],
    update: may('goals.manage'),
    updatable: ['target', 'deadline', 'notes'],
    delete: may('goals.manage'),
  },
  'public.advisor_feedback': {
    ...planners,
    insert: may('planning.use'),
    insertable: ['brand_id', 'insight_id', 'category', 'type', 'feedback'],
  },
  'public.auto_plans': planners,

  // Approvals and workflows
  'public.workflow_templates': contentView,
  'public.workflow_instances': contentView,
  'public.approval_requests': {
    select: either(may('content.view'), both(may('content.view_shared'), clientLane)),
    kind: lane,
  },
  'public.post_approvals': {
    select: either(may('content.view'), both(may('content.view_shared'), clientLane)),
    kind: lane,
  },
  'public.workflow_notifications': {
    select: both(ownBy('user_id'), may('brand.view')),
    update: both(ownBy('user_id'), may('brand.view')),
    updatable: ['read_at'],
    kind: ownOrNot('user_id'),
  },

  // Compliance and audit
  'public.audit_logs': {
    select: either(may('audit.view'), mayForAgency('tenant.audit')),
    kind: ({ brand }) => (brand === null ? 'the agency’s' : 'a brand’s'),
  },
  'public.outbound_emails': {},
  'public.client_settings': {
    select: both(ownBy('client_id'), may('brand.view')),
    unreadable: ['unsubscribe_token', 'last_modified_by'],
    insert: both(ownBy('client_id'), may('brand.view')),
    insertable: ['client_id', 'brand_id', 'email_preferences', 'timezone', 'language'],
    update: both(ownBy('client_id'), may('brand.view')),
    updatable: ['email_preferences', 'timezone', 'language', 'unsubscribed_from_all', 'unsubscribed_types'],
    kind: ownOrNot('client_id'),
  },
  'public.webhook_events': {
    select: may('connections.manage'),
    kind: ({ brand }) => (brand === null ? 'of no brand' : 'a brand’s'),
  },
  'public.escalation_rules': contentView,
  'public.escalation_events': contentView,

  // Orchestration and learning
  'public.strategy_briefs': planners,
  'public.content_packages': planners,
  'public.brand_history': planners,
  'public.collaboration_logs': planners,

  // Integrations
  'public.platform_sync_logs': connectionsView,
  'public.social_posts': contentView,
  'public.platform_reviews': contentView,
}

// Reading it -----------------------------------------------------------------------------------------

/** What the contract says must come of it. */
export function expected(
  { actor, table, command, row }: Omit<Cell, 'where' | 'kind'>,
  facts: Facts,
): Outcome {
  const entry: Entry = contract[table] ?? {}
  const unmet = command === 'insert' ? 'refused' : 'hidden'
  const rule = entry[command]
  if (!rule || actor.id === null) return entry.policiesAlone ? unmet : 'refused'
  if (!rule.holds(actor, row, facts)) return unmet
  // Postgres changes only what it may look up.
  const lookedUp = command === 'select' || command === 'insert' || entry.select?.holds(actor, row, facts)
  return lookedUp ? 'allowed' : unmet
}

/** What tells this row from others of its table, for this actor. */
export function kindOf(row: Row, actor: Actor, facts: Facts): string {
  return contract[row.table]?.kind?.(row, actor, facts) ?? 'any'
}

/** Whose row it is, from where the actor stands. */
export function whereOf(row: Row, actor: Actor, facts: Facts): Where {
  if (row.table === 'public.profiles') return whereOfPerson(String(row.values.user_id), actor, facts)
  if (row.tenant === null) return 'own'
  if (row.brand === null) return isOfTenant(actor, row.tenant, facts) ? 'own' : 'other tenant'
  if (actor.brands.has(row.brand)) return 'own'
  return isOfTenant(actor, row.tenant, facts) ? 'other brand' : 'other tenant'
}

function whereOfPerson(id: string, actor: Actor, facts: Facts): Where {
  const person = facts.people.get(id)
  if (id === actor.id || (person && sharesAPlace(actor, person))) return 'own'
  const places = [...(person?.tenants.keys() ?? []), ...brandsTenants(person, facts)]
  return places.some((tenant) => isOfTenant(actor, tenant, facts)) ? 'other brand' : 'other tenant'
}

function isOfTenant(actor: Place, tenant: string, facts: Facts): boolean {
  return actor.tenants.has(tenant) || brandsTenants(actor, facts).includes(tenant)
}

function brandsTenants(person: Pick<Actor, 'brands'> | undefined, { tenantOfBrand }: Facts): string[] {
  return [...(person?.brands.keys() ?? [])].flatMap((brand) => tenantOfBrand.get(brand) ?? [])
}

function sharesAPlace(actor: Place, person: Place): boolean {
  return overlaps(actor.brands, person.brands) || overlaps(actor.tenants, person.tenants)
}

function overlaps(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return [...a.keys()].some((key) => b.has(key))
}
