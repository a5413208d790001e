-- 5. Analytics and metrics: what the networks counted, the goals set against it, and the advice drawn from it.
-- The worker writes what it read; people set goals and say what they think of an advice.

-- One row a post and day, or an account and day where post_id is null.
create table public.analytics_metrics (
  id            uuid primary key default gen_random_uuid(),
  brand_id      uuid not null,
  tenant_id     uuid not null,
  connection_id uuid,
  platform      varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  post_id       varchar(255),
  date          date not null,
  metrics       jsonb not null default '{}' check (jsonb_typeof(metrics) = 'object'),
  metadata      jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  source        text not null default 'api' check (source in ('api', 'import', 'legacy')),
  fetched_at    timestamptz not null default private.now(),
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  unique nulls not distinct (brand_id, platform, connection_id, post_id, date),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index analytics_metrics_day_idx on public.analytics_metrics (brand_id, date);
create index analytics_metrics_brand_tenant_idx on public.analytics_metrics (brand_id, tenant_id);
create index analytics_metrics_connection_idx on public.analytics_metrics (connection_id, brand_id);

-- What the charts read: one narrow row a brand, account and day, recomputed with every sync.
create table public.analytics_daily (
  id            uuid primary key default gen_random_uuid(),
  brand_id      uuid not null,
  tenant_id     uuid not null,
  connection_id uuid,
  platform      varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  date          date not null,
  posts         int not null default 0 check (posts >= 0),
  reach         bigint check (reach >= 0),
  impressions   bigint check (impressions >= 0),
  engagement    bigint check (engagement >= 0),
  clicks        bigint check (clicks >= 0),
  video_views   bigint check (video_views >= 0),
  followers     bigint check (followers >= 0),
  computed_at   timestamptz not null default private.now(),
  unique nulls not distinct (brand_id, platform, connection_id, date),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index analytics_daily_day_idx on public.analytics_daily (brand_id, date);
create index analytics_daily_brand_tenant_idx on public.analytics_daily (brand_id, tenant_id);
create index analytics_daily_connection_idx on public.analytics_daily (connection_id, brand_id);

create table public.analytics_sync_logs (
  id            uuid primary key default gen_random_uuid(),
  brand_id      uuid not null,
  tenant_id     uuid not null,
  connection_id uuid,
  platform      varchar(50) not null check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  sync_type     varchar(50) not null check (sync_type in ('incremental', 'historical', 'manual')),
  status        varchar(20) not null default 'pending' check (status in ('pending', 'in_progress', 'completed', 'failed')),
  items_synced  int not null default 0 check (items_synced >= 0),
  items_failed  int not null default 0 check (items_failed >= 0),
  started_at    timestamptz not null default private.now(),
  completed_at  timestamptz,
  duration_ms   int check (duration_ms >= 0),
  error_message text,
  created_at    timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  foreign key (connection_id, brand_id) references public.connections (id, brand_id) on delete cascade
);
create index analytics_sync_logs_brand_idx on public.analytics_sync_logs (brand_id, started_at desc);
create index analytics_sync_logs_brand_tenant_idx on public.analytics_sync_logs (brand_id, tenant_id);
create index analytics_sync_logs_connection_idx on public.analytics_sync_logs (connection_id, brand_id);

create table public.analytics_goals (
  id         uuid primary key default gen_random_uuid(),
  brand_id   uuid not null,
  -- Filled from the brand by trigger; the default makes it optional to insert, and its foreign key refuses it.
  tenant_id  uuid not null default '00000000-0000-0000-0000-000000000000',
  metric     varchar(100) not null check (metric in ('reach', 'impressions', 'engagement', 'engagementRate', 'clicks', 'followers', 'videoViews', 'posts')),
  target     float not null check (target > 0 and target < 1e15),
  current    float not null default 0 check (current >= 0),
  -- Days that a browser can show; infinity is none.
  deadline   timestamptz not null check (deadline >= '2000-01-01Z' and deadline < '2200-01-01Z'),
  status     varchar(20) not null default 'active' check (status in ('active', 'completed', 'failed', 'cancelled')),
  notes      text check (char_length(notes) <= 2000),
  created_by uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create index analytics_goals_brand_idx on public.analytics_goals (brand_id, status, deadline);
create index analytics_goals_brand_tenant_idx on public.analytics_goals (brand_id, tenant_id);
create index analytics_goals_created_by_idx on public.analytics_goals (created_by);

create table public.advisor_feedback (
  id              uuid primary key default gen_random_uuid(),
  brand_id        uuid not null,
  tenant_id       uuid not null default '00000000-0000-0000-0000-000000000000',
  insight_id      varchar(255) not null check (insight_id <> ''),
  category        varchar(100) not null check (category in ('content', 'timing', 'platform', 'audience', 'campaign')),
  type            varchar(100) not null check (type in ('recommendation', 'observation', 'alert', 'forecast')),
  feedback        varchar(50) not null check (feedback in ('accepted', 'rejected', 'implemented')),
  previous_weight float not null default 1.0 check (previous_weight between 0.5 and 1.5),
  new_weight      float not null default 1.0 check (new_weight between 0.5 and 1.5),
  given_by        uuid default auth.uid() references auth.users (id) on delete set null,
  created_at      timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create index advisor_feedback_weight_idx on public.advisor_feedback (brand_id, category, type, created_at desc, id desc);
create index advisor_feedback_brand_tenant_idx on public.advisor_feedback (brand_id, tenant_id);
create index advisor_feedback_given_by_idx on public.advisor_feedback (given_by);

create table public.auto_plans (
  id         uuid primary key default gen_random_uuid(),
  brand_id   uuid not null,
  tenant_id  uuid not null,
  month      date not null check (extract(day from month) = 1),
  plan_data  jsonb not null default '{}' check (jsonb_typeof(plan_data) = 'object'),
  confidence float not null default 0.75 check (confidence between 0 and 1),
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  unique (brand_id, month),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create index auto_plans_brand_tenant_idx on public.auto_plans (brand_id, tenant_id);

create trigger touch before update on public.analytics_metrics for each row execute function private.touch_updated_at();
create trigger touch before update on public.analytics_goals for each row execute function private.touch_updated_at();
create trigger touch before update on public.auto_plans for each row execute function private.touch_updated_at();

-- The agency is the brand's, never the caller's word.
create function private.stamp_tenant() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select b.tenant_id into new.tenant_id from public.brands b where b.id = new.brand_id;
  return new;
end $$;
create trigger stamp_tenant before insert on public.analytics_goals for each row execute function private.stamp_tenant();
create trigger stamp_tenant before insert on public.advisor_feedback for each row execute function private.stamp_tenant();

-- A goal is reached by the numbers, once; a new target opens it again.
create function private.judge_goal() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.status in ('active', 'completed') then
    new.status := case when new.current >= new.target then 'completed' else 'active' end;
  end if;
  return new;
end $$;
create trigger judge_goal before insert or update of current, target on public.analytics_goals
  for each row execute function private.judge_goal();

-- What was accepted weighs more from now on, what was rejected less: 0.1 a time, within 0.5 and 1.5,
-- starting from the latest. Two answers at once take turns.
create function private.weigh_feedback() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('advice:' || new.brand_id || ':' || new.category || ':' || new.type, 0));
  select f.new_weight into new.previous_weight
  from public.advisor_feedback f
  where f.brand_id = new.brand_id and f.category = new.category and f.type = new.type
  order by f.created_at desc, f.id desc limit 1;
  new.previous_weight := coalesce(new.previous_weight, 1.0);
  new.new_weight := round(least(1.5, greatest(0.5,
    new.previous_weight + case new.feedback when 'rejected' then -0.1 else 0.1 end))::numeric, 1);
  new.created_at := private.moment();
  return new;
end $$;
create trigger weigh_feedback before insert on public.advisor_feedback for each row execute function private.weigh_feedback();

-- Guards ---------------------------------------------------------------------------------------------

alter table public.analytics_metrics enable row level security;
alter table public.analytics_daily enable row level security;
alter table public.analytics_sync_logs enable row level security;
-- Afterwards, when row security has said who may set one here at all.
create function private.limit_goals() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  most constant int := private.ceiling('goals_of_a_brand');
begin
  -- One at a time, or those set at the same moment would not count each other.
  perform pg_advisory_xact_lock(hashtextextended('goal:' || new.brand_id, 0));
  if (select count(*) from public.analytics_goals g where g.brand_id = new.brand_id) > most then
    perform private.refuse('goals_too_many', jsonb_build_object('limit', most));
  end if;
  return null;
end $$;
create trigger refuse_writing_leaving after insert or update or delete on public.analytics_goals
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger refuse_writing_leaving after insert on public.advisor_feedback
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger limit_goals after insert on public.analytics_goals
  for each row when (current_user = 'authenticated'::name) execute function private.limit_goals();

alter table public.analytics_goals enable row level security;
alter table public.advisor_feedback enable row level security;
alter table public.auto_plans enable row level security;

grant select on public.analytics_metrics, public.analytics_daily, public.analytics_sync_logs, public.auto_plans to authenticated;
grant select, insert (brand_id, metric, target, deadline, notes), update (target, deadline, notes), delete
  on public.analytics_goals to authenticated;
grant select, insert (brand_id, insight_id, category, type, feedback) on public.advisor_feedback to authenticated;

create policy "members with analytics.view" on public.analytics_metrics for select to authenticated
  using (brand_id = any ((select private.brands_with('analytics.view'))::uuid[]));
create policy "members with analytics.view" on public.analytics_daily for select to authenticated
  using (brand_id = any ((select private.brands_with('analytics.view'))::uuid[]));
create policy "members with connections.view" on public.analytics_sync_logs for select to authenticated
  using (brand_id = any ((select private.brands_with('connections.view'))::uuid[]));

create policy "members with analytics.view" on public.analytics_goals for select to authenticated
  using (brand_id = any ((select private.brands_with('analytics.view'))::uuid[]));
create policy "members with goals.manage set" on public.analytics_goals for insert to authenticated
  with check (brand_id = any ((select private.brands_with('goals.manage'))::uuid[]));
create policy "members with goals.manage change" on public.analytics_goals for update to authenticated
  using (brand_id = any ((select private.brands_with('goals.manage'))::uuid[]))
  with check (brand_id = any ((select private.brands_with('goals.manage'))::uuid[]));
create policy "members with goals.manage drop" on public.analytics_goals for delete to authenticated
  using (brand_id = any ((select private.brands_with('goals.manage'))::uuid[]));

create policy "members with planning.use" on public.advisor_feedback for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));
create policy "members with planning.use say" on public.advisor_feedback for insert to authenticated
  with check (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));
create policy "members with planning.use" on public.auto_plans for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));

comment on table public.analytics_metrics is 'What a network counted for a post or an account on a day.';
comment on column public.analytics_metrics.post_id is 'The network''s id of the post; null in an account''s own row.';
comment on column public.analytics_metrics.metrics is '{"reach", "impressions", "engagement", "likes", "comments", "shares", "saves", "clicks", "followers", "videoViews", …}, whatever the network gives.';
comment on column public.analytics_metrics.connection_id is 'The account it was read from; null in rows taken over from the old product.';
comment on column public.analytics_metrics.source is 'api: read from the network; import: a person''s file; legacy: taken over from the old product.';
comment on table public.analytics_daily is 'The sums of a day for each account: what charts read, recomputed in the transaction of each sync.';
comment on table public.analytics_sync_logs is 'Each reading of metrics from a network.';
comment on function private.limit_goals() is 'Refuses a goal of a brand that has too many.';
comment on table public.analytics_goals is 'A number to reach by a day.';
comment on column public.analytics_goals.current is 'Where the number stands, by the last sync.';
comment on column public.analytics_goals.status is 'completed once current reaches target; failed when the deadline passes first.';
comment on table public.advisor_feedback is 'What people thought of an advice, and the weight that its kind has since.';
comment on column public.advisor_feedback.new_weight is 'previous_weight plus or minus 0.1, within 0.5 and 1.5; computed here, never taken from the caller.';
comment on table public.auto_plans is 'The plan made for a brand''s month.';
comment on column public.auto_plans.month is 'The month''s first day.';
comment on column public.analytics_metrics.platform is 'The network.';
comment on column public.analytics_metrics.date is 'The day the figures are of.';
comment on column public.analytics_metrics.metadata is 'What the post was: {postType, hashtags, contentCategory, utmParams}.';
comment on column public.analytics_metrics.fetched_at is 'When the network was asked.';
comment on column public.analytics_daily.platform is 'The network.';
comment on column public.analytics_daily.date is 'The day the sums are of.';
comment on column public.analytics_daily.posts is 'Posts counted in the sums.';
comment on column public.analytics_daily.computed_at is 'When the sums were made.';
comment on column public.analytics_sync_logs.platform is 'The network.';
comment on column public.analytics_sync_logs.sync_type is 'incremental: since the last; historical: the days before the account was connected; manual: asked for by a person.';
comment on column public.analytics_sync_logs.status is 'completed and failed are final.';
comment on column public.analytics_sync_logs.started_at is 'When it began.';
comment on column public.analytics_sync_logs.completed_at is 'When it ended, either way.';
comment on column public.analytics_sync_logs.duration_ms is 'From start to end.';
comment on column public.analytics_goals.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.analytics_goals.metric is 'What is counted, as analytics_metrics.metrics names it.';
comment on column public.analytics_goals.deadline is 'The instant by which the target is to be reached.';
comment on column public.advisor_feedback.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.advisor_feedback.category is 'What the advice was about.';
comment on column public.advisor_feedback.type is 'What kind of advice it was.';
comment on column public.advisor_feedback.feedback is 'accepted and implemented raise the weight, rejected lowers it.';
comment on column public.auto_plans.plan_data is '{topics, formats, bestTimes, platformMix, recommendedPostCount, contentCalendar, notes}.';
comment on column public.auto_plans.confidence is '0 to 1; how much the plan rests on figures.';
comment on function private.stamp_tenant() is 'Takes the agency from the brand.';
comment on function private.judge_goal() is 'Completes a goal whose target is reached, and opens it again when it no longer is.';
comment on function private.weigh_feedback() is 'Works out the advice''s new weight from the latest.';
