/** The plan's nine categories, each in one of its five export files, and every table of ours in one of them. */
export const categories = [
  {
    title: 'Brand and identity',
    file: 'schema_01_identity_and_access',
    tables: [
      'public.profiles',
      'public.tenants',
      'public.tenant_members',
      'public.brands',
      'public.brand_members',
      'public.brand_invitations',
      'public.milestones',
      'private.brands_of_people',
      'private.role_permissions',
      'private.tenant_role_permissions',
      'private.ceilings',
      'private.link_tokens',
    ],
  },
  {
    title: 'Media management',
    file: 'schema_02_media_and_content',
    tables: ['public.media_assets', 'public.media_usage_logs', 'public.storage_quotas'],
  },
  {
    title: 'Content and scheduling',
    file: 'schema_02_media_and_content',
    tables: [
      'public.content_items',
      'public.content_versions',
      'public.content_channels',
      'public.content_comments',
      'public.scheduled_content',
      'private.searched_posts',
    ],
  },
  {
    title: 'Publishing and OAuth',
    file: 'schema_03_publishing_and_integrations',
    tables: [
      'public.connector_platforms',
      'public.connections',
      'public.encrypted_secrets',
      'public.oauth_states',
      'public.publish_jobs',
      'public.publishing_logs',
      'public.platform_sync_logs',
      'private.worker_heartbeats',
      'private.connection_upkeep',
      'private.rate_buckets',
    ],
  },
  {
    title: 'Analytics and metrics',
    file: 'schema_04_analytics_and_workflows',
    tables: [
      'public.analytics_metrics',
      'public.analytics_daily',
      'public.analytics_sync_logs',
      'public.analytics_goals',
      'public.advisor_feedback',
      'public.auto_plans',
    ],
  },
  {
    title: 'Approvals and workflows',
    file: 'schema_04_analytics_and_workflows',
    tables: [
      'public.workflow_templates',
      'public.workflow_instances',
      'public.workflow_notifications',
      'public.approval_requests',
      'public.post_approvals',
    ],
  },
  {
    title: 'Compliance and audit',
    file: 'schema_05_compliance_and_orchestration',
    tables: [
      'public.client_settings',
      'public.outbound_emails',
      'public.audit_logs',
      'private.audit_heads',
      'public.webhook_events',
      'public.escalation_rules',
      'public.escalation_events',
    ],
  },
  {
    title: 'Orchestration and learning',
    file: 'schema_05_compliance_and_orchestration',
    tables: [
      'public.strategy_briefs',
      'public.content_packages',
      'public.brand_history',
      'public.collaboration_logs',
    ],
  },
  {
    title: 'Integrations',
    file: 'schema_03_publishing_and_integrations',
    tables: ['public.social_posts', 'public.platform_reviews'],
  },
] as const

export type Category = (typeof categories)[number]
export type ExportFile = Category['file']

export const exportFiles = [
  'schema_01_identity_and_access',
  'schema_02_media_and_content',
  'schema_03_publishing_and_integrations',
  'schema_04_analytics_and_workflows',
  'schema_05_compliance_and_orchestration',
] as const satisfies ExportFile[]

const categoryOf = new Map<string, Category>(
  categories.flatMap((category) => category.tables.map((table) => [table, category])),
)

/** The category of `public.brands`, say; throws for a table that nobody has placed. */
export function categoryOfTable(table: string): Category {
  const category = categoryOf.get(table)
  if (!category) throw new Error(`${table} is in no category: place it in local/schema/categories.ts.`)
  return category
}

/** Throws unless the catalog's tables are exactly the ones placed here. */
export function refuseUnplaced(tables: readonly string[]): void {
  for (const table of tables) categoryOfTable(table)
  const gone = [...categoryOf.keys()].filter((table) => !tables.includes(table))
  if (gone.length > 0) {
    throw new Error(`Placed in local/schema/categories.ts, but not in the database: ${gone.join(', ')}.`)
  }
}
