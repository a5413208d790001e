import { type Difference, lineOf } from './compare.ts'

/** The records in docs/decisions that say more. */
export const decisions = {
  '0006': '0006-publishing-core.md',
  '0007': '0007-secrets.md',
  '0008': '0008-schema-of-the-first-path.md',
  '0009': '0009-the-whole-schema.md',
}

export type Reason = {
  title: string
  why: string
  decision: keyof typeof decisions
  /** Of `lineOf` a difference. The first reason that covers it is its reason. */
  covers: RegExp[]
}

/** Why the schema is not the customer's plan word for word. The one place of these reasons; the sweeping ones last. */
export const reasons: Reason[] = [
  {
    title: 'Tables to be dropped are not made',
    why: 'The plan marks both as legacy and drops them after the move. An upgrade reads them where they are and archives them; a fresh database never has them.',
    decision: '0009',
    covers: [
      /^table (platform_connections|publishing_jobs): /,
      /^key publishing_logs: foreign key \(job_id\) references publishing_jobs/,
    ],
  },
  {
    title: 'Tables the plan needs and lacks',
    why: 'An agency needs a staff list, people names, clients an invitation and a frozen version to decide on, a piece a row for each account it goes to and a place to talk about it, OAuth a state, mail a queue, charts a daily sum.',
    decision: '0009',
    covers: [/^table \w+: nothing → a table$/],
  },
  {
    title: 'An agency is not a person',
    why: 'The plan points tenant_id at auth.users in four tables: whoever signed up first could not leave, and no colleague would see anything. It is an agency of `tenants` everywhere, and a brand’s agency by a key over both columns.',
    decision: '0009',
    covers: [
      /^key (connector_platforms|connections|encrypted_secrets|publish_jobs): foreign key \(tenant_id\) references auth\.users/,
    ],
  },
  {
    title: 'The catalogue of platforms is shared',
    why: 'With a globally unique name and a required owner one agency in the world could have Meta. A row without an agency is the catalogue’s; an agency may override it for itself. Accounts hold on to their catalogue row.',
    decision: '0009',
    covers: [
      /^null connector_platforms\.tenant_id: /,
      /^key connector_platforms: unique \(platform_name\) /,
      /^key connections: foreign key \(platform_id\) /,
      /^column connector_platforms\.limits: /,
    ],
  },
  {
    title: 'Accounts and jobs belong to a brand',
    why: 'Without a brand the accounts of one client are visible to every other of the agency. The same account may serve two brands, and a brand may have several of one platform.',
    decision: '0009',
    covers: [
      /^column (connections|publish_jobs|workflow_notifications)\.brand_id: /,
      /^key connections: unique \(tenant_id, platform_id, platform_account_id\) /,
      /^null connections\.platform_account_id: /,
      /^column connections\.(platform|network): /,
      /^column \w+\.connection_id: /,
      /^key \w+: nothing → foreign key \(connection_id, brand_id\) /,
    ],
  },
  {
    title: 'What is unique, is so within its brand or provider',
    why: 'A rule over all rows lets one brand block another’s upload, review or webhook, and tells it that the other has it.',
    decision: '0009',
    covers: [
      /^key media_assets: unique \(hash\) /,
      /^key webhook_events: unique \(idempotency_key\) /,
      /^null webhook_events\.idempotency_key: /,
      /^key platform_reviews: unique \(review_id\) /,
      /^key social_posts: nothing → unique /,
      /^key brand_history: nothing → unique /,
    ],
  },
  {
    title: 'Text that names a brand or a piece is a key',
    why: 'As text it has no foreign key, no row security without casts, and orphans for ever. Where a log outlives the piece it names, the name goes and the row stays.',
    decision: '0009',
    covers: [
      /^type \w+\.(brand_id|content_id): text → uuid$/,
      /^null content_packages\.content_id: /,
      /^key (strategy_briefs|content_packages|brand_history|collaboration_logs): nothing → foreign key /,
    ],
  },
  {
    title: 'The workspace is an alias of the agency',
    why: 'Kept for old callers, and generated from tenant_id so that it cannot diverge. Milestones belong to an agency by a key.',
    decision: '0009',
    covers: [
      /^default (brands|milestones)\.workspace_id: /,
      /^column milestones\.tenant_id: /,
      /^key milestones: nothing → foreign key/,
    ],
  },
  {
    title: 'A decision is a row about a version',
    why: 'The plan approves a post, so whatever it became meanwhile goes live. Here a decision names the version and its digest, is never changed, and the plan’s who-and-when columns are generated from it. It survives the person: decided_by has no foreign key. Requests and workflows name the version too, and are asked of one person for each step.',
    decision: '0009',
    covers: [
      /^(column|null|default|type) post_approvals\.(?!id:|created_at:|updated_at:)/,
      /^key post_approvals: /,
      /^column approval_requests\./,
      /^key approval_requests: (nothing → (foreign key \((post_id|instance_id), brand_id\)|unique nulls not distinct))/,
      /^column workflow_(templates|instances|notifications)\./,
      /^key workflow_instances: (nothing → (foreign key|unique \(content_id)|foreign key \(brand_id\))/,
      /^key workflow_templates: nothing → unique \(brand_id\) where is_default/,
      /^key workflow_notifications: nothing → foreign key/,
      /^key approval_requests: foreign key \(brand_id\)/,
      /^null workflow_notifications\.user_id: /,
    ],
  },
  {
    title: 'Publishing exactly once',
    why: 'A key that is random deduplicates nothing: it is derived from version, account and slot. Lease, fence, intent and look are how a lost answer ends in one post. A job is of one account and one version, and exists only with a time.',
    decision: '0006',
    covers: [
      /^default publish_jobs\.(idempotency_key|status): /,
      /^null publish_jobs\.scheduled_for: /,
      /^column publish_jobs\./,
      /^key publish_jobs: nothing → (foreign key|unique (?!\(id, brand_id\)))/,
      /^column publishing_logs\./,
      /^column (tenants|brands|connections)\.(paused_at|paused_by|pause_reason): /,
      /^column connections\.connected_by: /,
    ],
  },
  {
    title: 'Secrets that can be rotated and not be moved',
    why: 'Each is sealed under a data key of its own, wrapped by a named key, and bound to agency, account, type and version.',
    decision: '0007',
    covers: [/^column encrypted_secrets\./, /^key encrypted_secrets: nothing → unique/],
  },
  {
    title: 'A time is a wall clock in a zone',
    why: 'An instant alone drifts over daylight saving. A brand has its zone; scheduled_content keeps the wall clock, the zone and the instant they mean, once a piece.',
    decision: '0009',
    covers: [
      /^column brands\.time_zone: /,
      /^column scheduled_content\./,
      /^key scheduled_content: nothing → unique \(content_id\) where /,
      /^default scheduled_content\.platforms: /,
    ],
  },
  {
    title: 'Pieces have a name, a version and a digest',
    why: 'OE-318 is the brand’s code and the piece’s number. A save names the revision it started from; a submission freezes a version; the digest over all that would be published is what an approval holds on to.',
    decision: '0009',
    covers: [
      /^column content_items\.(?!tenant_id)/,
      /^default content_items\.(type|content): /,
      /^key content_items: nothing → unique \(brand_id, number\)/,
      /^column brands\.(code|next_number|self_approval): /,
      /^key brands: nothing → unique \(tenant_id, code\)/,
    ],
  },
  {
    title: 'A file is usable once its bytes were read',
    why: 'An upload is `processing` until the worker has read it, knows who brought it, what it is and whether a client was shown it, and is purged when it was refused. Its path is its own; a use is counted once.',
    decision: '0008',
    covers: [
      /^column media_assets\./,
      /^default media_assets\.(status|category): /,
      /^null media_assets\.category: /,
      /^key media_assets: nothing → unique \(path\)/,
      /^key media_usage_logs: nothing → unique /,
    ],
  },
  {
    title: 'A brand is deleted after a fortnight, by its owner',
    why: 'Until then nothing of it publishes and everything can be read and taken back.',
    decision: '0009',
    covers: [
      /^column brands\.(delete_after|deletion_asked_by): /,
      /^key brands: nothing → foreign key \(deletion_asked_by\)/,
    ],
  },
  {
    title: 'Owners of the agency are on each of its brands',
    why: 'A trigger keeps them in brand_members, so that brand_members alone decides what anyone sees; such a row is marked and cannot be changed by hand.',
    decision: '0009',
    covers: [/^column brand_members\.mirrored: /],
  },
  {
    title: 'Metrics say of which account, from where and when',
    why: 'With a nullable post_id the plan’s rule lets account rows repeat. Goals and advice remember who.',
    decision: '0009',
    covers: [
      /^key analytics_metrics: unique /,
      /^column (analytics_metrics|analytics_goals|advisor_feedback)\./,
    ],
  },
  {
    title: 'The audit log is a chain, and touches nobody',
    why: 'Append-only, one hash chain an agency. Without foreign keys the deletion of a person or a brand changes no row.',
    decision: '0009',
    covers: [/^(column|key) audit_logs\b/],
  },
  {
    title: 'Escalations form a ladder',
    why: 'Rules have an order, may wait for business hours and may go to a delegate. An event is about a request, happens once a rule, and names the decision that ended it.',
    decision: '0009',
    covers: [
      /^column escalation_(rules|events)\./,
      /^key escalation_(rules|events): nothing → (?!unique \(id, brand_id\))/,
    ],
  },
  {
    title: 'Webhooks are retried and then set aside',
    why: 'Attempts, the last error and the next try are kept with the event. A brand’s events go with the brand.',
    decision: '0009',
    covers: [/^column webhook_events\./, /^key webhook_events: foreign key \(brand_id\)/],
  },
  {
    title: 'A review has its answer',
    why: 'The old product kept replies; the plan has no place for them.',
    decision: '0009',
    covers: [/^column platform_reviews\.(reply_text|replied_at): /],
  },
  {
    title: 'Brand and agency, or brand and piece, in one key',
    why: 'A foreign key over both columns keeps a row’s brand the brand of what it names, and its agency the brand’s; so a row that has an agency always has one. The key takes over from single ones, and needs a unique rule over both at its target.',
    decision: '0009',
    covers: [
      /^key \w+: foreign key \((\w+)\) references .* → foreign key \(\1, (brand_id|tenant_id)\) /,
      /^key \w+: foreign key \((brand_id|tenant_id|content_id|post_id|job_id)\) references \w+\(id\)(?: on delete cascade)? → nothing$/,
      /^key \w+: nothing → foreign key \((brand_id, tenant_id|\w+, brand_id)\) /,
      /^key \w+: nothing → unique \(id, (brand_id|tenant_id)\)$/,
      /^column content_items\.tenant_id: /,
      /^null \w+\.tenant_id: null → not null$/,
    ],
  },
  {
    title: 'A person, a brand and an agency can be deleted',
    why: 'The plan gives most keys no ON DELETE, and so forbids it. What a person made stays without them; what is theirs alone (a request to them, their inbox, their settings) goes with them. Brands end one by one, each after its grace, so an agency that has any stays.',
    decision: '0009',
    covers: [
      /^key \w+: foreign key \(\w+\) references (auth\.users|tenants|brands)\(id\) → foreign key \(\w+\) references (auth\.users|tenants|brands)\(id\) on delete (set null|cascade)$/,
      /^key brands: foreign key \(tenant_id\) references tenants\(id\) → foreign key \(tenant_id\) references tenants\(id\) on delete restrict$/,
      /^key \w+: nothing → foreign key \(\w+_by\) references auth\.users\(id\) on delete set null$/,
      /^null client_settings\.client_id: /,
    ],
  },
  {
    title: 'Every row can be made without naming its id',
    why: 'The plan’s primary keys have no default, so that each insert would need one.',
    decision: '0009',
    covers: [/^default \w+\.id: nothing → default gen_random_uuid\(\)$/],
  },
  {
    title: 'One clock',
    why: '`private.now()` is `now()`, except for a seeder that writes a believable past.',
    decision: '0009',
    covers: [/^default \w+\.\w+_at: default now\(\) → default private\.now\(\)$/],
  },
  {
    title: 'What has a default is never empty',
    why: 'A default without NOT NULL leaves a third value that nobody means. Lists are empty rather than absent, settings complete.',
    decision: '0009',
    covers: [
      /^null \w+\.\w+: null → not null$/,
      /^default \w+\.\w+: (nothing|default array\[\]::text\[\]) → default '(\{\}|\[\])'$/,
      /^default client_settings\.email_preferences: /,
    ],
  },
  {
    title: 'The agency is the brand’s, not the caller’s word',
    why: 'A trigger fills it in; the default only makes it optional to insert, and its foreign key refuses it.',
    decision: '0009',
    covers: [/^default \w+\.tenant_id: nothing → default '00000000-/],
  },
  {
    title: 'Every vocabulary and measure has its check',
    why: 'The plan lists values in comments. The database refuses what is none of them, and lengths and counts that make no sense.',
    decision: '0009',
    covers: [/^check \w+: nothing → /],
  },
]

export type Explained = { difference: Difference /** The number of its reason, from 1. */; reason: number }

/** Each difference with its reason. Throws, naming them, for those that nobody has given one. */
export function explain(differences: Difference[]): Explained[] {
  const explained = differences.map((difference) => ({ difference, reason: reasonOf(difference) }))
  const open = explained.filter(({ reason }) => reason === 0).map(({ difference }) => lineOf(difference))
  if (open.length > 0) {
    throw new Error(
      `Not as the customer's plan has it, and without a reason in local/schema/plan/reasons.ts:\n${open.join('\n')}`,
    )
  }
  return explained
}

function reasonOf(difference: Difference): number {
  const line = lineOf(difference)
  return 1 + reasons.findIndex(({ covers }) => covers.some((pattern) => pattern.test(line)))
}
