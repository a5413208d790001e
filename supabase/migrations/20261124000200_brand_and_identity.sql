-- 1. Brand and identity: people, agencies, brands, who belongs to what, and how one joins.

create table public.profiles (
  user_id      uuid primary key references auth.users (id) on delete cascade,
  display_name text not null check (char_length(display_name) between 1 and 80),
  avatar_url   text check (avatar_url ~ '^https?://' and char_length(avatar_url) <= 2000),
  time_zone    text not null default 'Europe/London',
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now()
);

create table public.tenants (
  id         uuid primary key default gen_random_uuid(),
  name       text not null check (btrim(name) <> '' and char_length(name) <= 80),
  plan       text not null default 'free' check (plan in ('free', 'studio', 'agency')),
  paused_at  timestamptz,
  paused_by  uuid references auth.users (id) on delete set null,
  pause_reason text check (char_length(pause_reason) <= 300),
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now()
);

create index tenants_paused_by_idx on public.tenants (paused_by);

create table public.tenant_members (
  id         uuid primary key default gen_random_uuid(),
  tenant_id  uuid not null references public.tenants (id) on delete cascade,
  user_id    uuid not null references auth.users (id) on delete cascade,
  role       text not null check (role in ('owner', 'admin', 'staff')),
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  unique (user_id, tenant_id)
);
create index tenant_members_tenant_idx on public.tenant_members (tenant_id);

create table public.brands (
  id                  uuid primary key default gen_random_uuid(),
  -- Brands end one by one, each after its grace: an agency that has any is not deleted.
  tenant_id           uuid not null references public.tenants (id) on delete restrict,
  workspace_id        text generated always as (tenant_id::text) stored,
  created_by          uuid references auth.users (id) on delete set null,
  name                text not null check (btrim(name) <> '' and char_length(name) <= 80),
  slug                text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 80),
  code                text not null check (code ~ '^[A-Z0-9]{2,4}$'),
  next_number         int not null default 1 check (next_number > 0),
  time_zone           text not null default 'Europe/London',
  self_approval       boolean not null default false,
  logo_url            text check (logo_url ~ '^https?://' and char_length(logo_url) <= 2000),
  primary_color       text not null default '#3b82f6' check (primary_color ~ '^#[0-9a-f]{6}$'),
  website_url         text check (website_url ~ '^https?://' and char_length(website_url) <= 2000),
  industry            text check (char_length(industry) <= 200),
  description         text check (char_length(description) <= 4000),
  brand_kit           jsonb not null default '{}',
  voice_summary       text,
  visual_summary      text,
  tone_keywords       text[] not null default '{}',
  compliance_rules    text,
  intake_completed    boolean not null default false,
  intake_completed_at timestamptz,
  scraped_at          timestamptz,
  scraper_status      text not null default 'never_run' check (scraper_status in ('never_run', 'running', 'completed', 'failed')),
  paused_at           timestamptz,
  paused_by           uuid references auth.users (id) on delete set null,
  pause_reason        text check (char_length(pause_reason) <= 300),
  delete_after        timestamptz,
  deletion_asked_by   uuid references auth.users (id) on delete set null,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  constraint unique_slug_per_tenant unique (tenant_id, slug),
  constraint unique_code_per_tenant unique (tenant_id, code),
  unique (id, tenant_id)
);
create index brands_created_by_idx on public.brands (created_by);
create index brands_paused_by_idx on public.brands (paused_by);
create index brands_deletion_asked_by_idx on public.brands (deletion_asked_by);
create index brands_delete_after_idx on public.brands (delete_after) where delete_after is not null;

create table public.brand_members (
  id         uuid primary key default gen_random_uuid(),
  user_id    uuid not null references auth.users (id) on delete cascade,
  brand_id   uuid not null references public.brands (id) on delete cascade,
  role       varchar(50) not null default 'member'
             check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer')),
  mirrored   boolean not null default false,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  unique (user_id, brand_id)
);
create index brand_members_brand_idx on public.brand_members (brand_id);

-- brand_members gathered: what policies read. A person of 500 brands is found in one row instead of 500.
create table private.brands_of_people (
  user_id   uuid not null references auth.users (id) on delete cascade,
  role      text not null
            check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer')),
  brand_ids uuid[] not null,
  primary key (user_id, role)
);
alter table private.brands_of_people enable row level security;

create table public.brand_invitations (
  id           uuid primary key default gen_random_uuid(),
  tenant_id    uuid not null references public.tenants (id) on delete cascade,
  brand_id     uuid not null,
  email        text not null check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'),
  role         text not null
               check (role in ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer')),
  status       text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  invited_by   uuid references auth.users (id) on delete set null,
  expires_at   timestamptz not null,
  accepted_by  uuid references auth.users (id) on delete set null,
  accepted_at  timestamptz,
  send_count   int not null default 0,
  last_sent_at timestamptz,
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  unique (id, brand_id),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create unique index brand_invitations_one_open_idx on public.brand_invitations (brand_id, email) where status = 'pending';
create index brand_invitations_brand_idx on public.brand_invitations (brand_id, tenant_id);
create index brand_invitations_tenant_idx on public.brand_invitations (tenant_id);
create index brand_invitations_invited_by_idx on public.brand_invitations (invited_by);
create index brand_invitations_accepted_by_idx on public.brand_invitations (accepted_by);

-- What an agency celebrates once. Unlocked by triggers of the tables whose rows earn it.
create table public.milestones (
  id              uuid primary key default gen_random_uuid(),
  tenant_id       uuid not null references public.tenants (id) on delete cascade,
  workspace_id    text not null generated always as (tenant_id::text) stored,
  key             text not null
                  check (key in ('onboarding_complete', 'first_integration', 'first_approval', 'first_publish', 'goal_met', 'agency_scale_5', 'month_1_anniversary')),
  unlocked_at     timestamptz not null default private.now(),
  acknowledged_at timestamptz,
  created_at      timestamptz not null default private.now(),
  updated_at      timestamptz not null default private.now(),
  constraint unique_workspace_milestone unique (workspace_id, key)
);
create index milestones_tenant_idx on public.milestones (tenant_id);

-- The secret of a mailed link, kept as a hash alone. The worker makes the token while it sends the mail,
-- so that the clear token never rests in the database; each mail has its own, and all stay good until one
-- is accepted, revoked or expired.
create table private.link_tokens (
  token_hash    bytea primary key check (octet_length(token_hash) = 32),
  purpose       text not null check (purpose in ('invitation', 'portal')),
  brand_id      uuid not null references public.brands (id) on delete cascade,
  invitation_id uuid,
  user_id       uuid references auth.users (id) on delete cascade,
  content_id    uuid,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  created_at    timestamptz not null default private.now(),
  foreign key (invitation_id, brand_id) references public.brand_invitations (id, brand_id) on delete cascade,
  check ((purpose = 'invitation') = (invitation_id is not null)),
  check ((purpose = 'portal') = (user_id is not null))
);
create index link_tokens_brand_idx on private.link_tokens (brand_id);
create index link_tokens_invitation_idx on private.link_tokens (invitation_id, brand_id);
create index link_tokens_user_idx on private.link_tokens (user_id);
alter table private.link_tokens enable row level security;

create trigger touch before update on public.profiles for each row execute function private.touch_updated_at();
create trigger touch before update on public.tenants for each row execute function private.touch_updated_at();
create trigger touch before update on public.tenant_members for each row execute function private.touch_updated_at();
create trigger touch before update on public.brands for each row execute function private.touch_updated_at();
create trigger touch before update on public.brand_members for each row execute function private.touch_updated_at();
create trigger touch before update on public.milestones for each row execute function private.touch_updated_at();
create trigger touch before update on public.brand_invitations for each row execute function private.touch_updated_at();

-- Whose brands ---------------------------------------------------------------------------------------

-- Keeps brands_of_people true to brand_members, in the statement that changes these.
create function private.gather_brands() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'TRUNCATE' then
    update private.brands_of_people set brand_ids = '{}';
    return null;
  end if;

  -- One at a time for a person and role: of two grants at once, each would leave out the other's. So the rows are
  -- there and locked before a later statement, which sees what was committed meanwhile, reads the members. And so a
  -- row stays when its last brand goes: a transaction with an older snapshot fails on it, and revives nothing.
  -- (Whoever is deleted may have lost it before their memberships go.)
  if tg_op <> 'DELETE' then
    insert into private.brands_of_people (user_id, role, brand_ids)
    select distinct c.user_id, c.role, '{}'::uuid[] from changed c order by 1, 2
    on conflict do nothing;
  end if;
  perform from private.brands_of_people p
  where (p.user_id, p.role) in (select c.user_id, c.role from changed c)
  order by p.user_id, p.role
  for update;
  update private.brands_of_people p
  set brand_ids = array(
    select m.brand_id from public.brand_members m where m.user_id = p.user_id and m.role = p.role order by 1)
  where (p.user_id, p.role) in (select c.user_id, c.role from changed c);
  return null;
end $$;
create trigger gather_added after insert on public.brand_members
  referencing new table as changed for each statement execute function private.gather_brands();
create trigger gather_changed_from after update on public.brand_members
  referencing old table as changed for each statement execute function private.gather_brands();
create trigger gather_changed_to after update on public.brand_members
  referencing new table as changed for each statement execute function private.gather_brands();
create trigger gather_removed after delete on public.brand_members
  referencing old table as changed for each statement execute function private.gather_brands();
create trigger gather_emptied after truncate on public.brand_members
  for each statement execute function private.gather_brands();

-- The one form every policy uses: brand_id = any ((select private.brands_with('…'))::uuid[]).
-- An array, since of a set Postgres would make one again, row by row, in each policy that a statement meets.
-- In plpgsql, which plans a query once a session where an SQL function would plan it again in every statement.
create function private.brands_with(permission text) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
declare
  brands uuid[] := '{}';
  held   uuid[];
begin
  for held in
    select p.brand_ids from private.brands_of_people p
    where p.user_id = (select auth.uid())
      and p.role = any (array(select r.role from private.role_permissions r where r.permission = brands_with.permission))
  loop
    brands := brands || held;
  end loop;
  return brands;
end $$;
grant execute on function private.brands_with(text) to authenticated;
comment on function private.brands_with(text) is 'Brands on which the caller holds the permission.';

-- Brands of which the caller sees what was shared, and not the rest: in one look, where most callers have none.
create function private.brands_with_only(permission text, without text) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
declare
  brands uuid[] := '{}';
  held   uuid[];
begin
  for held in
    select p.brand_ids from private.brands_of_people p
    where p.user_id = (select auth.uid())
      and p.role = any (array(
        select r.role from private.role_permissions r where r.permission = brands_with_only.permission
        except
        select r.role from private.role_permissions r where r.permission = brands_with_only.without))
  loop
    brands := brands || held;
  end loop;
  return brands;
end $$;
comment on function private.brands_with_only(text, text) is 'Brands on which the caller holds the first permission and not the second. For functions; policies use brands_with.';

create function private.tenants_with(permission text) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
  select m.tenant_id
  from public.tenant_members m
  where m.user_id = (select auth.uid())
    and m.role = any (array(select p.role from private.tenant_role_permissions p where p.permission = tenants_with.permission));
end $$;
grant execute on function private.tenants_with(text) to authenticated;

-- The agencies whose name the caller may read: their own, and those whose brands they are on.
create function private.visible_tenants() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
  select tenant_id from public.tenant_members where user_id = (select auth.uid())
  union
  select b.tenant_id from public.brand_members m join public.brands b on b.id = m.brand_id
  where m.user_id = (select auth.uid());
end $$;
grant execute on function private.visible_tenants() to authenticated;

create function private.visible_people() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
  select (select auth.uid())
  union
  select other.user_id
  from public.brand_members mine
  join public.brand_members other on other.brand_id = mine.brand_id
  where mine.user_id = (select auth.uid())
  union
  select other.user_id
  from public.tenant_members mine
  join public.tenant_members other on other.tenant_id = mine.tenant_id
  where mine.user_id = (select auth.uid());
end $$;
grant execute on function private.visible_people() to authenticated;

-- Two weeks in which a brand may be kept are two weeks in which it stays as it was.
create function private.refuse_leaving(brand_id uuid) returns void
language plpgsql stable security definer set search_path = ''
as $$
declare
  brand public.brands;
begin
  select * into brand from public.brands b where b.id = refuse_leaving.brand_id and b.delete_after is not null;
  if found then
    perform private.refuse('brand_being_deleted', jsonb_build_object('delete_after', brand.delete_after, 'time_zone', brand.time_zone));
  end if;
end $$;
comment on function private.refuse_leaving(uuid) is 'Refuses where the brand waits for its deletion.';

create function private.can(brand_id uuid, permission text) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  if not coalesce(can.brand_id = any (private.brands_with(can.permission)), false) then
    return false;
  end if;
  -- To look, to take copies along, and to keep it after all.
  if can.permission not like '%.view%' and can.permission not in ('analytics.export', 'brand.delete') then
    perform private.refuse_leaving(can.brand_id);
  end if;
  return true;
end $$;
comment on function private.can(uuid, text) is
  'Whether the caller holds the permission on the brand; refuses what would change a brand that waits for its deletion. For functions; policies use brands_with.';

create function private.person_can(user_id uuid, brand_id uuid, permission text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from public.brand_members m
    join private.role_permissions p on p.role = m.role
    where m.user_id = person_can.user_id and m.brand_id = person_can.brand_id and p.permission = person_can.permission
  )
$$;

-- Triggers -------------------------------------------------------------------------------------------

-- Named zones only: an offset such as +02 forgets daylight saving. (pg_timezone_names takes 100 ms; asking takes none.)
create function private.is_time_zone(zone text) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  if is_time_zone.zone is null or is_time_zone.zone !~ '^([A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}|UTC)$' then
    return false;
  end if;
  perform now() at time zone is_time_zone.zone;
  return true;
exception when invalid_parameter_value then
  return false;
end $$;
grant execute on function private.is_time_zone(text) to authenticated;

create function private.create_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  wished text := btrim(coalesce(new.raw_user_meta_data ->> 'display_name', ''));
  zone   text := coalesce(new.raw_user_meta_data ->> 'time_zone', 'Europe/London');
begin
  if wished = '' then
    wished := coalesce(nullif(split_part(new.email, '@', 1), ''), 'Someone');
  end if;
  if not private.is_time_zone(zone) then
    zone := 'Europe/London';
  end if;
  insert into public.profiles (user_id, display_name, time_zone)
  values (new.id, left(wished, 80), zone)
  on conflict (user_id) do nothing;
  return new;
end $$;

create trigger create_profile after insert on auth.users for each row execute function private.create_profile();

create function private.check_time_zone() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if not private.is_time_zone(new.time_zone) then
    perform private.refuse('time_zone_unknown', jsonb_build_object('time_zone', new.time_zone));
  end if;
  return new;
end $$;
create trigger check_time_zone before insert or update of time_zone on public.profiles
  for each row execute function private.check_time_zone();
create trigger check_time_zone before insert or update of time_zone on public.brands
  for each row execute function private.check_time_zone();

-- For what people write without a function. Afterwards, when row security has said who may write here at all.
create function private.refuse_writing_leaving() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  written constant jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform private.refuse_leaving((written ->> case when tg_table_name = 'brands' then 'id' else 'brand_id' end)::uuid);
  return null;
end $$;
comment on function private.refuse_writing_leaving() is 'Refuses what people write of a brand that waits for its deletion.';
create trigger refuse_writing_leaving after update on public.brands
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();

-- Owners and admins of the agency stand on every brand of it. Their rows are kept here and nowhere else.
create function private.mirror_staff(tenant_id uuid, only_brand uuid default null, only_user uuid default null) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- One at a time in an agency: a brand that is opened and an admin who is named at once must see each other.
  perform from public.tenants t where t.id = mirror_staff.tenant_id for no key update;
  insert into public.brand_members as m (user_id, brand_id, role, mirrored)
  select t.user_id, b.id, t.role, true
  from public.tenant_members t
  join public.brands b on b.tenant_id = t.tenant_id
  where t.tenant_id = mirror_staff.tenant_id
    and t.role in ('owner', 'admin')
    and (mirror_staff.only_brand is null or b.id = mirror_staff.only_brand)
    and (mirror_staff.only_user is null or t.user_id = mirror_staff.only_user)
  on conflict (user_id, brand_id) do update set role = excluded.role, mirrored = true
  where m.role <> excluded.role or not m.mirrored;

  delete from public.brand_members m
  using public.brands b
  where b.id = m.brand_id and b.tenant_id = mirror_staff.tenant_id and m.mirrored
    and (mirror_staff.only_user is null or m.user_id = mirror_staff.only_user)
    and not exists (
      select from public.tenant_members t
      where t.tenant_id = mirror_staff.tenant_id and t.user_id = m.user_id and t.role in ('owner', 'admin')
    );
end $$;

create function private.mirror_staff_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    perform private.mirror_staff(old.tenant_id, null, old.user_id);
  else
    perform private.mirror_staff(new.tenant_id, null, new.user_id);
  end if;
  return null;
end $$;
create trigger mirror_staff after insert or update of role or delete on public.tenant_members
  for each row execute function private.mirror_staff_change();

create function private.mirror_new_brand() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.mirror_staff(new.tenant_id, new.id);
  return null;
end $$;
create trigger mirror_staff after insert on public.brands for each row execute function private.mirror_new_brand();

-- An agency always has an owner; checked at commit, so that one call may hand it over.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- One at a time: of two owners who go at once, each would still see the other.
  perform from public.tenants t where t.id = old.tenant_id for no key update;
  if found and not exists (select from public.tenant_members m where m.tenant_id = old.tenant_id and m.role = 'owner') then
    perform private.refuse('last_owner', jsonb_build_object('tenant_id', old.tenant_id));
  end if;
  return null;
end $$;
create constraint trigger keep_an_owner after update or delete on public.tenant_members
  deferrable initially deferred for each row execute function private.keep_an_owner();

-- Guards ---------------------------------------------------------------------------------------------

alter table public.profiles enable row level security;
alter table public.tenants enable row level security;
alter table public.tenant_members enable row level security;
alter table public.brands enable row level security;
alter table public.brand_members enable row level security;
alter table public.brand_invitations enable row level security;
alter table public.milestones enable row level security;

grant select, update (display_name, avatar_url, time_zone) on public.profiles to authenticated;
-- Clients read these rows too: who paused publishing, and why, members alone read, by public.publishing_pauses.
grant select (id, name, plan, paused_at, created_at, updated_at), update (name) on public.tenants to authenticated;
grant select on public.tenant_members, public.brand_members, public.brand_invitations, public.milestones to authenticated;
grant select (id, tenant_id, workspace_id, created_by, name, slug, code, next_number, time_zone, self_approval, logo_url, primary_color,
  website_url, industry, description, brand_kit, voice_summary, visual_summary, tone_keywords, compliance_rules, intake_completed,
  intake_completed_at, scraped_at, scraper_status, paused_at, delete_after, deletion_asked_by, created_at, updated_at),
  update (name, logo_url, primary_color, website_url, industry, description, time_zone) on public.brands to authenticated;

create policy "people who share a brand or an agency read names" on public.profiles for select to authenticated
  using (user_id = any (array(select private.visible_people())));
create policy "own profile" on public.profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy "members of the agency or of its brands read its name" on public.tenants for select to authenticated
  using (id = any (array(select private.visible_tenants())));
create policy "members with tenant.edit" on public.tenants for update to authenticated
  using (id = any (array(select private.tenants_with('tenant.edit'))))
  with check (id = any (array(select private.tenants_with('tenant.edit'))));

create policy "members with tenant.view read the staff list" on public.tenant_members for select to authenticated
  using (tenant_id = any (array(select private.tenants_with('tenant.view'))));

create policy "members with tenant.view" on public.milestones for select to authenticated
  using (tenant_id = any (array(select private.tenants_with('tenant.view'))));

create policy "members with brand.view" on public.brands for select to authenticated
  using (id = any ((select private.brands_with('brand.view'))::uuid[]));
create policy "members with brand.edit" on public.brands for update to authenticated
  using (id = any ((select private.brands_with('brand.edit'))::uuid[]))
  with check (id = any ((select private.brands_with('brand.edit'))::uuid[]));

create policy "members with brand.view see who else is on it" on public.brand_members for select to authenticated
  using (brand_id = any ((select private.brands_with('brand.view'))::uuid[]));

create policy "members with members.manage" on public.brand_invitations for select to authenticated
  using (brand_id = any ((select private.brands_with('members.manage'))::uuid[]));

comment on table public.profiles is 'How a person appears to those who share a brand or an agency with them.';
comment on table public.tenants is 'An agency. Owns brands, staff and the catalogue overrides.';
comment on table public.tenant_members is 'The agency''s staff list. Owners and admins are mirrored into brand_members of each of its brands.';
comment on table public.brands is 'One client of the agency. All brand data is reached through brand_members alone.';
comment on column public.brands.code is 'Short code that names its pieces, as OE in OE-318.';
comment on column public.brands.next_number is 'Number the next piece gets.';
comment on column public.brands.workspace_id is 'The tenant''s id as text: the old product''s name for it.';
comment on column public.brands.delete_after is 'Set while the brand waits for its deletion: from this time on the worker may take it away. Nothing publishes meanwhile.';
comment on column public.brands.self_approval is 'Whether an author may give the agency''s own yes to their own piece.';
comment on table public.brand_members is 'Who works on or for a brand, and as what. The one source of access to brand data.';
comment on column public.brand_members.mirrored is 'Kept by trigger from tenant_members; not to be changed by hand.';
comment on table public.brand_invitations is 'A person asked to join a brand by mail. Its link''s token alone accepts it, never a matching address.';
comment on table private.link_tokens is 'SHA-256 of the tokens in mailed links. The clear token exists only in the mail.';
comment on table public.milestones is 'What an agency reached, each once; shown until acknowledged.';
comment on column public.milestones.workspace_id is 'The tenant''s id as text: the old product''s name for it.';
comment on column public.profiles.time_zone is 'The zone in which times are shown to the person; a name of the tz database.';
comment on column public.profiles.avatar_url is 'A picture''s address.';
comment on column public.tenants.plan is 'What the agency pays for.';
comment on column public.tenant_members.role is 'owner and admin run the agency and stand on each of its brands; staff see the agency and work where they were added.';
comment on column public.brands.slug is 'Names the brand in addresses.';
comment on column public.brands.time_zone is 'The zone in which its posts are planned; a name of the tz database.';
comment on column public.brands.primary_color is 'Six hexadecimal digits, lower case.';
comment on column public.brands.brand_kit is 'What the intake learnt about the brand, as JSON: colours, fonts, voice, audience.';
comment on column public.brands.tone_keywords is 'Words that say how the brand sounds.';
comment on column public.brands.compliance_rules is 'What its posts must or must not say.';
comment on column public.brands.intake_completed_at is 'When its questionnaire was finished; null until then.';
comment on column public.brands.scraped_at is 'When its website was last read.';
comment on column public.brands.scraper_status is 'How the last reading of its website went.';
comment on column public.tenants.paused_at is 'Set while nothing of the agency is sent; jobs wait.';
comment on column public.brands.paused_at is 'Set while nothing of the brand is sent; jobs wait.';
comment on column public.brands.deletion_asked_by is 'Who planned its deletion.';
comment on table private.brands_of_people is
  'brand_members gathered by person and role, as policies ask for them. Kept by triggers and by nothing else. After a restore that fires none: `truncate private.brands_of_people; update public.brand_members set role = role`.';
comment on column private.brands_of_people.role is 'As in brand_members.';
comment on column private.brands_of_people.brand_ids is 'The brands on which the person has the role, in order.';
comment on column public.brand_members.role is 'What the person may do here, by private.role_permissions.';
comment on column public.brand_invitations.role is 'What the invited person becomes.';
comment on column public.brand_invitations.status is 'accepted and revoked are final; an expired one stays pending until a new one takes its place.';
comment on column public.brand_invitations.expires_at is 'Seven days after the last mail.';
comment on column public.brand_invitations.accepted_at is 'When its link was used; null until then.';
comment on column public.brand_invitations.send_count is 'Mails asked for so far; at most ten.';
comment on column public.brand_invitations.last_sent_at is 'When the last mail was asked for; another takes a minute.';
comment on column public.milestones.key is 'What was reached; each once an agency.';
comment on column public.milestones.unlocked_at is 'When it was reached.';
comment on column public.milestones.acknowledged_at is 'When somebody of the agency saw the celebration; null while it is to be shown.';
comment on column private.link_tokens.token_hash is 'SHA-256 of the token.';
comment on column private.link_tokens.purpose is 'invitation: joins a brand; portal: opens a client''s page.';
comment on column private.link_tokens.user_id is 'The client whom a portal link signs in.';
comment on column private.link_tokens.content_id is 'The piece a portal link leads to; null: the overview.';
comment on column private.link_tokens.expires_at is 'An invitation''s own end; 30 days for a portal link.';
comment on column private.link_tokens.revoked_at is 'Set when the person leaves the brand or changes role; the link is dead since.';
comment on function private.visible_tenants() is 'Agencies whose name the caller may read: their own, and those whose brands they are on.';
comment on function private.visible_people() is 'The caller, and everyone who shares a brand or an agency with them.';
comment on function private.tenants_with(text) is 'Agencies in which the caller holds the permission.';
comment on function private.create_profile() is 'Gives a new account its profile, from what it said at sign-up.';
comment on function private.check_time_zone() is 'Refuses a zone that the tz database does not name.';
comment on function private.gather_brands() is 'Keeps brands_of_people true to brand_members.';
comment on function private.mirror_staff_change() is 'Keeps an agency''s owners and admins on each of its brands.';
comment on function private.mirror_new_brand() is 'Puts the agency''s owners and admins on a new brand.';
comment on function private.keep_an_owner() is 'Refuses to leave an agency without an owner.';
