-- 4 of 5, made by `npm run db:export` from the catalog of a migrated database: do not edit.
-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.
begin;
set local check_function_bodies = off; -- some name tables of later files
set local search_path = '';

-- What the tables below rest on -------------------------------------------------------------------

create function private.judge_goal() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.status in ('active', 'completed') then
    new.status := case when new.current >= new.target then 'completed' else 'active' end;
  end if;
  return new;
end $$;
comment on function private.judge_goal() is 'Completes a goal whose target is reached, and opens it again when it no longer is.';

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
comment on function private.limit_goals() is 'Refuses a goal of a brand that has too many.';

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
comment on function private.weigh_feedback() is 'Works out the advice''s new weight from the latest.';

-- 5. Analytics and metrics ------------------------------------------------------------------------

create table public.analytics_metrics (
  id            uuid         not null default gen_random_uuid(),
  brand_id      uuid         not null,
  tenant_id     uuid         not null,
  connection_id uuid,
  platform      varchar(50)  not null,
  post_id       varchar(255),
  date          date         not null,
  metrics       jsonb        not null default '{}',
  metadata      jsonb        not null default '{}',
  source        text         not null default 'api',
  fetched_at    timestamptz  not null default private.now(),
  created_at    timestamptz  not null default private.now(),
  updated_at    timestamptz  not null default private.now(),
  constraint analytics_metrics_pkey primary key (id),
  constraint analytics_metrics_brand_id_platform_connection_id_post_id_d_key unique nulls not distinct (brand_id, platform, connection_id, post_id, date),
  constraint analytics_metrics_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint analytics_metrics_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint analytics_metrics_metadata_check check (jsonb_typeof(metadata) = 'object'),
  constraint analytics_metrics_metrics_check check (jsonb_typeof(metrics) = 'object'),
  constraint analytics_metrics_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint analytics_metrics_source_check check (source in ('api', 'import', 'legacy'))
);
comment on table public.analytics_metrics is 'What a network counted for a post or an account on a day.';
comment on column public.analytics_metrics.connection_id is 'The account it was read from; null in rows taken over from the old product.';
comment on column public.analytics_metrics.platform is 'The network.';
comment on column public.analytics_metrics.post_id is 'The network''s id of the post; null in an account''s own row.';
comment on column public.analytics_metrics.date is 'The day the figures are of.';
comment on column public.analytics_metrics.metrics is '{"reach", "impressions", "engagement", "likes", "comments", "shares", "saves", "clicks", "followers", "videoViews", …}, whatever the network gives.';
comment on column public.analytics_metrics.metadata is 'What the post was: {postType, hashtags, contentCategory, utmParams}.';
comment on column public.analytics_metrics.source is 'api: read from the network; import: a person''s file; legacy: taken over from the old product.';
comment on column public.analytics_metrics.fetched_at is 'When the network was asked.';

create index analytics_metrics_brand_tenant_idx on public.analytics_metrics (brand_id, tenant_id);
create index analytics_metrics_connection_idx on public.analytics_metrics (connection_id, brand_id);
create index analytics_metrics_day_idx on public.analytics_metrics (brand_id, date);

create trigger touch before update on public.analytics_metrics
  for each row execute function private.touch_updated_at();

alter table public.analytics_metrics enable row level security;
grant select on public.analytics_metrics to authenticated;

create policy "members with analytics.view" on public.analytics_metrics for select to authenticated
  using (brand_id = any (((select private.brands_with('analytics.view')))::uuid[]));

create table public.analytics_daily (
  id            uuid        not null default gen_random_uuid(),
  brand_id      uuid        not null,
  tenant_id     uuid        not null,
  connection_id uuid,
  platform      varchar(50) not null,
  date          date        not null,
  posts         integer     not null default 0,
  reach         bigint,
  impressions   bigint,
  engagement    bigint,
  clicks        bigint,
  video_views   bigint,
  followers     bigint,
  computed_at   timestamptz not null default private.now(),
  constraint analytics_daily_pkey primary key (id),
  constraint analytics_daily_brand_id_platform_connection_id_date_key unique nulls not distinct (brand_id, platform, connection_id, date),
  constraint analytics_daily_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint analytics_daily_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint analytics_daily_clicks_check check (clicks >= 0),
  constraint analytics_daily_engagement_check check (engagement >= 0),
  constraint analytics_daily_followers_check check (followers >= 0),
  constraint analytics_daily_impressions_check check (impressions >= 0),
  constraint analytics_daily_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint analytics_daily_posts_check check (posts >= 0),
  constraint analytics_daily_reach_check check (reach >= 0),
  constraint analytics_daily_video_views_check check (video_views >= 0)
);
comment on table public.analytics_daily is 'The sums of a day for each account: what charts read, recomputed in the transaction of each sync.';
comment on column public.analytics_daily.platform is 'The network.';
comment on column public.analytics_daily.date is 'The day the sums are of.';
comment on column public.analytics_daily.posts is 'Posts counted in the sums.';
comment on column public.analytics_daily.computed_at is 'When the sums were made.';

create index analytics_daily_brand_tenant_idx on public.analytics_daily (brand_id, tenant_id);
create index analytics_daily_connection_idx on public.analytics_daily (connection_id, brand_id);
create index analytics_daily_day_idx on public.analytics_daily (brand_id, date);

alter table public.analytics_daily enable row level security;
grant select on public.analytics_daily to authenticated;

create policy "members with analytics.view" on public.analytics_daily for select to authenticated
  using (brand_id = any (((select private.brands_with('analytics.view')))::uuid[]));

create table public.analytics_sync_logs (
  id            uuid        not null default gen_random_uuid(),
  brand_id      uuid        not null,
  tenant_id     uuid        not null,
  connection_id uuid,
  platform      varchar(50) not null,
  sync_type     varchar(50) not null,
  status        varchar(20) not null default 'pending',
  items_synced  integer     not null default 0,
  items_failed  integer     not null default 0,
  started_at    timestamptz not null default private.now(),
  completed_at  timestamptz,
  duration_ms   integer,
  error_message text,
  created_at    timestamptz not null default private.now(),
  constraint analytics_sync_logs_pkey primary key (id),
  constraint analytics_sync_logs_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint analytics_sync_logs_connection_id_brand_id_fkey foreign key (connection_id, brand_id) references public.connections(id, brand_id) on delete cascade,
  constraint analytics_sync_logs_duration_ms_check check (duration_ms >= 0),
  constraint analytics_sync_logs_items_failed_check check (items_failed >= 0),
  constraint analytics_sync_logs_items_synced_check check (items_synced >= 0),
  constraint analytics_sync_logs_platform_check check (platform in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp')),
  constraint analytics_sync_logs_status_check check (status in ('pending', 'in_progress', 'completed', 'failed')),
  constraint analytics_sync_logs_sync_type_check check (sync_type in ('incremental', 'historical', 'manual'))
);
comment on table public.analytics_sync_logs is 'Each reading of metrics from a network.';
comment on column public.analytics_sync_logs.platform is 'The network.';
comment on column public.analytics_sync_logs.sync_type is 'incremental: since the last; historical: the days before the account was connected; manual: asked for by a person.';
comment on column public.analytics_sync_logs.status is 'completed and failed are final.';
comment on column public.analytics_sync_logs.started_at is 'When it began.';
comment on column public.analytics_sync_logs.completed_at is 'When it ended, either way.';
comment on column public.analytics_sync_logs.duration_ms is 'From start to end.';

create index analytics_sync_logs_brand_idx on public.analytics_sync_logs (brand_id, started_at desc);
create index analytics_sync_logs_brand_tenant_idx on public.analytics_sync_logs (brand_id, tenant_id);
create index analytics_sync_logs_connection_idx on public.analytics_sync_logs (connection_id, brand_id);

alter table public.analytics_sync_logs enable row level security;
grant select on public.analytics_sync_logs to authenticated;

create policy "members with connections.view" on public.analytics_sync_logs for select to authenticated
  using (brand_id = any (((select private.brands_with('connections.view')))::uuid[]));

create table public.analytics_goals (
  id         uuid             not null default gen_random_uuid(),
  brand_id   uuid             not null,
  tenant_id  uuid             not null default '00000000-0000-0000-0000-000000000000',
  metric     varchar(100)     not null,
  target     double precision not null,
  current    double precision not null default 0,
  deadline   timestamptz      not null,
  status     varchar(20)      not null default 'active',
  notes      text,
  created_by uuid             default auth.uid(),
  created_at timestamptz      not null default private.now(),
  updated_at timestamptz      not null default private.now(),
  constraint analytics_goals_pkey primary key (id),
  constraint analytics_goals_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint analytics_goals_created_by_fkey foreign key (created_by) references auth.users(id) on delete set null,
  constraint analytics_goals_current_check check (current >= 0::double precision),
  constraint analytics_goals_deadline_check check (deadline >= '2000-01-01 00:00:00+00'::timestamptz and deadline < '2200-01-01 00:00:00+00'::timestamptz),
  constraint analytics_goals_metric_check check (metric in ('reach', 'impressions', 'engagement', 'engagementRate', 'clicks', 'followers', 'videoViews', 'posts')),
  constraint analytics_goals_notes_check check (char_length(notes) <= 2000),
  constraint analytics_goals_status_check check (status in ('active', 'completed', 'failed', 'cancelled')),
  constraint analytics_goals_target_check check (target > 0::double precision and target < '1000000000000000'::numeric::double precision)
);
comment on table public.analytics_goals is 'A number to reach by a day.';
comment on column public.analytics_goals.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.analytics_goals.metric is 'What is counted, as analytics_metrics.metrics names it.';
comment on column public.analytics_goals.current is 'Where the number stands, by the last sync.';
comment on column public.analytics_goals.deadline is 'The instant by which the target is to be reached.';
comment on column public.analytics_goals.status is 'completed once current reaches target; failed when the deadline passes first.';

create index analytics_goals_brand_idx on public.analytics_goals (brand_id, status, deadline);
create index analytics_goals_brand_tenant_idx on public.analytics_goals (brand_id, tenant_id);
create index analytics_goals_created_by_idx on public.analytics_goals (created_by);

create trigger goal_met after insert or update of status, current, target on public.analytics_goals
  for each row when (new.status::text = 'completed') execute function private.earn_milestone('goal_met');
create trigger judge_goal before insert or update of current, target on public.analytics_goals
  for each row execute function private.judge_goal();
create trigger limit_goals after insert on public.analytics_goals
  for each row when (current_user = 'authenticated'::name) execute function private.limit_goals();
create trigger refuse_writing_leaving after insert or delete or update on public.analytics_goals
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger stamp_tenant before insert on public.analytics_goals
  for each row execute function private.stamp_tenant();
create trigger touch before update on public.analytics_goals
  for each row execute function private.touch_updated_at();

alter table public.analytics_goals enable row level security;
grant select, insert (brand_id, metric, target, deadline, notes), update (target, deadline, notes), delete on public.analytics_goals to authenticated;

create policy "members with analytics.view" on public.analytics_goals for select to authenticated
  using (brand_id = any (((select private.brands_with('analytics.view')))::uuid[]));
create policy "members with goals.manage change" on public.analytics_goals for update to authenticated
  using (brand_id = any (((select private.brands_with('goals.manage')))::uuid[]))
  with check (brand_id = any (((select private.brands_with('goals.manage')))::uuid[]));
create policy "members with goals.manage drop" on public.analytics_goals for delete to authenticated
  using (brand_id = any (((select private.brands_with('goals.manage')))::uuid[]));
create policy "members with goals.manage set" on public.analytics_goals for insert to authenticated
  with check (brand_id = any (((select private.brands_with('goals.manage')))::uuid[]));

create table public.advisor_feedback (
  id              uuid             not null default gen_random_uuid(),
  brand_id        uuid             not null,
  tenant_id       uuid             not null default '00000000-0000-0000-0000-000000000000',
  insight_id      varchar(255)     not null,
  category        varchar(100)     not null,
  type            varchar(100)     not null,
  feedback        varchar(50)      not null,
  previous_weight double precision not null default 1.0,
  new_weight      double precision not null default 1.0,
  given_by        uuid             default auth.uid(),
  created_at      timestamptz      not null default private.now(),
  constraint advisor_feedback_pkey primary key (id),
  constraint advisor_feedback_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint advisor_feedback_given_by_fkey foreign key (given_by) references auth.users(id) on delete set null,
  constraint advisor_feedback_category_check check (category in ('content', 'timing', 'platform', 'audience', 'campaign')),
  constraint advisor_feedback_feedback_check check (feedback in ('accepted', 'rejected', 'implemented')),
  constraint advisor_feedback_insight_id_check check (insight_id::text <> ''),
  constraint advisor_feedback_new_weight_check check (new_weight >= 0.5::double precision and new_weight <= 1.5::double precision),
  constraint advisor_feedback_previous_weight_check check (previous_weight >= 0.5::double precision and previous_weight <= 1.5::double precision),
  constraint advisor_feedback_type_check check (type in ('recommendation', 'observation', 'alert', 'forecast'))
);
comment on table public.advisor_feedback is 'What people thought of an advice, and the weight that its kind has since.';
comment on column public.advisor_feedback.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.advisor_feedback.category is 'What the advice was about.';
comment on column public.advisor_feedback.type is 'What kind of advice it was.';
comment on column public.advisor_feedback.feedback is 'accepted and implemented raise the weight, rejected lowers it.';
comment on column public.advisor_feedback.new_weight is 'previous_weight plus or minus 0.1, within 0.5 and 1.5; computed here, never taken from the caller.';

create index advisor_feedback_brand_tenant_idx on public.advisor_feedback (brand_id, tenant_id);
create index advisor_feedback_given_by_idx on public.advisor_feedback (given_by);
create index advisor_feedback_weight_idx on public.advisor_feedback (brand_id, category, type, created_at desc, id desc);

create trigger refuse_writing_leaving after insert on public.advisor_feedback
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger stamp_tenant before insert on public.advisor_feedback
  for each row execute function private.stamp_tenant();
create trigger weigh_feedback before insert on public.advisor_feedback
  for each row execute function private.weigh_feedback();

alter table public.advisor_feedback enable row level security;
grant select, insert (brand_id, insight_id, category, type, feedback) on public.advisor_feedback to authenticated;

create policy "members with planning.use" on public.advisor_feedback for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));
create policy "members with planning.use say" on public.advisor_feedback for insert to authenticated
  with check (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

create table public.auto_plans (
  id         uuid             not null default gen_random_uuid(),
  brand_id   uuid             not null,
  tenant_id  uuid             not null,
  month      date             not null,
  plan_data  jsonb            not null default '{}',
  confidence double precision not null default 0.75,
  created_at timestamptz      not null default private.now(),
  updated_at timestamptz      not null default private.now(),
  constraint auto_plans_pkey primary key (id),
  constraint auto_plans_brand_id_month_key unique (brand_id, month),
  constraint auto_plans_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint auto_plans_confidence_check check (confidence >= 0::double precision and confidence <= 1::double precision),
  constraint auto_plans_month_check check (extract(day from month) = 1::numeric),
  constraint auto_plans_plan_data_check check (jsonb_typeof(plan_data) = 'object')
);
comment on table public.auto_plans is 'The plan made for a brand''s month.';
comment on column public.auto_plans.month is 'The month''s first day.';
comment on column public.auto_plans.plan_data is '{topics, formats, bestTimes, platformMix, recommendedPostCount, contentCalendar, notes}.';
comment on column public.auto_plans.confidence is '0 to 1; how much the plan rests on figures.';

create index auto_plans_brand_tenant_idx on public.auto_plans (brand_id, tenant_id);

create trigger touch before update on public.auto_plans
  for each row execute function private.touch_updated_at();

alter table public.auto_plans enable row level security;
grant select on public.auto_plans to authenticated;

create policy "members with planning.use" on public.auto_plans for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

-- 6. Approvals and workflows ----------------------------------------------------------------------

create table public.workflow_templates (
  id         uuid        not null default gen_random_uuid(),
  brand_id   uuid        not null,
  name       text        not null,
  mode       text        not null default 'custom',
  steps      jsonb       not null,
  is_default boolean     not null default false,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint workflow_templates_pkey primary key (id),
  constraint workflow_templates_id_brand_id_key unique (id, brand_id),
  constraint workflow_templates_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint workflow_templates_mode_check check (mode in ('none', 'internal', 'client', 'internal_client', 'custom')),
  constraint workflow_templates_name_check check (char_length(name) >= 1 and char_length(name) <= 80),
  constraint workflow_templates_steps_check check (jsonb_typeof(steps) = 'array')
);
comment on table public.workflow_templates is 'Who must say yes, in order. The default one is the brand''s mode.';
comment on column public.workflow_templates.mode is 'Which of the modes a brand can choose it is; custom: steps of its own.';
comment on column public.workflow_templates.steps is '[{key, audience internal|client, quorum any|all, deadline_hours}] in order; none means the author''s submission approves.';

create index workflow_templates_brand_idx on public.workflow_templates (brand_id);
create unique index workflow_templates_default_idx on public.workflow_templates (brand_id) where is_default;

create trigger touch before update on public.workflow_templates
  for each row execute function private.touch_updated_at();

alter table public.workflow_templates enable row level security;
grant select on public.workflow_templates to authenticated;

create policy "members with content.view" on public.workflow_templates for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.workflow_instances (
  id           uuid        not null default gen_random_uuid(),
  template_id  uuid,
  brand_id     uuid        not null,
  content_id   uuid        not null,
  version      integer     not null,
  status       text        not null default 'active',
  current_step integer     not null default 0,
  steps        jsonb       not null,
  context      jsonb       not null default '{}',
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint workflow_instances_pkey primary key (id),
  constraint workflow_instances_content_id_version_key unique (content_id, version),
  constraint workflow_instances_id_brand_id_key unique (id, brand_id),
  constraint workflow_instances_content_id_version_brand_id_fkey foreign key (content_id, version, brand_id) references public.content_versions(content_id, version, brand_id) on delete cascade,
  constraint workflow_instances_template_id_brand_id_fkey foreign key (template_id, brand_id) references public.workflow_templates(id, brand_id) on delete set null (template_id),
  constraint workflow_instances_status_check check (status in ('active', 'completed', 'cancelled')),
  constraint workflow_instances_steps_check check (jsonb_typeof(steps) = 'array')
);
comment on table public.workflow_instances is 'The way of one version through its steps, which it keeps though the template changes.';
comment on column public.workflow_instances.version is 'The version under way.';
comment on column public.workflow_instances.status is 'cancelled: an edit, a withdrawal or a no ended it.';
comment on column public.workflow_instances.current_step is 'Position in steps, from 0; the number of steps once it is completed.';
comment on column public.workflow_instances.steps is 'The template''s steps when it began.';
comment on column public.workflow_instances.context is 'What else the steps need.';

create index workflow_instances_brand_idx on public.workflow_instances (brand_id, status);
create unique index workflow_instances_one_active_idx on public.workflow_instances (content_id) where status = 'active';
create index workflow_instances_template_idx on public.workflow_instances (template_id, brand_id);
create index workflow_instances_version_idx on public.workflow_instances (content_id, version, brand_id);

create trigger touch before update on public.workflow_instances
  for each row execute function private.touch_updated_at();

alter table public.workflow_instances enable row level security;
grant select on public.workflow_instances to authenticated;

create policy "members with content.view" on public.workflow_instances for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.workflow_notifications (
  id          uuid        not null default gen_random_uuid(),
  instance_id uuid,
  brand_id    uuid        not null,
  content_id  uuid,
  user_id     uuid        not null,
  type        text        not null,
  message     text        not null,
  read_at     timestamptz,
  created_at  timestamptz not null default private.now(),
  constraint workflow_notifications_pkey primary key (id),
  constraint workflow_notifications_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint workflow_notifications_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint workflow_notifications_instance_id_brand_id_fkey foreign key (instance_id, brand_id) references public.workflow_instances(id, brand_id) on delete cascade,
  constraint workflow_notifications_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint workflow_notifications_type_check check (type in ('assignment', 'stage_change', 'reminder', 'escalation', 'completion', 'timeout', 'publish_failed', 'outcome_unknown', 'published', 'comment', 'connection_attention'))
);
comment on table public.workflow_notifications is 'A person''s inbox.';
comment on column public.workflow_notifications.type is 'What it tells of; decides its icon and its place.';
comment on column public.workflow_notifications.read_at is 'When the person read it; null while it is new.';

create index workflow_notifications_brand_idx on public.workflow_notifications (brand_id);
create index workflow_notifications_content_idx on public.workflow_notifications (content_id, brand_id);
create index workflow_notifications_inbox_idx on public.workflow_notifications (user_id, created_at desc, id desc);
create index workflow_notifications_instance_idx on public.workflow_notifications (instance_id, brand_id);
create index workflow_notifications_unread_idx on public.workflow_notifications (user_id) where read_at is null;

alter table public.workflow_notifications enable row level security;
grant select, update (read_at) on public.workflow_notifications to authenticated;

create policy "own inbox, of brands one is on" on public.workflow_notifications for select to authenticated
  using (
    user_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  );
create policy "own inbox, to mark read" on public.workflow_notifications for update to authenticated
  using (
    user_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  )
  with check (
    user_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  );

create table public.approval_requests (
  id           uuid        not null default gen_random_uuid(),
  brand_id     uuid        not null,
  post_id      uuid        not null,
  instance_id  uuid        not null,
  version      integer     not null,
  step         integer     not null,
  audience     text        not null,
  requested_by uuid,
  assigned_to  uuid,
  priority     varchar(20) not null default 'normal',
  deadline     timestamptz,
  status       varchar(20) not null default 'pending',
  opened_at    timestamptz,
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint approval_requests_pkey primary key (id),
  constraint approval_requests_id_brand_id_key unique (id, brand_id),
  constraint approval_requests_instance_id_step_assigned_to_key unique nulls not distinct (instance_id, step, assigned_to),
  constraint approval_requests_assigned_to_fkey foreign key (assigned_to) references auth.users(id) on delete cascade,
  constraint approval_requests_instance_id_brand_id_fkey foreign key (instance_id, brand_id) references public.workflow_instances(id, brand_id) on delete cascade,
  constraint approval_requests_post_id_brand_id_fkey foreign key (post_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint approval_requests_requested_by_fkey foreign key (requested_by) references auth.users(id) on delete set null,
  constraint approval_requests_audience_check check (audience in ('internal', 'client')),
  constraint approval_requests_priority_check check (priority in ('low', 'normal', 'high')),
  constraint approval_requests_status_check check (status in ('pending', 'approved', 'rejected', 'changes_requested', 'cancelled'))
);
comment on table public.approval_requests is 'Who was asked to decide on a version, in which step.';
comment on column public.approval_requests.version is 'The version asked about.';
comment on column public.approval_requests.step is 'Position in the instance''s steps, from 0.';
comment on column public.approval_requests.audience is 'internal: staff; client: the client''s approvers.';
comment on column public.approval_requests.priority is 'How urgent it is.';
comment on column public.approval_requests.deadline is 'When a reminder is due; silence never decides.';
comment on column public.approval_requests.status is 'What the person decided; cancelled: the step ended without them.';
comment on column public.approval_requests.opened_at is 'When the person first opened the piece.';

create index approval_requests_assigned_idx on public.approval_requests (assigned_to, status);
create index approval_requests_brand_idx on public.approval_requests (brand_id, status, created_at);
create index approval_requests_instance_idx on public.approval_requests (instance_id, brand_id);
create index approval_requests_post_idx on public.approval_requests (post_id, brand_id);
create index approval_requests_requested_by_idx on public.approval_requests (requested_by);

create trigger touch before update on public.approval_requests
  for each row execute function private.touch_updated_at();

alter table public.approval_requests enable row level security;
grant select on public.approval_requests to authenticated;

create policy "members with content.view; clients what they were asked" on public.approval_requests for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('content.view')))::uuid[]))
    or audience = 'client' and (brand_id = any (((select private.brands_with('content.view_shared')))::uuid[]))
  );

create table public.post_approvals (
  id               uuid        not null default gen_random_uuid(),
  brand_id         uuid        not null,
  post_id          uuid        not null,
  version          integer     not null,
  content_digest   text        not null,
  step             integer,
  audience         text        not null,
  status           text        not null,
  decided_by       uuid,
  comment          text,
  created_at       timestamptz not null default private.now(),
  updated_at       timestamptz not null default private.now(),
  approved_at      timestamptz generated always as (
case
    when status = 'approved' then created_at
    else null::timestamptz
end) stored,
  approved_by      uuid        generated always as (
case
    when status = 'approved' then decided_by
    else null::uuid
end) stored,
  rejected_at      timestamptz generated always as (
case
    when status in ('rejected', 'changes_requested') then created_at
    else null::timestamptz
end) stored,
  rejected_by      uuid        generated always as (
case
    when status in ('rejected', 'changes_requested') then decided_by
    else null::uuid
end) stored,
  rejection_reason text        generated always as (
case
    when status in ('rejected', 'changes_requested') then comment
    else null::text
end) stored,
  locked           boolean     generated always as (status = 'approved') stored,
  constraint post_approvals_pkey primary key (id),
  constraint post_approvals_id_brand_id_key unique (id, brand_id),
  constraint post_approvals_post_id_version_brand_id_fkey foreign key (post_id, version, brand_id) references public.content_versions(content_id, version, brand_id) on delete cascade,
  constraint post_approvals_audience_check check (audience in ('internal', 'client')),
  constraint post_approvals_comment_check check (char_length(comment) <= 4000),
  constraint post_approvals_status_check check (status in ('approved', 'rejected', 'changes_requested', 'held'))
);
comment on table public.post_approvals is 'Decisions on exactly what was seen (version and digest). Append-only.';
comment on column public.post_approvals.version is 'The version decided on.';
comment on column public.post_approvals.content_digest is 'Its digest: what was seen.';
comment on column public.post_approvals.step is 'Position in the instance''s steps; null outside of one, as for a hold.';
comment on column public.post_approvals.audience is 'Whose yes or no it is: the agency''s, or the client''s.';
comment on column public.post_approvals.status is 'held: the client stops an approved piece; approved after it lets it go again.';
comment on column public.post_approvals.decided_by is 'The person, kept as an id when the person is deleted.';
comment on column public.post_approvals.approved_at is 'created_at of a yes.';
comment on column public.post_approvals.approved_by is 'decided_by of a yes.';
comment on column public.post_approvals.rejected_at is 'created_at of a no or a wish for changes.';
comment on column public.post_approvals.rejected_by is 'decided_by of a no or a wish for changes.';
comment on column public.post_approvals.rejection_reason is 'comment of a no or a wish for changes.';
comment on column public.post_approvals.locked is 'Whether it is a yes. The seal itself is the digest.';

create index post_approvals_brand_idx on public.post_approvals (brand_id, created_at desc);
create index post_approvals_post_idx on public.post_approvals (post_id, version, brand_id);

create trigger append_only before update on public.post_approvals
  for each row execute function private.refuse_change();
create trigger first_approval after insert on public.post_approvals
  for each row when (new.status = 'approved') execute function private.earn_milestone('first_approval');

alter table public.post_approvals enable row level security;
grant select on public.post_approvals to authenticated;

create policy "members with content.view; clients the client's decisions" on public.post_approvals for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('content.view')))::uuid[]))
    or audience = 'client' and (brand_id = any (((select private.brands_with('content.view_shared')))::uuid[]))
  );

-- 6. Approvals and workflows: functions -----------------------------------------------------------

create function private.advance(item public.content_items, instance public.workflow_instances) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  step jsonb := instance.steps -> instance.current_step;
  next public.workflow_instances;
begin
  if step ->> 'quorum' = 'all' and exists (
    select from public.approval_requests r
    where r.instance_id = instance.id and r.step = instance.current_step and r.status = 'pending'
  ) then
    return item;
  end if;
  update public.approval_requests r set status = 'cancelled'
  where r.instance_id = instance.id and r.step = instance.current_step and r.status = 'pending';
  update public.workflow_instances w set current_step = w.current_step + 1 where w.id = instance.id returning * into next;
  item := private.open_step(item, next);
  if item.status in ('approved', 'scheduled') then
    perform private.tell_author(item, 'approved', null);
  end if;
  return item;
end $$;

create function private.ask_step(item public.content_items, instance public.workflow_instances) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  current jsonb := instance.steps -> instance.current_step;
  lane    text  := current ->> 'audience';
  needed  text  := private.permission_to_decide(lane);
  asked   public.approval_requests;
  address text;
begin
  for asked in
    insert into public.approval_requests as r (brand_id, post_id, instance_id, version, step, audience, requested_by, assigned_to, deadline)
    select item.brand_id, item.id, instance.id, item.version, instance.current_step, lane, auth.uid(), m.user_id,
      private.now() + make_interval(hours => coalesce((current ->> 'deadline_hours')::int, 48))
    from public.brand_members m
    join private.role_permissions p on p.role = m.role and p.permission = needed
    join public.brands b on b.id = m.brand_id
    where m.brand_id = item.brand_id
      and (lane = 'client' or b.self_approval or m.user_id not in (
        select w from unnest(array[item.created_by, (select v.submitted_by from public.content_versions v where v.content_id = item.id and v.version = item.version)]) as w
        where w is not null))
    -- Whoever is taken off the brand at this moment is asked no more, or handed over there.
    for share of m
    on conflict (instance_id, step, assigned_to) do update
    set status = 'pending', requested_by = excluded.requested_by, deadline = excluded.deadline
    where r.status = 'cancelled'
    returning *
  loop
    perform private.notify_person(item, asked.assigned_to, 'assignment', private.slug_of(item) || ' waits for your yes.');
    if lane = 'client' and private.wants_mail(asked.assigned_to, item.brand_id, 'approvalsNeeded') then
      select u.email into address from auth.users u where u.id = asked.assigned_to;
      perform private.queue_email(item.tenant_id, item.brand_id, address, asked.assigned_to, 'approval_request',
        private.post_mail_facts(item), 'approval_request:' || asked.id, null, item.id);
    end if;
  end loop;
  return exists (
    select from public.approval_requests r
    where r.instance_id = instance.id and r.step = instance.current_step and r.status = 'pending');
end $$;

create function private.complete(item public.content_items, instance public.workflow_instances) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  done public.content_items;
begin
  update public.workflow_instances w set status = 'completed' where w.id = instance.id;
  update public.content_items i
  set status = 'approved', approved_by = auth.uid(), approved_at = private.now(), held_at = null
  where i.id = item.id returning * into done;
  update public.content_versions v set client_status = 'approved' where v.content_id = done.id and v.version = done.version;
  if exists (select from public.scheduled_content s where s.content_id = done.id and s.status = 'scheduled') then
    if done.scheduled_for > private.now() then
      return private.queue_jobs(done);
    end if;
    -- The yes came after the planned time: nothing goes out late by surprise.
    update public.scheduled_content s set status = 'missed' where s.content_id = done.id and s.status = 'scheduled';
    update public.content_items i set scheduled_for = null where i.id = done.id returning * into done;
    update public.content_versions v set scheduled_at = null, local_time = null, time_zone = null
    where v.content_id = done.id and v.version = done.version;
    perform private.notify_brand(done, 'publishing.schedule', 'timeout',
      private.slug_of(done) || ' was approved after its planned time. Choose a new one.');
  end if;
  return done;
end $$;

create function private.decide_hold(item public.content_items, version public.content_versions, seen_digest text, outcome text, comment text) returns public.post_approvals
language plpgsql security definer set search_path = ''
as $$
declare
  decision public.post_approvals;
begin
  if not private.can(item.brand_id, 'approvals.hold') then
    perform private.refuse('decision_not_yours');
  end if;
  -- A held post fails where its account is disconnected: the hold can still be lifted.
  if item.status not in ('approved', 'scheduled') and (item.status <> 'failed' or item.held_at is null)
     or (decide_hold.outcome = 'held') = (item.held_at is not null) or decide_hold.outcome = 'rejected' then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if decide_hold.seen_digest is distinct from item.content_digest then
    perform private.refuse('content_changed', jsonb_build_object('version', item.version));
  end if;
  insert into public.post_approvals (brand_id, post_id, version, content_digest, audience, status, decided_by, comment, created_at)
  values (item.brand_id, item.id, item.version, item.content_digest, 'client', decide_hold.outcome, auth.uid(), decide_hold.comment, private.now())
  returning * into decision;

  if decide_hold.outcome = 'held' then
    update public.content_items i set held_at = private.now() where i.id = item.id;
    update public.publish_jobs j set status = 'paused' where j.content_id = item.id and j.status = 'scheduled';
    update public.content_versions v set client_status = 'held' where v.content_id = item.id and v.version = item.version;
    perform private.notify_brand(item, 'publishing.schedule', 'stage_change', 'The client holds ' || private.slug_of(item) || '. It does not go out.', auth.uid());
  elsif decide_hold.outcome = 'changes_requested' then
    perform private.cancel_jobs(item.id);
    update public.content_versions v set client_status = 'changes_requested' where v.content_id = item.id and v.version = item.version;
    update public.content_items i
    set status = 'changes_requested', held_at = null, approved_by = null, approved_at = null
    where i.id = item.id returning * into item;
    perform private.tell_author(item, 'changes_requested', decide_hold.comment);
  elsif item.status = 'failed' then
    update public.content_items i set held_at = null where i.id = item.id;
    update public.content_versions v set client_status = 'failed' where v.content_id = item.id and v.version = item.version;
  else
    update public.content_items i set held_at = null where i.id = item.id returning * into item;
    update public.content_versions v set client_status = 'approved' where v.content_id = item.id and v.version = item.version;
    perform private.cancel_jobs(item.id);
    if item.scheduled_for > private.now() then
      perform private.queue_jobs(item);
    else
      update public.scheduled_content s set status = 'missed' where s.content_id = item.id and s.status = 'scheduled';
      update public.content_items i set status = 'approved', scheduled_for = null where i.id = item.id;
      update public.content_versions v set scheduled_at = null, local_time = null, time_zone = null
      where v.content_id = item.id and v.version = item.version;
    end if;
  end if;
  perform private.audit_post(item, 'approval.' || case when decide_hold.outcome = 'approved' then 'released' else decide_hold.outcome end,
    jsonb_build_object('version', decision.version, 'digest', decision.content_digest, 'audience', 'client'));
  return decision;
end $$;

create function private.hand_over(brand_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  item     public.content_items;
  instance public.workflow_instances;
  stranded int := 0;
begin
  for item in
    select i.* from public.content_items i
    where i.id in (
      select r.post_id from public.approval_requests r
      where r.brand_id = hand_over.brand_id and r.assigned_to = hand_over.user_id and r.status = 'pending'
        and not private.person_can(hand_over.user_id, hand_over.brand_id, private.permission_to_decide(r.audience)))
    order by i.id for update
  loop
    update public.approval_requests r set status = 'cancelled'
    where r.post_id = item.id and r.assigned_to = hand_over.user_id and r.status = 'pending';
    select * into instance from public.workflow_instances w where w.content_id = item.id and w.status = 'active';
    if found and not private.ask_step(item, instance) then
      stranded := stranded + 1;
    end if;
  end loop;
  if stranded > 0 then
    perform private.refuse('member_last_approver', jsonb_build_object('posts', stranded,
      'name', (select p.display_name from public.profiles p where p.user_id = hand_over.user_id)));
  end if;
end $$;

create function private.mode_steps(mode text) returns jsonb
language sql immutable set search_path = ''
as $$
  select case mode_steps.mode
    when 'none' then '[]'::jsonb
    when 'internal' then '[{"key": "internal", "audience": "internal", "quorum": "any", "deadline_hours": 24}]'
    when 'client' then '[{"key": "client", "audience": "client", "quorum": "any", "deadline_hours": 48}]'
    when 'internal_client' then '[{"key": "internal", "audience": "internal", "quorum": "any", "deadline_hours": 24}, {"key": "client", "audience": "client", "quorum": "any", "deadline_hours": 48}]'
  end
$$;

create function private.open_step(item public.content_items, instance public.workflow_instances) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  step jsonb := instance.steps -> instance.current_step;
  lane text  := step ->> 'audience';
begin
  if step is null then
    if jsonb_array_length(instance.steps) = 0 then
      insert into public.post_approvals (brand_id, post_id, version, content_digest, audience, status, decided_by, created_at)
      values (item.brand_id, item.id, item.version, item.content_digest, 'internal', 'approved', auth.uid(), private.now());
    end if;
    return private.complete(item, instance);
  end if;

  if not private.ask_step(item, instance) then
    perform private.refuse(case when lane = 'client' then 'no_client_approver' else 'no_internal_approver' end);
  end if;

  if lane = 'client' then
    update public.content_versions v set shared_at = coalesce(v.shared_at, private.now())
    where v.content_id = item.id and v.version = item.version;
    update public.media_assets a set shared_at = coalesce(a.shared_at, private.now())
    where a.brand_id = item.brand_id and item.content -> 'media' ? a.id::text;
  end if;
  return item;
end $$;

create function private.permission_to_decide(audience text) returns text
language sql immutable set search_path = ''
as $$
  select case permission_to_decide.audience when 'client' then 'approvals.decide_client' else 'approvals.decide_internal' end
$$;

create function private.send_back(item public.content_items, instance public.workflow_instances, decision public.post_approvals) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  back public.content_items;
begin
  update public.workflow_instances w set status = 'cancelled' where w.id = instance.id;
  update public.approval_requests r set status = 'cancelled' where r.instance_id = instance.id and r.status = 'pending';
  update public.content_versions v set client_status = decision.status
  where v.content_id = item.id and v.version = item.version and v.shared_at is not null;
  update public.content_items i set status = 'changes_requested' where i.id = item.id returning * into back;
  perform private.tell_author(back, 'changes_requested', decision.comment);
  return back;
end $$;

create function public.decide_approval(post_id uuid, seen_digest text, outcome text, comment text default null) returns public.post_approvals
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  item     public.content_items;
  version  public.content_versions;
  instance public.workflow_instances;
  decision public.post_approvals;
  lane     text;
  said     text := nullif(btrim(coalesce(decide_approval.comment, '')), '');
begin
  -- Whoever sees nothing of it must not make others wait for its row.
  if not exists (
    select from public.content_items i where i.id = decide_approval.post_id and private.can(i.brand_id, 'content.view_shared')
  ) then
    perform private.refuse('post_not_found');
  end if;
  select * into item from public.content_items i where i.id = decide_approval.post_id for update;
  if not found then
    perform private.refuse('post_not_found');
  end if;
  select * into version from public.content_versions v where v.content_id = item.id and v.version = item.version;
  if not (private.can(item.brand_id, 'content.view')
          or version.shared_at is not null and private.can(item.brand_id, 'content.view_shared')) then
    perform private.refuse('post_not_found');
  end if;
  if decide_approval.outcome is null or decide_approval.outcome not in ('approved', 'changes_requested', 'rejected', 'held') then
    perform private.refuse('decision_unknown');
  end if;
  if char_length(said) > 4000 then
    perform private.refuse('comment_too_long');
  end if;
  if decide_approval.outcome in ('changes_requested', 'rejected') and said is null then
    perform private.refuse('comment_required');
  end if;

  if decide_approval.outcome = 'held' or item.held_at is not null then
    return private.decide_hold(item, version, decide_approval.seen_digest, decide_approval.outcome, said);
  end if;

  select * into instance from public.workflow_instances w where w.content_id = item.id and w.status = 'active';
  if not found or item.status <> 'pending_review' then
    perform private.refuse(case when item.status in ('approved', 'scheduled', 'publishing', 'published', 'changes_requested')
      then 'decision_already_made' else 'decision_not_yours' end, jsonb_build_object('status', item.status));
  end if;
  lane := instance.steps -> instance.current_step ->> 'audience';
  if not private.can(item.brand_id, private.permission_to_decide(lane)) then
    perform private.refuse('decision_not_yours');
  end if;
  if lane = 'internal' and auth.uid() in (item.created_by, version.submitted_by)
     and not (select b.self_approval from public.brands b where b.id = item.brand_id) then
    perform private.refuse('decision_own_post');
  end if;
  -- What they saw must be what is there, and what is there must be what was frozen.
  if decide_approval.seen_digest is distinct from item.content_digest or item.content_digest <> version.content_digest then
    perform private.refuse('content_changed', jsonb_build_object('version', item.version));
  end if;

  insert into public.post_approvals (brand_id, post_id, version, content_digest, step, audience, status, decided_by, comment, created_at)
  values (item.brand_id, item.id, item.version, item.content_digest, instance.current_step, lane, decide_approval.outcome, auth.uid(), said, private.now())
  returning * into decision;
  update public.approval_requests r set status = decide_approval.outcome
  where r.instance_id = instance.id and r.step = instance.current_step and r.assigned_to = auth.uid() and r.status = 'pending';

  if decide_approval.outcome = 'approved' then
    item := private.advance(item, instance);
  else
    item := private.send_back(item, instance, decision);
  end if;
  perform private.audit_post(item, 'approval.' || decide_approval.outcome,
    jsonb_build_object('version', decision.version, 'digest', decision.content_digest, 'audience', lane));
  return decision;
end $$;
grant execute on function public.decide_approval(uuid, text, text, text) to authenticated;
comment on function public.decide_approval(uuid, text, text, text) is 'Approve, ask for changes, reject or hold the version whose digest the caller saw.';

create function public.set_approval_mode(brand_id uuid, approval_mode text) returns public.workflow_templates
language plpgsql security definer set search_path = ''
as $$
declare
  template public.workflow_templates;
  tenant   uuid;
begin
  if not private.can(set_approval_mode.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if set_approval_mode.approval_mode is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  if not private.can(set_approval_mode.brand_id, 'approvals.configure') then
    perform private.refuse('not_allowed');
  end if;
  if private.mode_steps(set_approval_mode.approval_mode) is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  update public.workflow_templates t
  set mode = set_approval_mode.approval_mode, steps = private.mode_steps(set_approval_mode.approval_mode)
  where t.brand_id = set_approval_mode.brand_id and t.is_default returning * into template;
  select b.tenant_id into tenant from public.brands b where b.id = set_approval_mode.brand_id;
  perform private.audit(tenant, set_approval_mode.brand_id, 'brand.approval_mode', 'brand', set_approval_mode.brand_id::text,
    jsonb_build_object('approval_mode', template.mode));
  return template;
end $$;
grant execute on function public.set_approval_mode(uuid, text) to authenticated;
comment on function public.set_approval_mode(uuid, text) is 'Changes who must say yes to the brand''s next posts.';

commit;
