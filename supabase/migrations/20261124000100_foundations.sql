-- What every other migration stands on: the private schema, the clock, refusals, and who may do what.
-- Everything a signed-in user can reach is granted by name; nothing is granted by default.

create schema private;
comment on schema private is 'Helpers, the permission matrix and what no API role may touch. Never exposed to the Data API.';
grant usage on schema private to authenticated, service_role;

-- Postgres lets everyone execute a new function, and a Supabase project may hand new tables to its API roles.
-- Ours are granted one by one, where they are made; the secret key's role gets two functions and no table.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- The product's one clock. A seeder that connects as postgres may move it, to write a believable past;
-- the Data API connects as another role, so no user can.
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

-- The moment itself, where private.now() is the transaction's beginning: a wait for a lock must not make a lease,
-- a fence or a settle window look younger than it is.
create function private.moment() returns timestamptz
language plpgsql volatile set search_path = ''
as $$
begin
  return case
    when session_user = 'postgres' then coalesce(nullif(current_setting('copydesk.now', true), '')::timestamptz, clock_timestamp())
    else clock_timestamp()
  end;
end $$;

-- An expected no: a stable code as message, its facts as JSON detail. lib/errors.ts turns it into a sentence.
create function private.refuse(code text, facts jsonb default '{}') returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = 'P0001', message = refuse.code, detail = coalesce(refuse.facts, '{}')::text;
end $$;
grant execute on function private.refuse(text, jsonb) to authenticated;
comment on function private.refuse(text, jsonb) is 'Raises P0001 with the code as message and the facts as detail.';

create function private.touch_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := private.now();
  return new;
end $$;

-- Of append-only tables; only the cascade of a deleted brand may take rows away.
create function private.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = '42501', message = format('%I.%I is append-only', tg_table_schema, tg_table_name);
end $$;

-- UTF-16 code units, the unit in which the platforms' limits are safe to check (platforms/libraries.md).
create function private.utf16_length(value text) returns int
language sql immutable set search_path = ''
as $$
  select char_length(regexp_replace(coalesce(utf16_length.value, ''), '[\U00010000-\U0010FFFF]', 'xx', 'g'))
$$;
grant execute on function private.utf16_length(text) to authenticated;

-- Who may do what -----------------------------------------------------------------------------------

create table private.role_permissions (
  role       text not null
             check (role in ('owner', 'admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer')),
  permission text not null,
  primary key (role, permission)
);
create index role_permissions_permission_idx on private.role_permissions (permission);
alter table private.role_permissions enable row level security;
comment on table private.role_permissions is
  'The one matrix of brand roles and permissions. Policies, functions, the interface and the docs all read it.';

insert into private.role_permissions (role, permission)
select unnest(string_to_array(roles, ' ')), permission
from (values
  ('brand.view',                'owner admin manager creator analyst member client_approver client_viewer'),
  ('brand.edit',                'owner admin manager'),
  ('brand.delete',              'owner'),
  ('members.manage',            'owner admin'),
  ('audit.view',                'owner admin'),
  ('connections.manage',        'owner admin'),
  ('connections.view',          'owner admin manager creator analyst member'),
  ('media.view',                'owner admin manager creator analyst member'),
  ('media.upload',              'owner admin manager creator'),
  ('media.manage',              'owner admin manager'),
  ('content.view',              'owner admin manager creator analyst member'),
  ('content.view_shared',       'owner admin manager creator analyst member client_approver client_viewer'),
  ('content.create',            'owner admin manager creator'),
  ('content.edit',              'owner admin manager creator'),
  ('content.delete',            'owner admin manager'),
  ('content.delete_own_drafts', 'owner admin manager creator'),
  ('approvals.request',         'owner admin manager creator'),
  ('approvals.decide_internal', 'owner admin manager'),
  ('approvals.decide_client',   'client_approver'),
  ('approvals.hold',            'client_approver'),
  ('approvals.configure',       'owner admin manager'),
  ('publishing.schedule',       'owner admin manager creator'),
  ('publishing.reschedule',     'owner admin manager creator'),
  ('publishing.cancel',         'owner admin manager creator'),
  ('publishing.publish_now',    'owner admin manager'),
  ('publishing.pause',          'owner admin manager'),
  ('publishing.retry',          'owner admin manager'),
  ('comments.internal',         'owner admin manager creator analyst member'),
  ('comments.client',           'owner admin manager creator client_approver'),
  ('analytics.view',            'owner admin manager creator analyst member client_approver client_viewer'),
  ('analytics.export',          'owner admin manager analyst'),
  ('goals.manage',              'owner admin manager analyst'),
  ('planning.use',              'owner admin manager creator')
) as matrix (permission, roles);

-- The same for the agency itself.
create table private.tenant_role_permissions (
  role       text not null check (role in ('owner', 'admin', 'staff')),
  permission text not null,
  primary key (role, permission)
);
alter table private.tenant_role_permissions enable row level security;
comment on table private.tenant_role_permissions is 'The same for the agency itself: its roles and what each may do.';

insert into private.tenant_role_permissions (role, permission)
select unnest(string_to_array(roles, ' ')), permission
from (values
  ('tenant.view',       'owner admin staff'),
  ('tenant.edit',       'owner admin'),
  ('staff.manage',      'owner admin'),
  ('brands.create',     'owner admin'),
  ('tenant.audit',      'owner admin'),
  ('tenant.pause',      'owner admin'),
  ('catalogue.manage',  'owner admin')
) as matrix (permission, roles);

-- How much of a thing there may be -----------------------------------------------------------------

-- Far above what work needs: what a loop, or somebody who means harm, runs into.
create table private.ceilings (
  name text primary key check (name ~ '^[a-z_]+$'),
  most int not null check (most > 0)
);
alter table private.ceilings enable row level security;
comment on table private.ceilings is 'How much of a thing there may be, each with its figure. An operator may change a figure; functions and triggers read it here.';

insert into private.ceilings (name, most) values
  ('agencies_of_a_person', 20),
  ('goals_of_a_brand', 200),
  ('comments_of_a_person_a_minute', 30),
  ('comments_of_a_piece_a_day', 500),
  ('waiting_uploads_of_a_brand', 200),
  ('invitations_to_an_address_a_day', 5),
  ('invitations_of_an_agency_a_day', 100),
  ('mails_to_an_address_a_day', 60),
  ('mails_of_an_agency_a_day', 2000);

create function private.ceiling(name text) returns int
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select c.most from private.ceilings c where c.name = ceiling.name);
end $$;
comment on function private.ceiling(text) is 'The figure of private.ceilings.';

comment on column private.ceilings.name is 'what_of_whom, and where it grows back, a_day or a_minute.';
comment on column private.ceilings.most is 'The last that goes through is the one of this number.';
comment on column private.role_permissions.role is 'A role of brand_members.';
comment on column private.role_permissions.permission is 'area.action, as content.view.';
comment on column private.tenant_role_permissions.role is 'A role of tenant_members.';
comment on function private.touch_updated_at() is 'Sets updated_at.';
comment on function private.refuse_change() is 'Refuses: the table is append-only.';
