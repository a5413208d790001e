-- 3. Content and scheduling: pieces, where they go, when, the frozen versions that people decide on.

create table public.content_items (
  id                  uuid primary key default gen_random_uuid(),
  tenant_id           uuid not null,
  brand_id            uuid not null,
  number              int not null check (number > 0),
  type                text not null default 'post' check (type in ('post', 'blog', 'caption', 'email', 'story', 'creative_studio')),
  title               text check (char_length(title) <= 200),
  content             jsonb not null default '{"body": "", "link": null, "first_comment": null, "media": []}',
  revision            int not null default 1 check (revision > 0),
  version             int not null default 0 check (version >= 0),
  content_digest      text not null check (content_digest ~ '^[0-9a-f]{64}$'),
  status              text not null default 'draft'
                      check (status in ('draft', 'pending_review', 'changes_requested', 'approved', 'scheduled', 'publishing', 'published', 'failed', 'archived')),
  platform            text,
  scheduled_for       timestamptz,
  published_at        timestamptz,
  requested_at        timestamptz,
  held_at             timestamptz,
  archived_at         timestamptz,
  approval_required   boolean not null default true,
  approved_by         uuid references auth.users (id) on delete set null,
  approved_at         timestamptz,
  generated_by_agent  text,
  generation_metadata jsonb not null default '{}',
  media_urls          text[] not null default '{}',
  created_by          uuid references auth.users (id) on delete set null,
  updated_by          uuid references auth.users (id) on delete set null,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  unique (brand_id, number),
  unique (id, brand_id),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  check (jsonb_typeof(content) = 'object')
);
create index content_items_calendar_idx on public.content_items (brand_id, scheduled_for) where scheduled_for is not null;
create index content_items_list_idx on public.content_items (brand_id, created_at desc, id desc);
create index content_items_status_idx on public.content_items (brand_id, status, requested_at);
create index content_items_brand_tenant_idx on public.content_items (brand_id, tenant_id);
create index content_items_created_by_idx on public.content_items (created_by);
create index content_items_updated_by_idx on public.content_items (updated_by);
create index content_items_approved_by_idx on public.content_items (approved_by);

create table public.content_versions (
  id             uuid primary key default gen_random_uuid(),
  content_id     uuid not null,
  brand_id       uuid not null,
  version        int not null check (version > 0),
  number         int not null,
  type           text not null,
  title          text,
  body           text not null default '',
  link           text,
  first_comment  text,
  channels       jsonb not null default '[]',
  media          jsonb not null default '[]',
  content_digest text not null check (content_digest ~ '^[0-9a-f]{64}$'),
  ai_made        boolean not null default false,
  submitted_by   uuid references auth.users (id) on delete set null,
  shared_at      timestamptz,
  superseded_at  timestamptz,
  client_status  text not null default 'waiting'
                 check (client_status in ('waiting', 'changes_requested', 'approved', 'rejected', 'held', 'scheduled', 'publishing', 'checking', 'published', 'failed', 'withdrawn')),
  scheduled_at   timestamptz,
  -- A wall clock; its zone stands beside it.
  -- squawk-ignore prefer-timestamp-tz
  local_time     timestamp,
  time_zone      text,
  permalinks     jsonb not null default '[]',
  published_at   timestamptz,
  created_at     timestamptz not null default private.now(),
  unique (content_id, version),
  unique (content_id, version, brand_id),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index content_versions_brand_idx on public.content_versions (brand_id, client_status, scheduled_at);
create index content_versions_content_idx on public.content_versions (content_id, brand_id);
create index content_versions_submitted_by_idx on public.content_versions (submitted_by);

create table public.scheduled_content (
  id           uuid primary key default gen_random_uuid(),
  brand_id     uuid not null,
  content_id   uuid not null,
  scheduled_at timestamptz not null,
  -- A wall clock; its zone stands beside it.
  -- squawk-ignore prefer-timestamp-tz
  local_time   timestamp not null,
  time_zone    text not null,
  platforms    text[] not null default '{}',
  status       text not null default 'scheduled' check (status in ('scheduled', 'publishing', 'published', 'failed', 'cancelled', 'missed')),
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  unique (content_id, scheduled_at),
  unique (id, brand_id),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade,
  -- The instant is what the wall clock of the zone says, always.
  check (scheduled_at = local_time at time zone time_zone)
);
create unique index scheduled_content_one_pending_idx on public.scheduled_content (content_id) where status = 'scheduled';
create index scheduled_content_brand_idx on public.scheduled_content (brand_id, scheduled_at);
create index scheduled_content_content_idx on public.scheduled_content (content_id, brand_id);

create table public.content_comments (
  id         uuid primary key default gen_random_uuid(),
  content_id uuid not null,
  brand_id   uuid not null,
  audience   text not null check (audience in ('internal', 'client')),
  body       text not null check (btrim(body) <> '' and char_length(body) <= 4000),
  anchor     jsonb check (jsonb_typeof(anchor) = 'object' and octet_length(anchor::text) <= 2000),
  version    int,
  author_id  uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default private.now(),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index content_comments_content_idx on public.content_comments (content_id, brand_id, created_at);
create index content_comments_brand_idx on public.content_comments (brand_id, audience);
create index content_comments_author_idx on public.content_comments (author_id, created_at);

create trigger touch before update on public.content_items for each row execute function private.touch_updated_at();
create trigger touch before update on public.scheduled_content for each row execute function private.touch_updated_at();

-- What people said yes to stays what it was, whoever asks: only how the version stands moves on, and its author
-- may leave. Once a client was shown it, that stays so too.
create function private.refuse_unfreezing() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = '42501', message = format('a row of %I.%I is frozen once it is made', tg_table_schema, tg_table_name);
end $$;
create trigger frozen before update on public.content_versions for each row
  when (
    old.id is distinct from new.id
    or old.content_id is distinct from new.content_id
    or old.brand_id is distinct from new.brand_id
    or old.version is distinct from new.version
    or old.number is distinct from new.number
    or old.type is distinct from new.type
    or old.title is distinct from new.title
    or old.body is distinct from new.body
    or old.link is distinct from new.link
    or old.first_comment is distinct from new.first_comment
    or old.channels is distinct from new.channels
    or old.media is distinct from new.media
    or old.content_digest is distinct from new.content_digest
    or old.ai_made is distinct from new.ai_made
    or old.created_at is distinct from new.created_at
    or (new.submitted_by is distinct from old.submitted_by and new.submitted_by is not null)
    or (old.shared_at is not null and new.shared_at is distinct from old.shared_at)
  )
  execute function private.refuse_unfreezing();

-- The table is as new as this one and has no rows that a check or a lock could hold up.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table private.link_tokens add foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade;
-- squawk-ignore require-concurrent-index-creation
create index link_tokens_content_idx on private.link_tokens (content_id, brand_id);

-- Pieces a client may talk about: those with a version shared with them.
create function private.shared_content() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
  select distinct v.content_id from public.content_versions v
  where v.shared_at is not null
    -- An array, since of a set the planner expects a thousand brands, and reads every version there is.
    and v.brand_id = any ((select private.brands_with_only('content.view_shared', 'content.view'))::uuid[]);
end $$;
grant execute on function private.shared_content() to authenticated;

create function private.stamp_comment() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- The client talks about what they were shown, whatever is being prepared inside.
  select coalesce((
    select max(v.version) from public.content_versions v
    where new.audience = 'client' and v.content_id = i.id and v.shared_at is not null), i.version)
  into new.version from public.content_items i where i.id = new.content_id and i.brand_id = new.brand_id;
  return new;
end $$;
create trigger stamp_comment before insert on public.content_comments for each row execute function private.stamp_comment();

-- Talk is cheap to write and dear to read. Afterwards, when row security has said who may write here at all.
create function private.limit_comments() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  a_minute constant int := private.ceiling('comments_of_a_person_a_minute');
  a_day    constant int := private.ceiling('comments_of_a_piece_a_day');
begin
  -- One at a time, or those written at the same moment would not count each other.
  perform pg_advisory_xact_lock(hashtextextended('comment:' || new.author_id, 0));
  if (select count(*) from public.content_comments c
      where c.author_id = new.author_id and c.created_at > private.now() - interval '1 minute') > a_minute then
    perform private.refuse('comments_too_fast', jsonb_build_object('limit', a_minute));
  end if;
  perform pg_advisory_xact_lock(hashtextextended('comment:' || new.content_id, 0));
  if (select count(*) from public.content_comments c
      where c.content_id = new.content_id and c.created_at > private.now() - interval '1 day') > a_day then
    perform private.refuse('comments_too_many', jsonb_build_object('limit', a_day));
  end if;
  return null;
end $$;
create trigger refuse_writing_leaving after insert on public.content_comments
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger limit_comments after insert on public.content_comments
  for each row when (current_user = 'authenticated'::name) execute function private.limit_comments();

alter table public.content_items enable row level security;
alter table public.content_versions enable row level security;
alter table public.scheduled_content enable row level security;
alter table public.content_comments enable row level security;
grant select on public.content_items, public.content_versions, public.scheduled_content to authenticated;
grant select, insert (content_id, brand_id, audience, body, anchor) on public.content_comments to authenticated;

create policy "members with content.view" on public.content_items for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));

create policy "members with content.view; clients what was shared" on public.content_versions for select to authenticated
  using (
    brand_id = any ((select private.brands_with('content.view'))::uuid[])
    or shared_at is not null and brand_id = any ((select private.brands_with('content.view_shared'))::uuid[])
  );

create policy "members with content.view" on public.scheduled_content for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));

create policy "each lane to its readers; clients on what was shared" on public.content_comments
  for select to authenticated
  using (
    brand_id = any ((select private.brands_with('comments.internal'))::uuid[])
    or audience = 'client' and content_id = any (array(select private.shared_content()))
  );
create policy "each lane by its permission; clients on what was shared" on public.content_comments for insert to authenticated
  with check (
    audience = 'internal' and brand_id = any ((select private.brands_with('comments.internal'))::uuid[])
    or audience = 'client' and brand_id = any ((select private.brands_with('comments.client'))::uuid[])
      and (
        brand_id = any ((select private.brands_with('content.view'))::uuid[])
        or content_id = any (array(select private.shared_content()))
      )
  );

comment on table public.content_items is 'A piece: a post from idea to published. Clients never read it; they read content_versions.';
comment on column public.content_items.number is 'With the brand''s code, its human name: OE-318.';
comment on column public.content_items.content is 'The shared text: {"body", "link", "first_comment", "media": [asset ids in order]}.';
comment on column public.content_items.revision is 'Counts saves; a save must name the one it started from.';
comment on column public.content_items.version is 'Counts submissions; content_versions holds each, frozen.';
comment on column public.content_items.content_digest is 'SHA-256 over everything that would be published, as of the last save.';
comment on column public.content_items.held_at is 'Set while the client holds an approved piece; the claim refuses it.';
comment on table public.content_versions is 'A piece frozen as it was submitted: what people decide on and what is published.';
comment on function private.limit_comments() is 'Refuses a comment of a person who writes too fast, or on a piece that has too many of today.';
comment on function private.refuse_unfreezing() is 'Refuses to change what was frozen.';
comment on column public.content_versions.channels is '[{channel_id, connection_id, network, account_id, account_name, body, first_comment}], overrides null where the shared text goes.';
comment on column public.content_versions.media is '[{asset_id, path, mime_type, width, height, alt_text, hash}] in order.';
comment on column public.content_versions.shared_at is 'When the first client step began: from then on clients read it.';
comment on table public.scheduled_content is 'The one place of a planned time: wall clock and zone, and the instant they mean.';
comment on table public.content_comments is 'Talk about a piece, in two lanes: internal, and with the client.';
comment on column public.content_items.type is 'What kind of piece it is.';
comment on column public.content_items.status is 'Moves by functions alone: draft, pending_review, then changes_requested or approved; scheduled, publishing, published or failed by its jobs; archived at the end.';
comment on column public.content_items.platform is 'The plan''s column for a single network; content_channels has the accounts it goes to.';
comment on column public.content_items.scheduled_for is 'The planned instant, from scheduled_content; null without one.';
comment on column public.content_items.published_at is 'When its last account had it.';
comment on column public.content_items.requested_at is 'When the version at hand was submitted.';
comment on column public.content_items.archived_at is 'When it left the desk.';
comment on column public.content_items.approval_required is 'The plan''s column; the brand''s workflow decides.';
comment on column public.content_items.approved_at is 'When the last yes came; null again once an edit voids it.';
comment on column public.content_items.generated_by_agent is 'The agent that made it; null for a person''s. With one, no workflow can do without a person''s yes.';
comment on column public.content_items.generation_metadata is 'What the agent noted while making it.';
comment on column public.content_items.media_urls is 'The plan''s column; pictures are named in content.';
comment on column public.content_versions.version is 'The content_items.version it was submitted as.';
comment on column public.content_versions.number is 'The piece''s number at that time.';
comment on column public.content_versions.type is 'The piece''s type at that time.';
comment on column public.content_versions.content_digest is 'The piece''s digest when it was submitted; decisions and jobs carry it on.';
comment on column public.content_versions.ai_made is 'Whether an agent made the piece.';
comment on column public.content_versions.superseded_at is 'When a newer version, an edit or its withdrawal took its place; null while it is in force.';
comment on column public.content_versions.client_status is 'How it stands, in the words a client is told.';
comment on column public.content_versions.scheduled_at is 'The planned instant; follows the piece.';
comment on column public.content_versions.local_time is 'That instant on the wall clock of time_zone.';
comment on column public.content_versions.time_zone is 'The zone in which it was planned.';
comment on column public.content_versions.permalinks is 'Where it went live: [{channel_id, network, account_name, url}].';
comment on column public.content_versions.published_at is 'When its last account had it.';
comment on column public.scheduled_content.scheduled_at is 'The instant that local_time means in time_zone.';
comment on column public.scheduled_content.local_time is 'What the wall clock of time_zone shows.';
comment on column public.scheduled_content.time_zone is 'A name of the tz database, never an offset.';
comment on column public.scheduled_content.platforms is 'Networks it goes to, for the calendar.';
comment on column public.scheduled_content.status is 'Follows the jobs; cancelled: the time was taken off; missed: it passed before the last yes.';
comment on column public.content_comments.audience is 'internal: staff alone; client: the client''s people too.';
comment on column public.content_comments.anchor is 'What the comment points at, as its page understands it; at most 2,000 bytes.';
comment on column public.content_comments.version is 'The version it speaks of; for clients, the last one shared with them.';
comment on function private.shared_content() is 'Pieces a client may talk about: those with a version shared with them.';
comment on function private.stamp_comment() is 'Notes the version that the comment speaks of.';
