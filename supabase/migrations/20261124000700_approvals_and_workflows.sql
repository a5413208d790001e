-- 6. Approvals and workflows: who must say yes, who was asked, what they said and about which version.

create table public.workflow_templates (
  id         uuid primary key default gen_random_uuid(),
  brand_id   uuid not null references public.brands (id) on delete cascade,
  name       text not null check (char_length(name) between 1 and 80),
  mode       text not null default 'custom' check (mode in ('none', 'internal', 'client', 'internal_client', 'custom')),
  steps      jsonb not null check (jsonb_typeof(steps) = 'array'),
  is_default boolean not null default false,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  unique (id, brand_id)
);
create unique index workflow_templates_default_idx on public.workflow_templates (brand_id) where is_default;
create index workflow_templates_brand_idx on public.workflow_templates (brand_id);

create table public.workflow_instances (
  id           uuid primary key default gen_random_uuid(),
  template_id  uuid,
  brand_id     uuid not null,
  content_id   uuid not null,
  version      int not null,
  status       text not null default 'active' check (status in ('active', 'completed', 'cancelled')),
  current_step int not null default 0,
  steps        jsonb not null check (jsonb_typeof(steps) = 'array'),
  context      jsonb not null default '{}',
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  unique (content_id, version),
  unique (id, brand_id),
  foreign key (template_id, brand_id) references public.workflow_templates (id, brand_id) on delete set null (template_id),
  foreign key (content_id, version, brand_id) references public.content_versions (content_id, version, brand_id) on delete cascade
);
create unique index workflow_instances_one_active_idx on public.workflow_instances (content_id) where status = 'active';
create index workflow_instances_template_idx on public.workflow_instances (template_id, brand_id);
create index workflow_instances_brand_idx on public.workflow_instances (brand_id, status);
create index workflow_instances_version_idx on public.workflow_instances (content_id, version, brand_id);

-- "Decide, please": one row for each person asked in a step; without a person where nobody is there yet.
create table public.approval_requests (
  id           uuid primary key default gen_random_uuid(),
  brand_id     uuid not null,
  post_id      uuid not null,
  instance_id  uuid not null,
  version      int not null,
  step         int not null,
  audience     text not null check (audience in ('internal', 'client')),
  requested_by uuid references auth.users (id) on delete set null,
  assigned_to  uuid references auth.users (id) on delete cascade,
  priority     varchar(20) not null default 'normal' check (priority in ('low', 'normal', 'high')),
  deadline     timestamptz,
  status       varchar(20) not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'changes_requested', 'cancelled')),
  opened_at    timestamptz,
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  unique nulls not distinct (instance_id, step, assigned_to),
  unique (id, brand_id),
  foreign key (post_id, brand_id) references public.content_items (id, brand_id) on delete cascade,
  foreign key (instance_id, brand_id) references public.workflow_instances (id, brand_id) on delete cascade
);
create index approval_requests_post_idx on public.approval_requests (post_id, brand_id);
create index approval_requests_instance_idx on public.approval_requests (instance_id, brand_id);
create index approval_requests_brand_idx on public.approval_requests (brand_id, status, created_at);
create index approval_requests_assigned_idx on public.approval_requests (assigned_to, status);
create index approval_requests_requested_by_idx on public.approval_requests (requested_by);

-- Decisions, one row each, never changed. The plan's who-and-when columns derive from it.
create table public.post_approvals (
  id               uuid primary key default gen_random_uuid(),
  brand_id         uuid not null,
  post_id          uuid not null,
  version          int not null,
  content_digest   text not null,
  step             int,
  audience         text not null check (audience in ('internal', 'client')),
  status           text not null check (status in ('approved', 'rejected', 'changes_requested', 'held')),
  decided_by       uuid,
  comment          text check (char_length(comment) <= 4000),
  created_at       timestamptz not null default private.now(),
  updated_at       timestamptz not null default private.now(),
  approved_at      timestamptz generated always as (case when status = 'approved' then created_at end) stored,
  approved_by      uuid generated always as (case when status = 'approved' then decided_by end) stored,
  rejected_at      timestamptz generated always as (case when status in ('rejected', 'changes_requested') then created_at end) stored,
  rejected_by      uuid generated always as (case when status in ('rejected', 'changes_requested') then decided_by end) stored,
  rejection_reason text generated always as (case when status in ('rejected', 'changes_requested') then comment end) stored,
  locked           boolean generated always as (status = 'approved') stored,
  unique (id, brand_id),
  foreign key (post_id, version, brand_id) references public.content_versions (content_id, version, brand_id) on delete cascade
);
create index post_approvals_post_idx on public.post_approvals (post_id, version, brand_id);
create index post_approvals_brand_idx on public.post_approvals (brand_id, created_at desc);

create table public.workflow_notifications (
  id          uuid primary key default gen_random_uuid(),
  instance_id uuid,
  brand_id    uuid not null references public.brands (id) on delete cascade,
  content_id  uuid,
  user_id     uuid not null references auth.users (id) on delete cascade,
  type        text not null check (type in ('assignment', 'stage_change', 'reminder', 'escalation', 'completion', 'timeout', 'publish_failed', 'outcome_unknown', 'published', 'comment', 'connection_attention')),
  message     text not null,
  read_at     timestamptz,
  created_at  timestamptz not null default private.now(),
  foreign key (instance_id, brand_id) references public.workflow_instances (id, brand_id) on delete cascade,
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index workflow_notifications_inbox_idx on public.workflow_notifications (user_id, created_at desc, id desc);
create index workflow_notifications_unread_idx on public.workflow_notifications (user_id) where read_at is null;
create index workflow_notifications_instance_idx on public.workflow_notifications (instance_id, brand_id);
create index workflow_notifications_brand_idx on public.workflow_notifications (brand_id);
create index workflow_notifications_content_idx on public.workflow_notifications (content_id, brand_id);

create trigger touch before update on public.workflow_templates for each row execute function private.touch_updated_at();
create trigger touch before update on public.workflow_instances for each row execute function private.touch_updated_at();
create trigger touch before update on public.approval_requests for each row execute function private.touch_updated_at();

-- Only the cascade of a deleted brand or piece may take a decision away.
create trigger append_only before update on public.post_approvals for each row execute function private.refuse_change();

-- The steps of each mode. Deadlines are the reminder's business; silence never publishes.
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

alter table public.workflow_templates enable row level security;
alter table public.workflow_instances enable row level security;
alter table public.approval_requests enable row level security;
alter table public.post_approvals enable row level security;
alter table public.workflow_notifications enable row level security;
grant select on public.workflow_templates, public.workflow_instances, public.approval_requests, public.post_approvals to authenticated;
grant select, update (read_at) on public.workflow_notifications to authenticated;

create policy "members with content.view" on public.workflow_templates for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view" on public.workflow_instances for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view; clients what they were asked" on public.approval_requests for select to authenticated
  using (
    brand_id = any ((select private.brands_with('content.view'))::uuid[])
    or audience = 'client' and brand_id = any ((select private.brands_with('content.view_shared'))::uuid[])
  );
create policy "members with content.view; clients the client's decisions" on public.post_approvals for select to authenticated
  using (
    brand_id = any ((select private.brands_with('content.view'))::uuid[])
    or audience = 'client' and brand_id = any ((select private.brands_with('content.view_shared'))::uuid[])
  );
create policy "own inbox, of brands one is on" on public.workflow_notifications for select to authenticated
  using (user_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]));
create policy "own inbox, to mark read" on public.workflow_notifications for update to authenticated
  using (user_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]))
  with check (user_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]));

comment on table public.workflow_templates is 'Who must say yes, in order. The default one is the brand''s mode.';
comment on column public.workflow_templates.steps is '[{key, audience internal|client, quorum any|all, deadline_hours}] in order; none means the author''s submission approves.';
comment on table public.workflow_instances is 'The way of one version through its steps, which it keeps though the template changes.';
comment on table public.approval_requests is 'Who was asked to decide on a version, in which step.';
comment on table public.post_approvals is 'Decisions on exactly what was seen (version and digest). Append-only.';
comment on column public.post_approvals.decided_by is 'The person, kept as an id when the person is deleted.';
comment on table public.workflow_notifications is 'A person''s inbox.';
comment on column public.workflow_templates.mode is 'Which of the modes a brand can choose it is; custom: steps of its own.';
comment on column public.workflow_instances.version is 'The version under way.';
comment on column public.workflow_instances.status is 'cancelled: an edit, a withdrawal or a no ended it.';
comment on column public.workflow_instances.current_step is 'Position in steps, from 0; the number of steps once it is completed.';
comment on column public.workflow_instances.steps is 'The template''s steps when it began.';
comment on column public.workflow_instances.context is 'What else the steps need.';
comment on column public.approval_requests.version is 'The version asked about.';
comment on column public.approval_requests.step is 'Position in the instance''s steps, from 0.';
comment on column public.approval_requests.audience is 'internal: staff; client: the client''s approvers.';
comment on column public.approval_requests.priority is 'How urgent it is.';
comment on column public.approval_requests.deadline is 'When a reminder is due; silence never decides.';
comment on column public.approval_requests.status is 'What the person decided; cancelled: the step ended without them.';
comment on column public.approval_requests.opened_at is 'When the person first opened the piece.';
comment on column public.post_approvals.version is 'The version decided on.';
comment on column public.post_approvals.content_digest is 'Its digest: what was seen.';
comment on column public.post_approvals.step is 'Position in the instance''s steps; null outside of one, as for a hold.';
comment on column public.post_approvals.audience is 'Whose yes or no it is: the agency''s, or the client''s.';
comment on column public.post_approvals.status is 'held: the client stops an approved piece; approved after it lets it go again.';
comment on column public.post_approvals.approved_at is 'created_at of a yes.';
comment on column public.post_approvals.approved_by is 'decided_by of a yes.';
comment on column public.post_approvals.rejected_at is 'created_at of a no or a wish for changes.';
comment on column public.post_approvals.rejected_by is 'decided_by of a no or a wish for changes.';
comment on column public.post_approvals.rejection_reason is 'comment of a no or a wish for changes.';
comment on column public.post_approvals.locked is 'Whether it is a yes. The seal itself is the digest.';
comment on column public.workflow_notifications.type is 'What it tells of; decides its icon and its place.';
comment on column public.workflow_notifications.read_at is 'When the person read it; null while it is new.';
