-- 8. Orchestration and learning loop: what agents were told, what they made, and what was learnt.
-- Written by the worker alone. Read by those who plan; the two logs are append-only.

create table public.strategy_briefs (
  id          uuid primary key default gen_random_uuid(),
  brand_id    uuid not null references public.brands (id) on delete cascade,
  request_id  text not null,
  cycle_id    text not null,
  version     text not null,
  positioning jsonb not null,
  voice       jsonb not null,
  visual      jsonb not null,
  competitive jsonb not null,
  created_at  timestamptz not null default private.now(),
  updated_at  timestamptz not null default private.now()
);
create index strategy_briefs_brand_idx on public.strategy_briefs (brand_id, updated_at desc);

create table public.content_packages (
  id                uuid primary key default gen_random_uuid(),
  brand_id          uuid not null references public.brands (id) on delete cascade,
  content_id        uuid unique,
  request_id        text not null,
  cycle_id          text not null,
  copy              jsonb not null,
  design_context    jsonb,
  collaboration_log jsonb not null default '[]',
  status            text not null default 'draft' check (status in ('draft', 'in_review', 'approved', 'published')),
  quality_score     decimal(3,1) check (quality_score between 0 and 10),
  requires_approval boolean not null default true,
  created_at        timestamptz not null default private.now(),
  updated_at        timestamptz not null default private.now(),
  published_at      timestamptz,
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index content_packages_brand_idx on public.content_packages (brand_id, created_at desc);
create index content_packages_content_idx on public.content_packages (content_id, brand_id);

create table public.brand_history (
  id          uuid primary key default gen_random_uuid(),
  brand_id    uuid not null references public.brands (id) on delete cascade,
  entry_id    text not null,
  timestamp   timestamptz not null,
  agent       text not null,
  action      text not null,
  content_id  uuid,
  details     jsonb,
  rationale   text,
  performance jsonb,
  tags        text[] not null default '{}',
  created_at  timestamptz not null default private.now(),
  unique (brand_id, entry_id),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete set null (content_id)
);
create index brand_history_brand_idx on public.brand_history (brand_id, timestamp desc);
create index brand_history_content_idx on public.brand_history (content_id, brand_id);

create table public.collaboration_logs (
  id         uuid primary key default gen_random_uuid(),
  cycle_id   text not null,
  request_id text not null,
  brand_id   uuid not null references public.brands (id) on delete cascade,
  agent      text not null,
  action     text not null,
  timestamp  timestamptz not null,
  content_id uuid,
  notes      text,
  metadata   jsonb,
  created_at timestamptz not null default private.now(),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete set null (content_id)
);
create index collaboration_logs_brand_idx on public.collaboration_logs (brand_id, timestamp desc);
create index collaboration_logs_content_idx on public.collaboration_logs (content_id, brand_id);

create trigger touch before update on public.strategy_briefs for each row execute function private.touch_updated_at();
create trigger touch before update on public.content_packages for each row execute function private.touch_updated_at();

-- A deleted piece leaves its entries without it; nothing else of them ever changes.
create trigger append_only before update on public.brand_history for each row
  when (to_jsonb(old) - 'content_id' <> to_jsonb(new) - 'content_id' or new.content_id is not null)
  execute function private.refuse_change();
create trigger append_only before update on public.collaboration_logs for each row
  when (to_jsonb(old) - 'content_id' <> to_jsonb(new) - 'content_id' or new.content_id is not null)
  execute function private.refuse_change();

alter table public.strategy_briefs enable row level security;
alter table public.content_packages enable row level security;
alter table public.brand_history enable row level security;
alter table public.collaboration_logs enable row level security;
grant select on public.strategy_briefs, public.content_packages, public.brand_history, public.collaboration_logs to authenticated;

create policy "members with planning.use" on public.strategy_briefs for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));
create policy "members with planning.use" on public.content_packages for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));
create policy "members with planning.use" on public.brand_history for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));
create policy "members with planning.use" on public.collaboration_logs for select to authenticated
  using (brand_id = any ((select private.brands_with('planning.use'))::uuid[]));

comment on table public.strategy_briefs is 'What the brand stands for, as agents are told it; the latest by updated_at is in force.';
comment on column public.strategy_briefs.cycle_id is 'Groups what one run of planning, making and reviewing wrote.';
comment on table public.content_packages is 'Copy and design notes that agents made for one piece.';
comment on column public.content_packages.content_id is 'The piece made from it; null where the old product named none that exists.';
comment on column public.content_packages.quality_score is 'Weighted review score, 0 to 10.';
comment on table public.brand_history is 'What was learnt about a brand. Append-only.';
comment on column public.brand_history.entry_id is 'The writer''s own id: written twice, it stays one entry.';
comment on table public.collaboration_logs is 'Who of the agents did what in a cycle. Append-only.';
comment on column public.strategy_briefs.version is 'Of the document''s form, as 1.0.0.';
comment on column public.strategy_briefs.positioning is '{tagline, missionStatement, targetAudience}.';
comment on column public.strategy_briefs.voice is '{tone, personality, keyMessages, avoidPhrases}.';
comment on column public.strategy_briefs.visual is '{primaryColor, secondaryColor, accentColor, fontPairing, imagery}.';
comment on column public.strategy_briefs.competitive is '{differentiation, uniqueValueProposition}.';
comment on column public.content_packages.copy is '{headline, subheadline, body, callToAction, tone, keywords, estimatedReadTime}.';
comment on column public.content_packages.design_context is '{suggestedLayout, componentPrecedence, colorTheme, motionConsiderations, accessibilityNotes}.';
comment on column public.content_packages.collaboration_log is '[{agent, action, timestamp, notes}].';
comment on column public.content_packages.status is 'The package''s own; the piece has the status that counts.';
comment on column public.content_packages.published_at is 'When the piece made from it went out.';
comment on column public.brand_history.timestamp is 'When it happened, by its writer''s word; created_at is ours.';
comment on column public.brand_history.details is '{description, visualization}.';
comment on column public.brand_history.performance is '{metric, baseline, result, improvement}.';
comment on column public.brand_history.tags is 'For finding, as success_pattern or platform_instagram.';
comment on column public.collaboration_logs.timestamp is 'When it happened, by its writer''s word; created_at is ours.';
comment on column public.collaboration_logs.metadata is 'The facts of the action.';
