-- 9. Integrations: posts and reviews as they stand on the networks, and each pull of them.

create table public.platform_sync_logs (
  id            uuid primary key default gen_random_uuid(),
  brand_id      uuid not null references public.brands (id) on delete cascade,
  connection_id uuid,
  platform      varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  sync_type     varchar(50) not null check (sync_type in ('full', 'incremental', 'manual')),
  status        varchar(20) not null check (status in ('running', 'success', 'failed', 'partial')),
  items_synced  int not null default 0 check (items_synced >= 0),
  started_at    timestamptz not null,
  finished_at   timestamptz,
  error_message text,
  created_at    timestamptz not null default private.now(),
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index platform_sync_logs_brand_idx on public.platform_sync_logs (brand_id, started_at desc);
create index platform_sync_logs_connection_idx on public.platform_sync_logs (connection_id, brand_id);

create table public.social_posts (
  id               uuid primary key default gen_random_uuid(),
  brand_id         uuid not null references public.brands (id) on delete cascade,
  connection_id    uuid,
  platform         varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  platform_post_id varchar(255) not null,
  content          jsonb not null,
  status           varchar(20) not null check (status in ('draft', 'scheduled', 'published', 'failed', 'deleted')),
  created_at       timestamptz not null default private.now(),
  updated_at       timestamptz not null default private.now(),
  unique (brand_id, platform, platform_post_id),
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index social_posts_brand_idx on public.social_posts (brand_id, created_at desc);
create index social_posts_connection_idx on public.social_posts (connection_id, brand_id);

create table public.platform_reviews (
  id            uuid primary key default gen_random_uuid(),
  brand_id      uuid not null references public.brands (id) on delete cascade,
  connection_id uuid,
  platform      varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  review_id     varchar(255) not null,
  rating        int check (rating between 1 and 5),
  review_text   text,
  reviewer_name varchar(255),
  reply_text    text,
  replied_at    timestamptz,
  created_at    timestamptz not null default private.now(),
  unique (brand_id, platform, review_id),
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index platform_reviews_brand_idx on public.platform_reviews (brand_id, created_at desc);
create index platform_reviews_connection_idx on public.platform_reviews (connection_id, brand_id);

create trigger touch before update on public.social_posts for each row execute function private.touch_updated_at();

alter table public.platform_sync_logs enable row level security;
alter table public.social_posts enable row level security;
alter table public.platform_reviews enable row level security;
grant select on public.platform_sync_logs, public.social_posts, public.platform_reviews to authenticated;

create policy "members with connections.view" on public.platform_sync_logs for select to authenticated
  using (brand_id = any ((select private.brands_with('connections.view'))::uuid[]));
create policy "members with content.view" on public.social_posts for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view" on public.platform_reviews for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));

comment on table public.platform_sync_logs is 'Each pull of posts, reviews or accounts from a network. Metrics have analytics_sync_logs.';
comment on table public.social_posts is 'A post as it stands on a network, ours or not.';
comment on table public.platform_reviews is 'A review that a customer left on a network.';
comment on column public.platform_reviews.rating is 'Stars, 1 to 5; null where the network gives none.';
comment on column public.platform_sync_logs.platform is 'The network.';
comment on column public.platform_sync_logs.sync_type is 'full: everything; incremental: since the last; manual: asked for by a person.';
comment on column public.platform_sync_logs.status is 'partial: some of it could not be read.';
comment on column public.platform_sync_logs.started_at is 'When it began.';
comment on column public.platform_sync_logs.finished_at is 'When it ended, either way.';
comment on column public.social_posts.platform is 'The network.';
comment on column public.social_posts.content is 'The post as the network gives it.';
comment on column public.social_posts.status is 'As the network says.';
comment on column public.platform_reviews.platform is 'The network.';
comment on column public.platform_reviews.replied_at is 'When the brand answered.';
