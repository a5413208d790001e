-- 1 of 5, made by `npm run db:export` from the catalog of a migrated database: do not edit.
-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.
begin;
set local check_function_bodies = off; -- some name tables of later files
set local search_path = '';

create schema private;
grant usage on schema private to authenticated, service_role;
comment on schema private is 'Helpers, the permission matrix and what no API role may touch. Never exposed to the Data API.';

alter role authenticator set pgrst.db_pre_request = 'public.check_request';
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- What the tables below rest on -------------------------------------------------------------------

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

create function private.check_time_zone() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if not private.is_time_zone(new.time_zone) then
    perform private.refuse('time_zone_unknown', jsonb_build_object('time_zone', new.time_zone));
  end if;
  return new;
end $$;
comment on function private.check_time_zone() is 'Refuses a zone that the tz database does not name.';

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
comment on function private.create_profile() is 'Gives a new account its profile, from what it said at sign-up.';

create function private.earn_milestone() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  brand uuid;
begin
  if tg_table_name = 'brands' then
    brand := new.id;
  else
    brand := new.brand_id;
  end if;
  perform private.unlock_milestone(b.tenant_id, tg_argv[0]) from public.brands b where b.id = brand;
  return null;
end $$;
comment on function private.earn_milestone() is 'Unlocks the milestone that the trigger names, for the brand''s agency.';

create function private.earn_scale() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- Brands of one agency are added one at a time: create_brand holds the tenant's row.
  if (select count(*) from public.brands b where b.tenant_id = new.tenant_id) >= 5 then
    perform private.unlock_milestone(new.tenant_id, 'agency_scale_5');
  end if;
  return null;
end $$;
comment on function private.earn_scale() is 'Unlocks agency_scale_5 with the agency''s fifth brand.';

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
comment on function private.gather_brands() is 'Keeps brands_of_people true to brand_members.';

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
comment on function private.keep_an_owner() is 'Refuses to leave an agency without an owner.';

create function private.mirror_new_brand() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.mirror_staff(new.tenant_id, new.id);
  return null;
end $$;
comment on function private.mirror_new_brand() is 'Puts the agency''s owners and admins on a new brand.';

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
comment on function private.mirror_staff_change() is 'Keeps an agency''s owners and admins on each of its brands.';

create function private.now() returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return case
    when session_user = 'postgres' then coalesce(nullif(current_setting('copydesk.now', true), '')::timestamptz, now())
    else now()
  end;
end $$;
grant execute on function private.now() to authenticated, service_role;
comment on function private.now() is 'now(), or the setting copydesk.now where session_user is postgres.';

create function private.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = '42501', message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end $$;
comment on function private.refuse_change() is 'Refuses: the table is append-only.';

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

create function private.stamp_tenant() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select b.tenant_id into new.tenant_id from public.brands b where b.id = new.brand_id;
  return new;
end $$;
comment on function private.stamp_tenant() is 'Takes the agency from the brand.';

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
comment on function private.tenants_with(text) is 'Agencies in which the caller holds the permission.';

create function private.touch_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := private.now();
  return new;
end $$;
comment on function private.touch_updated_at() is 'Sets updated_at.';

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
comment on function private.visible_people() is 'The caller, and everyone who shares a brand or an agency with them.';

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
comment on function private.visible_tenants() is 'Agencies whose name the caller may read: their own, and those whose brands they are on.';

-- 1. Brand and identity ---------------------------------------------------------------------------

create table public.profiles (
  user_id      uuid        not null,
  display_name text        not null,
  avatar_url   text,
  time_zone    text        not null default 'Europe/London',
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint profiles_pkey primary key (user_id),
  constraint profiles_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint profiles_avatar_url_check check (avatar_url ~ '^https?://' and char_length(avatar_url) <= 2000),
  constraint profiles_display_name_check check (char_length(display_name) >= 1 and char_length(display_name) <= 80)
);
comment on table public.profiles is 'How a person appears to those who share a brand or an agency with them.';
comment on column public.profiles.avatar_url is 'A picture''s address.';
comment on column public.profiles.time_zone is 'The zone in which times are shown to the person; a name of the tz database.';

create trigger check_time_zone before insert or update of time_zone on public.profiles
  for each row execute function private.check_time_zone();
create trigger touch before update on public.profiles for each row execute function private.touch_updated_at();

alter table public.profiles enable row level security;
grant select, update (display_name, avatar_url, time_zone) on public.profiles to authenticated;

create policy "own profile" on public.profiles for update to authenticated
  using (user_id = ((select auth.uid())))
  with check (user_id = ((select auth.uid())));
create policy "people who share a brand or an agency read names" on public.profiles for select to authenticated
  using (user_id = any (array(select private.visible_people())));

create table public.tenants (
  id           uuid        not null default gen_random_uuid(),
  name         text        not null,
  plan         text        not null default 'free',
  paused_at    timestamptz,
  paused_by    uuid,
  pause_reason text,
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint tenants_pkey primary key (id),
  constraint tenants_paused_by_fkey foreign key (paused_by) references auth.users(id) on delete set null,
  constraint tenants_name_check check (btrim(name) <> '' and char_length(name) <= 80),
  constraint tenants_pause_reason_check check (char_length(pause_reason) <= 300),
  constraint tenants_plan_check check (plan in ('free', 'studio', 'agency'))
);
comment on table public.tenants is 'An agency. Owns brands, staff and the catalogue overrides.';
comment on column public.tenants.plan is 'What the agency pays for.';
comment on column public.tenants.paused_at is 'Set while nothing of the agency is sent; jobs wait.';

create index tenants_paused_by_idx on public.tenants (paused_by);

create trigger touch before update on public.tenants for each row execute function private.touch_updated_at();

alter table public.tenants enable row level security;
grant select (id, name, plan, paused_at, created_at, updated_at), update (name) on public.tenants to authenticated;

create policy "members of the agency or of its brands read its name" on public.tenants for select to authenticated
  using (id = any (array(select private.visible_tenants())));
create policy "members with tenant.edit" on public.tenants for update to authenticated
  using (id = any (array(select private.tenants_with('tenant.edit'))))
  with check (id = any (array(select private.tenants_with('tenant.edit'))));

create table public.tenant_members (
  id         uuid        not null default gen_random_uuid(),
  tenant_id  uuid        not null,
  user_id    uuid        not null,
  role       text        not null,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint tenant_members_pkey primary key (id),
  constraint tenant_members_user_id_tenant_id_key unique (user_id, tenant_id),
  constraint tenant_members_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint tenant_members_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint tenant_members_role_check check (role in ('owner', 'admin', 'staff'))
);
comment on table public.tenant_members is 'The agency''s staff list. Owners and admins are mirrored into brand_members of each of its brands.';
comment on column public.tenant_members.role is 'owner and admin run the agency and stand on each of its brands; staff see the agency and work where they were added.';

create index tenant_members_tenant_idx on public.tenant_members (tenant_id);

create constraint trigger keep_an_owner after delete or update on public.tenant_members deferrable initially deferred
  for each row execute function private.keep_an_owner();
create trigger mirror_staff after insert or delete or update of role on public.tenant_members
  for each row execute function private.mirror_staff_change();
create trigger touch before update on public.tenant_members
  for each row execute function private.touch_updated_at();

alter table public.tenant_members enable row level security;
grant select on public.tenant_members to authenticated;

create policy "members with tenant.view read the staff list" on public.tenant_members for select to authenticated
  using (tenant_id = any (array(select private.tenants_with('tenant.view'))));

create table public.brands (
  id                  uuid        not null default gen_random_uuid(),
  tenant_id           uuid        not null,
  workspace_id        text        generated always as (tenant_id::text) stored,
  created_by          uuid,
  name                text        not null,
  slug                text        not null,
  code                text        not null,
  next_number         integer     not null default 1,
  time_zone           text        not null default 'Europe/London',
  self_approval       boolean     not null default false,
  logo_url            text,
  primary_color       text        not null default '#3b82f6',
  website_url         text,
  industry            text,
  description         text,
  brand_kit           jsonb       not null default '{}',
  voice_summary       text,
  visual_summary      text,
  tone_keywords       text[]      not null default '{}',
  compliance_rules    text,
  intake_completed    boolean     not null default false,
  intake_completed_at timestamptz,
  scraped_at          timestamptz,
  scraper_status      text        not null default 'never_run',
  paused_at           timestamptz,
  paused_by           uuid,
  pause_reason        text,
  delete_after        timestamptz,
  deletion_asked_by   uuid,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  constraint brands_pkey primary key (id),
  constraint brands_id_tenant_id_key unique (id, tenant_id),
  constraint unique_code_per_tenant unique (tenant_id, code),
  constraint unique_slug_per_tenant unique (tenant_id, slug),
  constraint brands_created_by_fkey foreign key (created_by) references auth.users(id) on delete set null,
  constraint brands_deletion_asked_by_fkey foreign key (deletion_asked_by) references auth.users(id) on delete set null,
  constraint brands_paused_by_fkey foreign key (paused_by) references auth.users(id) on delete set null,
  constraint brands_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete restrict,
  constraint brands_code_check check (code ~ '^[A-Z0-9]{2,4}$'),
  constraint brands_description_check check (char_length(description) <= 4000),
  constraint brands_industry_check check (char_length(industry) <= 200),
  constraint brands_logo_url_check check (logo_url ~ '^https?://' and char_length(logo_url) <= 2000),
  constraint brands_name_check check (btrim(name) <> '' and char_length(name) <= 80),
  constraint brands_next_number_check check (next_number > 0),
  constraint brands_pause_reason_check check (char_length(pause_reason) <= 300),
  constraint brands_primary_color_check check (primary_color ~ '^#[0-9a-f]{6}$'),
  constraint brands_scraper_status_check check (scraper_status in ('never_run', 'running', 'completed', 'failed')),
  constraint brands_slug_check check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 80),
  constraint brands_website_url_check check (website_url ~ '^https?://' and char_length(website_url) <= 2000)
);
comment on table public.brands is 'One client of the agency. All brand data is reached through brand_members alone.';
comment on column public.brands.workspace_id is 'The tenant''s id as text: the old product''s name for it.';
comment on column public.brands.slug is 'Names the brand in addresses.';
comment on column public.brands.code is 'Short code that names its pieces, as OE in OE-318.';
comment on column public.brands.next_number is 'Number the next piece gets.';
comment on column public.brands.time_zone is 'The zone in which its posts are planned; a name of the tz database.';
comment on column public.brands.self_approval is 'Whether an author may give the agency''s own yes to their own piece.';
comment on column public.brands.primary_color is 'Six hexadecimal digits, lower case.';
comment on column public.brands.brand_kit is 'What the intake learnt about the brand, as JSON: colours, fonts, voice, audience.';
comment on column public.brands.tone_keywords is 'Words that say how the brand sounds.';
comment on column public.brands.compliance_rules is 'What its posts must or must not say.';
comment on column public.brands.intake_completed_at is 'When its questionnaire was finished; null until then.';
comment on column public.brands.scraped_at is 'When its website was last read.';
comment on column public.brands.scraper_status is 'How the last reading of its website went.';
comment on column public.brands.paused_at is 'Set while nothing of the brand is sent; jobs wait.';
comment on column public.brands.delete_after is 'Set while the brand waits for its deletion: from this time on the worker may take it away. Nothing publishes meanwhile.';
comment on column public.brands.deletion_asked_by is 'Who planned its deletion.';

create index brands_created_by_idx on public.brands (created_by);
create index brands_delete_after_idx on public.brands (delete_after) where delete_after is not null;
create index brands_deletion_asked_by_idx on public.brands (deletion_asked_by);
create index brands_paused_by_idx on public.brands (paused_by);

create trigger agency_scale_5 after insert on public.brands for each row execute function private.earn_scale();
create trigger check_time_zone before insert or update of time_zone on public.brands
  for each row execute function private.check_time_zone();
create trigger mirror_staff after insert on public.brands
  for each row execute function private.mirror_new_brand();
create trigger onboarding_complete after insert or update of intake_completed on public.brands
  for each row when (new.intake_completed) execute function private.earn_milestone('onboarding_complete');
create trigger refuse_writing_leaving after update on public.brands
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger touch before update on public.brands for each row execute function private.touch_updated_at();

alter table public.brands enable row level security;
grant select (id, tenant_id, workspace_id, created_by, name, slug, code, next_number, time_zone, self_approval, logo_url, primary_color, website_url, industry, description, brand_kit, voice_summary, visual_summary, tone_keywords, compliance_rules, intake_completed, intake_completed_at, scraped_at, scraper_status, paused_at, delete_after, deletion_asked_by, created_at, updated_at), update (name, time_zone, logo_url, primary_color, website_url, industry, description) on public.brands to authenticated;

create policy "members with brand.edit" on public.brands for update to authenticated
  using (id = any (((select private.brands_with('brand.edit')))::uuid[]))
  with check (id = any (((select private.brands_with('brand.edit')))::uuid[]));
create policy "members with brand.view" on public.brands for select to authenticated
  using (id = any (((select private.brands_with('brand.view')))::uuid[]));

create table public.brand_members (
  id         uuid        not null default gen_random_uuid(),
  user_id    uuid        not null,
  brand_id   uuid        not null,
  role       varchar(50) not null default 'member',
  mirrored   boolean     not null default false,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint brand_members_pkey primary key (id),
  constraint brand_members_user_id_brand_id_key unique (user_id, brand_id),
  constraint brand_members_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint brand_members_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint brand_members_role_check check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer'))
);
comment on table public.brand_members is 'Who works on or for a brand, and as what. The one source of access to brand data.';
comment on column public.brand_members.role is 'What the person may do here, by private.role_permissions.';
comment on column public.brand_members.mirrored is 'Kept by trigger from tenant_members; not to be changed by hand.';

create index brand_members_brand_idx on public.brand_members (brand_id);

create trigger gather_added after insert on public.brand_members referencing new table as changed
  for each statement execute function private.gather_brands();
create trigger gather_changed_from after update on public.brand_members referencing old table as changed
  for each statement execute function private.gather_brands();
create trigger gather_changed_to after update on public.brand_members referencing new table as changed
  for each statement execute function private.gather_brands();
create trigger gather_emptied after truncate on public.brand_members
  for each statement execute function private.gather_brands();
create trigger gather_removed after delete on public.brand_members referencing old table as changed
  for each statement execute function private.gather_brands();
create trigger touch before update on public.brand_members
  for each row execute function private.touch_updated_at();

alter table public.brand_members enable row level security;
grant select on public.brand_members to authenticated;

create policy "members with brand.view see who else is on it" on public.brand_members for select to authenticated
  using (brand_id = any (((select private.brands_with('brand.view')))::uuid[]));

create table public.brand_invitations (
  id           uuid        not null default gen_random_uuid(),
  tenant_id    uuid        not null,
  brand_id     uuid        not null,
  email        text        not null,
  role         text        not null,
  status       text        not null default 'pending',
  invited_by   uuid,
  expires_at   timestamptz not null,
  accepted_by  uuid,
  accepted_at  timestamptz,
  send_count   integer     not null default 0,
  last_sent_at timestamptz,
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint brand_invitations_pkey primary key (id),
  constraint brand_invitations_id_brand_id_key unique (id, brand_id),
  constraint brand_invitations_accepted_by_fkey foreign key (accepted_by) references auth.users(id) on delete set null,
  constraint brand_invitations_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint brand_invitations_invited_by_fkey foreign key (invited_by) references auth.users(id) on delete set null,
  constraint brand_invitations_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint brand_invitations_email_check check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'),
  constraint brand_invitations_role_check check (role in ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer')),
  constraint brand_invitations_status_check check (status in ('pending', 'accepted', 'revoked'))
);
comment on table public.brand_invitations is 'A person asked to join a brand by mail. Its link''s token alone accepts it, never a matching address.';
comment on column public.brand_invitations.role is 'What the invited person becomes.';
comment on column public.brand_invitations.status is 'accepted and revoked are final; an expired one stays pending until a new one takes its place.';
comment on column public.brand_invitations.expires_at is 'Seven days after the last mail.';
comment on column public.brand_invitations.accepted_at is 'When its link was used; null until then.';
comment on column public.brand_invitations.send_count is 'Mails asked for so far; at most ten.';
comment on column public.brand_invitations.last_sent_at is 'When the last mail was asked for; another takes a minute.';

create index brand_invitations_accepted_by_idx on public.brand_invitations (accepted_by);
create index brand_invitations_brand_idx on public.brand_invitations (brand_id, tenant_id);
create index brand_invitations_invited_by_idx on public.brand_invitations (invited_by);
create unique index brand_invitations_one_open_idx on public.brand_invitations (brand_id, email) where status = 'pending';
create index brand_invitations_tenant_idx on public.brand_invitations (tenant_id);

create trigger touch before update on public.brand_invitations
  for each row execute function private.touch_updated_at();

alter table public.brand_invitations enable row level security;
grant select on public.brand_invitations to authenticated;

create policy "members with members.manage" on public.brand_invitations for select to authenticated
  using (brand_id = any (((select private.brands_with('members.manage')))::uuid[]));

create table public.milestones (
  id              uuid        not null default gen_random_uuid(),
  tenant_id       uuid        not null,
  workspace_id    text        not null generated always as (tenant_id::text) stored,
  key             text        not null,
  unlocked_at     timestamptz not null default private.now(),
  acknowledged_at timestamptz,
  created_at      timestamptz not null default private.now(),
  updated_at      timestamptz not null default private.now(),
  constraint milestones_pkey primary key (id),
  constraint unique_workspace_milestone unique (workspace_id, key),
  constraint milestones_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint milestones_key_check check (key in ('onboarding_complete', 'first_integration', 'first_approval', 'first_publish', 'goal_met', 'agency_scale_5', 'month_1_anniversary'))
);
comment on table public.milestones is 'What an agency reached, each once; shown until acknowledged.';
comment on column public.milestones.workspace_id is 'The tenant''s id as text: the old product''s name for it.';
comment on column public.milestones.key is 'What was reached; each once an agency.';
comment on column public.milestones.unlocked_at is 'When it was reached.';
comment on column public.milestones.acknowledged_at is 'When somebody of the agency saw the celebration; null while it is to be shown.';

create index milestones_tenant_idx on public.milestones (tenant_id);

create trigger touch before update on public.milestones
  for each row execute function private.touch_updated_at();

alter table public.milestones enable row level security;
grant select on public.milestones to authenticated;

create policy "members with tenant.view" on public.milestones for select to authenticated
  using (tenant_id = any (array(select private.tenants_with('tenant.view'))));

create table private.brands_of_people (
  user_id   uuid   not null,
  role      text   not null,
  brand_ids uuid[] not null,
  constraint brands_of_people_pkey primary key (user_id, role),
  constraint brands_of_people_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint brands_of_people_role_check check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer'))
);
comment on table private.brands_of_people is 'brand_members gathered by person and role, as policies ask for them. Kept by triggers and by nothing else. After a restore that fires none: `truncate private.brands_of_people; update public.brand_members set role = role`.';
comment on column private.brands_of_people.role is 'As in brand_members.';
comment on column private.brands_of_people.brand_ids is 'The brands on which the person has the role, in order.';

alter table private.brands_of_people enable row level security;

create table private.role_permissions (
  role       text not null,
  permission text not null,
  constraint role_permissions_pkey primary key (role, permission),
  constraint role_permissions_role_check check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer'))
);
comment on table private.role_permissions is 'The one matrix of brand roles and permissions. Policies, functions, the interface and the docs all read it.';
comment on column private.role_permissions.role is 'A role of brand_members.';
comment on column private.role_permissions.permission is 'area.action, as content.view.';

create index role_permissions_permission_idx on private.role_permissions (permission);

alter table private.role_permissions enable row level security;

insert into private.role_permissions (role, permission) values
  ('admin', 'analytics.export'),
  ('admin', 'analytics.view'),
  ('admin', 'approvals.configure'),
  ('admin', 'approvals.decide_internal'),
  ('admin', 'approvals.request'),
  ('admin', 'audit.view'),
  ('admin', 'brand.edit'),
  ('admin', 'brand.view'),
  ('admin', 'comments.client'),
  ('admin', 'comments.internal'),
  ('admin', 'connections.manage'),
  ('admin', 'connections.view'),
  ('admin', 'content.create'),
  ('admin', 'content.delete'),
  ('admin', 'content.delete_own_drafts'),
  ('admin', 'content.edit'),
  ('admin', 'content.view'),
  ('admin', 'content.view_shared'),
  ('admin', 'goals.manage'),
  ('admin', 'media.manage'),
  ('admin', 'media.upload'),
  ('admin', 'media.view'),
  ('admin', 'members.manage'),
  ('admin', 'planning.use'),
  ('admin', 'publishing.cancel'),
  ('admin', 'publishing.pause'),
  ('admin', 'publishing.publish_now'),
  ('admin', 'publishing.reschedule'),
  ('admin', 'publishing.retry'),
  ('admin', 'publishing.schedule'),
  ('analyst', 'analytics.export'),
  ('analyst', 'analytics.view'),
  ('analyst', 'brand.view'),
  ('analyst', 'comments.internal'),
  ('analyst', 'connections.view'),
  ('analyst', 'content.view'),
  ('analyst', 'content.view_shared'),
  ('analyst', 'goals.manage'),
  ('analyst', 'media.view'),
  ('client_approver', 'analytics.view'),
  ('client_approver', 'approvals.decide_client'),
  ('client_approver', 'approvals.hold'),
  ('client_approver', 'brand.view'),
  ('client_approver', 'comments.client'),
  ('client_approver', 'content.view_shared'),
  ('client_viewer', 'analytics.view'),
  ('client_viewer', 'brand.view'),
  ('client_viewer', 'content.view_shared'),
  ('creator', 'analytics.view'),
  ('creator', 'approvals.request'),
  ('creator', 'brand.view'),
  ('creator', 'comments.client'),
  ('creator', 'comments.internal'),
  ('creator', 'connections.view'),
  ('creator', 'content.create'),
  ('creator', 'content.delete_own_drafts'),
  ('creator', 'content.edit'),
  ('creator', 'content.view'),
  ('creator', 'content.view_shared'),
  ('creator', 'media.upload'),
  ('creator', 'media.view'),
  ('creator', 'planning.use'),
  ('creator', 'publishing.cancel'),
  ('creator', 'publishing.reschedule'),
  ('creator', 'publishing.schedule'),
  ('manager', 'analytics.export'),
  ('manager', 'analytics.view'),
  ('manager', 'approvals.configure'),
  ('manager', 'approvals.decide_internal'),
  ('manager', 'approvals.request'),
  ('manager', 'brand.edit'),
  ('manager', 'brand.view'),
  ('manager', 'comments.client'),
  ('manager', 'comments.internal'),
  ('manager', 'connections.view'),
  ('manager', 'content.create'),
  ('manager', 'content.delete'),
  ('manager', 'content.delete_own_drafts'),
  ('manager', 'content.edit'),
  ('manager', 'content.view'),
  ('manager', 'content.view_shared'),
  ('manager', 'goals.manage'),
  ('manager', 'media.manage'),
  ('manager', 'media.upload'),
  ('manager', 'media.view'),
  ('manager', 'planning.use'),
  ('manager', 'publishing.cancel'),
  ('manager', 'publishing.pause'),
  ('manager', 'publishing.publish_now'),
  ('manager', 'publishing.reschedule'),
  ('manager', 'publishing.retry'),
  ('manager', 'publishing.schedule'),
  ('member', 'analytics.view'),
  ('member', 'brand.view'),
  ('member', 'comments.internal'),
  ('member', 'connections.view'),
  ('member', 'content.view'),
  ('member', 'content.view_shared'),
  ('member', 'media.view'),
  ('owner', 'analytics.export'),
  ('owner', 'analytics.view'),
  ('owner', 'approvals.configure'),
  ('owner', 'approvals.decide_internal'),
  ('owner', 'approvals.request'),
  ('owner', 'audit.view'),
  ('owner', 'brand.delete'),
  ('owner', 'brand.edit'),
  ('owner', 'brand.view'),
  ('owner', 'comments.client'),
  ('owner', 'comments.internal'),
  ('owner', 'connections.manage'),
  ('owner', 'connections.view'),
  ('owner', 'content.create'),
  ('owner', 'content.delete'),
  ('owner', 'content.delete_own_drafts'),
  ('owner', 'content.edit'),
  ('owner', 'content.view'),
  ('owner', 'content.view_shared'),
  ('owner', 'goals.manage'),
  ('owner', 'media.manage'),
  ('owner', 'media.upload'),
  ('owner', 'media.view'),
  ('owner', 'members.manage'),
  ('owner', 'planning.use'),
  ('owner', 'publishing.cancel'),
  ('owner', 'publishing.pause'),
  ('owner', 'publishing.publish_now'),
  ('owner', 'publishing.reschedule'),
  ('owner', 'publishing.retry'),
  ('owner', 'publishing.schedule');

create table private.tenant_role_permissions (
  role       text not null,
  permission text not null,
  constraint tenant_role_permissions_pkey primary key (role, permission),
  constraint tenant_role_permissions_role_check check (role in ('owner', 'admin', 'staff'))
);
comment on table private.tenant_role_permissions is 'The same for the agency itself: its roles and what each may do.';
comment on column private.tenant_role_permissions.role is 'A role of tenant_members.';

alter table private.tenant_role_permissions enable row level security;

insert into private.tenant_role_permissions (role, permission) values
  ('admin', 'brands.create'),
  ('admin', 'catalogue.manage'),
  ('admin', 'staff.manage'),
  ('admin', 'tenant.audit'),
  ('admin', 'tenant.edit'),
  ('admin', 'tenant.pause'),
  ('admin', 'tenant.view'),
  ('owner', 'brands.create'),
  ('owner', 'catalogue.manage'),
  ('owner', 'staff.manage'),
  ('owner', 'tenant.audit'),
  ('owner', 'tenant.edit'),
  ('owner', 'tenant.pause'),
  ('owner', 'tenant.view'),
  ('staff', 'tenant.view');

create table private.ceilings (
  name text    not null,
  most integer not null,
  constraint ceilings_pkey primary key (name),
  constraint ceilings_most_check check (most > 0),
  constraint ceilings_name_check check (name ~ '^[a-z_]+$')
);
comment on table private.ceilings is 'How much of a thing there may be, each with its figure. An operator may change a figure; functions and triggers read it here.';
comment on column private.ceilings.name is 'what_of_whom, and where it grows back, a_day or a_minute.';
comment on column private.ceilings.most is 'The last that goes through is the one of this number.';

alter table private.ceilings enable row level security;

insert into private.ceilings (name, most) values
  ('agencies_of_a_person', 20),
  ('comments_of_a_person_a_minute', 30),
  ('comments_of_a_piece_a_day', 500),
  ('goals_of_a_brand', 200),
  ('invitations_of_an_agency_a_day', 100),
  ('invitations_to_an_address_a_day', 5),
  ('mails_of_an_agency_a_day', 2000),
  ('mails_to_an_address_a_day', 60),
  ('waiting_uploads_of_a_brand', 200);

create table private.link_tokens (
  token_hash    bytea       not null,
  purpose       text        not null,
  brand_id      uuid        not null,
  invitation_id uuid,
  user_id       uuid,
  content_id    uuid,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  created_at    timestamptz not null default private.now(),
  constraint link_tokens_pkey primary key (token_hash),
  constraint link_tokens_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint link_tokens_invitation_id_brand_id_fkey foreign key (invitation_id, brand_id) references public.brand_invitations(id, brand_id) on delete cascade,
  constraint link_tokens_user_id_fkey foreign key (user_id) references auth.users(id) on delete cascade,
  constraint link_tokens_check check ((purpose = 'invitation') = (invitation_id is not null)),
  constraint link_tokens_check1 check ((purpose = 'portal') = (user_id is not null)),
  constraint link_tokens_purpose_check check (purpose in ('invitation', 'portal')),
  constraint link_tokens_token_hash_check check (octet_length(token_hash) = 32)
);
comment on table private.link_tokens is 'SHA-256 of the tokens in mailed links. The clear token exists only in the mail.';
comment on column private.link_tokens.token_hash is 'SHA-256 of the token.';
comment on column private.link_tokens.purpose is 'invitation: joins a brand; portal: opens a client''s page.';
comment on column private.link_tokens.user_id is 'The client whom a portal link signs in.';
comment on column private.link_tokens.content_id is 'The piece a portal link leads to; null: the overview.';
comment on column private.link_tokens.expires_at is 'An invitation''s own end; 30 days for a portal link.';
comment on column private.link_tokens.revoked_at is 'Set when the person leaves the brand or changes role; the link is dead since.';

create index link_tokens_brand_idx on private.link_tokens (brand_id);
create index link_tokens_content_idx on private.link_tokens (content_id, brand_id);
create index link_tokens_invitation_idx on private.link_tokens (invitation_id, brand_id);
create index link_tokens_user_idx on private.link_tokens (user_id);

alter table private.link_tokens enable row level security;

-- 1. Brand and identity: functions ----------------------------------------------------------------

create function private.brand_code(name text) returns text
language sql immutable set search_path = ''
as $$
  with words as (
    select array_agg(upper(w) order by n) as w
    from regexp_split_to_table(regexp_replace(brand_code.name, '[^A-Za-z0-9 ]+', ' ', 'g'), '\s+') with ordinality as t (w, n)
    where w <> ''
  )
  select case
    when w is null then 'BR'
    when cardinality(w) > 1 then left((select string_agg(left(x, 1), '' order by n) from unnest(w) with ordinality as u (x, n)), 3)
    else rpad(left(w[1], 2), 2, 'X')
  end
  from words
$$;

create function private.brands_to_purge() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select b.id from public.brands b
  -- A minute's margin: whoever keeps it at the last moment has committed by then.
  where b.delete_after <= private.now() - interval '1 minute'
    and not exists (select from public.publish_jobs j where j.brand_id = b.id and j.status = 'processing')
  order by b.delete_after
$$;

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
comment on function private.can(uuid, text) is 'Whether the caller holds the permission on the brand; refuses what would change a brand that waits for its deletion. For functions; policies use brands_with.';

create function private.ceiling(name text) returns integer
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select c.most from private.ceilings c where c.name = ceiling.name);
end $$;
comment on function private.ceiling(text) is 'The figure of private.ceilings.';

create function private.deletion_grace() returns interval
language sql immutable set search_path = ''
as $$
  select interval '14 days'
$$;

create function private.invitation_state(invitation public.brand_invitations) returns text
language sql stable set search_path = ''
as $$
  select case
    when invitation.status = 'accepted' then 'used'
    when invitation.status = 'revoked' then 'revoked'
    when invitation.expires_at <= private.now() then 'expired'
    else 'valid'
  end
$$;

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

create function private.leave_staff(tenant_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.tenant_members t
  where t.tenant_id = leave_staff.tenant_id and t.user_id = leave_staff.user_id and t.role = 'staff'
    and not exists (
      select from public.brand_members m join public.brands b on b.id = m.brand_id
      where m.user_id = leave_staff.user_id and b.tenant_id = leave_staff.tenant_id
        and m.role not in ('client_approver', 'client_viewer')
    );
end $$;

create function private.lock_inviting(tenant_id uuid) returns void
language sql security definer set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('invite:' || lock_inviting.tenant_id, 0));
  select pg_advisory_xact_lock(hashtextextended('invite:' || auth.uid(), 0));
$$;

create function private.mail_invitation(invitation public.brand_invitations) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  facts jsonb;
begin
  select jsonb_build_object(
    'agency_name', t.name, 'brand_name', b.name, 'role', invitation.role, 'expires_at', invitation.expires_at,
    'inviter_name', (select p.display_name from public.profiles p where p.user_id = auth.uid()))
  into facts
  from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = invitation.brand_id;
  perform private.queue_email(invitation.tenant_id, invitation.brand_id, invitation.email, null, 'invitation', facts,
    'invitation:' || invitation.id || ':' || invitation.send_count, invitation.id);
end $$;

create function private.member_to_change(brand_id uuid, user_id uuid) returns public.brand_members
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members;
begin
  if not private.can(member_to_change.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(member_to_change.brand_id, 'members.manage') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, as everywhere: those that wait for this person are handed over.
  perform from public.content_items i
  where i.id in (
    select r.post_id from public.approval_requests r
    where r.brand_id = member_to_change.brand_id and r.assigned_to = member_to_change.user_id and r.status = 'pending')
  order by i.id for update;
  select * into member from public.brand_members m
  where m.brand_id = member_to_change.brand_id and m.user_id = member_to_change.user_id for update;
  if not found then
    perform private.refuse('member_not_found');
  end if;
  if member.user_id = auth.uid() then
    perform private.refuse('member_self');
  end if;
  if member.mirrored then
    perform private.refuse('member_mirrored');
  end if;
  return member;
end $$;

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

create function private.moment() returns timestamptz
language plpgsql set search_path = ''
as $$
begin
  return case
    when session_user = 'postgres' then coalesce(nullif(current_setting('copydesk.now', true), '')::timestamptz, clock_timestamp())
    else clock_timestamp()
  end;
end $$;

create function private.own_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
begin
  select * into invitation from public.brand_invitations i where i.id = own_invitation.invitation_id;
  if not found or not private.can(invitation.brand_id, 'members.manage') then
    perform private.refuse('invite_not_found');
  end if;
  -- Before the row, as where a new invitation takes an old one's place.
  perform private.lock_inviting(invitation.tenant_id);
  select * into invitation from public.brand_invitations i where i.id = own_invitation.invitation_id for update;
  if invitation.status <> 'pending' then
    perform private.refuse('invite_closed');
  end if;
  return invitation;
end $$;

create function private.person_can(user_id uuid, brand_id uuid, permission text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from public.brand_members m
    join private.role_permissions p on p.role = m.role
    where m.user_id = person_can.user_id and m.brand_id = person_can.brand_id and p.permission = person_can.permission
  )
$$;

create function private.portal_link_state(link private.link_tokens) returns text
language sql stable security definer set search_path = ''
as $$
  select case
    when link.revoked_at is not null then 'revoked'
    when not exists (select from public.brand_members m where m.user_id = link.user_id and m.brand_id = link.brand_id) then 'revoked'
    when link.expires_at <= private.now() then 'expired'
    else 'valid'
  end
$$;

create function private.purge_brand(brand_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  brand  public.brands;
  people uuid[];
begin
  -- The agency first, as whoever opens a brand or names an admin has it.
  perform from public.tenants t
  where t.id = (select b.tenant_id from public.brands b where b.id = purge_brand.brand_id) for no key update;
  select * into brand from public.brands b where b.id = purge_brand.brand_id for update;
  if brand.delete_after is null or brand.delete_after > private.now() then
    return false;
  end if;
  perform graphile_worker.remove_job('publish:' || j.id) from public.publish_jobs j
  where j.brand_id = brand.id and j.status in ('pending', 'scheduled', 'outcome_unknown', 'paused');
  people := array(select m.user_id from public.brand_members m where m.brand_id = brand.id);
  delete from public.brands b where b.id = brand.id;
  perform private.leave_staff(brand.tenant_id, person) from unnest(people) as person;
  perform private.audit(brand.tenant_id, brand.id, 'brand.deleted', 'brand', brand.id::text,
    jsonb_build_object('name', brand.name, 'asked_by', brand.deletion_asked_by));
  return true;
end $$;
comment on function private.purge_brand(uuid) is 'Deletes a brand whose grace is over, with all its rows but those of the audit log; staff of no other brand leave the agency. False: it was kept.';

create function private.refuse(code text, facts jsonb default '{}') returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = 'P0001', message = refuse.code, detail = coalesce(refuse.facts, '{}')::text;
end $$;
grant execute on function private.refuse(text, jsonb) to authenticated;
comment on function private.refuse(text, jsonb) is 'Raises P0001 with the code as message and the facts as detail.';

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

create function private.slugify(name text) returns text
language sql immutable set search_path = ''
as $$
  select coalesce(nullif(left(btrim(regexp_replace(lower(slugify.name), '[^a-z0-9]+', '-', 'g'), '-'), 60), ''), 'brand')
$$;

create function private.token_hash(token text) returns bytea
language sql immutable set search_path = ''
as $$
  select sha256(convert_to(coalesce(token_hash.token, ''), 'UTF8'))
$$;

create function private.unlock_anniversaries() returns integer
language sql security definer set search_path = ''
as $$
  with due as (
    insert into public.milestones (tenant_id, key)
    select t.id, 'month_1_anniversary' from public.tenants t
    where t.created_at <= private.now() - interval '1 month'
      and not exists (select from public.milestones m where m.tenant_id = t.id and m.key = 'month_1_anniversary')
    on conflict on constraint unique_workspace_milestone do nothing
    returning 1
  )
  select count(*)::int from due
$$;
comment on function private.unlock_anniversaries() is 'For the worker''s clock: agencies that are a month old.';

create function private.unlock_milestone(tenant_id uuid, key text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Looked up first: whoever earns it again must not wait for whoever is earning it now.
  if not exists (select from public.milestones m where m.tenant_id = unlock_milestone.tenant_id and m.key = unlock_milestone.key) then
    insert into public.milestones (tenant_id, key) values (unlock_milestone.tenant_id, unlock_milestone.key)
    on conflict on constraint unique_workspace_milestone do nothing;
  end if;
end $$;
comment on function private.unlock_milestone(uuid, text) is 'Unlocks once; called again it changes nothing.';

create function private.utf16_length(value text) returns integer
language sql immutable set search_path = ''
as $$
  select char_length(regexp_replace(coalesce(utf16_length.value, ''), '[\U00010000-\U0010FFFF]', 'xx', 'g'))
$$;
grant execute on function private.utf16_length(text) to authenticated;

create function public.accept_invitation(token text) returns table(brand_id uuid, brand_slug text, role text)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation public.brand_invitations;
  state      text;
begin
  if auth.uid() is null then
    perform private.refuse('not_signed_in');
  end if;
  select i.* into invitation
  from private.link_tokens l join public.brand_invitations i on i.id = l.invitation_id
  where l.token_hash = private.token_hash(accept_invitation.token) and l.purpose = 'invitation'
  for update of i;
  if not found then
    perform private.refuse('invite_unknown');
  end if;
  state := private.invitation_state(invitation);
  if state <> 'valid' then
    perform private.refuse('invite_' || state);
  end if;
  perform private.refuse_leaving(invitation.brand_id);
  if exists (select from public.brand_members m where m.brand_id = invitation.brand_id and m.user_id = auth.uid()) then
    perform private.refuse('member_exists', jsonb_build_object('email', 'Your account'));
  end if;

  insert into public.brand_members (user_id, brand_id, role) values (auth.uid(), invitation.brand_id, invitation.role);
  if invitation.role not in ('client_approver', 'client_viewer') then
    insert into public.tenant_members (tenant_id, user_id, role) values (invitation.tenant_id, auth.uid(), 'staff')
    on conflict do nothing;
  end if;
  update public.brand_invitations i
  set status = 'accepted', accepted_by = auth.uid(), accepted_at = private.now() where i.id = invitation.id;
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.joined', 'user', auth.uid()::text,
    jsonb_build_object('role', invitation.role, 'email', invitation.email));
  return query select b.id, b.slug, invitation.role from public.brands b where b.id = invitation.brand_id;
end $$;
grant execute on function public.accept_invitation(text) to authenticated;
comment on function public.accept_invitation(text) is 'Joins the brand by the link''s token, once, as whoever is signed in.';

create function public.acknowledge_milestone(milestone_id uuid) returns public.milestones
language plpgsql security definer set search_path = ''
as $$
declare
  milestone public.milestones;
begin
  update public.milestones m set acknowledged_at = coalesce(m.acknowledged_at, private.now())
  where m.id = acknowledge_milestone.milestone_id and m.tenant_id in (select private.tenants_with('tenant.view'))
  returning * into milestone;
  if milestone.id is null then
    perform private.refuse('milestone_not_found');
  end if;
  return milestone;
end $$;
grant execute on function public.acknowledge_milestone(uuid) to authenticated;
comment on function public.acknowledge_milestone(uuid) is 'The celebration was seen; it is not shown again.';

create function public.check_request() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if coalesce(nullif(current_setting('request.headers', true), ''), '{}')::json ->> 'prefer' ~* 'count=(planned|estimated)' then
    raise exception using errcode = 'P0001', message = 'count_not_exact', detail = '{}';
  end if;
end $$;
grant execute on function public.check_request() to anon, authenticated, service_role;
comment on function public.check_request() is 'Asked by the Data API before each request: refuses counts that would be guessed over rows the caller may not see.';

create function public.create_brand(tenant_id uuid, name text, time_zone text, approval_mode text default 'client', code text default null, primary_color text default null) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand  public.brands;
  wished text := btrim(coalesce(create_brand.name, ''));
  wished_slug text := private.slugify(wished);
  short  text := upper(nullif(btrim(coalesce(create_brand.code, '')), ''));
  color  text := lower(nullif(btrim(coalesce(create_brand.primary_color, '')), ''));
  n      int := 1;
begin
  if create_brand.tenant_id is null or create_brand.tenant_id not in (select private.tenants_with('brands.create')) then
    perform private.refuse('tenant_not_found');
  end if;
  if char_length(wished) not between 1 and 80 then
    perform private.refuse('brand_name_invalid');
  end if;
  if not private.is_time_zone(create_brand.time_zone) then
    perform private.refuse('time_zone_unknown', jsonb_build_object('time_zone', create_brand.time_zone));
  end if;
  if private.mode_steps(create_brand.approval_mode) is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  if short is not null and short !~ '^[A-Z0-9]{2,4}$' then
    perform private.refuse('brand_code_invalid');
  end if;
  if color is not null and color !~ '^#[0-9a-f]{6}$' then
    perform private.refuse('brand_color_invalid');
  end if;

  -- Names and codes are handed out one brand at a time within the agency.
  perform from public.tenants t where t.id = create_brand.tenant_id for update;
  if exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and lower(b.name) = lower(wished)) then
    perform private.refuse('brand_name_taken', jsonb_build_object('name', wished));
  end if;
  while exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.slug = wished_slug) loop
    n := n + 1;
    wished_slug := private.slugify(wished) || '-' || n;
  end loop;
  if short is not null then
    if exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.code = short) then
      perform private.refuse('brand_code_taken', jsonb_build_object('code', short));
    end if;
  else
    short := private.brand_code(wished);
    n := 1;
    while exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.code = short) loop
      n := n + 1;
      short := left(private.brand_code(wished), 4 - char_length(n::text)) || n;
    end loop;
  end if;

  insert into public.brands (tenant_id, created_by, name, slug, code, time_zone, primary_color)
  values (create_brand.tenant_id, auth.uid(), wished, wished_slug, short, create_brand.time_zone, coalesce(color, '#3b82f6'))
  returning * into brand;
  insert into public.workflow_templates (brand_id, name, mode, steps, is_default)
  values (brand.id, 'Default', create_brand.approval_mode, private.mode_steps(create_brand.approval_mode), true);
  perform private.audit(brand.tenant_id, brand.id, 'brand.created', 'brand', brand.id::text,
    jsonb_build_object('name', brand.name, 'approval_mode', create_brand.approval_mode));
  return brand;
end $$;
grant execute on function public.create_brand(uuid, text, text, text, text, text) to authenticated;
comment on function public.create_brand(uuid, text, text, text, text, text) is 'Adds a brand to an agency, with its approval mode, quota and the agency''s owners and admins on it.';

create function public.create_tenant(name text) returns public.tenants
language plpgsql security definer set search_path = ''
as $$
declare
  tenant public.tenants;
  wished text := btrim(coalesce(create_tenant.name, ''));
  most   constant int := private.ceiling('agencies_of_a_person');
begin
  if auth.uid() is null then
    perform private.refuse('not_signed_in');
  end if;
  if char_length(wished) not between 1 and 80 then
    perform private.refuse('tenant_name_invalid');
  end if;
  -- One at a time, or those founded at the same moment would not count each other.
  perform pg_advisory_xact_lock(hashtextextended('found:' || auth.uid(), 0));
  if (select count(*) from public.tenant_members m where m.user_id = auth.uid() and m.role = 'owner') >= most then
    perform private.refuse('tenants_too_many', jsonb_build_object('limit', most));
  end if;
  insert into public.tenants (name) values (wished) returning * into tenant;
  insert into public.tenant_members (tenant_id, user_id, role) values (tenant.id, auth.uid(), 'owner');
  perform private.audit(tenant.id, null, 'tenant.created', 'tenant', tenant.id::text, jsonb_build_object('name', tenant.name));
  return tenant;
end $$;
grant execute on function public.create_tenant(text) to authenticated;
comment on function public.create_tenant(text) is 'Founds an agency with the caller as its owner.';

create function public.invitation_address(token text) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
begin
  select i.* into invitation
  from private.link_tokens l join public.brand_invitations i on i.id = l.invitation_id
  where l.token_hash = private.token_hash(invitation_address.token) and l.purpose = 'invitation';
  if not found then
    perform private.refuse('invite_unknown');
  end if;
  if private.invitation_state(invitation) <> 'valid' then
    perform private.refuse('invite_' || private.invitation_state(invitation));
  end if;
  perform private.refuse_leaving(invitation.brand_id);
  if exists (select from auth.users u where lower(u.email) = invitation.email) then
    perform private.refuse('invite_account_exists', jsonb_build_object('email', invitation.email));
  end if;
  return invitation.email;
end $$;
grant execute on function public.invitation_address(text) to service_role;
comment on function public.invitation_address(text) is 'The invited address, while it has no account.';

create function public.invite_member(brand_id uuid, email text, role text) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
  brand      public.brands;
  address    text := lower(btrim(coalesce(invite_member.email, '')));
begin
  select * into brand from public.brands b where b.id = invite_member.brand_id;
  if not found or not private.can(brand.id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(brand.id, 'members.manage') then
    perform private.refuse('not_allowed');
  end if;
  if address !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$' or char_length(address) > 254 then
    perform private.refuse('invite_email_invalid');
  end if;
  if invite_member.role is null or invite_member.role not in
     ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer') then
    perform private.refuse('role_unknown');
  end if;
  perform private.lock_inviting(brand.tenant_id);
  if exists (
    select from public.brand_members m join auth.users u on u.id = m.user_id
    where m.brand_id = brand.id and lower(u.email) = address
  ) then
    perform private.refuse('member_exists', jsonb_build_object('email', address));
  end if;
  if exists (select from public.brand_invitations i where i.brand_id = brand.id and i.email = address
             and i.status = 'pending' and i.expires_at > private.now()) then
    perform private.refuse('invite_exists', jsonb_build_object('email', address));
  end if;

  perform private.refuse_flooding(brand.tenant_id, address);

  -- One that grew old gives way to the new one.
  update public.brand_invitations i set status = 'revoked'
  where i.brand_id = brand.id and i.email = address and i.status = 'pending';
  insert into public.brand_invitations (tenant_id, brand_id, email, role, invited_by, expires_at, send_count, last_sent_at)
  values (brand.tenant_id, brand.id, address, invite_member.role, auth.uid(), private.now() + interval '7 days', 1, private.now())
  returning * into invitation;
  perform private.mail_invitation(invitation);
  perform private.audit(brand.tenant_id, brand.id, 'member.invited', 'invitation', invitation.id::text,
    jsonb_build_object('email', address, 'role', invite_member.role));
  return invitation;
end $$;
grant execute on function public.invite_member(uuid, text, text) to authenticated;
comment on function public.invite_member(uuid, text, text) is 'Invites an address to a brand in a role and mails it a link, good for seven days.';

create function public.keep_brand(brand_id uuid) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand public.brands;
begin
  if not private.can(keep_brand.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(keep_brand.brand_id, 'brand.delete') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, as everywhere.
  if exists (select from public.brands b where b.id = keep_brand.brand_id and b.delete_after > private.moment()) then
    perform private.miss_passed_times(keep_brand.brand_id);
  end if;
  update public.brands b set delete_after = null, deletion_asked_by = null
  where b.id = keep_brand.brand_id and b.delete_after > private.moment() returning * into brand;
  if brand.id is null then
    select * into brand from public.brands b where b.id = keep_brand.brand_id;
    -- Its time has come: its files may be gone.
    if brand.delete_after is not null then
      perform private.refuse('brand_deletion_begun');
    end if;
  else
    perform private.audit(brand.tenant_id, brand.id, 'brand.kept', 'brand', brand.id::text, jsonb_build_object('name', brand.name));
  end if;
  return brand;
end $$;
grant execute on function public.keep_brand(uuid) to authenticated;
comment on function public.keep_brand(uuid) is 'Takes a planned deletion back, while its time has not come. Posts whose time passed meanwhile need a new one.';

create function public.my_permissions() returns table(brand_id uuid, role text, permissions text[])
language sql stable security definer set search_path = ''
as $$
  select m.brand_id, m.role::text, array_agg(p.permission order by p.permission)
  from public.brand_members m
  join private.role_permissions p on p.role = m.role
  where m.user_id = (select auth.uid())
  group by m.brand_id, m.role
$$;
grant execute on function public.my_permissions() to authenticated;
comment on function public.my_permissions() is 'The caller''s role and permissions on each of their brands.';

create function public.peek_invitation(token text) returns table(state text, brand_name text, agency_name text, inviter_name text, email text, role text, expires_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select private.invitation_state(i), b.name, t.name, p.display_name, i.email, i.role, i.expires_at
  from private.link_tokens l
  join public.brand_invitations i on i.id = l.invitation_id
  join public.brands b on b.id = i.brand_id
  join public.tenants t on t.id = b.tenant_id
  left join public.profiles p on p.user_id = i.invited_by
  where l.token_hash = private.token_hash(peek_invitation.token) and l.purpose = 'invitation';
  if not found then
    return query select 'unknown', null::text, null::text, null::text, null::text, null::text, null::timestamptz;
  end if;
end $$;
grant execute on function public.peek_invitation(text) to anon, authenticated;
comment on function public.peek_invitation(text) is 'What an invitation link''s page may show; consumes nothing.';

create function public.peek_portal_link(token text) returns table(state text, agency_name text, brand_name text, person_name text, expires_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select private.portal_link_state(l), t.name, b.name, p.display_name, l.expires_at
  from private.link_tokens l
  join public.brands b on b.id = l.brand_id
  join public.tenants t on t.id = b.tenant_id
  left join public.profiles p on p.user_id = l.user_id
  where l.token_hash = private.token_hash(peek_portal_link.token) and l.purpose = 'portal';
  if not found then
    return query select 'unknown', null::text, null::text, null::text, null::timestamptz;
  end if;
end $$;
grant execute on function public.peek_portal_link(text) to anon, authenticated;
comment on function public.peek_portal_link(text) is 'What a client link''s page may show; consumes nothing.';

create function public.publishing_pauses() returns table(scope text, id uuid, by_name text, reason text)
language sql stable security definer set search_path = ''
as $$
  select held.scope, held.id, p.display_name, held.pause_reason
  from (
    select 'tenant' as scope, t.id, t.paused_by, t.pause_reason from public.tenants t
    where t.paused_at is not null
      and t.id = any (array(select b.tenant_id from public.brands b where b.id = any ((select private.brands_with('content.view'))::uuid[])))
    union all
    select 'brand', b.id, b.paused_by, b.pause_reason from public.brands b
    where b.paused_at is not null and b.id = any ((select private.brands_with('content.view'))::uuid[])
    union all
    select 'connection', n.id, n.paused_by, n.pause_reason from public.connections n
    where n.paused_at is not null and n.brand_id = any ((select private.brands_with('content.view'))::uuid[])
  ) as held
  left join public.profiles p on p.user_id = held.paused_by
  order by held.scope, held.id
$$;
grant execute on function public.publishing_pauses() to authenticated;
comment on function public.publishing_pauses() is 'Every switch that is off over the brands whose content the caller reads: who turned it, and the reason they gave.';

create function public.redeem_portal_link(token text) returns table(email text, user_id uuid, brand_id uuid, destination text)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  link  private.link_tokens;
  brand public.brands;
begin
  select * into link from private.link_tokens l
  where l.token_hash = private.token_hash(redeem_portal_link.token) and l.purpose = 'portal';
  if not found then
    perform private.refuse('link_unknown');
  end if;
  if private.portal_link_state(link) <> 'valid' then
    perform private.refuse('link_' || private.portal_link_state(link), jsonb_build_object('expires_at', link.expires_at));
  end if;
  -- A link is carried on, forwarded and kept: it opens a client's page, never somebody's desk.
  if exists (select from public.brand_members m where m.user_id = link.user_id and m.role not in ('client_approver', 'client_viewer'))
     or exists (select from public.tenant_members t where t.user_id = link.user_id) then
    perform private.refuse('link_needs_sign_in');
  end if;
  select * into brand from public.brands b where b.id = link.brand_id;
  perform private.audit(brand.tenant_id, brand.id, 'portal.opened', 'user', link.user_id::text,
    jsonb_build_object('content_id', link.content_id));
  return query
  select u.email::text, u.id, brand.id,
    '/portal/' || brand.slug || coalesce('/posts/' || link.content_id, '')
  from auth.users u where u.id = link.user_id;
end $$;
grant execute on function public.redeem_portal_link(text) to service_role;
comment on function public.redeem_portal_link(text) is 'Whom a client link signs in, and where it leads.';

create function public.remove_member(brand_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members := private.member_to_change(remove_member.brand_id, remove_member.user_id);
  tenant uuid;
begin
  delete from public.brand_members m where m.id = member.id;
  select b.tenant_id into tenant from public.brands b where b.id = member.brand_id;
  perform private.leave_staff(tenant, member.user_id);
  -- Their open links end with their membership, and what they were asked is asked of others.
  update private.link_tokens l set revoked_at = private.now()
  where l.user_id = member.user_id and l.brand_id = member.brand_id and l.revoked_at is null;
  perform private.hand_over(member.brand_id, member.user_id);
  perform private.audit(tenant, member.brand_id, 'member.removed', 'user', member.user_id::text,
    jsonb_build_object('role', member.role));
end $$;
grant execute on function public.remove_member(uuid, uuid) to authenticated;
comment on function public.remove_member(uuid, uuid) is 'Takes a person off the brand; their links to it die at once.';

create function public.request_brand_deletion(brand_id uuid, name text) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand public.brands;
begin
  if not private.can(request_brand_deletion.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(request_brand_deletion.brand_id, 'brand.delete') then
    perform private.refuse('not_allowed');
  end if;
  select * into brand from public.brands b where b.id = request_brand_deletion.brand_id for update;
  if btrim(coalesce(request_brand_deletion.name, '')) <> btrim(brand.name) then
    perform private.refuse('brand_name_mismatch', jsonb_build_object('name', brand.name));
  end if;
  if brand.delete_after is null then
    update public.brands b
    set delete_after = private.now() + private.deletion_grace(), deletion_asked_by = auth.uid()
    where b.id = brand.id returning * into brand;
    perform private.audit(brand.tenant_id, brand.id, 'brand.deletion_requested', 'brand', brand.id::text,
      jsonb_build_object('name', brand.name, 'delete_after', brand.delete_after));
  end if;
  return brand;
end $$;
grant execute on function public.request_brand_deletion(uuid, text) to authenticated;
comment on function public.request_brand_deletion(uuid, text) is 'Plans a brand''s deletion in 14 days, its name typed as proof of intent. Until then nothing of it publishes or changes.';

create function public.resend_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations := private.own_invitation(resend_invitation.invitation_id);
begin
  if invitation.last_sent_at > private.now() - interval '1 minute' then
    perform private.refuse('invite_too_soon');
  end if;
  if invitation.send_count >= 10 then
    perform private.refuse('invite_too_many');
  end if;
  perform private.refuse_flooding(invitation.tenant_id, invitation.email);
  update public.brand_invitations i
  set send_count = i.send_count + 1, last_sent_at = private.now(), expires_at = private.now() + interval '7 days'
  where i.id = invitation.id returning * into invitation;
  perform private.mail_invitation(invitation);
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.invited_again', 'invitation', invitation.id::text,
    jsonb_build_object('email', invitation.email));
  return invitation;
end $$;
grant execute on function public.resend_invitation(uuid) to authenticated;
comment on function public.resend_invitation(uuid) is 'Mails an open invitation again; seven more days.';

create function public.revoke_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations := private.own_invitation(revoke_invitation.invitation_id);
begin
  update public.brand_invitations i set status = 'revoked' where i.id = invitation.id returning * into invitation;
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.invitation_revoked', 'invitation', invitation.id::text,
    jsonb_build_object('email', invitation.email));
  return invitation;
end $$;
grant execute on function public.revoke_invitation(uuid) to authenticated;
comment on function public.revoke_invitation(uuid) is 'Withdraws an open invitation; its links die at once.';

create function public.role_permissions() returns table(role text, permissions text[])
language sql stable security definer set search_path = ''
as $$
  select p.role, array_agg(p.permission order by p.permission) from private.role_permissions p group by p.role
$$;
grant execute on function public.role_permissions() to authenticated;
comment on function public.role_permissions() is 'The permission matrix, for the page that shows it.';

create function public.set_member_role(brand_id uuid, user_id uuid, role text) returns public.brand_members
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members := private.member_to_change(set_member_role.brand_id, set_member_role.user_id);
  before text := member.role;
  tenant uuid;
begin
  if set_member_role.role is null or set_member_role.role not in
     ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer') then
    perform private.refuse('role_unknown');
  end if;
  update public.brand_members m set role = set_member_role.role where m.id = member.id returning * into member;
  -- A client's mailed links are for a client's page: they end with that role.
  update private.link_tokens l set revoked_at = private.now()
  where l.user_id = member.user_id and l.brand_id = member.brand_id and l.revoked_at is null;
  perform private.hand_over(member.brand_id, member.user_id);
  select b.tenant_id into tenant from public.brands b where b.id = member.brand_id;
  if member.role in ('client_approver', 'client_viewer') then
    perform private.leave_staff(tenant, member.user_id);
  else
    insert into public.tenant_members (tenant_id, user_id, role) values (tenant, member.user_id, 'staff') on conflict do nothing;
  end if;
  perform private.audit(tenant, member.brand_id, 'member.role_changed', 'user', member.user_id::text,
    jsonb_build_object('before', before, 'after', member.role));
  return member;
end $$;
grant execute on function public.set_member_role(uuid, uuid, text) to authenticated;
comment on function public.set_member_role(uuid, uuid, text) is 'Gives a member of the brand another role.';

-- What had to wait for the tables and functions above ---------------------------------------------

create trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

commit;
