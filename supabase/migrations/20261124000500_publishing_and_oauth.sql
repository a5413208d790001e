-- 4. Publishing and OAuth: the catalogue, accounts, their sealed secrets, jobs and their log.

create table public.connector_platforms (
  id                        uuid primary key default gen_random_uuid(),
  tenant_id                 uuid references public.tenants (id) on delete cascade,
  platform_name             varchar(50) not null,
  is_enabled                boolean not null default false,
  is_beta                   boolean not null default false,
  api_version               varchar(20) not null default 'v1',
  rate_limit_requests       int not null default 60 check (rate_limit_requests > 0),
  rate_limit_window_seconds int not null default 60 check (rate_limit_window_seconds > 0),
  max_retry_attempts        int not null default 4 check (max_retry_attempts between 1 and 20),
  webhook_supported         boolean not null default false,
  scheduling_supported      boolean not null default false,
  limits                    jsonb not null default '{}',
  created_at                timestamptz not null default private.now(),
  updated_at                timestamptz not null default private.now(),
  constraint valid_platform check (platform_name in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  unique nulls not distinct (tenant_id, platform_name)
);

create table public.connections (
  id                  uuid primary key default gen_random_uuid(),
  tenant_id           uuid not null,
  brand_id            uuid not null,
  platform_id         uuid not null references public.connector_platforms (id) on delete restrict,
  platform            text not null check (platform in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  network             text not null check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  platform_user_id    varchar(255) not null,
  platform_account_id varchar(255) not null,
  display_name        varchar(255) not null,
  profile_image_url   text,
  status              varchar(50) not null default 'active' check (status in ('active', 'attention', 'suspended', 'disconnected')),
  health_status       varchar(50) not null default 'healthy' check (health_status in ('healthy', 'warning', 'critical')),
  last_health_check   timestamptz,
  health_check_error  text,
  token_expires_at    timestamptz,
  last_token_refresh  timestamptz,
  requires_reconnect  boolean not null default false,
  paused_at           timestamptz,
  paused_by           uuid references auth.users (id) on delete set null,
  pause_reason        text check (char_length(pause_reason) <= 300),
  scopes              text[] not null default '{}',
  metadata            jsonb not null default '{}',
  connected_by        uuid references auth.users (id) on delete set null,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  last_used_at        timestamptz,
  unique (brand_id, platform_id, platform_account_id),
  unique (id, brand_id),
  unique (id, tenant_id),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
-- One account may be connected to several brands.
create index connections_account_idx on public.connections (platform, platform_account_id);
create index connections_brand_tenant_idx on public.connections (brand_id, tenant_id);
create index connections_platform_idx on public.connections (platform_id);
create index connections_connected_by_idx on public.connections (connected_by);
create index connections_paused_by_idx on public.connections (paused_by);

-- One current secret of a type for a connection; a rotation raises its version. AES-256-GCM, the data key wrapped
-- by the key named key_id, bound to tenant, connection, type and version. No API role may read it, service_role included.
create table public.encrypted_secrets (
  id              uuid primary key default gen_random_uuid(),
  tenant_id       uuid not null,
  connection_id   uuid not null,
  secret_type     varchar(100) not null check (secret_type in ('access_token', 'refresh_token', 'api_key', 'webhook_secret')),
  secret_name     varchar(255) not null,
  version         int not null default 1 check (version > 0),
  key_id          text not null,
  wrapped_key     text not null,
  encrypted_value text not null,
  iv              varchar(255) not null,
  auth_tag        varchar(255) not null,
  rotated_at      timestamptz not null default private.now(),
  expires_at      timestamptz,
  metadata        jsonb not null default '{}',
  created_at      timestamptz not null default private.now(),
  unique (connection_id, secret_type, version),
  foreign key (connection_id, tenant_id) references public.connections (id, tenant_id) on delete cascade
);
create index encrypted_secrets_connection_idx on public.encrypted_secrets (connection_id, tenant_id);

create table public.oauth_states (
  id            uuid primary key default gen_random_uuid(),
  tenant_id     uuid not null,
  brand_id      uuid not null,
  user_id       uuid not null references auth.users (id) on delete cascade,
  platform      text not null check (platform in ('meta', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  state_hash    bytea not null unique check (octet_length(state_hash) = 32),
  redirect_uri  text not null,
  code          text,
  status        text not null default 'started' check (status in ('started', 'received', 'done', 'failed')),
  failure_code  text,
  failure_facts jsonb,
  connected     jsonb not null default '[]',
  expires_at    timestamptz not null,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create index oauth_states_brand_idx on public.oauth_states (brand_id, tenant_id);
create index oauth_states_user_idx on public.oauth_states (user_id);

-- One row for each account a piece goes to. NULL overrides follow the shared text.
create table public.content_channels (
  id            uuid primary key default gen_random_uuid(),
  content_id    uuid not null,
  brand_id      uuid not null,
  connection_id uuid not null,
  network       text not null check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  format        text not null default 'feed' check (format in ('feed', 'reel', 'story')),
  position      int not null default 0,
  body          text,
  first_comment text,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  unique (content_id, connection_id),
  unique (id, content_id),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade,
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index content_channels_content_idx on public.content_channels (content_id, brand_id);
create index content_channels_connection_idx on public.content_channels (connection_id, brand_id);
create index content_channels_brand_idx on public.content_channels (brand_id);

-- The record of publishing: what is to go out, who works on it until when, what was sent, what came back.
create table public.publish_jobs (
  id                 uuid primary key default gen_random_uuid(),
  tenant_id          uuid not null,
  brand_id           uuid not null,
  content_id         uuid not null,
  channel_id         uuid,
  connection_id      uuid not null,
  version            int not null,
  content_digest     text not null,
  idempotency_key    uuid not null,
  network            text not null check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  content_type       varchar(50) not null
                     check (content_type in ('text', 'link', 'image', 'carousel', 'video', 'reel', 'story', 'event', 'offer')),
  title              varchar(500),
  body               text not null,
  link               text,
  media_urls         text[] not null default '{}',
  media              jsonb not null default '[]',
  fingerprint        text not null,
  call_to_action     jsonb,
  metadata           jsonb not null default '{}',
  scheduled_for      timestamptz not null,
  publish_at         timestamptz,
  status             varchar(50) not null default 'scheduled'
                     check (status in ('pending', 'scheduled', 'processing', 'published', 'outcome_unknown', 'failed', 'dlq', 'cancelled', 'paused')),
  platform_post_id   varchar(255),
  permalink          text,
  published_at       timestamptz,
  lateness_ms        bigint,
  attempt_count      int not null default 0,
  max_attempts       int not null default 4,
  next_retry_at      timestamptz,
  last_error_code    varchar(50),
  last_error_message text,
  error_history      jsonb not null default '[]',
  dlq_reason         text,
  dlq_at             timestamptz,
  -- the lease: who works on it, until when; the fence rises with each claim and refuses whoever came before
  fence              bigint not null default 0,
  lease_token        uuid,
  lease_expires_at   timestamptz,
  leased_by          text,
  -- the intent: committed before the socket opens; while it stands, nothing may be sent again
  intent_at          timestamptz,
  first_intent_at    timestamptz,
  intent_digest      text,
  step               text,
  memo               jsonb not null default '{}',
  -- since when the platform has been processing what it was given; such a job can no longer be called back
  waiting_since      timestamptz,
  settle_until       timestamptz,
  next_look_at       timestamptz,
  last_look_at       timestamptz,
  look_count         int not null default 0,
  -- the job that a person sent again; each is replayed once, by its latest replay
  replays            uuid unique references public.publish_jobs (id) on delete set null,
  created_by         varchar(255),
  created_at         timestamptz not null default private.now(),
  updated_at         timestamptz not null default private.now(),
  unique (connection_id, idempotency_key),
  unique (id, brand_id),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade,
  foreign key (content_id, version, brand_id) references public.content_versions (content_id, version, brand_id) on delete cascade,
  foreign key (channel_id, content_id) references public.content_channels (id, content_id) on delete set null (channel_id),
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade,
  check (status <> 'published' or platform_post_id is not null),
  check (status <> 'outcome_unknown' or intent_at is not null),
  check (status <> 'processing' or (lease_token is not null and lease_expires_at is not null))
);
-- A piece has one live job for an account, whatever happens around it.
create unique index publish_jobs_one_live_idx on public.publish_jobs (content_id, connection_id)
  where status in ('pending', 'scheduled', 'processing', 'outcome_unknown', 'paused');
-- Two jobs can never claim the same post on the platform.
create unique index publish_jobs_platform_post_idx on public.publish_jobs (connection_id, platform_post_id) where platform_post_id is not null;
create index publish_jobs_found_idx on public.publish_jobs (platform_post_id) where platform_post_id is not null;
create index publish_jobs_due_idx on public.publish_jobs (status, scheduled_for) where status in ('scheduled', 'processing', 'outcome_unknown');
create index publish_jobs_next_idx on public.publish_jobs (connection_id, scheduled_for) where status = 'scheduled';
create index publish_jobs_busy_idx on public.publish_jobs (connection_id) where status in ('processing', 'outcome_unknown');
-- Without the brand, which a policy would look up there anew for each piece of a list, among the caller's hundreds.
create index publish_jobs_content_idx on public.publish_jobs (content_id, version);
create index publish_jobs_brand_idx on public.publish_jobs (brand_id, scheduled_for);
create index publish_jobs_brand_tenant_idx on public.publish_jobs (brand_id, tenant_id);
create index publish_jobs_connection_idx on public.publish_jobs (connection_id, brand_id);
create index publish_jobs_published_idx on public.publish_jobs (connection_id, published_at) where status = 'published';
create index publish_jobs_out_idx on public.publish_jobs (brand_id, published_at) where status = 'published';
create index publish_jobs_channel_idx on public.publish_jobs (channel_id, content_id);
create index publish_jobs_without_permalink_idx on public.publish_jobs (published_at) where status = 'published' and permalink is null;

create table public.publishing_logs (
  id               uuid primary key default gen_random_uuid(),
  job_id           uuid not null,
  brand_id         uuid not null,
  platform         varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  attempt          int not null default 0,
  kind             text not null check (kind in ('queued', 'attempt', 'intent', 'result', 'look', 'note')),
  step             text,
  -- queued: the job's own status; attempt: send, look; intent: committed; result and look: what came of it;
  -- note: processing there, woken by the sweep, cancelled
  status           varchar(20) not null
                   check (status in ('scheduled', 'paused', 'send', 'look', 'committed', 'published', 'retrying', 'unknown', 'failed', 'dlq', 'cancelled', 'absent', 'not_yet', 'unreadable', 'processing', 'woken')),
  platform_post_id varchar(255),
  error_code       text,
  error_message    text,
  latency_ms       int,
  created_at       timestamptz not null default private.now(),
  foreign key (job_id, brand_id) references public.publish_jobs (id, brand_id) on delete cascade
);
create index publishing_logs_job_idx on public.publishing_logs (job_id, brand_id, created_at);
create index publishing_logs_brand_idx on public.publishing_logs (brand_id, created_at desc);

create table private.worker_heartbeats (
  worker_id  text primary key,
  beat_at    timestamptz not null,
  started_at timestamptz not null,
  facts      jsonb not null default '{}'
);
alter table private.worker_heartbeats enable row level security;
comment on table private.worker_heartbeats is 'Which workers live, and when each last said so.';

create trigger touch before update on public.connector_platforms for each row execute function private.touch_updated_at();
create trigger touch before update on public.connections for each row execute function private.touch_updated_at();
create trigger touch before update on public.oauth_states for each row execute function private.touch_updated_at();
create trigger touch before update on public.content_channels for each row execute function private.touch_updated_at();
create trigger touch before update on public.publish_jobs for each row execute function private.touch_updated_at();

-- Limits are data: platforms/meta.limits.yaml. text_max counts UTF-16 units. What a format says goes before what its
-- network says; pictures heavier than a network takes are re-encoded, up to image_bytes_max.
insert into public.connector_platforms (platform_name, is_enabled, is_beta, api_version, rate_limit_requests, rate_limit_window_seconds, webhook_supported, scheduling_supported, limits)
values
  ('meta',      true,  false, 'v26.0',  200, 3600, true,  true,
   '{"app": {"requests": 40000, "window_seconds": 3600},
     "facebook": {"text_max": 63206, "images_max": 10, "image_bytes_max": 31457280,
                  "image_types": ["image/jpeg", "image/png", "image/webp", "image/gif"],
                  "formats": {
                    "video": {"video_bytes_max": 314572800, "duration_ms_min": 1000, "duration_ms_max": 2400000},
                    "reel":  {"video_bytes_max": 314572800, "duration_ms_min": 3000, "duration_ms_max": 90000,
                              "width_min": 540, "height_min": 960, "ratio_min": 0.55, "ratio_max": 0.575, "posts_per_day": 30}}},
     "instagram": {"text_max": 2200, "images_max": 10, "image_bytes_max": 31457280, "posts_per_day": 50,
                   "image_types": ["image/jpeg", "image/png", "image/webp"],
                   "formats": {
                     "image":    {"ratio_min": 0.8, "ratio_max": 1.91, "width_min": 320},
                     "carousel": {"video_bytes_max": 314572800, "duration_ms_min": 3000, "duration_ms_max": 900000, "width_min": 320},
                     "reel":     {"video_bytes_max": 314572800, "duration_ms_min": 3000, "duration_ms_max": 900000, "ratio_min": 0.01, "ratio_max": 10},
                     "story":    {"video_bytes_max": 104857600, "duration_ms_min": 3000, "duration_ms_max": 60000, "ratio_min": 0.1, "ratio_max": 10}}}}'),
  ('linkedin',  false, false, '202610', 60, 60, false, false, '{}'),
  ('tiktok',    false, false, 'v2',     6,  60, true,  false, '{}'),
  ('gbp',       false, false, 'v4',     10, 60, false, false, '{}'),
  ('mailchimp', false, false, '3.0',    60, 60, true,  true,  '{}');

-- What a piece becomes on a network: by the wish of its channel and by what it holds. Null: it cannot go there like this.
create function private.format_of(network text, wish text, has_link boolean, images int, videos int) returns text
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
comment on function private.format_of is 'text, link, image, carousel, video, reel or story; null where the network has no such post.';

alter table public.connector_platforms enable row level security;
alter table public.connections enable row level security;
alter table public.encrypted_secrets enable row level security;
alter table public.oauth_states enable row level security;
alter table public.content_channels enable row level security;
alter table public.publish_jobs enable row level security;
alter table public.publishing_logs enable row level security;
grant select on public.connector_platforms, public.connections, public.content_channels, public.publishing_logs to authenticated;
grant select (id, tenant_id, brand_id, user_id, platform, status, failure_code, failure_facts, connected, expires_at, created_at)
  on public.oauth_states to authenticated;
grant select (id, tenant_id, brand_id, content_id, channel_id, connection_id, version, content_digest, network, content_type, title,
  scheduled_for, status, platform_post_id, permalink, published_at, lateness_ms, attempt_count, max_attempts, next_retry_at,
  last_error_code, last_error_message, dlq_reason, dlq_at, intent_at, settle_until, next_look_at, last_look_at, look_count, waiting_since,
  created_at, updated_at) on public.publish_jobs to authenticated;

create policy "the catalogue, and one's own agency's overrides" on public.connector_platforms for select to authenticated
  using (tenant_id is null or tenant_id = any (array(select private.visible_tenants())));
create policy "members with connections.view" on public.connections for select to authenticated
  using (brand_id = any ((select private.brands_with('connections.view'))::uuid[]));
create policy "one's own attempts to connect" on public.oauth_states for select to authenticated
  using (user_id = (select auth.uid()) and brand_id = any ((select private.brands_with('connections.manage'))::uuid[]));
create policy "members with content.view" on public.content_channels for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view" on public.publish_jobs for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view" on public.publishing_logs for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));

comment on table public.connector_platforms is 'The platforms we speak to, with limits as data. A tenant''s row overrides the catalogue''s.';
comment on table public.connections is 'An account of a platform that a brand publishes to.';
comment on table public.encrypted_secrets is 'Sealed tokens. Granted to no role of the API; opened in the worker alone.';
comment on table public.oauth_states is 'One attempt to connect: single use, ten minutes, bound to who started it.';
comment on table public.content_channels is 'An account a piece goes to, with what differs there.';
comment on column public.content_channels.format is 'The wish: feed, reel or story. With the media it decides publish_jobs.content_type.';
comment on table public.publish_jobs is 'The record of publishing one piece to one account exactly once.';
comment on column public.publish_jobs.idempotency_key is 'Derived from the version and the account, so that a repeated call makes no second job.';
comment on column public.publish_jobs.fingerprint is 'Hash of the text as the platform gives it back; how a lost answer is looked up.';
comment on table public.publishing_logs is 'Each attempt, intent, result and look of a job.';
comment on column public.connector_platforms.tenant_id is 'The agency whose override it is; null in the catalogue''s own row.';
comment on column public.connector_platforms.platform_name is 'Instagram and Facebook are both meta.';
comment on column public.connector_platforms.api_version is 'The version we speak.';
comment on column public.connector_platforms.rate_limit_requests is 'Requests allowed in one window.';
comment on column public.connector_platforms.rate_limit_window_seconds is 'The window''s length.';
comment on column public.connector_platforms.max_retry_attempts is 'Sends before a job is given up.';
comment on column public.connector_platforms.limits is 'By network: {text_max (UTF-16 units), images_max, image_bytes_max, image_types}.';
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
comment on column public.oauth_states.platform is 'Whose dialog was opened.';
comment on column public.oauth_states.state_hash is 'SHA-256 of the state in the dialog''s address.';
comment on column public.oauth_states.code is 'The platform''s code, from its return until the worker takes it; never readable through the API.';
comment on column public.oauth_states.status is 'received: the worker exchanges the code; done and failed are final.';
comment on column public.oauth_states.failure_code is 'Why it failed: a code with a sentence in lib/sentences.';
comment on column public.oauth_states.failure_facts is 'The figures of that sentence; skipped accounts of an attempt that succeeded.';
comment on column public.oauth_states.connected is '[{connection_id, network, account_name}] of the accounts it brought.';
comment on column public.oauth_states.expires_at is 'Ten minutes after it began.';
comment on column public.content_channels.network is 'The connection''s network.';
comment on column public.content_channels.position is 'Order in the composer, from 1.';
comment on column public.content_channels.body is 'What is said there instead of the shared text; null: the shared text.';
comment on column public.content_channels.first_comment is 'A first comment of its own; null: the shared one.';
comment on column public.publish_jobs.version is 'The version it sends.';
comment on column public.publish_jobs.content_digest is 'The version''s digest; the claim refuses the job once the piece has another.';
comment on column public.publish_jobs.network is 'The connection''s network.';
comment on column public.publish_jobs.content_type is 'What kind of post it makes there.';
comment on column public.publish_jobs.media_urls is 'Paths of the pictures in the bucket.';
comment on column public.publish_jobs.media is 'The version''s media, as content_versions.media.';
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
comment on column public.publishing_logs.platform is 'The network.';
comment on column public.publishing_logs.attempt is 'The job''s attempt_count at that time.';
comment on column public.publishing_logs.kind is 'queued, then for each claim an attempt; intent before the socket opens; result or look after it; note for what happened beside.';
comment on column public.publishing_logs.step is 'The job''s step at that time.';
comment on column public.publishing_logs.status is 'queued: the job''s own status; attempt: send or look; intent: committed; result and look: what came of it; note: cancelled, processing (there) or woken (by the sweep).';
comment on column public.publishing_logs.error_code is 'A code with a sentence in lib/sentences.';
comment on column public.publishing_logs.latency_ms is 'From intent to certainty.';
comment on column private.worker_heartbeats.beat_at is 'When it last said that it lives.';
comment on column private.worker_heartbeats.started_at is 'When it first did.';
comment on column private.worker_heartbeats.facts is '{host, pid, keys: names of the keys it can open secrets with}.';
