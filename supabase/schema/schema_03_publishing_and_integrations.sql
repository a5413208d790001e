-- 3 of 5, made by `npm run db:export` from the catalog of a migrated database: do not edit.
-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.
begin;
set local check_function_bodies = off; -- some name tables of later files
set local search_path = '';

-- 4. Publishing and OAuth -------------------------------------------------------------------------

create table public.connector_platforms (
  id                        uuid        not null default gen_random_uuid(),
  tenant_id                 uuid,
  platform_name             varchar(50) not null,
  is_enabled                boolean     not null default false,
  is_beta                   boolean     not null default false,
  api_version               varchar(20) not null default 'v1',
  rate_limit_requests       integer     not null default 60,
  rate_limit_window_seconds integer     not null default 60,
  max_retry_attempts        integer     not null default 4,
  webhook_supported         boolean     not null default false,
  scheduling_supported      boolean     not null default false,
  limits                    jsonb       not null default '{}',
  created_at                timestamptz not null default private.now(),
  updated_at                timestamptz not null default private.now(),
  constraint connector_platforms_pkey primary key (id),
  constraint connector_platforms_tenant_id_platform_name_key unique nulls not distinct (tenant_id, platform_name),
  constraint connector_platforms_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint connector_platforms_max_retry_attempts_check check (max_retry_attempts >= 1 and max_retry_attempts <= 20),
  constraint connector_platforms_rate_limit_requests_check check (rate_limit_requests > 0),
  constraint connector_platforms_rate_limit_window_seconds_check check (rate_limit_window_seconds > 0),
  constraint valid_platform check (platform_name in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp'))
);
comment on table public.connector_platforms is 'The platforms we speak to, with limits as data. A tenant''s row overrides the catalogue''s.';
comment on column public.connector_platforms.tenant_id is 'The agency whose override it is; null in the catalogue''s own row.';
comment on column public.connector_platforms.platform_name is 'Instagram and Facebook are both meta.';
comment on column public.connector_platforms.api_version is 'The version we speak.';
comment on column public.connector_platforms.rate_limit_requests is 'Requests allowed in one window.';
comment on column public.connector_platforms.rate_limit_window_seconds is 'The window''s length.';
comment on column public.connector_platforms.max_retry_attempts is 'Sends before a job is given up.';
comment on column public.connector_platforms.limits is 'By network: {text_max (UTF-16 units), images_max, image_bytes_max, image_types}.';

create trigger touch before update on public.connector_platforms
  for each row execute function private.touch_updated_at();

alter table public.connector_platforms enable row level security;
grant select on public.connector_platforms to authenticated;

create policy "the catalogue, and one's own agency's overrides" on public.connector_platforms for select to authenticated
  using (tenant_id is null or tenant_id = any (array(select private.visible_tenants())));

insert into public.connector_platforms (platform_name, is_enabled, is_beta, api_version, rate_limit_requests, rate_limit_window_seconds, max_retry_attempts, webhook_supported, scheduling_supported, limits) values
  ('gbp', false, false, 'v4', 10, 60, 4, false, false, '{}'),
  ('linkedin', false, false, '202610', 60, 60, 4, false, false, '{}'),
  ('mailchimp', false, false, '3.0', 60, 60, 4, true, true, '{}'),
  ('meta', true, false, 'v26.0', 200, 3600, 4, true, true, '{"app": {"requests": 40000, "window_seconds": 3600}, "facebook": {"formats": {"reel": {"ratio_max": 0.575, "ratio_min": 0.55, "width_min": 540, "height_min": 960, "posts_per_day": 30, "duration_ms_max": 90000, "duration_ms_min": 3000, "video_bytes_max": 314572800}, "video": {"duration_ms_max": 2400000, "duration_ms_min": 1000, "video_bytes_max": 314572800}}, "text_max": 63206, "images_max": 10, "image_types": ["image/jpeg", "image/png", "image/webp", "image/gif"], "image_bytes_max": 31457280}, "instagram": {"formats": {"reel": {"ratio_max": 10, "ratio_min": 0.01, "duration_ms_max": 900000, "duration_ms_min": 3000, "video_bytes_max": 314572800}, "image": {"ratio_max": 1.91, "ratio_min": 0.8, "width_min": 320}, "story": {"ratio_max": 10, "ratio_min": 0.1, "duration_ms_max": 60000, "duration_ms_min": 3000, "video_bytes_max": 104857600}, "carousel": {"width_min": 320, "duration_ms_max": 900000, "duration_ms_min": 3000, "video_bytes_max": 314572800}}, "text_max": 2200, "images_max": 10, "image_types": ["image/jpeg", "image/png", "image/webp"], "posts_per_day": 50, "image_bytes_max": 31457280}}'),
  ('tiktok', false, false, 'v2', 6, 60, 4, true, false, '{}');

create table public.connections (
  id                  uuid         not null default gen_random_uuid(),
  tenant_id           uuid         not null,
  brand_id            uuid         not null,
  platform_id         uuid         not null,
  platform            text         not null,
  network             text         not null,
  platform_user_id    varchar(255) not null,
  platform_account_id varchar(255) not null,
  display_name        varchar(255) not null,
  profile_image_url   text,
  status              varchar(50)  not null default 'active',
  health_status       varchar(50)  not null default 'healthy',
  last_health_check   timestamptz,
  health_check_error  text,
  token_expires_at    timestamptz,
  last_token_refresh  timestamptz,
  requires_reconnect  boolean      not null default false,
  paused_at           timestamptz,
  paused_by           uuid,
  pause_reason        text,
  scopes              text[]       not null default '{}',
  metadata            jsonb        not null default '{}',
  connected_by        uuid,
  created_at          timestamptz  not null default private.now(),
  updated_at          timestamptz  not null default private.now(),
  last_used_at        timestamptz,
  constraint connections_pkey primary key (id),
  constraint connections_brand_id_platform_id_platform_account_id_key unique (brand_id, platform_id, platform_account_id),
  constraint connections_id_brand_id_key unique (id, brand_id),
  constraint connections_id_tenant_id_key unique (id, tenant_id),
  constraint connections_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint connections_connected_by_fkey foreign key (connected_by) references auth.users(id) on delete set null,
  constraint connections_paused_by_fkey foreign key (paused_by) references auth.users(id) on delete set null,
  constraint connections_platform_id_fkey foreign key (platform_id) references public.connector_platforms(id) on delete restrict,
  constraint connections_health_status_check check (health_status in ('healthy', 'warning', 'critical')),
  constraint connections_network_check check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint connections_pause_reason_check check (char_length(pause_reason) <= 300),
  constraint connections_platform_check check (platform in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint connections_status_check check (status in ('active', 'attention', 'suspended', 'disconnected'))
);
comment on table public.connections is 'An account of a platform that a brand publishes to.';
comment on column public.connections.platform is 'Whose API and sign-in it is.';
comment on column public.connections.network is 'Where its posts appear: an Instagram and a Facebook account are both of platform meta.';
comment on column public.connections.platform_user_id is 'Who signed in, by the platform''s id.';
comment on column public.connections.platform_account_id is 'The account, by the platform''s id.';
comment on column public.connections.status is 'attention: a person must act, most often by connecting again; suspended: the platform closed it; disconnected: we forgot its secrets.';
comment on column public.connections.health_status is 'What the last check or send told.';
comment on column public.connections.last_health_check is 'When that was.';
comment on column public.connections.health_check_error is 'The code of what was wrong then.';
comment on column public.connections.token_expires_at is 'When the platform''s token ends; null where it does not, or is gone.';
comment on column public.connections.last_token_refresh is 'When the token was last renewed.';
comment on column public.connections.requires_reconnect is 'Whether the account must be connected anew before it is used again.';
comment on column public.connections.paused_at is 'Set while nothing is sent to it; jobs wait.';
comment on column public.connections.scopes is 'What the platform granted.';
comment on column public.connections.metadata is 'What else the platform said about the account.';
comment on column public.connections.last_used_at is 'When something was last published to it.';

create index connections_account_idx on public.connections (platform, platform_account_id);
create index connections_brand_tenant_idx on public.connections (brand_id, tenant_id);
create index connections_connected_by_idx on public.connections (connected_by);
create index connections_paused_by_idx on public.connections (paused_by);
create index connections_platform_idx on public.connections (platform_id);

create trigger first_integration after insert or update of status on public.connections
  for each row when (new.status::text = 'active') execute function private.earn_milestone('first_integration');
create trigger touch before update on public.connections
  for each row execute function private.touch_updated_at();

alter table public.connections enable row level security;
grant select on public.connections to authenticated;

create policy "members with connections.view" on public.connections for select to authenticated
  using (brand_id = any (((select private.brands_with('connections.view')))::uuid[]));

create table public.encrypted_secrets (
  id              uuid         not null default gen_random_uuid(),
  tenant_id       uuid         not null,
  connection_id   uuid         not null,
  secret_type     varchar(100) not null,
  secret_name     varchar(255) not null,
  version         integer      not null default 1,
  key_id          text         not null,
  wrapped_key     text         not null,
  encrypted_value text         not null,
  iv              varchar(255) not null,
  auth_tag        varchar(255) not null,
  rotated_at      timestamptz  not null default private.now(),
  expires_at      timestamptz,
  metadata        jsonb        not null default '{}',
  created_at      timestamptz  not null default private.now(),
  constraint encrypted_secrets_pkey primary key (id),
  constraint encrypted_secrets_connection_id_secret_type_version_key unique (connection_id, secret_type, version),
  constraint encrypted_secrets_connection_id_tenant_id_fkey foreign key (connection_id, tenant_id) references public.connections(id, tenant_id) on delete cascade,
  constraint encrypted_secrets_secret_type_check check (secret_type in ('access_token', 'refresh_token', 'api_key', 'webhook_secret')),
  constraint encrypted_secrets_version_check check (version > 0)
);
comment on table public.encrypted_secrets is 'Sealed tokens. Granted to no role of the API; opened in the worker alone.';
comment on column public.encrypted_secrets.secret_type is 'What the secret is for.';
comment on column public.encrypted_secrets.version is 'Rises with each rotation; part of what the value is bound to.';
comment on column public.encrypted_secrets.key_id is 'The key that wraps wrapped_key.';
comment on column public.encrypted_secrets.wrapped_key is 'The data key, sealed by that key; base64.';
comment on column public.encrypted_secrets.encrypted_value is 'AES-256-GCM, bound to tenant, connection, type and version; base64.';
comment on column public.encrypted_secrets.iv is 'The nonce of encrypted_value.';
comment on column public.encrypted_secrets.auth_tag is 'The GCM tag of encrypted_value.';
comment on column public.encrypted_secrets.rotated_at is 'When this version was sealed.';
comment on column public.encrypted_secrets.expires_at is 'When the secret itself ends, if the platform said so.';
comment on column public.encrypted_secrets.metadata is 'What else is known; never a secret.';

create index encrypted_secrets_connection_idx on public.encrypted_secrets (connection_id, tenant_id);

alter table public.encrypted_secrets enable row level security;

create table public.oauth_states (
  id            uuid        not null default gen_random_uuid(),
  tenant_id     uuid        not null,
  brand_id      uuid        not null,
  user_id       uuid        not null,
  platform      text        not null,
  state_hash    bytea       not null,
  redirect_uri  text        not null,
  code          text,
  status        text        not null default 'started',
  failure_code  text,
  failure_facts jsonb,
  connected     jsonb       not null default '[]',
  expires_at    timestamptz not null,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  constraint oauth_states_pkey primary key (id),
  constraint oauth_states_state_hash_key unique (state_hash),
  constraint oauth_states_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint oauth_states_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint oauth_states_platform_check check (platform in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint oauth_states_state_hash_check check (octet_length(state_hash) = 32),
  constraint oauth_states_status_check check (status in ('started', 'received', 'done', 'failed'))
);
comment on table public.oauth_states is 'One attempt to connect: single use, ten minutes, bound to who started it.';
comment on column public.oauth_states.platform is 'Whose dialog was opened.';
comment on column public.oauth_states.state_hash is 'SHA-256 of the state in the dialog''s address.';
comment on column public.oauth_states.code is 'The platform''s code, from its return until the worker takes it; never readable through the API.';
comment on column public.oauth_states.status is 'received: the worker exchanges the code; done and failed are final.';
comment on column public.oauth_states.failure_code is 'Why it failed: a code with a sentence in lib/sentences.';
comment on column public.oauth_states.failure_facts is 'The figures of that sentence; skipped accounts of an attempt that succeeded.';
comment on column public.oauth_states.connected is '[{connection_id, network, account_name}] of the accounts it brought.';
comment on column public.oauth_states.expires_at is 'Ten minutes after it began.';

create index oauth_states_brand_idx on public.oauth_states (brand_id, tenant_id);
create index oauth_states_user_idx on public.oauth_states (user_id);

create trigger touch before update on public.oauth_states
  for each row execute function private.touch_updated_at();

alter table public.oauth_states enable row level security;
grant select (id, tenant_id, brand_id, user_id, platform, status, failure_code, failure_facts, connected, expires_at, created_at) on public.oauth_states to authenticated;

create policy "one's own attempts to connect" on public.oauth_states for select to authenticated
  using (
    user_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('connections.manage')))::uuid[]))
  );

create table public.publish_jobs (
  id                 uuid         not null default gen_random_uuid(),
  tenant_id          uuid         not null,
  brand_id           uuid         not null,
  content_id         uuid         not null,
  channel_id         uuid,
  connection_id      uuid         not null,
  version            integer      not null,
  content_digest     text         not null,
  idempotency_key    uuid         not null,
  network            text         not null,
  content_type       varchar(50)  not null,
  title              varchar(500),
  body               text         not null,
  link               text,
  media_urls         text[]       not null default '{}',
  media              jsonb        not null default '[]',
  fingerprint        text         not null,
  call_to_action     jsonb,
  metadata           jsonb        not null default '{}',
  scheduled_for      timestamptz  not null,
  publish_at         timestamptz,
  status             varchar(50)  not null default 'scheduled',
  platform_post_id   varchar(255),
  permalink          text,
  published_at       timestamptz,
  lateness_ms        bigint,
  attempt_count      integer      not null default 0,
  max_attempts       integer      not null default 4,
  next_retry_at      timestamptz,
  last_error_code    varchar(50),
  last_error_message text,
  error_history      jsonb        not null default '[]',
  dlq_reason         text,
  dlq_at             timestamptz,
  fence              bigint       not null default 0,
  lease_token        uuid,
  lease_expires_at   timestamptz,
  leased_by          text,
  intent_at          timestamptz,
  first_intent_at    timestamptz,
  intent_digest      text,
  step               text,
  memo               jsonb        not null default '{}',
  waiting_since      timestamptz,
  settle_until       timestamptz,
  next_look_at       timestamptz,
  last_look_at       timestamptz,
  look_count         integer      not null default 0,
  replays            uuid,
  created_by         varchar(255),
  created_at         timestamptz  not null default private.now(),
  updated_at         timestamptz  not null default private.now(),
  constraint publish_jobs_pkey primary key (id),
  constraint publish_jobs_connection_id_idempotency_key_key unique (connection_id, idempotency_key),
  constraint publish_jobs_id_brand_id_key unique (id, brand_id),
  constraint publish_jobs_replays_key unique (replays),
  constraint publish_jobs_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint publish_jobs_channel_id_content_id_fkey foreign key (channel_id, content_id) references public.content_channels(id, content_id) on delete set null (channel_id),
  constraint publish_jobs_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint publish_jobs_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint publish_jobs_content_id_version_brand_id_fkey foreign key (content_id, version, brand_id) references public.content_versions(content_id, version, brand_id) on delete cascade,
  constraint publish_jobs_replays_fkey foreign key (replays) references public.publish_jobs(id) on delete set null,
  constraint publish_jobs_check check (status::text <> 'published' or platform_post_id is not null),
  constraint publish_jobs_check1 check (status::text <> 'outcome_unknown' or intent_at is not null),
  constraint publish_jobs_check2 check (status::text <> 'processing' or lease_token is not null and lease_expires_at is not null),
  constraint publish_jobs_content_type_check check (content_type in ('text', 'link', 'image', 'carousel', 'video', 'reel', 'story', 'event', 'offer')),
  constraint publish_jobs_network_check check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint publish_jobs_status_check check (status in ('pending', 'scheduled', 'processing', 'published', 'outcome_unknown', 'failed', 'dlq', 'cancelled', 'paused'))
);
comment on table public.publish_jobs is 'The record of publishing one piece to one account exactly once.';
comment on column public.publish_jobs.version is 'The version it sends.';
comment on column public.publish_jobs.content_digest is 'The version''s digest; the claim refuses the job once the piece has another.';
comment on column public.publish_jobs.idempotency_key is 'Derived from the version and the account, so that a repeated call makes no second job.';
comment on column public.publish_jobs.network is 'The connection''s network.';
comment on column public.publish_jobs.content_type is 'What kind of post it makes there.';
comment on column public.publish_jobs.media_urls is 'Paths of the pictures in the bucket.';
comment on column public.publish_jobs.media is 'The version''s media, as content_versions.media.';
comment on column public.publish_jobs.fingerprint is 'Hash of the text as the platform gives it back; how a lost answer is looked up.';
comment on column public.publish_jobs.call_to_action is 'A button under the post, where the network has one.';
comment on column public.publish_jobs.metadata is 'What else the connector was given.';
comment on column public.publish_jobs.scheduled_for is 'When it is due.';
comment on column public.publish_jobs.publish_at is 'When the post was planned for; a retry by hand keeps it.';
comment on column public.publish_jobs.status is 'pending: the plan''s word for not queued yet, which no job is: ours are queued as they are made; processing: leased; outcome_unknown: sent without an answer, looked for before anything is sent again; dlq: given up, a person decides; paused: held by the client.';
comment on column public.publish_jobs.platform_post_id is 'The post, by the network''s id; once set, no other job can claim it.';
comment on column public.publish_jobs.published_at is 'When the network had it.';
comment on column public.publish_jobs.lateness_ms is 'From due to its first claim.';
comment on column public.publish_jobs.attempt_count is 'Sends so far; those that provably never left do not count.';
comment on column public.publish_jobs.max_attempts is 'Sends before it is given up.';
comment on column public.publish_jobs.next_retry_at is 'Not before this; shown as retrying.';
comment on column public.publish_jobs.last_error_code is 'A code with a sentence in lib/sentences.';
comment on column public.publish_jobs.error_history is '[{timestamp, code, message, retryable}], oldest first.';
comment on column public.publish_jobs.dlq_reason is 'The code with which it was given up.';
comment on column public.publish_jobs.dlq_at is 'When it was given up.';
comment on column public.publish_jobs.fence is 'Rises with each claim; a result under an older one is refused.';
comment on column public.publish_jobs.lease_token is 'The claim''s own id.';
comment on column public.publish_jobs.lease_expires_at is 'Until then nobody else may claim it.';
comment on column public.publish_jobs.intent_at is 'When the send at hand was committed; while it stands, nothing may be sent again.';
comment on column public.publish_jobs.first_intent_at is 'When it was first sent; a look for the post begins there.';
comment on column public.publish_jobs.intent_digest is 'Hash of the request that was about to be sent.';
comment on column public.publish_jobs.step is 'Where a network takes several calls: the next one.';
comment on column public.publish_jobs.memo is 'What earlier steps left for later ones, as a container''s id.';
comment on column public.publish_jobs.waiting_since is 'Since when the platform has been processing what it was given; such a job can no longer be called back.';
comment on column public.publish_jobs.settle_until is 'Until then the post''s absence proves nothing.';
comment on column public.publish_jobs.next_look_at is 'When the network is asked again.';
comment on column public.publish_jobs.last_look_at is 'When it was last asked.';
comment on column public.publish_jobs.look_count is 'Times it was asked.';
comment on column public.publish_jobs.replays is 'The job that a person sent again by this one; each at most once.';
comment on column public.publish_jobs.created_by is 'Who caused it: a person''s id, as text.';

create index publish_jobs_brand_idx on public.publish_jobs (brand_id, scheduled_for);
create index publish_jobs_brand_tenant_idx on public.publish_jobs (brand_id, tenant_id);
create index publish_jobs_busy_idx on public.publish_jobs (connection_id) where status in ('processing', 'outcome_unknown');
create index publish_jobs_channel_idx on public.publish_jobs (channel_id, content_id);
create index publish_jobs_connection_idx on public.publish_jobs (connection_id, brand_id);
create index publish_jobs_content_idx on public.publish_jobs (content_id, version);
create index publish_jobs_due_idx on public.publish_jobs (status, scheduled_for) where status in ('scheduled', 'processing', 'outcome_unknown');
create index publish_jobs_found_idx on public.publish_jobs (platform_post_id) where platform_post_id is not null;
create index publish_jobs_next_idx on public.publish_jobs (connection_id, scheduled_for) where status::text = 'scheduled';
create unique index publish_jobs_one_live_idx on public.publish_jobs (content_id, connection_id) where status in ('pending', 'scheduled', 'processing', 'outcome_unknown', 'paused');
create index publish_jobs_out_idx on public.publish_jobs (brand_id, published_at) where status::text = 'published';
create unique index publish_jobs_platform_post_idx on public.publish_jobs (connection_id, platform_post_id) where platform_post_id is not null;
create index publish_jobs_published_idx on public.publish_jobs (connection_id, published_at) where status::text = 'published';
create index publish_jobs_without_permalink_idx on public.publish_jobs (published_at) where status::text = 'published' and permalink is null;

create trigger first_publish after insert or update of status on public.publish_jobs
  for each row when (new.status::text = 'published') execute function private.earn_milestone('first_publish');
create trigger touch before update on public.publish_jobs
  for each row execute function private.touch_updated_at();

alter table public.publish_jobs enable row level security;
grant select (id, tenant_id, brand_id, content_id, channel_id, connection_id, version, content_digest, network, content_type, title, scheduled_for, status, platform_post_id, permalink, published_at, lateness_ms, attempt_count, max_attempts, next_retry_at, last_error_code, last_error_message, dlq_reason, dlq_at, intent_at, waiting_since, settle_until, next_look_at, last_look_at, look_count, created_at, updated_at) on public.publish_jobs to authenticated;

create policy "members with content.view" on public.publish_jobs for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.publishing_logs (
  id               uuid         not null default gen_random_uuid(),
  job_id           uuid         not null,
  brand_id         uuid         not null,
  platform         varchar(50)  not null,
  attempt          integer      not null default 0,
  kind             text         not null,
  step             text,
  status           varchar(20)  not null,
  platform_post_id varchar(255),
  error_code       text,
  error_message    text,
  latency_ms       integer,
  created_at       timestamptz  not null default private.now(),
  constraint publishing_logs_pkey primary key (id),
  constraint publishing_logs_job_id_brand_id_fkey foreign key (job_id, brand_id) references public.publish_jobs(id, brand_id) on delete cascade,
  constraint publishing_logs_kind_check check (kind in ('queued', 'attempt', 'intent', 'result', 'look', 'note')),
  constraint publishing_logs_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint publishing_logs_status_check check (status in ('scheduled', 'paused', 'send', 'look', 'committed', 'published', 'retrying', 'unknown', 'failed', 'dlq', 'cancelled', 'absent', 'not_yet', 'unreadable', 'processing', 'woken'))
);
comment on table public.publishing_logs is 'Each attempt, intent, result and look of a job.';
comment on column public.publishing_logs.platform is 'The network.';
comment on column public.publishing_logs.attempt is 'The job''s attempt_count at that time.';
comment on column public.publishing_logs.kind is 'queued, then for each claim an attempt; intent before the socket opens; result or look after it; note for what happened beside.';
comment on column public.publishing_logs.step is 'The job''s step at that time.';
comment on column public.publishing_logs.status is 'queued: the job''s own status; attempt: send or look; intent: committed; result and look: what came of it; note: cancelled, processing (there) or woken (by the sweep).';
comment on column public.publishing_logs.error_code is 'A code with a sentence in lib/sentences.';
comment on column public.publishing_logs.latency_ms is 'From intent to certainty.';

create index publishing_logs_brand_idx on public.publishing_logs (brand_id, created_at desc);
create index publishing_logs_job_idx on public.publishing_logs (job_id, brand_id, created_at);

alter table public.publishing_logs enable row level security;
grant select on public.publishing_logs to authenticated;

create policy "members with content.view" on public.publishing_logs for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.platform_sync_logs (
  id            uuid        not null default gen_random_uuid(),
  brand_id      uuid        not null,
  connection_id uuid,
  platform      varchar(50) not null,
  sync_type     varchar(50) not null,
  status        varchar(20) not null,
  items_synced  integer     not null default 0,
  started_at    timestamptz not null,
  finished_at   timestamptz,
  error_message text,
  created_at    timestamptz not null default private.now(),
  constraint platform_sync_logs_pkey primary key (id),
  constraint platform_sync_logs_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint platform_sync_logs_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint platform_sync_logs_items_synced_check check (items_synced >= 0),
  constraint platform_sync_logs_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint platform_sync_logs_status_check check (status in ('running', 'success', 'failed', 'partial')),
  constraint platform_sync_logs_sync_type_check check (sync_type in ('full', 'incremental', 'manual'))
);
comment on table public.platform_sync_logs is 'Each pull of posts, reviews or accounts from a network. Metrics have analytics_sync_logs.';
comment on column public.platform_sync_logs.platform is 'The network.';
comment on column public.platform_sync_logs.sync_type is 'full: everything; incremental: since the last; manual: asked for by a person.';
comment on column public.platform_sync_logs.status is 'partial: some of it could not be read.';
comment on column public.platform_sync_logs.started_at is 'When it began.';
comment on column public.platform_sync_logs.finished_at is 'When it ended, either way.';

create index platform_sync_logs_brand_idx on public.platform_sync_logs (brand_id, started_at desc);
create index platform_sync_logs_connection_idx on public.platform_sync_logs (connection_id, brand_id);

alter table public.platform_sync_logs enable row level security;
grant select on public.platform_sync_logs to authenticated;

create policy "members with connections.view" on public.platform_sync_logs for select to authenticated
  using (brand_id = any (((select private.brands_with('connections.view')))::uuid[]));

create table private.worker_heartbeats (
  worker_id  text        not null,
  beat_at    timestamptz not null,
  started_at timestamptz not null,
  facts      jsonb       not null default '{}',
  constraint worker_heartbeats_pkey primary key (worker_id)
);
comment on table private.worker_heartbeats is 'Which workers live, and when each last said so.';
comment on column private.worker_heartbeats.beat_at is 'When it last said that it lives.';
comment on column private.worker_heartbeats.started_at is 'When it first did.';
comment on column private.worker_heartbeats.facts is '{host, pid, keys: names of the keys it can open secrets with}.';

alter table private.worker_heartbeats enable row level security;

create table private.connection_upkeep (
  connection_id    uuid        not null,
  next_check_at    timestamptz not null,
  next_refresh_at  timestamptz not null default private.now(),
  failures         integer     not null default 0,
  lease_token      uuid,
  lease_expires_at timestamptz,
  constraint connection_upkeep_pkey primary key (connection_id),
  constraint connection_upkeep_connection_id_fkey foreign key (connection_id) references public.connections(id) on delete cascade,
  constraint connection_upkeep_failures_check check (failures >= 0)
);
comment on table private.connection_upkeep is 'When each account is looked at next, and which worker does it now.';
comment on column private.connection_upkeep.next_check_at is 'When the network is next asked whether the account can be used.';
comment on column private.connection_upkeep.next_refresh_at is 'Not before this is a token that ends asked for anew.';
comment on column private.connection_upkeep.failures is 'Calls in a row that told nothing.';
comment on column private.connection_upkeep.lease_token is 'Whoever holds it takes care of the account.';
comment on column private.connection_upkeep.lease_expires_at is 'Until then nobody else may.';

create index connection_upkeep_check_idx on private.connection_upkeep (next_check_at);

alter table private.connection_upkeep enable row level security;

create table private.rate_buckets (
  bucket        text        not null,
  free_at       timestamptz not null,
  blocked_until timestamptz,
  constraint rate_buckets_pkey primary key (bucket)
);
comment on table private.rate_buckets is 'Calls spent against a network''s limits, by account (platform:account) and by app (platform).';
comment on column private.rate_buckets.bucket is 'Whose calls: platform:account, or the platform for its app.';
comment on column private.rate_buckets.free_at is 'When all that was spent will have flowed off.';
comment on column private.rate_buckets.blocked_until is 'The network said: nothing before this.';

alter table private.rate_buckets enable row level security;

-- 4. Publishing and OAuth: functions --------------------------------------------------------------

create function private.audit_pause(scope text, id uuid, action text, facts jsonb) returns void
language sql security definer set search_path = ''
as $$
  select private.audit(b.tenant_id, b.id, audit_pause.action, audit_pause.scope, audit_pause.id::text, audit_pause.facts)
  from public.brands b
  where audit_pause.scope = 'brand' and b.id = audit_pause.id
     or audit_pause.scope = 'connection' and b.id = (select n.brand_id from public.connections n where n.id = audit_pause.id)
  union all
  select private.audit(audit_pause.id, null, audit_pause.action, audit_pause.scope, audit_pause.id::text, audit_pause.facts)
  where audit_pause.scope = 'tenant'
$$;

create function private.await_look(job public.publish_jobs, code text, message text, settle interval, early_looks jsonb default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  unknown public.publish_jobs;
begin
  update public.publish_jobs j
  set status = 'outcome_unknown', lease_token = null, lease_expires_at = null, leased_by = null,
      last_error_code = await_look.code, last_error_message = left(await_look.message, 2000),
      intent_at = coalesce(j.intent_at, private.moment()),
      settle_until = private.moment() + await_look.settle,
      next_look_at = private.next_look(coalesce(j.intent_at, private.moment()), private.moment() + await_look.settle, await_look.early_looks)
  where j.id = job.id returning * into unknown;
  perform private.log_job(unknown, 'result', 'unknown', await_look.code, await_look.message);
  perform private.wake_job(unknown, unknown.next_look_at);
  perform private.roll_up(unknown.content_id);
end $$;

create function private.backoff(attempt integer) returns interval
language sql set search_path = ''
as $$
  -- 1, 3, 9, 27 … seconds up to five minutes, and up to a second of jitter, so that a herd spreads out.
  select make_interval(secs => least(300, power(3, greatest(0, least(backoff.attempt, 12) - 1))) + random())
$$;

create function private.begin_publish_jobs(asked jsonb) returns table(job_id uuid, claim jsonb)
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
declare
  wanted uuid[] := array(select (a ->> 'job_id')::uuid from jsonb_array_elements(begin_publish_jobs.asked) a);
  begun  uuid[] := '{}';
  one    record;
  at     timestamptz;
begin
  perform private.lock_jobs(wanted);
  perform private.lock_accounts(wanted);
  at := private.moment();
  for one in
    select j as job, n as connection, a.token_version, a.worker_id, a.lease_ms, a.http_timeout_ms, a.settle_ms, a.digest, a.step
    from jsonb_to_recordset(begin_publish_jobs.asked) as a (job_id uuid, fence bigint, token_version int, worker_id text, lease_ms int,
      http_timeout_ms int, settle_ms int, digest text, step text)
    join public.publish_jobs j on j.id = a.job_id
    join public.content_items i on i.id = j.content_id
    join public.connections n on n.id = j.connection_id
    where j.status = 'scheduled' and j.fence = a.fence and j.step is null and j.waiting_since is null and j.intent_at is null
      and greatest(j.scheduled_for, j.next_retry_at) <= at and j.scheduled_for >= at - interval '24 hours'
      and a.lease_ms > a.http_timeout_ms
      and n.status not in ('disconnected', 'suspended') and not n.requires_reconnect
      and private.pause_of(n) is null
      and private.stands_approved(i, j)
    order by j.scheduled_for, j.id
  loop
    -- Not in the query above, which would take it for a way to join, and ask it of every account.
    continue when (private.token_version((one.connection).id) = one.token_version) is not true
      or private.busy_until(one.job, one.connection, at) is not null
      or private.others_first(one.job, one.connection, at) is not null
      or private.spend_for(one.connection, one.job, 2, make_interval(secs => one.lease_ms / 1000.0)) is not null;
    at := private.moment();
    update public.publish_jobs j
    set status = 'processing', fence = j.fence + 1, lease_token = gen_random_uuid(), leased_by = one.worker_id,
        lease_expires_at = at + make_interval(secs => one.lease_ms / 1000.0),
        lateness_ms = coalesce(j.lateness_ms, (extract(epoch from at - j.scheduled_for) * 1000)::bigint),
        intent_at = at, first_intent_at = coalesce(j.first_intent_at, at), attempt_count = j.attempt_count + 1,
        intent_digest = one.digest, step = one.step,
        settle_until = at + make_interval(secs => (one.http_timeout_ms + one.settle_ms) / 1000.0)
    -- Asked twice for one job, only the first has it.
    where j.id = (one.job).id and j.fence = (one.job).fence and j.status = 'scheduled';
    if found then
      begun := begun || (one.job).id;
    end if;
  end loop;

  insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status)
  select j.id, j.brand_id, j.network, j.attempt_count - 2 + told.place, told.kind, case told.kind when 'intent' then j.step end, told.status
  from public.publish_jobs j, (values (1, 'attempt', 'send'), (2, 'intent', 'committed')) as told (place, kind, status)
  where j.id = any (begun) order by j.id, told.place;
  perform private.roll_up_all(array(select j.content_id from public.publish_jobs j where j.id = any (begun)));
  return query
  select j.id, private.claim_of(j, n, 'send')
  from public.publish_jobs j join public.connections n on n.id = j.connection_id where j.id = any (begun);
end $$;
comment on function private.begin_publish_jobs(jsonb) is 'Leases what is ready and commits its intent; answers with those jobs alone.';

create function private.block_calls(bucket text, until timestamptz) returns void
language sql security definer set search_path = ''
as $$
  insert into private.rate_buckets as b (bucket, free_at, blocked_until) values (block_calls.bucket, private.moment(), block_calls.until)
  on conflict on constraint rate_buckets_pkey do update set blocked_until = greatest(b.blocked_until, excluded.blocked_until)
$$;

create function private.busy_until(job public.publish_jobs, connection public.connections, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select max(case when o.status = 'processing' then least(o.lease_expires_at, busy_until.at + interval '1 second') else o.next_look_at + interval '1 second' end)
    from public.connections n
    join public.publish_jobs o on o.connection_id = n.id
    where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id and o.id <> job.id
      and o.status in ('processing', 'outcome_unknown')
      and (o.status = 'processing' and o.lease_expires_at > busy_until.at or o.fingerprint = job.fingerprint));
end $$;

create function private.cancel_jobs(content_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  for job in
    update public.publish_jobs j set status = 'cancelled', next_retry_at = null
    where j.content_id = cancel_jobs.content_id and j.status in ('pending', 'scheduled', 'paused') returning *
  loop
    perform graphile_worker.remove_job('publish:' || job.id);
    perform private.log_job(job, 'note', 'cancelled');
  end loop;
end $$;

create function private.check_live_address(job public.publish_jobs, address text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  account public.connections;
  place   text := lower(substring(address from '^https://[^/]+(/.*)$'));
  named   text;
  is_post boolean;
begin
  if char_length(address) > 255 or address !~* '^https://[a-z0-9.-]+/[^[:space:]]+$'
     or job.network = 'facebook' and address !~* '^https://([a-z0-9-]+\.)*facebook\.com/'
     or job.network = 'instagram' and address !~* '^https://([a-z0-9-]+\.)*instagram\.com/' then
    perform private.refuse('publish_url_invalid');
  end if;
  select * into account from public.connections n where n.id = job.connection_id;
  if job.network = 'facebook' then
    is_post := split_part(split_part(place, '?', 1), '#', 1) ~ '/(posts|videos|photos|photo|reel|reels|stories|watch|share|permalink\.php|story\.php|photo\.php|[0-9]+_[0-9]+)(/|$)';
    named := coalesce(substring(place from '[?&]id=([0-9]+)'), substring(place from '^/([0-9]+)/(?:posts|videos|photos)/'),
      substring(place from '^/([0-9]+)_[0-9]+'), substring(place from '^/stories/([0-9]+)/'));
    if named <> account.platform_account_id then
      perform private.refuse('publish_url_not_ours', jsonb_build_object('account_name', account.display_name));
    end if;
  elsif job.network = 'instagram' then
    is_post := place ~ '^/([^/]+/)?(p|reel|reels|tv)/[^/?]+' or place ~ '^/stories/[^/]+/[0-9]+';
    named := coalesce(substring(place from '^/stories/([^/]+)/'), substring(place from '^/([^/]+)/(?:p|reel|reels|tv)/'));
    if named <> lower(account.display_name) then
      perform private.refuse('publish_url_not_ours', jsonb_build_object('account_name', account.display_name));
    end if;
  end if;
  if not is_post then
    perform private.refuse('publish_url_not_a_post');
  end if;
  if exists (
    select from public.publish_jobs o join public.connections n on n.id = o.connection_id
    where n.platform = account.platform and n.platform_account_id = account.platform_account_id
      and (o.permalink = address or o.platform_post_id = address)) then
    perform private.refuse('publish_url_taken');
  end if;
end $$;

create function private.check_pause(scope text, id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  brand uuid;
begin
  if check_pause.scope = 'tenant' then
    if check_pause.id is null or check_pause.id not in (select private.tenants_with('tenant.view')) then
      perform private.refuse('tenant_not_found');
    end if;
    if check_pause.id not in (select private.tenants_with('tenant.pause')) then
      perform private.refuse('not_allowed');
    end if;
    return;
  elsif check_pause.scope = 'connection' then
    select n.brand_id into brand from public.connections n where n.id = check_pause.id;
    if brand is null or not private.can(brand, 'connections.view') then
      perform private.refuse('connection_not_found');
    end if;
  elsif check_pause.scope = 'brand' then
    brand := check_pause.id;
    if not private.can(brand, 'brand.view') then
      perform private.refuse('brand_not_found');
    end if;
  else
    perform private.refuse('pause_scope_unknown');
  end if;
  if not private.can(brand, 'publishing.pause') then
    perform private.refuse('not_allowed');
  end if;
end $$;

create function private.check_still_approved(item public.content_items, job public.publish_jobs) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if item.held_at is not null then
    perform private.refuse('post_held');
  end if;
  if item.status not in ('scheduled', 'publishing', 'failed') then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if item.approved_at is null or item.version <> job.version or item.content_digest <> job.content_digest then
    perform private.refuse('seal_broken');
  end if;
end $$;

create function private.claim_oauth_exchange(oauth_state_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  attempt public.oauth_states;
begin
  select * into attempt from public.oauth_states o where o.id = claim_oauth_exchange.oauth_state_id for update;
  if not found or attempt.status <> 'received' then
    return null;
  end if;
  if attempt.code is null and attempt.updated_at < private.now() - interval '50 seconds' then
    update public.oauth_states o set status = 'failed', failure_code = 'oauth_exchange_failed' where o.id = attempt.id;
    return null;
  end if;
  perform graphile_worker.add_job('exchange_oauth', json_build_object('oauth_state_id', attempt.id),
    run_at := private.now() + interval '1 minute', max_attempts := 5, job_key := 'oauth:' || attempt.id);
  if attempt.code is null then
    return null;
  end if;
  update public.oauth_states o set code = null where o.id = attempt.id;
  return jsonb_build_object(
    'oauth_state_id', attempt.id, 'tenant_id', attempt.tenant_id, 'brand_id', attempt.brand_id, 'platform', attempt.platform,
    'code', attempt.code, 'redirect_uri', attempt.redirect_uri, 'existing', private.existing_accounts(attempt.id));
end $$;

create function private.claim_of(job public.publish_jobs, connection public.connections, mode text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return jsonb_build_object(
    'mode', claim_of.mode, 'job_id', job.id, 'fence', job.fence, 'lease_token', job.lease_token, 'brand_id', job.brand_id,
    'tenant_id', job.tenant_id, 'connection_id', job.connection_id, 'platform', connection.platform, 'network', job.network,
    'account_id', connection.platform_account_id, 'account_name', connection.display_name, 'format', job.content_type,
    'body', job.body, 'link', job.link, 'media', job.media, 'scheduled_for', job.scheduled_for, 'attempt', job.attempt_count + 1,
    'intent_at', job.intent_at, 'first_intent_at', job.first_intent_at, 'settle_until', job.settle_until, 'fingerprint', job.fingerprint, 'step', job.step, 'memo', job.memo);
end $$;

create function private.claim_permalink_look() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  at         timestamptz := private.moment();
  job        public.publish_jobs;
  connection public.connections;
begin
  select j.* into job
  from public.publish_jobs j
  join public.connections n on n.id = j.connection_id and n.status = 'active' and not n.requires_reconnect
  where j.status = 'published' and j.permalink is null and j.published_at > at - interval '21 hours'
    and coalesce(j.next_look_at, private.next_permalink_look(j.published_at, j.published_at)) <= at
  order by j.published_at
  limit 1
  for update of j skip locked;
  if not found then
    return null;
  end if;
  update public.publish_jobs j set next_look_at = coalesce(private.next_permalink_look(j.published_at, at), j.published_at + interval '21 hours') where j.id = job.id;
  select * into connection from public.connections n where n.id = job.connection_id;
  if private.spend_for(connection, job, 1, interval '30 seconds') is not null then
    return null;
  end if;
  return jsonb_build_object('job_id', job.id, 'tenant_id', job.tenant_id, 'connection_id', job.connection_id,
    'platform', connection.platform, 'network', job.network, 'platform_post_id', job.platform_post_id);
end $$;
comment on function private.claim_permalink_look() is 'Takes the next published post whose address is to be asked for.';

create function private.claim_publish_job(job_id uuid, worker_id text, lease_ms integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  at         timestamptz;
  job        public.publish_jobs;
  item       public.content_items;
  connection public.connections;
  busy       timestamptz;
  mode       text;
begin
  perform private.lock_jobs(array[claim_publish_job.job_id]);
  select * into job from public.publish_jobs j where j.id = claim_publish_job.job_id;
  if not found or job.status not in ('scheduled', 'processing', 'outcome_unknown') then
    return null;
  end if;
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.lock_accounts(array[job.id]);
  select * into connection from public.connections n where n.id = job.connection_id;
  at := private.moment();

  if job.status = 'processing' then
    if job.lease_expires_at > at then
      perform private.wake_job(job, job.lease_expires_at);
      return null;
    end if;
    -- Its worker died. With an intent on record the post may be out; without one it surely is not.
    mode := case when job.intent_at is null then 'send' else 'look' end;
  elsif job.status = 'outcome_unknown' then
    if job.next_look_at > at then
      perform private.wake_job(job, job.next_look_at);
      return null;
    end if;
    mode := 'look';
  else
    if greatest(job.scheduled_for, job.next_retry_at) > at then
      perform private.wake_to_send(job);
      return null;
    end if;
    mode := 'send';
  end if;

  if mode = 'send' then
    if not private.stands_approved(item, job) then
      perform private.end_job(job, 'cancelled', 'seal_broken', null);
      return null;
    end if;
    if job.waiting_since is not null and (connection.status in ('disconnected', 'suspended') or connection.requires_reconnect) then
      -- What they are processing may come out still; nobody can ask them until the account is back.
      perform private.await_look(job, 'connection_attention', null, interval '1 hour');
      return null;
    end if;
    if connection.status in ('disconnected', 'suspended') then
      perform private.end_job(job, 'failed', case when connection.status = 'disconnected' then 'connection_inactive' else 'connection_attention' end, null);
      return null;
    end if;
    if job.scheduled_for < at - interval '24 hours' and job.waiting_since is null then
      -- A day late it would come as a surprise: a person decides.
      perform private.end_job(job, 'failed', 'publish_missed', null);
      return null;
    end if;
    if private.pause_of(connection) is not null and job.waiting_since is null then
      -- Resuming wakes it again. A dead worker's lease is over, and nothing of it was sent.
      update public.publish_jobs j set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null
      where j.id = job.id and j.status = 'processing';
      return null;
    end if;
    busy := private.busy_until(job, connection, at);
    if busy is not null then
      perform private.wake_job(job, greatest(busy, at + interval '100 milliseconds'));
      return null;
    end if;
  end if;

  if mode = 'send' and job.waiting_since is null then
    busy := private.others_first(job, connection, at);
    if busy is not null then
      busy := busy + interval '100 milliseconds';
      update public.publish_jobs j
      set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null, next_retry_at = busy, last_error_code = 'publish_limit_reached', last_error_message = null
      where j.id = job.id;
      perform private.wake_job(job, busy);
      return null;
    end if;
  end if;

  -- A send is the call and the read that follows it; a poll or a look is one.
  busy := private.spend_for(connection, job, case when mode = 'send' and job.waiting_since is null then 2 else 1 end,
    make_interval(secs => claim_publish_job.lease_ms / 1000.0));
  if busy is not null then
    -- The network's own limit: it waits, in sight, and nothing is counted against it.
    if mode = 'look' then
      update public.publish_jobs j
      set status = 'outcome_unknown', lease_token = null, lease_expires_at = null, leased_by = null, next_look_at = busy where j.id = job.id;
    else
      update public.publish_jobs j
      set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null, next_retry_at = busy, last_error_code = 'publish_limit_reached', last_error_message = null where j.id = job.id;
    end if;
    perform private.wake_job(job, busy);
    return null;
  end if;

  update public.publish_jobs j
  set status = 'processing', fence = j.fence + 1, lease_token = gen_random_uuid(), leased_by = claim_publish_job.worker_id,
      lease_expires_at = at + make_interval(secs => claim_publish_job.lease_ms / 1000.0),
      lateness_ms = coalesce(j.lateness_ms, (extract(epoch from at - j.scheduled_for) * 1000)::bigint)
  where j.id = job.id returning * into job;
  perform private.roll_up(item.id);
  if job.waiting_since is null then
    perform private.log_job(job, 'attempt', mode);
  end if;
  -- Should this worker die, the sweep finds the lease ended.
  return private.claim_of(job, connection, mode);
end $$;
comment on function private.claim_publish_job(uuid, text, integer) is 'Leases a due job whose piece is approved as it stands; null where there is nothing to do.';

create function private.claim_upkeep(lease_ms integer, connection_id uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  care       private.connection_upkeep;
  connection public.connections;
  call       public.publish_jobs;
  ends       boolean;
  later      timestamptz;
  at         timestamptz := private.moment();
begin
  -- Looks at new accounts are spread over the six hours, and so stay spread.
  insert into private.connection_upkeep (connection_id, next_check_at)
  select n.id, at + random() * interval '6 hours'
  from public.connections n
  where (claim_upkeep.connection_id is null or n.id = claim_upkeep.connection_id)
    and not exists (select from private.connection_upkeep u where u.connection_id = n.id)
  on conflict do nothing;

  loop
    select u.* into care
    from private.connection_upkeep u
    join public.connections n on n.id = u.connection_id
    join public.brands b on b.id = n.brand_id
    where n.status in ('active', 'attention') and not n.requires_reconnect and b.delete_after is null
      and (u.lease_expires_at is null or u.lease_expires_at <= at)
      and case
        when claim_upkeep.connection_id is not null then u.connection_id = claim_upkeep.connection_id and n.token_expires_at <= at
        else u.next_check_at <= at or u.next_refresh_at <= at and n.token_expires_at <= at + interval '7 days'
      end
    order by n.token_expires_at <= at + interval '7 days' desc nulls last, u.next_check_at
    limit 1
    for update of u skip locked;
    if not found then
      return (select jsonb_build_object('kind', 'busy') from private.connection_upkeep u
              where u.connection_id = claim_upkeep.connection_id and u.lease_expires_at > at);
    end if;

    select * into connection from public.connections n where n.id = care.connection_id;
    ends := connection.token_expires_at <= at + interval '7 days' and (care.next_refresh_at <= at or claim_upkeep.connection_id is not null);
    ends := coalesce(ends, false);
    -- A look costs what a post would: it waits like one where the network's limit is reached.
    call.step := 'upkeep';
    later := private.spend_for(connection, call, case when ends then 2 else 1 end, make_interval(secs => claim_upkeep.lease_ms / 1000.0));
    if later is not null then
      update private.connection_upkeep u
      set next_check_at = greatest(u.next_check_at, later), next_refresh_at = greatest(u.next_refresh_at, later)
      where u.connection_id = care.connection_id;
      if claim_upkeep.connection_id is not null then
        return jsonb_build_object('kind', 'busy');
      end if;
      continue;
    end if;

    update private.connection_upkeep u
    set lease_token = gen_random_uuid(), lease_expires_at = at + make_interval(secs => claim_upkeep.lease_ms / 1000.0)
    where u.connection_id = care.connection_id returning * into care;
    return jsonb_build_object('kind', case when ends then 'refresh' else 'check' end,
      'lease_token', care.lease_token, 'connection_id', connection.id, 'tenant_id', connection.tenant_id, 'platform', connection.platform,
      'network', connection.network, 'account_id', connection.platform_account_id, 'token_expires_at', connection.token_expires_at);
  end loop;
end $$;
comment on function private.claim_upkeep(integer, uuid) is 'Leases the next account whose token is to be renewed or that is to be looked at.';

create function private.end_job(job public.publish_jobs, status text, code text, message text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  ended  public.publish_jobs;
  item   public.content_items;
  person record;
  account text;
begin
  update public.publish_jobs j
  set status = end_job.status, last_error_code = end_job.code, last_error_message = left(end_job.message, 2000), next_retry_at = null,
      lease_token = null, lease_expires_at = null, leased_by = null, next_look_at = null,
      dlq_reason = case when end_job.status = 'dlq' then end_job.code end, dlq_at = case when end_job.status = 'dlq' then private.now() end,
      error_history = j.error_history || jsonb_build_object('timestamp', private.now(), 'code', end_job.code, 'message', left(end_job.message, 500), 'retryable', false)
  where j.id = job.id returning * into ended;
  item := private.roll_up(ended.content_id);
  perform private.log_job(ended, 'result', ended.status, end_job.code, end_job.message);
  if ended.status in ('failed', 'dlq') then
    select n.display_name into account from public.connections n where n.id = ended.connection_id;
    perform private.notify_brand(item, 'publishing.schedule', 'publish_failed', private.slug_of(item) || ' did not go out on ' || account || '.');
    for person in
      select m.user_id, u.email from public.brand_members m
      join auth.users u on u.id = m.user_id
      join private.role_permissions p on p.role = m.role and p.permission = 'publishing.retry'
      where m.brand_id = item.brand_id and private.wants_mail(m.user_id, item.brand_id, 'publishFailures')
    loop
      perform private.queue_email(item.tenant_id, item.brand_id, person.email, person.user_id, 'publish_failed',
        private.post_mail_facts(item) || jsonb_build_object('account_name', account, 'network', ended.network, 'code', end_job.code, 'reason', left(end_job.message, 500)),
        'publish_failed:' || ended.id || ':' || person.user_id, null, item.id);
    end loop;
    perform private.audit_post(item, 'post.publish_failed', jsonb_build_object('job_id', ended.id, 'code', end_job.code));
  end if;
end $$;

create function private.existing_accounts(oauth_state_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('connection_id', n.id, 'account_id', n.platform_account_id, 'network', n.network,
    'next_version', coalesce((select max(s.version) + 1 from public.encrypted_secrets s where s.connection_id = n.id and s.secret_type = 'access_token'), 1))), '[]')
  from public.oauth_states o
  join public.connections n on n.brand_id = o.brand_id and n.platform = o.platform
  where o.id = existing_accounts.oauth_state_id
$$;

create function private.explain_stuck_jobs() returns table(job_id uuid, bound timestamptz, reason text, words text)
language sql stable security definer set search_path = ''
as $$
  -- One by one, so that each reads what is past its time and not all that waits.
  select j.id, j.lease_expires_at, 'lease_expired', 'The worker ' || j.leased_by || ' has not come back within its lease; another takes over.'
  from public.publish_jobs j
  where j.status = 'processing' and j.lease_expires_at < private.now()
  union all
  select j.id, j.next_look_at, 'look_overdue', 'No worker has looked at its time; one is asked again.'
  from public.publish_jobs j
  where j.status = 'outcome_unknown' and j.next_look_at < private.now() - interval '1 second'
  union all
  select j.id, greatest(j.scheduled_for, j.next_retry_at), 'wakeup_overdue', 'No worker has taken it at its time; one is asked again.'
  from public.publish_jobs j join public.connections n on n.id = j.connection_id
  where j.status = 'scheduled' and j.scheduled_for < private.now() - interval '2 seconds'
    and greatest(j.scheduled_for, j.next_retry_at) < private.now() - interval '2 seconds'
    and (j.waiting_since is not null or private.pause_of(n) is null)
  order by 2
$$;
comment on function private.explain_stuck_jobs() is 'Jobs past their bound, oldest first, and why; the sweep wakes them and writes it into their log.';

create function private.fenced_job(job_id uuid, fence bigint) returns public.publish_jobs
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  perform from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = fenced_job.job_id) for update;
  select * into job from public.publish_jobs j
  where j.id = fenced_job.job_id and j.fence = fenced_job.fence and j.status = 'processing' for update;
  return job;
end $$;

create function private.format_of(network text, wish text, has_link boolean, images integer, videos integer) returns text
language sql immutable set search_path = ''
as $$
  select case
    when network = 'facebook' and wish = 'feed' then case
      when images = 0 and videos = 0 then case when has_link then 'link' else 'text' end
      when videos = 0 then case when images = 1 then 'image' else 'carousel' end
      when videos = 1 and images = 0 then 'video'
    end
    when network = 'facebook' and wish = 'reel' and videos = 1 and images = 0 then 'reel'
    when network = 'instagram' and wish = 'story' and images + videos = 1 then 'story'
    when network = 'instagram' and wish in ('feed', 'reel') and videos = 1 and images = 0 then 'reel'
    when network = 'instagram' and wish = 'feed' and images + videos > 0 then case
      when images = 1 and videos = 0 then 'image'
      else 'carousel'
    end
  end
$$;
comment on function private.format_of(text, text, boolean, integer, integer) is 'text, link, image, carousel, video, reel or story; null where the network has no such post.';

create function private.is_about_an_old_token(job public.publish_jobs) returns boolean
language sql stable security definer set search_path = ''
as $$
  select n.last_token_refresh > greatest(job.created_at, interval '-20 seconds' + coalesce(
    (select max(l.created_at) from public.publishing_logs l where l.job_id = job.id and l.brand_id = job.brand_id and l.kind = 'attempt'),
    job.updated_at))
  from public.connections n where n.id = job.connection_id
$$;

create function private.is_in_hand(job public.publish_jobs) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from graphile_worker.jobs q
    where q.key = 'publish:' || job.id
      and case when q.locked_at is null then q.run_at <= now() and q.attempts < q.max_attempts
            else exists (select from private.worker_heartbeats w where w.worker_id = q.locked_by and w.beat_at > now() - interval '10 seconds') end)
$$;

create function private.job_published(job public.publish_jobs, platform_post_id text, permalink text, at timestamptz, kind text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.jobs_published(jsonb_build_array(jsonb_build_object('job_id', job.id, 'platform_post_id', job_published.platform_post_id,
    'permalink', job_published.permalink, 'published_at', job_published.at, 'kind', job_published.kind)));
end $$;

create function private.jobs_published(posts jsonb) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
declare
  pieces uuid[];
begin
  with sent as (
    update public.publish_jobs j
    set status = 'published', platform_post_id = f.platform_post_id, permalink = f.permalink,
        published_at = f.published_at, last_error_code = null, last_error_message = null, next_retry_at = null,
        next_look_at = null, lease_token = null, lease_expires_at = null, leased_by = null
    from jsonb_to_recordset(jobs_published.posts) as f (job_id uuid, platform_post_id text, permalink text, published_at timestamptz, kind text)
    where j.id = f.job_id
    returning j.id, j.brand_id, j.content_id, j.connection_id, j.network, j.attempt_count, j.step, j.platform_post_id, j.published_at, j.intent_at, f.kind
  ), used as (
    update public.connections n set last_used_at = latest.at
    from (select s.connection_id, max(s.published_at) as at from sent s group by s.connection_id) as latest
    where n.id = latest.connection_id
  ), logged as (
    insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status, platform_post_id, latency_ms)
    select s.id, s.brand_id, s.network, s.attempt_count, s.kind, s.step, 'published', s.platform_post_id,
      (extract(epoch from private.now() - s.intent_at) * 1000)::int
    from sent s
  )
  select array_agg(distinct s.content_id) into pieces from sent s;
  perform private.roll_up_all(pieces);

  insert into public.workflow_notifications (brand_id, content_id, user_id, type, message)
  select i.brand_id, i.id, i.created_by, 'published', b.code || '-' || i.number || ' is out.'
  from public.content_items i join public.brands b on b.id = i.brand_id
  where i.id = any (pieces) and i.status = 'published'
    and exists (select from public.brand_members m where m.brand_id = i.brand_id and m.user_id = i.created_by);
  perform private.audit_all(jsonb_agg(jsonb_build_object(
    'tenant_id', j.tenant_id, 'brand_id', j.brand_id, 'action', 'post.published', 'resource_type', 'content_item', 'resource_id', j.content_id,
    'metadata', jsonb_build_object('job_id', j.id, 'network', j.network, 'permalink', j.permalink)) order by j.id))
  from jsonb_array_elements(jobs_published.posts) as f join public.publish_jobs j on j.id = (f ->> 'job_id')::uuid;
end $$;

create function private.keep_off(job public.publish_jobs, span interval, scope text) returns void
language sql security definer set search_path = ''
as $$
  select private.block_calls(n.platform || case when keep_off.scope = 'app' then '' else ':' || n.platform_account_id end,
    private.moment() + keep_off.span)
  from public.connections n where n.id = job.connection_id
$$;

create function private.lock_accounts(job_ids uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
declare
  connections uuid[] := array(select j.connection_id from public.publish_jobs j where j.id = any (lock_accounts.job_ids));
begin
  -- Across all workers, and all brands that are connected to the account.
  perform pg_advisory_xact_lock(account.key)
  from (
    select distinct hashtextextended(n.platform || ':' || n.platform_account_id, 0) as key
    from public.connections n where n.id = any (connections) order by 1
  ) as account;
  perform from public.connections n where n.id = any (connections) order by n.id for update;
end $$;

create function private.lock_due_pieces(connection_ids uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  piece uuid;
begin
  for piece in
    select distinct j.content_id from public.publish_jobs j
    where j.connection_id = any (lock_due_pieces.connection_ids)
      and (j.status = 'scheduled' and j.scheduled_for <= private.now() or j.status = 'outcome_unknown')
    order by 1
  loop
    perform from public.content_items i where i.id = piece for update;
  end loop;
end $$;

create function private.lock_job(job_id uuid) returns public.publish_jobs
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs;
  item public.content_items;
begin
  select i.* into item from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = lock_job.job_id);
  if not found or not private.can(item.brand_id, 'content.view') then
    perform private.refuse('job_not_found');
  end if;
  if not private.can(item.brand_id, 'publishing.retry') then
    perform private.refuse('not_allowed');
  end if;
  perform from public.content_items i where i.id = item.id for update;
  select * into job from public.publish_jobs j where j.id = lock_job.job_id for update;
  return job;
end $$;

create function private.lock_jobs(job_ids uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
begin
  perform from public.content_items i
  where i.id = any (array(select j.content_id from public.publish_jobs j where j.id = any (lock_jobs.job_ids))) order by i.id for update;
  perform from public.publish_jobs j where j.id = any (lock_jobs.job_ids) order by j.id for update;
end $$;

create function private.log_job(job public.publish_jobs, kind text, status text, code text default null, message text default null, latency_ms integer default null) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status, platform_post_id, error_code, error_message, latency_ms)
  values (job.id, job.brand_id, job.network, job.attempt_count, log_job.kind, job.step, log_job.status, job.platform_post_id,
    log_job.code, left(log_job.message, 2000), log_job.latency_ms);
end $$;

create function private.lose_connection(connection_id uuid, code text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  lost public.connections;
begin
  update public.connections n
  set status = 'attention', requires_reconnect = true, health_status = 'critical', health_check_error = lose_connection.code,
      last_health_check = private.moment()
  where n.id = lose_connection.connection_id and n.status in ('active', 'attention') and not n.requires_reconnect
  returning * into lost;
  if not found then
    return;
  end if;
  perform private.tell_connection_attention(lost, lose_connection.code);
  perform private.audit(lost.tenant_id, lost.brand_id, 'connection.attention', 'connection', lost.id::text,
    jsonb_build_object('account_name', lost.display_name, 'network', lost.network, 'code', lose_connection.code));
end $$;
comment on function private.lose_connection(uuid, text) is 'Marks an account as to be connected again and tells whoever may, once.';

create function private.next_look(intent_at timestamptz, settle_until timestamptz, early_looks jsonb) returns timestamptz
language sql set search_path = ''
as $$
  select least(next_look.settle_until, min(early.at))
  from (select next_look.intent_at + make_interval(secs => ms::numeric / 1000) as at
        from jsonb_array_elements_text(coalesce(next_look.early_looks, '[]')) as ms) as early
  where early.at > private.moment()
$$;

create function private.next_permalink_look(published_at timestamptz, after timestamptz) returns timestamptz
language sql immutable set search_path = ''
as $$
  select min(next_permalink_look.published_at + span)
  from unnest(array['20 seconds', '2 minutes', '10 minutes', '1 hour', '6 hours', '20 hours']::interval[]) as span
  where next_permalink_look.published_at + span > next_permalink_look.after
$$;

create function private.others_first(job public.publish_jobs, connection public.connections, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select max(greatest(o.next_retry_at, others_first.at))
    from public.connections n
    join public.publish_jobs o on o.connection_id = n.id
    where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id
      and o.status = 'scheduled' and o.waiting_since is null and o.scheduled_for <= job.scheduled_for
      and (o.scheduled_for, o.id) < (job.scheduled_for, job.id)
      and greatest(o.scheduled_for, o.next_retry_at) > others_first.at - interval '30 seconds'
      and (o.next_retry_at is null or o.next_retry_at <= others_first.at or o.last_error_code = 'publish_limit_reached')
      and private.pause_of(n) is null);
end $$;

create function private.own_oauth_state(state text) returns public.oauth_states
language plpgsql security definer set search_path = ''
as $$
declare
  attempt public.oauth_states;
begin
  select * into attempt from public.oauth_states o where o.state_hash = private.token_hash(own_oauth_state.state) for update;
  if not found then
    perform private.refuse('oauth_state_unknown');
  end if;
  if attempt.user_id is distinct from auth.uid() or not private.can(attempt.brand_id, 'connections.manage') then
    perform private.refuse('oauth_state_not_yours');
  end if;
  if attempt.status <> 'started' then
    perform private.refuse('oauth_state_used');
  end if;
  if attempt.expires_at <= private.now() then
    perform private.refuse('oauth_state_expired');
  end if;
  return attempt;
end $$;

create function private.pause_of(connection public.connections) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select case
      when connection.paused_at is not null then 'connection'
      when b.paused_at is not null then 'brand'
      when b.delete_after is not null then 'deletion'
      when t.paused_at is not null then 'tenant'
      when connection.requires_reconnect and connection.status = 'attention' then 'reconnect'
    end
    from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = connection.brand_id);
end $$;
comment on function private.pause_of(public.connections) is 'connection, brand, tenant, deletion or reconnect: what holds an account''s posts back; null where nothing does.';

create function private.preview_publish_jobs(job_ids uuid[]) returns table(job_id uuid, preview jsonb)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
declare
  at timestamptz := private.moment();
begin
  return query
  select j.id, private.claim_of(j, n, 'send') || jsonb_build_object(
    'due_in_ms', extract(epoch from greatest(j.scheduled_for, j.next_retry_at) - at) * 1000,
    -- In the order of text: the earlier due, the earlier planned, the lower id, as private.others_first has it.
    'place', to_char(greatest(j.scheduled_for, j.next_retry_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
      || to_char(j.scheduled_for at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || j.id,
    'token_version', private.token_version(n.id))
  from public.publish_jobs j join public.connections n on n.id = j.connection_id
  where j.id = any (preview_publish_jobs.job_ids) and j.status = 'scheduled' and j.step is null and j.waiting_since is null
    and greatest(j.scheduled_for, j.next_retry_at) <= at + interval '20 seconds';
end $$;
comment on function private.preview_publish_jobs(uuid[]) is 'What is due within twenty seconds and at its first step, as a claim would hand it out; holds nothing.';

create function private.record_intent(job_id uuid, fence bigint, http_timeout_ms integer, intent_digest text, settle_ms integer, step text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  at  timestamptz;
  job public.publish_jobs;
begin
  perform from public.publish_jobs j where j.id = record_intent.job_id for update;
  at := private.moment();
  update public.publish_jobs j
  set intent_at = at, first_intent_at = coalesce(j.first_intent_at, at), attempt_count = j.attempt_count + 1,
      intent_digest = record_intent.intent_digest, step = record_intent.step,
      settle_until = at + make_interval(secs => (record_intent.http_timeout_ms + record_intent.settle_ms) / 1000.0)
  where j.id = record_intent.job_id and j.fence = record_intent.fence and j.status = 'processing' and j.intent_at is null
    and j.lease_expires_at > at + make_interval(secs => record_intent.http_timeout_ms / 1000.0)
  returning * into job;
  if not found then
    return false;
  end if;
  perform private.log_job(job, 'intent', 'committed');
  return true;
end $$;
comment on function private.record_intent(uuid, bigint, integer, text, integer, text) is 'Commits that a send is about to happen; refused by the fence or a lease too short.';

create function private.record_look(job_id uuid, fence bigint, found_posts jsonb, error jsonb, early_looks jsonb default null) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.fenced_job(record_look.job_id, record_look.fence);
  mine jsonb;
  fit  int;
  at   timestamptz := private.moment();
begin
  if job.id is null or job.intent_at is null then
    return 'fenced';
  end if;
  select f, count(*) over () into mine, fit
  from jsonb_array_elements(case when jsonb_typeof(record_look.found_posts) = 'array' then record_look.found_posts else '[]' end) with ordinality as c (f, n)
  where not exists (
    select from public.publish_jobs o
    join public.connections theirs on theirs.id = o.connection_id
    join public.connections ours on ours.id = job.connection_id
      and ours.platform = theirs.platform and ours.platform_account_id = theirs.platform_account_id
    where o.platform_post_id = f ->> 'platform_post_id')
  order by n limit 1;
  -- A story has no words to know it by: it is told from others by its time alone, once all of them must be listed.
  if job.content_type = 'story' and (fit > 1 or job.settle_until > at) then
    mine := null;
    if fit > 1 then
      error := jsonb_build_object('class', 'unknown', 'code', 'publish_ambiguous');
    end if;
  end if;

  if mine is not null then
    update public.publish_jobs j set look_count = j.look_count + 1, last_look_at = at where j.id = job.id returning * into job;
    perform private.job_published(job, mine ->> 'platform_post_id', mine ->> 'permalink', coalesce((mine ->> 'published_at')::timestamptz, at), 'look');
    return 'published';
  end if;
  -- What was not there proves something only if they were asked after the window, which was not before the claim.
  if record_look.error is null and job.settle_until <= job.updated_at then
    update public.publish_jobs j set look_count = j.look_count + 1, last_look_at = at where j.id = job.id returning * into job;
    perform private.log_job(job, 'look', 'absent');
    if job.last_error_code = 'publish_duplicate' then
      -- They refuse it as a repeat, and what it repeats is not ours: only a person can judge.
      perform private.end_job(job, 'failed', 'publish_duplicate', job.last_error_message);
      return 'absent';
    end if;
    perform private.retry_later(job, 'publish_transient', 'Looked on the network: it was not there.', private.backoff(job.attempt_count), true);
    return 'absent';
  end if;
  update public.publish_jobs j
  set status = 'outcome_unknown', look_count = j.look_count + 1, last_look_at = at,
      lease_token = null, lease_expires_at = null, leased_by = null,
      next_look_at = case when record_look.error is null then private.next_look(j.intent_at, j.settle_until, record_look.early_looks) else at + private.backoff(j.look_count + 1) end,
      last_error_code = coalesce(record_look.error ->> 'code', j.last_error_code)
  where j.id = job.id returning * into job;
  perform private.log_job(job, 'look', case when record_look.error is null then 'not_yet' else 'unreadable' end, record_look.error ->> 'code', record_look.error ->> 'message');
  perform private.wake_job(job, job.next_look_at);
  perform private.roll_up(job.content_id);
  if record_look.error ->> 'class' = 'auth' and not private.is_about_an_old_token(job) then
    perform private.lose_connection(job.connection_id, record_look.error ->> 'code');
  end if;
  return 'unknown';
end $$;
comment on function private.record_look(uuid, bigint, jsonb, jsonb, jsonb) is 'Files what a look found: the post, its proven absence, or nothing certain yet.';

create function private.record_oauth_result(oauth_state_id uuid, result jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  attempt    public.oauth_states;
  platform   public.connector_platforms;
  account    jsonb;
  connection public.connections;
  connected  jsonb := '[]';
  known      uuid[];
begin
  select * into attempt from public.oauth_states o where o.id = record_oauth_result.oauth_state_id for update;
  if not found or attempt.status <> 'received' then
    return;
  end if;
  if result ->> 'kind' <> 'connected' then
    update public.oauth_states o
    set status = 'failed', code = null, failure_code = result ->> 'code', failure_facts = coalesce(result -> 'facts', '{}')
    where o.id = attempt.id;
    return;
  end if;
  select * into platform from public.connector_platforms p where p.platform_name = attempt.platform and p.tenant_id is null;
  known := array(select (a ->> 'connection_id')::uuid from jsonb_array_elements(result -> 'accounts') a);
  perform private.lock_due_pieces(known);

  for account in select * from jsonb_array_elements(result -> 'accounts') loop
    insert into public.connections as n (id, tenant_id, brand_id, platform_id, platform, network, platform_user_id, platform_account_id,
      display_name, profile_image_url, scopes, token_expires_at, last_token_refresh, last_health_check, connected_by)
    values ((account ->> 'connection_id')::uuid, attempt.tenant_id, attempt.brand_id, platform.id, attempt.platform, account ->> 'network',
      account ->> 'platform_user_id', account ->> 'account_id', account ->> 'display_name', account ->> 'profile_image_url',
      array(select jsonb_array_elements_text(coalesce(account -> 'scopes', '[]'))), (account ->> 'token_expires_at')::timestamptz,
      private.now(), private.now(), attempt.user_id)
    on conflict (brand_id, platform_id, platform_account_id) do update
    set platform_user_id = excluded.platform_user_id, display_name = excluded.display_name, profile_image_url = excluded.profile_image_url,
        scopes = excluded.scopes, token_expires_at = excluded.token_expires_at, last_token_refresh = excluded.last_token_refresh,
        last_health_check = excluded.last_health_check, connected_by = excluded.connected_by,
        status = 'active', health_status = 'healthy', health_check_error = null, requires_reconnect = false
    returning * into connection;
    -- Two attempts at once: the secret is sealed to an id that another made first. The job tries again with that one.
    if connection.id <> (account ->> 'connection_id')::uuid then
      raise exception using errcode = '40001', message = 'connection appeared meanwhile';
    end if;
    delete from public.encrypted_secrets s where s.connection_id = connection.id and s.secret_type in ('access_token', 'refresh_token');
    insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag, expires_at)
    select connection.tenant_id, connection.id, sealed.type, sealed.type, (s ->> 'version')::int, s ->> 'key_id', s ->> 'wrapped_key',
      s ->> 'encrypted_value', s ->> 'iv', s ->> 'auth_tag', sealed.ends_at
    from (values ('access_token', account -> 'secret', connection.token_expires_at),
                 ('refresh_token', nullif(account -> 'refresh_secret', 'null'), null)) as sealed (type, s, ends_at)
    where s is not null;
    connected := connected || jsonb_build_object('connection_id', connection.id, 'network', connection.network, 'account_name', connection.display_name);
  end loop;
  -- What stood while an account's key was dead goes on.
  perform private.release_due_jobs(known);
  -- All accounts first, then the chain: its head is locked last everywhere.
  perform private.audit(attempt.tenant_id, attempt.brand_id, 'connection.connected', 'connection', c ->> 'connection_id',
    c || jsonb_build_object('by', attempt.user_id))
  from jsonb_array_elements(connected) as c;
  update public.oauth_states o
  set status = 'done', code = null, connected = record_oauth_result_connected.c, failure_facts = jsonb_build_object('skipped', coalesce(result -> 'skipped', '[]'))
  from (select connected as c) as record_oauth_result_connected
  where o.id = attempt.id;
end $$;

create function private.record_permalink(job_id uuid, permalink text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  perform from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = record_permalink.job_id) for update;
  update public.publish_jobs j set permalink = record_permalink.permalink, next_look_at = null
  where j.id = record_permalink.job_id and j.status = 'published' and j.permalink is null
  returning * into job;
  if not found then
    return false;
  end if;
  perform private.roll_up(job.content_id);
  return true;
end $$;
comment on function private.record_permalink(uuid, text) is 'Files where a published post stands, and shows it to clients too.';

create function private.record_publish_result(job_id uuid, fence bigint, outcome jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  job    public.publish_jobs := private.fenced_job(record_publish_result.job_id, record_publish_result.fence);
  kind   text := outcome ->> 'kind';
  class  text := outcome ->> 'class';
  code   text := outcome ->> 'code';
  words  text := outcome ->> 'message';
  after  interval := make_interval(secs => (outcome ->> 'retry_after_ms')::numeric / 1000.0);
  known  public.publish_jobs;
begin
  -- A lost fence: another worker has taken over, and its look finds what we did.
  if job.id is null then
    return 'fenced';
  end if;

  -- A send that was never put on record proves nothing; a look does.
  if kind = 'published' and job.intent_at is null then
    kind := 'unknown';
  end if;
  if kind = 'published' then
    select * into known from public.publish_jobs j
    where j.connection_id = job.connection_id and j.platform_post_id = outcome ->> 'platform_post_id' and j.id <> job.id;
    if found then
      perform private.end_job(job, 'failed', 'publish_duplicate', 'The platform answered with a post that another job published.');
      return 'failed';
    end if;
    perform private.job_published(job, outcome ->> 'platform_post_id', outcome ->> 'permalink', private.now(), 'result');
  elsif kind = 'continue' then
    -- The next step is a claim of its own, so that it too survives the death of its worker: whoever files this makes it.
    update public.publish_jobs j
    set status = 'scheduled', step = outcome ->> 'step', memo = coalesce(outcome -> 'memo', '{}'), attempt_count = j.attempt_count - 1,
        waiting_since = null, intent_at = null, intent_digest = null, settle_until = null, lease_token = null, lease_expires_at = null, leased_by = null
    where j.id = job.id;
  elsif kind = 'wait' then
    -- They are still processing. Nothing was sent, nothing is counted; a day is as long as anything lives there.
    if job.waiting_since < private.now() - interval '24 hours' then
      perform private.end_job(job, 'failed', 'publish_processing_too_long', words);
    else
      update public.publish_jobs j
      set status = 'scheduled', step = outcome ->> 'step', memo = coalesce(outcome -> 'memo', '{}'),
          waiting_since = coalesce(j.waiting_since, private.now()),
          attempt_count = j.attempt_count - case when j.intent_at is null then 0 else 1 end,
          intent_at = null, intent_digest = null, settle_until = null,
          next_retry_at = private.now() + make_interval(secs => (outcome ->> 'after_ms')::numeric / 1000.0),
          lease_token = null, lease_expires_at = null, leased_by = null
      where j.id = job.id returning * into job;
      if job.waiting_since = private.now() then
        perform private.log_job(job, 'note', 'processing');
      end if;
      perform private.wake_job(job, job.next_retry_at);
      perform private.roll_up(job.content_id);
    end if;
  elsif kind = 'unsent' then
    if after is not null then
      perform private.keep_off(job, after, outcome ->> 'scope');
    end if;
    perform private.retry_later(job, code, words, coalesce(after, private.backoff(job.attempt_count + jsonb_array_length(job.error_history))), false);
  elsif kind = 'refused' then
    if class = 'duplicate' then
      -- They hold an equal post: perhaps ours. Look before concluding anything.
      perform private.await_look(job, code, words, interval '0');
    elsif class in ('rate_limit', 'transient') then
      if class = 'rate_limit' then
        perform private.keep_off(job, coalesce(after, interval '1 minute'), outcome ->> 'scope');
        if code = 'platform_not_configured' then
          perform private.tell_platform_refused(job);
        end if;
      end if;
      perform private.retry_later(job, code, words, coalesce(after, private.backoff(job.attempt_count)), class = 'transient');
    else
      if class = 'auth' then
        perform private.stand_until_connected(job, code, words);
      else
        perform private.end_job(job, 'failed', code, words);
        if class = 'permission' then
          perform private.lose_connection(job.connection_id, code);
        end if;
      end if;
    end if;
  else
    perform private.await_look(job, code, words, make_interval(secs => coalesce((outcome ->> 'settle_ms')::numeric, 60000) / 1000.0),
      outcome -> 'early_looks_ms');
  end if;
  return kind;
end $$;
comment on function private.record_publish_result(uuid, bigint, jsonb) is 'Files what a send brought, if the fence still holds; decides alone about retries.';

create function private.record_published_jobs(filed jsonb) returns setof uuid
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
declare
  plain jsonb;
begin
  perform private.lock_jobs(array(select (f ->> 'job_id')::uuid from jsonb_array_elements(record_published_jobs.filed) f));
  select jsonb_agg(jsonb_build_object('job_id', j.id, 'platform_post_id', f.platform_post_id, 'permalink', f.permalink,
    'published_at', private.now(), 'kind', 'result'))
  into plain
  from (
    select distinct on (r.job_id) r.*
    from jsonb_to_recordset(record_published_jobs.filed) as r (job_id uuid, fence bigint, platform_post_id text, permalink text)
  ) as f
  join public.publish_jobs j on j.id = f.job_id and j.fence = f.fence
  where j.status = 'processing' and j.intent_at is not null
    and not exists (
      select from public.publish_jobs o
      where o.connection_id = j.connection_id and o.platform_post_id = f.platform_post_id and o.id <> j.id);
  if plain is null then
    return;
  end if;
  perform private.jobs_published(plain);
  return query select (p ->> 'job_id')::uuid from jsonb_array_elements(plain) p;
end $$;
comment on function private.record_published_jobs(jsonb) is 'Files what went out, if each fence still holds; answers with those jobs alone.';

create function private.record_upkeep(connection_id uuid, lease_token uuid, version integer, result jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  connection public.connections;
  care       private.connection_upkeep;
  kept       int;
  at         timestamptz := private.moment();
  kind       text := result ->> 'kind';
  is_refresh boolean := result ->> 'during' = 'refresh';
  is_theirs  boolean := result ->> 'class' in ('auth', 'permission');
  again      timestamptz;
begin
  select * into connection from public.connections n where n.id = record_upkeep.connection_id for update;
  update private.connection_upkeep u set lease_token = null, lease_expires_at = null
  where u.connection_id = record_upkeep.connection_id and u.lease_token = record_upkeep.lease_token returning * into care;
  select max(s.version) into kept from public.encrypted_secrets s
  where s.connection_id = record_upkeep.connection_id and s.secret_type = 'access_token';
  if connection.id is null or kept is distinct from record_upkeep.version or connection.status in ('disconnected', 'suspended') then
    return false;
  end if;

  if kind = 'refreshed' then
    -- Even where the lease ended meanwhile: some networks forget the old token as they give the new one.
    delete from public.encrypted_secrets s
    where s.connection_id = connection.id and s.secret_type in (select r ->> 'secret_type' from jsonb_array_elements(result -> 'secrets') r);
    insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag, expires_at)
    select connection.tenant_id, connection.id, s ->> 'secret_type', s ->> 'secret_type', record_upkeep.version + 1, s ->> 'key_id', s ->> 'wrapped_key',
      s ->> 'encrypted_value', s ->> 'iv', s ->> 'auth_tag', case when s ->> 'secret_type' = 'access_token' then (result ->> 'token_expires_at')::timestamptz end
    from jsonb_array_elements(result -> 'secrets') s;
    update public.connections n
    set token_expires_at = (result ->> 'token_expires_at')::timestamptz, last_token_refresh = at, last_health_check = at,
        health_status = case when n.requires_reconnect then n.health_status else 'healthy' end,
        health_check_error = case when n.requires_reconnect then n.health_check_error end
    where n.id = connection.id;
    update private.connection_upkeep u set failures = 0, next_refresh_at = at, next_check_at = at + interval '6 hours' where u.connection_id = connection.id;
    perform private.audit(connection.tenant_id, connection.brand_id, 'connection.refreshed', 'connection', connection.id::text,
      jsonb_build_object('account_name', connection.display_name, 'network', connection.network));
    return true;
  end if;
  if care.connection_id is null then
    return false;
  end if;

  if kind = 'usable' then
    -- A token that ends soon and could not be renewed keeps its warning.
    update public.connections n
    set last_health_check = at,
        health_status = case when n.requires_reconnect or n.token_expires_at <= at + interval '7 days' then n.health_status else 'healthy' end,
        health_check_error = case when n.requires_reconnect or n.token_expires_at <= at + interval '7 days' then n.health_check_error end
    where n.id = connection.id;
    update private.connection_upkeep u set failures = 0, next_check_at = at + interval '5.5 hours' + random() * interval '1 hour'
    where u.connection_id = connection.id;
  elsif kind = 'not_needed' then
    update private.connection_upkeep u set failures = 0, next_refresh_at = at + interval '1 day' where u.connection_id = connection.id;
  elsif is_theirs and (not is_refresh or connection.token_expires_at <= at) then
    perform private.lose_connection(connection.id, result ->> 'code');
  elsif is_theirs then
    -- It cannot be renewed, but works until it ends: people have days to connect again, and posts go out meanwhile.
    -- Whether it truly works is asked at once.
    update public.connections n set health_status = 'warning', health_check_error = result ->> 'code'
    where n.id = connection.id returning * into connection;
    update private.connection_upkeep u set next_refresh_at = at + interval '1 day', next_check_at = at where u.connection_id = connection.id;
    perform private.tell_connection_attention(connection, result ->> 'code');
  else
    again := at + greatest(make_interval(secs => coalesce((result ->> 'retry_after_ms')::numeric, 0) / 1000.0),
                           least(interval '6 hours', interval '1 minute' * power(3, least(care.failures, 8))) * (0.9 + random() * 0.2));
    update private.connection_upkeep u
    set failures = u.failures + 1,
        next_refresh_at = case when is_refresh then again else u.next_refresh_at end,
        next_check_at = case when is_refresh then u.next_check_at else again end
    where u.connection_id = connection.id;
    -- Once is their trouble; three times in a row someone should know. That they refuse the whole app is no account's.
    if care.failures >= 2 and result ->> 'code' <> 'platform_not_configured' then
      update public.connections n set health_status = 'warning', health_check_error = result ->> 'code'
      where n.id = connection.id and not n.requires_reconnect;
    end if;
  end if;
  return true;
end $$;
comment on function private.record_upkeep(uuid, uuid, integer, jsonb) is 'Files what a renewal or a look at an account brought; decides alone when the next one is.';

create function private.release_due_jobs(connection_ids uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  late     public.publish_jobs;
  released int := 0;
begin
  for late in
    with due as (
      select j.id, j.scheduled_for,
        row_number() over (partition by n.platform, n.platform_account_id order by j.scheduled_for, j.id) - 1 as place,
        make_interval(secs => p.rate_limit_window_seconds::numeric / p.rate_limit_requests) as gap
      from public.publish_jobs j
      join public.connections n on n.id = j.connection_id
      join public.connector_platforms p on p.id = n.platform_id
      where j.connection_id = any (release_due_jobs.connection_ids)
        and j.status = 'scheduled' and j.waiting_since is null and j.scheduled_for <= private.now()
        and private.pause_of(n) is null
    )
    update public.publish_jobs j
    set next_retry_at = private.now() + due.place * due.gap, last_error_code = null, last_error_message = null
    from due where j.id = due.id returning j.*
  loop
    if late.scheduled_for < private.now() - interval '24 hours' then
      perform private.end_job(late, 'failed', 'publish_missed', null);
    else
      perform private.wake_job(late, late.next_retry_at);
      released := released + 1;
    end if;
  end loop;
  -- What nobody could ask the network about is asked now; what only stood because of that has nothing to settle.
  for late in
    update public.publish_jobs j
    set next_look_at = private.now(),
        settle_until = case when j.last_error_code = 'connection_attention' then private.now() else j.settle_until end
    from public.connections n
    where n.id = j.connection_id and n.id = any (release_due_jobs.connection_ids) and j.status = 'outcome_unknown'
      and not n.requires_reconnect
    returning j.*
  loop
    perform private.wake_job(late, late.next_look_at);
  end loop;
  return released;
end $$;
comment on function private.release_due_jobs(uuid[]) is 'Wakes what is due on these accounts and held back by nothing any more; returns how many.';

create function private.retry_later(job public.publish_jobs, code text, message text, after interval, counted boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  again public.publish_jobs;
begin
  if retry_later.counted and job.attempt_count >= job.max_attempts or private.now() > job.scheduled_for + interval '24 hours' then
    perform private.end_job(job, 'dlq', 'publish_gave_up', coalesce(retry_later.message, retry_later.code));
    return;
  end if;
  update public.publish_jobs j
  set status = 'scheduled', intent_at = null, intent_digest = null, settle_until = null, next_look_at = null,
      lease_token = null, lease_expires_at = null, leased_by = null,
      -- An intent counted itself; what was proved unsent does not count.
      attempt_count = j.attempt_count - case when retry_later.counted or j.intent_at is null then 0 else 1 end,
      next_retry_at = private.now() + retry_later.after,
      last_error_code = retry_later.code, last_error_message = left(retry_later.message, 2000),
      error_history = j.error_history || jsonb_build_object('timestamp', private.now(), 'code', retry_later.code, 'message', left(retry_later.message, 500), 'retryable', true)
  where j.id = job.id returning * into again;
  perform private.log_job(again, 'result', 'retrying', retry_later.code, retry_later.message);
  perform private.wake_job(again, again.next_retry_at);
  perform private.roll_up(again.content_id);
end $$;

create function private.spend_calls(bucket text, calls integer, window_seconds integer, cost integer, delay interval) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  at    timestamptz := private.moment();
  burst int := greatest(cost, calls / 2);
  each  interval := (make_interval(secs => window_seconds) + spend_calls.delay) / greatest(1, calls - burst);
begin
  insert into private.rate_buckets as b (bucket, free_at) values (spend_calls.bucket, at + cost * each)
  on conflict on constraint rate_buckets_pkey do update
  set free_at = greatest(b.free_at, at) + cost * each
  where coalesce(b.blocked_until, at) <= at and greatest(b.free_at, at) - (burst - cost) * each <= at;
  if found then
    return null;
  end if;
  -- The upsert has locked the row all the same.
  return (
    select greatest(b.blocked_until, greatest(b.free_at, at) - (burst - cost) * each)
    from private.rate_buckets b where b.bucket = spend_calls.bucket);
end $$;
comment on function private.spend_calls(text, integer, integer, integer, interval) is 'Null: spent. Otherwise nothing was, and this is when there is room.';

create function private.spend_for(connection public.connections, job public.publish_jobs, cost integer, delay interval) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  platform public.connector_platforms;
  app      jsonb;
  daily    int;
  later    timestamptz;
  -- The parts of a file whose place is known are bytes and no calls; the step that announced it has paid for them.
  calls    int := case when job.step = 'upload' and job.memo ? 'offset' then 0 else spend_for.cost end;
begin
  select * into platform from public.connector_platforms p where p.id = connection.platform_id;
  -- What a day allows counts where a post begins, not in its later steps.
  daily := coalesce(platform.limits -> connection.network -> 'formats' -> job.content_type ->> 'posts_per_day',
                    platform.limits -> connection.network ->> 'posts_per_day')::int;
  if daily is not null and job.step is null then
    select min(recent.at) + interval '1 day' into later
    from (
      -- What is under way counts as if it were out.
      select coalesce(j.published_at, private.now()) as at from public.publish_jobs j
      join public.connections n on n.id = j.connection_id
      where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id and j.id <> job.id
        and (j.status = 'published' and j.published_at > private.now() - interval '1 day'
             or j.status in ('scheduled', 'processing', 'outcome_unknown') and j.first_intent_at < coalesce(job.first_intent_at, 'infinity'))
        and (platform.limits -> connection.network -> 'formats' -> job.content_type ->> 'posts_per_day' is null or j.content_type = job.content_type)
      order by 1 desc limit daily
    ) as recent having count(*) >= daily;
    if later > private.moment() then
      return later;
    end if;
  end if;
  later := private.spend_calls(connection.platform || ':' || connection.platform_account_id,
    platform.rate_limit_requests, platform.rate_limit_window_seconds, calls, spend_for.delay);
  if later is not null then
    return later;
  end if;
  app := platform.limits -> 'app';
  if app is null then
    return null;
  end if;
  return private.spend_calls(connection.platform, (app ->> 'requests')::int, (app ->> 'window_seconds')::int, calls, spend_for.delay);
end $$;

create function private.stand_until_connected(job public.publish_jobs, code text, message text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  standing public.publish_jobs;
begin
  if private.is_about_an_old_token(job) then
    perform private.retry_later(job, stand_until_connected.code, stand_until_connected.message, private.backoff(1), false);
    return;
  end if;
  update public.publish_jobs j
  set status = 'scheduled', waiting_since = null, intent_at = null, intent_digest = null, settle_until = null, next_look_at = null,
      next_retry_at = null, lease_token = null, lease_expires_at = null, leased_by = null,
      attempt_count = j.attempt_count - case when j.intent_at is null then 0 else 1 end,
      last_error_code = stand_until_connected.code, last_error_message = left(stand_until_connected.message, 2000)
  where j.id = job.id returning * into standing;
  perform graphile_worker.remove_job('publish:' || standing.id);
  perform private.log_job(standing, 'result', 'paused', stand_until_connected.code, stand_until_connected.message);
  perform private.roll_up(standing.content_id);
  perform private.lose_connection(standing.connection_id, stand_until_connected.code);
end $$;
comment on function private.stand_until_connected(public.publish_jobs, text, text) is 'Puts a job back whose account''s key is dead; connecting the account again lets it go.';

create function private.stands_approved(item public.content_items, job public.publish_jobs) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return item.held_at is null and item.approved_at is not null and item.status in ('scheduled', 'publishing', 'failed')
    and item.version = job.version and item.content_digest = job.content_digest
    and exists (select from public.post_approvals a where a.post_id = item.id and a.version = job.version
                and a.content_digest = job.content_digest and a.status = 'approved');
end $$;

create function private.sweep_publish_jobs() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  stuck record;
  job   public.publish_jobs;
  n     int := 0;
begin
  for stuck in select * from private.explain_stuck_jobs() limit 500 loop
    select * into job from public.publish_jobs j where j.id = stuck.job_id;
    continue when stuck.reason = 'wakeup_overdue' and private.is_in_hand(job);
    perform private.wake_job(job, stuck.bound);
    -- A moment past is a queue at work; more is told, once for each bound.
    if stuck.bound < private.now() - interval '10 seconds' and not exists (
      select from public.publishing_logs l
      where l.job_id = job.id and l.brand_id = job.brand_id and l.kind = 'note' and l.created_at > stuck.bound and l.error_code = stuck.reason
    ) then
      perform private.log_job(job, 'note', 'woken', stuck.reason, stuck.words);
    end if;
    n := n + 1;
  end loop;
  return n;
end $$;
comment on function private.sweep_publish_jobs() is 'Re-wakes jobs past their time and says why in their log; harmless to call at any moment.';

create function private.tell_connection_attention(connection public.connections, code text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  person  record;
  facts   jsonb;
  version int;
begin
  select max(s.version) into version from public.encrypted_secrets s where s.connection_id = connection.id and s.secret_type = 'access_token';
  select jsonb_build_object('agency_name', t.name, 'brand_name', b.name, 'brand_slug', b.slug, 'account_name', connection.display_name,
      'network', connection.network, 'code', tell_connection_attention.code, 'time_zone', b.time_zone,
      'ends_at', case when not connection.requires_reconnect then connection.token_expires_at end,
      'waiting', (select count(*) from public.publish_jobs j where j.connection_id = connection.id and j.status in ('scheduled', 'paused')))
  into facts
  from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = connection.brand_id;
  for person in
    select m.user_id, u.email from public.brand_members m
    join auth.users u on u.id = m.user_id
    join private.role_permissions p on p.role = m.role and p.permission = 'connections.manage'
    where m.brand_id = connection.brand_id
  loop
    if private.queue_email(connection.tenant_id, connection.brand_id, person.email, person.user_id, 'connection_attention', facts,
         'connection_attention:' || connection.id || ':' || coalesce(version, 0) || ':' || connection.requires_reconnect || ':' || person.user_id) is not null then
      insert into public.workflow_notifications (brand_id, user_id, type, message)
      values (connection.brand_id, person.user_id, 'connection_attention',
        connection.display_name || case when connection.requires_reconnect then ' must be connected again.' else ' should be connected again soon.' end);
    end if;
  end loop;
end $$;

create function private.tell_platform_refused(job public.publish_jobs) returns void
language sql security definer set search_path = ''
as $$
  insert into public.workflow_notifications (brand_id, user_id, type, message)
  select job.brand_id, m.user_id, 'escalation', said.words
  from public.brand_members m,
    (values ('The network does not accept this desk as an app. Whoever runs the desk checks its keys; posts wait meanwhile.')) as said (words)
  where m.brand_id = job.brand_id and m.role in ('owner', 'admin')
    and not exists (
      select from public.workflow_notifications w
      where w.user_id = m.user_id and w.type = 'escalation' and w.message = said.words and w.created_at > private.now() - interval '1 day')
$$;

create function private.token_version(connection_id uuid) returns integer
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select max(s.version) from public.encrypted_secrets s where s.connection_id = token_version.connection_id and s.secret_type = 'access_token');
end $$;

create function private.wake_job(job public.publish_jobs, at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.add_job('publish_post', json_build_object('job_id', job.id), run_at := wake_job.at,
    max_attempts := 25, job_key := 'publish:' || job.id, job_key_mode := 'replace');
end $$;

create function private.wake_to_send(job public.publish_jobs) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  due timestamptz := greatest(job.scheduled_for, job.next_retry_at);
begin
  perform private.wake_job(job, case when job.step is null and job.waiting_since is null then due - interval '15 seconds' else due end);
end $$;

create function private.worker_heartbeat(worker_id text, facts jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  insert into private.worker_heartbeats as w (worker_id, beat_at, started_at, facts)
  values (worker_heartbeat.worker_id, now(), now(), worker_heartbeat.facts)
  on conflict (worker_id) do update set beat_at = excluded.beat_at, facts = excluded.facts
$$;

create function public.begin_connect(brand_id uuid, platform text, redirect_uri text) returns table(oauth_state_id uuid, state text, expires_at timestamptz)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states;
  secret  text := rtrim(translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/', '-_'), '=');
  tenant  uuid;
begin
  if not private.can(begin_connect.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(begin_connect.brand_id, 'connections.manage') then
    perform private.refuse('not_allowed');
  end if;
  select b.tenant_id into tenant from public.brands b where b.id = begin_connect.brand_id;
  if not exists (select from public.connector_platforms p where p.platform_name = begin_connect.platform and p.is_enabled
                 and (p.tenant_id is null or p.tenant_id = tenant)) then
    perform private.refuse('platform_unknown');
  end if;
  if begin_connect.redirect_uri is null or begin_connect.redirect_uri !~ '^https?://[^[:space:]]+$' then
    perform private.refuse('oauth_redirect_mismatch');
  end if;
  insert into public.oauth_states (tenant_id, brand_id, user_id, platform, state_hash, redirect_uri, expires_at)
  values (tenant, begin_connect.brand_id, auth.uid(), begin_connect.platform, private.token_hash(secret), begin_connect.redirect_uri,
    private.now() + interval '10 minutes')
  returning * into attempt;
  return query select attempt.id, secret, attempt.expires_at;
end $$;
grant execute on function public.begin_connect(uuid, text, text) to authenticated;
comment on function public.begin_connect(uuid, text, text) is 'Opens an attempt to connect; its state goes into the platform''s dialog, is good once, for ten minutes, for its starter.';

create function public.disconnect(connection_id uuid) returns public.connections
language plpgsql security definer set search_path = ''
as $$
declare
  connection public.connections;
  piece      uuid;
begin
  select * into connection from public.connections n where n.id = disconnect.connection_id;
  if not found or not private.can(connection.brand_id, 'connections.view') then
    perform private.refuse('connection_not_found');
  end if;
  if not private.can(connection.brand_id, 'connections.manage') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, then their jobs, then the account: the engine's order.
  for piece in
    select distinct j.content_id from public.publish_jobs j
    where j.connection_id = connection.id and j.status in ('pending', 'scheduled', 'paused') order by 1
  loop
    perform from public.content_items i where i.id = piece for update;
  end loop;
  -- Before anything is audited: whoever claims or connects takes the account first, too.
  perform from public.connections n where n.id = connection.id for update;
  if exists (select from public.publish_jobs j where j.connection_id = connection.id
             and (j.status in ('processing', 'outcome_unknown') or j.waiting_since is not null and j.status = 'scheduled')) then
    perform private.refuse('publish_in_flight');
  end if;
  perform private.end_job(j, 'failed', 'connection_inactive', null)
  from public.publish_jobs j where j.connection_id = connection.id and j.status in ('pending', 'scheduled', 'paused');
  delete from public.encrypted_secrets s where s.connection_id = connection.id;
  update public.connections n set status = 'disconnected', requires_reconnect = true, token_expires_at = null
  where n.id = connection.id returning * into connection;
  perform private.audit(connection.tenant_id, connection.brand_id, 'connection.disconnected', 'connection', connection.id::text,
    jsonb_build_object('account_name', connection.display_name, 'network', connection.network));
  return connection;
end $$;
grant execute on function public.disconnect(uuid) to authenticated;
comment on function public.disconnect(uuid) is 'Forgets the account''s secrets; what waited for it fails with that reason, and can be retried once it is back.';

create function public.finish_connect(state text, code text) returns table(id uuid, brand_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states := private.own_oauth_state(finish_connect.state);
begin
  if coalesce(finish_connect.code, '') = '' or char_length(finish_connect.code) > 4000 then
    perform private.refuse('oauth_refused');
  end if;
  update public.oauth_states o set status = 'received', code = finish_connect.code where o.id = attempt.id;
  perform graphile_worker.add_job('exchange_oauth', json_build_object('oauth_state_id', attempt.id), run_at := private.now(),
    max_attempts := 5, job_key := 'oauth:' || attempt.id);
  return query select attempt.id, attempt.brand_id;
end $$;
grant execute on function public.finish_connect(text, text) to authenticated;
comment on function public.finish_connect(text, text) is 'Consumes the state, keeps the code for the worker alone, and asks for the exchange.';

create function public.mark_job_live(job_id uuid, url text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.lock_job(mark_job_live.job_id);
  item public.content_items;
  address text := btrim(coalesce(mark_job_live.url, ''));
begin
  if job.status not in ('outcome_unknown', 'failed', 'dlq') then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  if exists (select from public.publish_jobs o where o.replays = job.id) then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.check_still_approved(item, job);
  perform private.check_live_address(job, address);
  perform graphile_worker.remove_job('publish:' || job.id);
  perform private.job_published(job, address, address, private.now(), 'result');
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.audit_post(item, 'job.marked_live', jsonb_build_object('job_id', job.id, 'permalink', address, 'version', job.version));
end $$;
grant execute on function public.mark_job_live(uuid, text) to authenticated;
comment on function public.mark_job_live(uuid, text) is 'A person says that the post is live, and where.';

create function public.pause_publishing(scope text, id uuid, reason text default null) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  said   text := nullif(btrim(coalesce(pause_publishing.reason, '')), '');
  since  timestamptz;
begin
  perform private.check_pause(pause_publishing.scope, pause_publishing.id);
  if char_length(said) > 300 then
    perform private.refuse('pause_reason_too_long');
  end if;
  if pause_publishing.scope = 'tenant' then
    update public.tenants t set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where t.id = pause_publishing.id and t.paused_at is null returning t.paused_at into since;
  elsif pause_publishing.scope = 'brand' then
    update public.brands b set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where b.id = pause_publishing.id and b.paused_at is null returning b.paused_at into since;
  else
    update public.connections n set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where n.id = pause_publishing.id and n.paused_at is null returning n.paused_at into since;
  end if;
  if since is not null then
    perform private.audit_pause(pause_publishing.scope, pause_publishing.id, 'publishing.paused', jsonb_build_object('reason', said));
  end if;
  return since;
end $$;
grant execute on function public.pause_publishing(text, uuid, text) to authenticated;
comment on function public.pause_publishing(text, uuid, text) is 'Holds back an agency''s, a brand''s or an account''s posts (scope tenant, brand or connection). Null: it was paused already.';

create function public.publishing_lateness(days integer default 30) returns table(brand_id uuid, network text, posts integer, p50_ms bigint, p95_ms bigint, p99_ms bigint, worst_ms bigint, within integer[])
language sql stable set search_path = ''
as $$
  select j.brand_id, j.network, count(*)::int,
    percentile_disc(0.5) within group (order by j.late), percentile_disc(0.95) within group (order by j.late),
    percentile_disc(0.99) within group (order by j.late), max(j.late),
    array[
      count(*) filter (where j.late < 1000),
      count(*) filter (where j.late >= 1000 and j.late < 2000),
      count(*) filter (where j.late >= 2000 and j.late < 5000),
      count(*) filter (where j.late >= 5000 and j.late < 15000),
      count(*) filter (where j.late >= 15000 and j.late < 60000),
      count(*) filter (where j.late >= 60000)
    ]::int[]
  from (
    select p.brand_id, p.network, greatest(p.lateness_ms, 0) as late
    from public.publish_jobs p
    where p.status = 'published' and p.lateness_ms is not null
      and p.brand_id = any ((select private.brands_with('content.view'))::uuid[])
      and p.published_at > private.now() - make_interval(days => least(greatest(coalesce(publishing_lateness.days, 30), 1), 366))
  ) as j
  group by grouping sets ((j.brand_id, j.network), (j.brand_id), (j.network), ())
  having count(*) > 0
  order by j.brand_id nulls first, j.network nulls first
$$;
grant execute on function public.publishing_lateness(integer) to authenticated;
comment on function public.publishing_lateness(integer) is 'Milliseconds from the promised moment to the sending, of what went out in so many days on brands the caller reads; a null brand or network stands for all. within counts posts under 1, 2, 5, 15, 60 seconds late, and later ones.';

create function public.publishing_queue() returns table(connection_id uuid, brand_id uuid, waiting integer, next_at timestamptz)
language sql stable set search_path = ''
as $$
  select j.connection_id, j.brand_id, count(*)::int, min(j.scheduled_for)
  from public.publish_jobs j
  where j.status in ('pending', 'scheduled', 'processing', 'paused')
    and j.brand_id = any ((select private.brands_with('content.view'))::uuid[])
  group by j.connection_id, j.brand_id
  order by j.connection_id
$$;
grant execute on function public.publishing_queue() to authenticated;
comment on function public.publishing_queue() is 'How many posts wait to go out through each account the caller reads, and when the first of them is due.';

create function public.recheck_job(job_id uuid) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.lock_job(recheck_job.job_id);
  item public.content_items;
  -- A look is a call of the account's: however often people ask, they get one every fifteen seconds.
  at   timestamptz := greatest(private.now(), job.last_look_at + interval '15 seconds');
begin
  if job.status <> 'outcome_unknown' then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  if job.next_look_at <= at then
    return job.next_look_at;
  end if;
  update public.publish_jobs j set next_look_at = at where j.id = job.id returning * into job;
  perform private.wake_job(job, job.next_look_at);
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.audit_post(item, 'job.rechecked', jsonb_build_object('job_id', job.id, 'version', job.version));
  return job.next_look_at;
end $$;
grant execute on function public.recheck_job(uuid) to authenticated;
comment on function public.recheck_job(uuid) is 'Looks on the platform now for a post whose answer was lost.';

create function public.refuse_connect(state text, error text, reason text default null) returns table(id uuid, brand_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states := private.own_oauth_state(refuse_connect.state);
begin
  update public.oauth_states o
  set status = 'failed', failure_code = case when refuse_connect.error = 'access_denied' then 'oauth_denied' else 'oauth_refused' end,
      failure_facts = jsonb_build_object('reason', left(refuse_connect.reason, 300))
  where o.id = attempt.id;
  return query select attempt.id, attempt.brand_id;
end $$;
grant execute on function public.refuse_connect(text, text, text) to authenticated;
comment on function public.refuse_connect(text, text, text) is 'Closes an attempt that the platform answered with an error.';

create function public.resume_publishing(scope text, id uuid) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  accounts uuid[];
  resumed  int := 0;
  changed  boolean := false;
begin
  perform private.check_pause(resume_publishing.scope, resume_publishing.id);
  accounts := array(
    select n.id from public.connections n
    where case resume_publishing.scope when 'tenant' then n.tenant_id when 'brand' then n.brand_id else n.id end = resume_publishing.id);
  perform private.lock_due_pieces(accounts);

  if resume_publishing.scope = 'tenant' then
    update public.tenants t set paused_at = null, paused_by = null, pause_reason = null
    where t.id = resume_publishing.id and t.paused_at is not null returning true into changed;
  elsif resume_publishing.scope = 'brand' then
    update public.brands b set paused_at = null, paused_by = null, pause_reason = null
    where b.id = resume_publishing.id and b.paused_at is not null returning true into changed;
  else
    update public.connections n set paused_at = null, paused_by = null, pause_reason = null
    where n.id = resume_publishing.id and n.paused_at is not null returning true into changed;
  end if;
  if not coalesce(changed, false) then
    return 0;
  end if;
  resumed := private.release_due_jobs(accounts);
  perform private.audit_pause(resume_publishing.scope, resume_publishing.id, 'publishing.resumed', jsonb_build_object('jobs', resumed));
  return resumed;
end $$;
grant execute on function public.resume_publishing(text, uuid) to authenticated;
comment on function public.resume_publishing(text, uuid) is 'Lets posts leave again; returns how many were due and now leave one after the other.';

create function public.retry_job(job_id uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  first  public.publish_jobs := private.lock_job(retry_job.job_id);
  replay public.publish_jobs;
  item public.content_items;
begin
  if first.status not in ('failed', 'dlq', 'outcome_unknown') then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', first.status));
  end if;
  if exists (select from public.publish_jobs o where o.replays = first.id) then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', first.status));
  end if;
  select * into item from public.content_items i where i.id = first.content_id;
  perform private.check_still_approved(item, first);
  if first.status = 'outcome_unknown' then
    perform graphile_worker.remove_job('publish:' || first.id);
    update public.publish_jobs j set status = 'cancelled', next_look_at = null where j.id = first.id returning * into first;
    perform private.log_job(first, 'note', 'cancelled', 'published_again');
  end if;
  insert into public.publish_jobs (tenant_id, brand_id, content_id, channel_id, connection_id, version, content_digest, idempotency_key,
    network, content_type, title, body, link, media_urls, media, fingerprint, scheduled_for, publish_at, max_attempts, replays, created_by)
  values (first.tenant_id, first.brand_id, first.content_id, first.channel_id, first.connection_id, first.version, first.content_digest,
    md5('retry:' || first.id)::uuid, first.network, first.content_type, first.title, first.body, first.link, first.media_urls, first.media, first.fingerprint,
    private.now(), first.publish_at, first.max_attempts, first.id, auth.uid()::text)
  returning * into replay;
  perform private.wake_to_send(replay);
  perform private.log_job(replay, 'queued', 'scheduled');
  item := private.roll_up(first.content_id);
  perform private.audit_post(item, 'job.retried', jsonb_build_object('job_id', first.id, 'new_job_id', replay.id, 'version', first.version));
  return replay.id;
end $$;
grant execute on function public.retry_job(uuid) to authenticated;
comment on function public.retry_job(uuid) is 'Sends again what failed, was given up, or whose outcome a person has judged. Returns the new job.';

create function public.worker_health() returns table(workers integer, last_beat_at timestamptz, due integer, oldest_due_at timestamptz)
language sql stable security definer set search_path = ''
as $$
  with mine as (
    select private.brands_with('content.view') as brands
  )
  select beats.alive, beats.latest, waiting.due, waiting.oldest
  from mine,
    lateral (
      select count(*) filter (where w.beat_at > now() - interval '10 seconds')::int as alive, max(w.beat_at) as latest
      from private.worker_heartbeats w
    ) as beats,
    lateral (
      select count(*)::int as due, min(coalesce(j.next_retry_at, j.scheduled_for)) as oldest
      from public.publish_jobs j join public.connections n on n.id = j.connection_id
      where j.status = 'scheduled' and j.scheduled_for <= private.now()
        and coalesce(j.next_retry_at, j.scheduled_for) <= private.now()
        and j.brand_id = any (mine.brands)
        and private.pause_of(n) is null
    ) as waiting
  where cardinality(mine.brands) > 0
$$;
grant execute on function public.worker_health() to authenticated;
comment on function public.worker_health() is 'How many workers said in the last ten seconds that they live, and since when the oldest post of the caller''s brands is due and not paused. No row for people without content.view anywhere.';

-- 9. Integrations ---------------------------------------------------------------------------------

create table public.social_posts (
  id               uuid         not null default gen_random_uuid(),
  brand_id         uuid         not null,
  connection_id    uuid,
  platform         varchar(50)  not null,
  platform_post_id varchar(255) not null,
  content          jsonb        not null,
  status           varchar(20)  not null,
  created_at       timestamptz  not null default private.now(),
  updated_at       timestamptz  not null default private.now(),
  constraint social_posts_pkey primary key (id),
  constraint social_posts_brand_id_platform_platform_post_id_key unique (brand_id, platform, platform_post_id),
  constraint social_posts_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint social_posts_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint social_posts_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint social_posts_status_check check (status in ('draft', 'scheduled', 'published', 'failed', 'deleted'))
);
comment on table public.social_posts is 'A post as it stands on a network, ours or not.';
comment on column public.social_posts.platform is 'The network.';
comment on column public.social_posts.content is 'The post as the network gives it.';
comment on column public.social_posts.status is 'As the network says.';

create index social_posts_brand_idx on public.social_posts (brand_id, created_at desc);
create index social_posts_connection_idx on public.social_posts (connection_id, brand_id);

create trigger touch before update on public.social_posts
  for each row execute function private.touch_updated_at();

alter table public.social_posts enable row level security;
grant select on public.social_posts to authenticated;

create policy "members with content.view" on public.social_posts for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.platform_reviews (
  id            uuid         not null default gen_random_uuid(),
  brand_id      uuid         not null,
  connection_id uuid,
  platform      varchar(50)  not null,
  review_id     varchar(255) not null,
  rating        integer,
  review_text   text,
  reviewer_name varchar(255),
  reply_text    text,
  replied_at    timestamptz,
  created_at    timestamptz  not null default private.now(),
  constraint platform_reviews_pkey primary key (id),
  constraint platform_reviews_brand_id_platform_review_id_key unique (brand_id, platform, review_id),
  constraint platform_reviews_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint platform_reviews_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint platform_reviews_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint platform_reviews_rating_check check (rating >= 1 and rating <= 5)
);
comment on table public.platform_reviews is 'A review that a customer left on a network.';
comment on column public.platform_reviews.platform is 'The network.';
comment on column public.platform_reviews.rating is 'Stars, 1 to 5; null where the network gives none.';
comment on column public.platform_reviews.replied_at is 'When the brand answered.';

create index platform_reviews_brand_idx on public.platform_reviews (brand_id, created_at desc);
create index platform_reviews_connection_idx on public.platform_reviews (connection_id, brand_id);

alter table public.platform_reviews enable row level security;
grant select on public.platform_reviews to authenticated;

create policy "members with content.view" on public.platform_reviews for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

-- What had to wait for the tables and functions above ---------------------------------------------

alter table public.content_channels add constraint content_channels_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade;

commit;
