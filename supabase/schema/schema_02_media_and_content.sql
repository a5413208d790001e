-- 2 of 5, made by `npm run db:export` from the catalog of a migrated database: do not edit.
-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.
begin;
set local check_function_bodies = off; -- some name tables of later files
set local search_path = '';

-- What the tables below rest on -------------------------------------------------------------------

create function private.check_new_media() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  limit_bytes constant bigint := case when new.mime_type like 'video/%' then 300 else 30 end * 1024 * 1024;
begin
  select b.tenant_id into new.tenant_id from public.brands b where b.id = new.brand_id;
  if new.mime_type is null
     or new.mime_type not in ('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4', 'video/quicktime') then
    perform private.refuse('media_type_not_allowed', jsonb_build_object('found', coalesce(new.mime_type, 'of no known kind')));
  end if;
  if new.size_bytes > limit_bytes then
    perform private.refuse('media_too_large', jsonb_build_object('size_bytes', new.size_bytes, 'limit_bytes', limit_bytes,
      'kind', case when new.mime_type like 'video/%' then 'video' else 'image' end));
  end if;
  if new.size_bytes = 0 then
    perform private.refuse('media_empty');
  end if;
  return new;
end $$;
comment on function private.check_new_media() is 'Takes the agency from the brand; refuses files of another kind, empty ones, pictures above 30 MB and videos above 300 MB.';

create function private.count_bytes() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  counted constant text[] := array['processing', 'active', 'archived'];
  brand   uuid := case when tg_op = 'DELETE' then old.brand_id else new.brand_id end;
  delta   bigint := 0;
  quota   public.storage_quotas;
begin
  if tg_op <> 'DELETE' and new.status = any (counted) then delta := delta + new.size_bytes; end if;
  if tg_op <> 'INSERT' and old.status = any (counted) then delta := delta - old.size_bytes; end if;
  if delta = 0 then
    return null;
  end if;
  update public.storage_quotas q set used_bytes = q.used_bytes + delta where q.brand_id = brand returning * into quota;
  if delta > 0 and quota.used_bytes > quota.limit_bytes then
    perform private.refuse('quota_exceeded', jsonb_build_object('used_bytes', quota.used_bytes - delta, 'limit_bytes', quota.limit_bytes));
  end if;
  return null;
end $$;
comment on function private.count_bytes() is 'Counts a file against the brand''s quota, and refuses what goes over it.';

create function private.increment_asset_usage() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    update public.media_assets a
    set usage_count = a.usage_count - 1, used_in = array_remove(a.used_in, old.used_in) where a.id = old.asset_id;
  else
    update public.media_assets a
    set usage_count = a.usage_count + 1, last_used = new.created_at, used_in = array_append(a.used_in, new.used_in)
    where a.id = new.asset_id;
  end if;
  return null;
end $$;
comment on function private.increment_asset_usage() is 'Keeps the asset''s counters.';

create function private.keep_searched() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'archived' then
    delete from private.searched_posts p where p.content_id = new.id;
    return null;
  end if;
  insert into private.searched_posts as p (content_id, brand_id, tenant_id, created_at, words)
  values (new.id, new.brand_id, new.tenant_id, new.created_at, private.post_words(new.title, new.content))
  on conflict (content_id, brand_id) do update set words = excluded.words where p.words <> excluded.words;
  return null;
end $$;
comment on function private.keep_searched() is 'Keeps the words a piece is found by; an archived one is found no more.';

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
comment on function private.limit_comments() is 'Refuses a comment of a person who writes too fast, or on a piece that has too many of today.';

create function private.limit_waiting_uploads() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  most    constant int := private.ceiling('waiting_uploads_of_a_brand');
  waiting int;
begin
  select count(*) into waiting from public.media_assets a where a.brand_id = new.brand_id and a.status = 'processing';
  if waiting > most then
    perform private.refuse('media_too_many_waiting', jsonb_build_object('limit', most));
  end if;
  return null;
end $$;
comment on function private.limit_waiting_uploads() is 'Refuses a file of a brand whose announced uploads wait in too great a number.';

create function private.open_quota() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.storage_quotas (brand_id, tenant_id) values (new.id, new.tenant_id);
  return null;
end $$;
comment on function private.open_quota() is 'Gives a new brand its quota.';

create function private.open_uploads() returns setof text
language sql stable security definer set search_path = ''
as $$
  select p.path
  from public.media_assets a
  cross join lateral (
    select a.path union all select a.brand_id || '/' || a.id || '/poster.jpg' where a.kind = 'video'
  ) as p
  where a.created_by = (select auth.uid()) and a.status = 'processing'
    and a.brand_id = any ((select private.brands_with('media.upload'))::uuid[])
    and not exists (select from public.brands b where b.id = a.brand_id and b.delete_after is not null)
$$;
grant execute on function private.open_uploads() to authenticated;
comment on function private.open_uploads() is 'Paths of the caller''s own uploads that still wait for their bytes, and of the stills of videos among them.';

create function private.quarter_of(instant timestamptz) returns integer
language sql immutable parallel safe set search_path = ''
as $$
  select (extract(year from quarter_of.instant at time zone 'UTC') * 4
    + extract(quarter from quarter_of.instant at time zone 'UTC') - 1)::int
$$;

create function private.refuse_unfreezing() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = '42501', message = format('a row of %I.%I is frozen once it is made', tg_table_schema, tg_table_name);
end $$;
comment on function private.refuse_unfreezing() is 'Refuses to change what was frozen.';

create function private.shared_assets() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query
  select a.id from public.media_assets a
  where a.shared_at is not null
    -- An array, since of a set the planner expects a thousand brands, and reads every asset there is.
    and a.brand_id = any ((select private.brands_with_only('content.view_shared', 'media.view'))::uuid[]);
end $$;
grant execute on function private.shared_assets() to authenticated;
comment on function private.shared_assets() is 'Pictures a client may open: those of a version shared with them.';

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
comment on function private.shared_content() is 'Pieces a client may talk about: those with a version shared with them.';

create function private.shared_paths() returns setof text
language sql stable security definer set search_path = ''
as $$
  select p.path
  from public.media_assets a
  cross join lateral (select a.path union all select v ->> 'path' from jsonb_array_elements(a.variants) v) as p
  where a.id = any (array(select private.shared_assets()))
$$;
grant execute on function private.shared_paths() to authenticated;
comment on function private.shared_paths() is 'The files of those pictures and videos, and what was drawn from them.';

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
comment on function private.stamp_comment() is 'Notes the version that the comment speaks of.';

create function private.word_keys(tenant_id uuid, quarter integer, words tsvector) returns tsvector
language sql immutable parallel safe set search_path = ''
as $$
  select array_to_tsvector(array(
    select left(word_keys.tenant_id::text, 8) || word_keys.quarter || word from unnest(tsvector_to_array(word_keys.words)) as word))
$$;

-- 2. Media management -----------------------------------------------------------------------------

create table public.media_assets (
  id             uuid        not null default gen_random_uuid(),
  tenant_id      uuid        not null default '00000000-0000-0000-0000-000000000000',
  brand_id       uuid        not null,
  created_by     uuid        default auth.uid(),
  category       text        not null default 'images',
  filename       text        not null,
  mime_type      text,
  path           text        not null,
  size_bytes     bigint      not null,
  hash           text,
  width          integer,
  height         integer,
  duration_ms    integer,
  kind           text        not null generated always as (
case
    when mime_type ~~ 'video/%' then 'video'
    else 'image'
end) stored,
  alt_text       text,
  metadata       jsonb       not null default '{}',
  variants       jsonb       not null default '[]',
  used_in        text[]      not null default '{}',
  usage_count    integer     not null default 0,
  last_used      timestamptz,
  status         text        not null default 'processing',
  rejected_code  text,
  rejected_facts jsonb,
  shared_at      timestamptz,
  purged_at      timestamptz,
  created_at     timestamptz not null default private.now(),
  updated_at     timestamptz not null default private.now(),
  constraint media_assets_pkey primary key (id),
  constraint media_assets_id_brand_id_key unique (id, brand_id),
  constraint media_assets_path_key unique (path),
  constraint media_assets_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint media_assets_created_by_fkey foreign key (created_by) references auth.users(id) on delete set null,
  constraint media_assets_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint media_assets_alt_text_check check (char_length(alt_text) <= 1000),
  constraint media_assets_category_check check (category in ('graphics', 'images', 'logos', 'videos', 'ai_exports', 'client_uploads', 'scraped')),
  constraint media_assets_check check (status <> 'active' or hash is not null),
  constraint media_assets_check1 check (path = ((((brand_id::text || '/') || id::text) || '/') || split_part(path, '/', 3)) and split_part(path, '/', 3) ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$'),
  constraint media_assets_duration_ms_check check (duration_ms > 0),
  constraint media_assets_filename_check check (char_length(filename) >= 1 and char_length(filename) <= 200),
  constraint media_assets_hash_check check (hash ~ '^[0-9a-f]{64}$'),
  constraint media_assets_height_check check (height > 0),
  constraint media_assets_size_bytes_check check (size_bytes >= 0),
  constraint media_assets_status_check check (status in ('processing', 'active', 'rejected', 'archived', 'deleted')),
  constraint media_assets_usage_count_check check (usage_count >= 0),
  constraint media_assets_width_check check (width > 0)
);
comment on table public.media_assets is 'A file of a brand. Usable once the worker has read its bytes (status active).';
comment on column public.media_assets.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.media_assets.category is 'A shelf of the library.';
comment on column public.media_assets.mime_type is 'As its uploader declared it, then as the worker found it.';
comment on column public.media_assets.path is 'Where the bytes lie in the bucket: brand/asset/file.';
comment on column public.media_assets.size_bytes is 'As declared, then as found; counts against the quota.';
comment on column public.media_assets.hash is 'SHA-256 of the bytes, set by the worker; unique in the brand.';
comment on column public.media_assets.duration_ms is 'Of a video or sound.';
comment on column public.media_assets.kind is 'image or video, by the type of the file.';
comment on column public.media_assets.metadata is 'What the worker read from the file: {frames, has_alpha}, or of a video {video_codec, audio_codec, fps, rotation, index_first}.';
comment on column public.media_assets.variants is 'Other renditions: [{size, width, height, path}]; of a video its still, size poster.';
comment on column public.media_assets.used_in is 'Where it is used, as media_usage_logs says; members read it there.';
comment on column public.media_assets.usage_count is 'Rows of media_usage_logs; media_uses tells members.';
comment on column public.media_assets.last_used is 'When the last use began.';
comment on column public.media_assets.status is 'processing: not read yet; active: usable; rejected: refused, with rejected_code; archived: out of the library, still where it was used; deleted: its bytes go.';
comment on column public.media_assets.rejected_code is 'Why it was refused: a code with a sentence in lib/sentences.';
comment on column public.media_assets.rejected_facts is 'The figures of that sentence.';
comment on column public.media_assets.shared_at is 'When a version shared with the client first showed it; from then on clients may open it.';
comment on column public.media_assets.purged_at is 'When the bytes of a refused or deleted file were taken away.';

create index media_assets_brand_tenant_idx on public.media_assets (brand_id, tenant_id);
create index media_assets_created_by_idx on public.media_assets (created_by);
create unique index media_assets_hash_idx on public.media_assets (brand_id, hash) where status in ('active', 'archived');
create index media_assets_library_idx on public.media_assets (brand_id, created_at desc, id desc);
create index media_assets_purge_idx on public.media_assets (created_at) where (status in ('processing', 'rejected', 'deleted')) and purged_at is null;
create index media_assets_shared_idx on public.media_assets (brand_id) where shared_at is not null;
create index media_assets_tenant_idx on public.media_assets (tenant_id);
create index media_assets_waiting_idx on public.media_assets (brand_id) where status = 'processing';

create trigger check_new_media before insert on public.media_assets
  for each row execute function private.check_new_media();
create trigger count_bytes after insert or delete or update of size_bytes, status on public.media_assets
  for each row execute function private.count_bytes();
create trigger limit_waiting_uploads after insert on public.media_assets
  for each row when (current_user = 'authenticated'::name) execute function private.limit_waiting_uploads();
create trigger refuse_writing_leaving after insert or update on public.media_assets
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger touch before update on public.media_assets
  for each row execute function private.touch_updated_at();

alter table public.media_assets enable row level security;
grant select (id, tenant_id, brand_id, created_by, category, filename, mime_type, path, size_bytes, hash, width, height, duration_ms, kind, alt_text, metadata, variants, status, rejected_code, rejected_facts, shared_at, purged_at, created_at, updated_at), insert (id, brand_id, category, filename, mime_type, path, size_bytes, alt_text), update (filename, alt_text) on public.media_assets to authenticated;

create policy "members with media.upload add" on public.media_assets for insert to authenticated
  with check (brand_id = any (((select private.brands_with('media.upload')))::uuid[]));
create policy "members with media.upload describe" on public.media_assets for update to authenticated
  using (brand_id = any (((select private.brands_with('media.upload')))::uuid[]))
  with check (brand_id = any (((select private.brands_with('media.upload')))::uuid[]));
create policy "members with media.view; clients what was shared" on public.media_assets for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('media.view')))::uuid[]))
    or id = any (array(select private.shared_assets()))
  );

create table public.media_usage_logs (
  id           uuid        not null default gen_random_uuid(),
  asset_id     uuid        not null,
  brand_id     uuid        not null,
  used_in      text        not null,
  used_by_user uuid,
  context      jsonb       not null default '{}',
  created_at   timestamptz not null default private.now(),
  constraint media_usage_logs_pkey primary key (id),
  constraint media_usage_logs_asset_id_used_in_key unique (asset_id, used_in),
  constraint media_usage_logs_asset_id_brand_id_fkey foreign key (asset_id, brand_id) references public.media_assets(id, brand_id) on delete cascade,
  constraint media_usage_logs_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint media_usage_logs_used_by_user_fkey foreign key (used_by_user) references auth.users(id) on delete set null,
  constraint media_usage_logs_used_in_check check (used_in ~ '^(post|email|website):.+$')
);
comment on table public.media_usage_logs is 'One row a use; the asset''s counters come from here alone.';
comment on column public.media_usage_logs.used_in is 'post:id, email:id or website:id.';
comment on column public.media_usage_logs.context is 'What else is known of the use.';

create index media_usage_logs_asset_idx on public.media_usage_logs (asset_id, brand_id);
create index media_usage_logs_brand_idx on public.media_usage_logs (brand_id);
create index media_usage_logs_user_idx on public.media_usage_logs (used_by_user);

create trigger media_assets_increment_usage after insert or delete on public.media_usage_logs
  for each row execute function private.increment_asset_usage();

alter table public.media_usage_logs enable row level security;
grant select on public.media_usage_logs to authenticated;

create policy "members with media.view" on public.media_usage_logs for select to authenticated
  using (brand_id = any (((select private.brands_with('media.view')))::uuid[]));

create table public.storage_quotas (
  id          uuid        not null default gen_random_uuid(),
  brand_id    uuid        not null,
  tenant_id   uuid        not null,
  limit_bytes bigint      not null default 5368709120,
  used_bytes  bigint      not null default 0,
  created_at  timestamptz not null default private.now(),
  updated_at  timestamptz not null default private.now(),
  constraint storage_quotas_pkey primary key (id),
  constraint storage_quotas_brand_id_key unique (brand_id),
  constraint storage_quotas_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint storage_quotas_limit_bytes_check check (limit_bytes >= 0),
  constraint storage_quotas_used_bytes_check check (used_bytes >= 0)
);
comment on table public.storage_quotas is 'Bytes a brand may keep and keeps.';
comment on column public.storage_quotas.limit_bytes is '5 GiB unless it is changed.';
comment on column public.storage_quotas.used_bytes is 'Kept by trigger in the transaction of each file.';

create index storage_quotas_brand_tenant_idx on public.storage_quotas (brand_id, tenant_id);

create trigger touch before update on public.storage_quotas
  for each row execute function private.touch_updated_at();

alter table public.storage_quotas enable row level security;
grant select on public.storage_quotas to authenticated;

create policy "members with media.view" on public.storage_quotas for select to authenticated
  using (brand_id = any (((select private.brands_with('media.view')))::uuid[]));

-- 2. Media management: functions ------------------------------------------------------------------

create function private.media_to_purge("limit" integer) returns table(id uuid, brand_id uuid, path text)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.media_assets a
  set status = 'rejected', rejected_code = 'media_not_uploaded', rejected_facts = '{}'
  where a.status = 'processing' and a.created_at < private.now() - interval '2 hours'
    -- what arrived while no worker ran still waits for its check
    and not exists (select from graphile_worker.jobs j where j.key = 'verify:' || a.id and j.attempts < j.max_attempts);
  return query
  select a.id, a.brand_id, a.path from public.media_assets a
  where a.status in ('rejected', 'deleted') and a.purged_at is null
  order by a.created_at limit media_to_purge."limit";
end $$;

create function private.media_to_verify(asset_id uuid) returns public.media_assets
language sql stable security definer set search_path = ''
as $$
  select a from public.media_assets a where a.id = media_to_verify.asset_id and a.status = 'processing'
$$;

create function private.record_purge(asset_id uuid) returns void
language sql security definer set search_path = ''
as $$
  update public.media_assets a set purged_at = private.now()
  where a.id = record_purge.asset_id and a.status in ('rejected', 'deleted')
$$;

create function private.record_verification(asset_id uuid, result jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  asset public.media_assets;
  twin  uuid;
begin
  select * into asset from public.media_assets a where a.id = record_verification.asset_id for update;
  if not found or asset.status <> 'processing' then
    return null;
  end if;
  if (record_verification.result ->> 'ok')::boolean then
    -- Two uploads of one file verified at once: the quota row is the brand's lock.
    perform from public.storage_quotas q where q.brand_id = asset.brand_id for update;
    select a.id into twin from public.media_assets a
    where a.brand_id = asset.brand_id and a.hash = record_verification.result ->> 'hash' and a.status in ('active', 'archived');
    if found then
      update public.media_assets a
      set status = 'rejected', rejected_code = 'media_duplicate', rejected_facts = jsonb_build_object('asset_id', twin)
      where a.id = asset.id;
      update public.media_assets a set status = 'active' where a.id = twin and a.status = 'archived';
      return 'rejected';
    end if;
    begin
      update public.media_assets a
      set status = 'active', hash = result ->> 'hash', mime_type = result ->> 'mime_type',
          size_bytes = (result ->> 'size_bytes')::bigint, width = (result ->> 'width')::int,
          height = (result ->> 'height')::int, duration_ms = (result ->> 'duration_ms')::int, metadata = coalesce(result -> 'metadata', '{}'),
          variants = coalesce(result -> 'variants', '[]'), path = coalesce(result ->> 'path', a.path)
      where a.id = asset.id;
      return 'active';
    exception when sqlstate 'P0001' then
      -- More bytes arrived than were declared, and the brand has no room for them.
      update public.media_assets a set status = 'rejected', rejected_code = sqlerrm where a.id = asset.id;
      return 'rejected';
    end;
  end if;
  update public.media_assets a
  set status = 'rejected', rejected_code = result ->> 'code', rejected_facts = coalesce(result -> 'facts', '{}')
  where a.id = asset.id;
  return 'rejected';
end $$;

create function private.still_path(asset public.media_assets) returns text
language sql immutable set search_path = ''
as $$
  select case asset.kind
    when 'image' then asset.path
    else (select v ->> 'path' from jsonb_array_elements(asset.variants) v where v ->> 'size' = 'poster' limit 1)
  end
$$;
comment on function private.still_path(public.media_assets) is 'The path of a picture, or of a video''s still; null where it has none.';

create function public.archive_media(asset_id uuid) returns public.media_assets
language plpgsql security definer set search_path = ''
as $$
declare
  asset   public.media_assets;
  waiting int;
begin
  select * into asset from public.media_assets a where a.id = archive_media.asset_id;
  if not found or not private.can(asset.brand_id, 'media.view') then
    perform private.refuse('media_not_found');
  end if;
  if not private.can(asset.brand_id, 'media.manage') then
    perform private.refuse('not_allowed');
  end if;
  select * into asset from public.media_assets a where a.id = archive_media.asset_id for update;
  select count(*) into waiting from public.content_items i
  where i.brand_id = asset.brand_id and i.content -> 'media' ? asset.id::text
    and i.status not in ('published', 'archived', 'failed');
  if waiting > 0 then
    perform private.refuse('media_in_use', jsonb_build_object('posts', waiting));
  end if;
  -- Asked again, its bytes go, unless something that was published or shown still needs them.
  update public.media_assets a
  set status = case when asset.status = 'active' or asset.status = 'archived' and asset.usage_count > 0 then 'archived' else 'deleted' end
  where a.id = asset.id returning * into asset;
  perform private.audit(asset.tenant_id, asset.brand_id, 'media.archived', 'media_asset', asset.id::text,
    jsonb_build_object('filename', asset.filename));
  return asset;
end $$;
grant execute on function public.archive_media(uuid) to authenticated;
comment on function public.archive_media(uuid) is 'Takes a file out of the library, and asked again, its bytes if nothing uses it; refused while a waiting post does.';

create function public.finish_upload(asset_id uuid) returns public.media_assets
language plpgsql security definer set search_path = ''
as $$
declare
  asset public.media_assets;
begin
  select * into asset from public.media_assets a where a.id = finish_upload.asset_id;
  if not found or not private.can(asset.brand_id, 'media.upload') then
    perform private.refuse('media_not_found');
  end if;
  if asset.status = 'processing' then
    if not exists (select from storage.objects o where o.bucket_id = 'media' and o.name = asset.path) then
      perform private.refuse('media_not_uploaded');
    end if;
    perform graphile_worker.add_job('verify_media', json_build_object('asset_id', asset.id), run_at := private.now(),
      max_attempts := 10, job_key := 'verify:' || asset.id);
  end if;
  return asset;
end $$;
grant execute on function public.finish_upload(uuid) to authenticated;
comment on function public.finish_upload(uuid) is 'Asks for an uploaded file to be read and checked.';

create function public.media_uses(asset_ids uuid[]) returns table(asset_id uuid, uses integer)
language sql stable set search_path = ''
as $$
  select l.asset_id, count(*)::int from public.media_usage_logs l where l.asset_id = any (media_uses.asset_ids) group by l.asset_id
$$;
grant execute on function public.media_uses(uuid[]) to authenticated;
comment on function public.media_uses(uuid[]) is 'In how many places each file is used, of those the caller may count; a file without any is left out.';

-- 3. Content and scheduling -----------------------------------------------------------------------

create table public.content_items (
  id                  uuid        not null default gen_random_uuid(),
  tenant_id           uuid        not null,
  brand_id            uuid        not null,
  number              integer     not null,
  type                text        not null default 'post',
  title               text,
  content             jsonb       not null default '{"body": "", "link": null, "media": [], "first_comment": null}',
  revision            integer     not null default 1,
  version             integer     not null default 0,
  content_digest      text        not null,
  status              text        not null default 'draft',
  platform            text,
  scheduled_for       timestamptz,
  published_at        timestamptz,
  requested_at        timestamptz,
  held_at             timestamptz,
  archived_at         timestamptz,
  approval_required   boolean     not null default true,
  approved_by         uuid,
  approved_at         timestamptz,
  generated_by_agent  text,
  generation_metadata jsonb       not null default '{}',
  media_urls          text[]      not null default '{}',
  created_by          uuid,
  updated_by          uuid,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  constraint content_items_pkey primary key (id),
  constraint content_items_brand_id_number_key unique (brand_id, number),
  constraint content_items_id_brand_id_key unique (id, brand_id),
  constraint content_items_approved_by_fkey foreign key (approved_by) references auth.users(id) on delete set null,
  constraint content_items_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint content_items_created_by_fkey foreign key (created_by) references auth.users(id) on delete set null,
  constraint content_items_updated_by_fkey foreign key (updated_by) references auth.users(id) on delete set null,
  constraint content_items_content_check check (jsonb_typeof(content) = 'object'),
  constraint content_items_content_digest_check check (content_digest ~ '^[0-9a-f]{64}$'),
  constraint content_items_number_check check (number > 0),
  constraint content_items_revision_check check (revision > 0),
  constraint content_items_status_check check (status in ('draft', 'pending_review', 'changes_requested', 'approved', 'scheduled', 'publishing', 'published', 'failed', 'archived')),
  constraint content_items_title_check check (char_length(title) <= 200),
  constraint content_items_type_check check (type in ('post', 'blog', 'caption', 'email', 'story', 'creative_studio')),
  constraint content_items_version_check check (version >= 0)
);
comment on table public.content_items is 'A piece: a post from idea to published. Clients never read it; they read content_versions.';
comment on column public.content_items.number is 'With the brand''s code, its human name: OE-318.';
comment on column public.content_items.type is 'What kind of piece it is.';
comment on column public.content_items.content is 'The shared text: {"body", "link", "first_comment", "media": [asset ids in order]}.';
comment on column public.content_items.revision is 'Counts saves; a save must name the one it started from.';
comment on column public.content_items.version is 'Counts submissions; content_versions holds each, frozen.';
comment on column public.content_items.content_digest is 'SHA-256 over everything that would be published, as of the last save.';
comment on column public.content_items.status is 'Moves by functions alone: draft, pending_review, then changes_requested or approved; scheduled, publishing, published or failed by its jobs; archived at the end.';
comment on column public.content_items.platform is 'The plan''s column for a single network; content_channels has the accounts it goes to.';
comment on column public.content_items.scheduled_for is 'The planned instant, from scheduled_content; null without one.';
comment on column public.content_items.published_at is 'When its last account had it.';
comment on column public.content_items.requested_at is 'When the version at hand was submitted.';
comment on column public.content_items.held_at is 'Set while the client holds an approved piece; the claim refuses it.';
comment on column public.content_items.archived_at is 'When it left the desk.';
comment on column public.content_items.approval_required is 'The plan''s column; the brand''s workflow decides.';
comment on column public.content_items.approved_at is 'When the last yes came; null again once an edit voids it.';
comment on column public.content_items.generated_by_agent is 'The agent that made it; null for a person''s. With one, no workflow can do without a person''s yes.';
comment on column public.content_items.generation_metadata is 'What the agent noted while making it.';
comment on column public.content_items.media_urls is 'The plan''s column; pictures are named in content.';

create index content_items_approved_by_idx on public.content_items (approved_by);
create index content_items_brand_tenant_idx on public.content_items (brand_id, tenant_id);
create index content_items_calendar_idx on public.content_items (brand_id, scheduled_for) where scheduled_for is not null;
create index content_items_created_by_idx on public.content_items (created_by);
create index content_items_list_idx on public.content_items (brand_id, created_at desc, id desc);
create index content_items_status_idx on public.content_items (brand_id, status, requested_at);
create index content_items_updated_by_idx on public.content_items (updated_by);

create trigger keep_searched after update of title, content, status on public.content_items
  for each row when (old.title is distinct from new.title or old.content is distinct from new.content or (old.status = 'archived') <> (new.status = 'archived')) execute function private.keep_searched();
create trigger keep_searched_new after insert on public.content_items
  for each row execute function private.keep_searched();
create trigger touch before update on public.content_items
  for each row execute function private.touch_updated_at();

alter table public.content_items enable row level security;
grant select on public.content_items to authenticated;

create policy "members with content.view" on public.content_items for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.content_versions (
  id             uuid        not null default gen_random_uuid(),
  content_id     uuid        not null,
  brand_id       uuid        not null,
  version        integer     not null,
  number         integer     not null,
  type           text        not null,
  title          text,
  body           text        not null default '',
  link           text,
  first_comment  text,
  channels       jsonb       not null default '[]',
  media          jsonb       not null default '[]',
  content_digest text        not null,
  ai_made        boolean     not null default false,
  submitted_by   uuid,
  shared_at      timestamptz,
  superseded_at  timestamptz,
  client_status  text        not null default 'waiting',
  scheduled_at   timestamptz,
  local_time     timestamp,
  time_zone      text,
  permalinks     jsonb       not null default '[]',
  published_at   timestamptz,
  created_at     timestamptz not null default private.now(),
  constraint content_versions_pkey primary key (id),
  constraint content_versions_content_id_version_brand_id_key unique (content_id, version, brand_id),
  constraint content_versions_content_id_version_key unique (content_id, version),
  constraint content_versions_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint content_versions_submitted_by_fkey foreign key (submitted_by) references auth.users(id) on delete set null,
  constraint content_versions_client_status_check check (client_status in ('waiting', 'changes_requested', 'approved', 'rejected', 'held', 'scheduled', 'publishing', 'checking', 'published', 'failed', 'withdrawn')),
  constraint content_versions_content_digest_check check (content_digest ~ '^[0-9a-f]{64}$'),
  constraint content_versions_version_check check (version > 0)
);
comment on table public.content_versions is 'A piece frozen as it was submitted: what people decide on and what is published.';
comment on column public.content_versions.version is 'The content_items.version it was submitted as.';
comment on column public.content_versions.number is 'The piece''s number at that time.';
comment on column public.content_versions.type is 'The piece''s type at that time.';
comment on column public.content_versions.channels is '[{channel_id, connection_id, network, account_id, account_name, body, first_comment}], overrides null where the shared text goes.';
comment on column public.content_versions.media is '[{asset_id, path, mime_type, width, height, alt_text, hash}] in order.';
comment on column public.content_versions.content_digest is 'The piece''s digest when it was submitted; decisions and jobs carry it on.';
comment on column public.content_versions.ai_made is 'Whether an agent made the piece.';
comment on column public.content_versions.shared_at is 'When the first client step began: from then on clients read it.';
comment on column public.content_versions.superseded_at is 'When a newer version, an edit or its withdrawal took its place; null while it is in force.';
comment on column public.content_versions.client_status is 'How it stands, in the words a client is told.';
comment on column public.content_versions.scheduled_at is 'The planned instant; follows the piece.';
comment on column public.content_versions.local_time is 'That instant on the wall clock of time_zone.';
comment on column public.content_versions.time_zone is 'The zone in which it was planned.';
comment on column public.content_versions.permalinks is 'Where it went live: [{channel_id, network, account_name, url}].';
comment on column public.content_versions.published_at is 'When its last account had it.';

create index content_versions_brand_idx on public.content_versions (brand_id, client_status, scheduled_at);
create index content_versions_content_idx on public.content_versions (content_id, brand_id);
create index content_versions_submitted_by_idx on public.content_versions (submitted_by);

create trigger frozen before update on public.content_versions
  for each row when (old.id is distinct from new.id or old.content_id is distinct from new.content_id or old.brand_id is distinct from new.brand_id or old.version is distinct from new.version or old.number is distinct from new.number or old.type is distinct from new.type or old.title is distinct from new.title or old.body is distinct from new.body or old.link is distinct from new.link or old.first_comment is distinct from new.first_comment or old.channels is distinct from new.channels or old.media is distinct from new.media or old.content_digest is distinct from new.content_digest or old.ai_made is distinct from new.ai_made or old.created_at is distinct from new.created_at or new.submitted_by is distinct from old.submitted_by and new.submitted_by is not null or old.shared_at is not null and new.shared_at is distinct from old.shared_at) execute function private.refuse_unfreezing();

alter table public.content_versions enable row level security;
grant select on public.content_versions to authenticated;

create policy "members with content.view; clients what was shared" on public.content_versions for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('content.view')))::uuid[]))
    or shared_at is not null and (brand_id = any (((select private.brands_with('content.view_shared')))::uuid[]))
  );

create table public.content_channels (
  id            uuid        not null default gen_random_uuid(),
  content_id    uuid        not null,
  brand_id      uuid        not null,
  connection_id uuid        not null,
  network       text        not null,
  format        text        not null default 'feed',
  "position"    integer     not null default 0,
  body          text,
  first_comment text,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  constraint content_channels_pkey primary key (id),
  constraint content_channels_content_id_connection_id_key unique (content_id, connection_id),
  constraint content_channels_id_content_id_key unique (id, content_id),
  constraint content_channels_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint content_channels_format_check check (format in ('feed', 'reel', 'story')),
  constraint content_channels_network_check check (network in ('facebook', 'instagram', 'linkedin', 'tiktok', 'gbp', 'mailchimp'))
);
comment on table public.content_channels is 'An account a piece goes to, with what differs there.';
comment on column public.content_channels.network is 'The connection''s network.';
comment on column public.content_channels.format is 'The wish: feed, reel or story. With the media it decides publish_jobs.content_type.';
comment on column public.content_channels."position" is 'Order in the composer, from 1.';
comment on column public.content_channels.body is 'What is said there instead of the shared text; null: the shared text.';
comment on column public.content_channels.first_comment is 'A first comment of its own; null: the shared one.';

create index content_channels_brand_idx on public.content_channels (brand_id);
create index content_channels_connection_idx on public.content_channels (connection_id, brand_id);
create index content_channels_content_idx on public.content_channels (content_id, brand_id);

create trigger touch before update on public.content_channels
  for each row execute function private.touch_updated_at();

alter table public.content_channels enable row level security;
grant select on public.content_channels to authenticated;

create policy "members with content.view" on public.content_channels for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.content_comments (
  id         uuid        not null default gen_random_uuid(),
  content_id uuid        not null,
  brand_id   uuid        not null,
  audience   text        not null,
  body       text        not null,
  anchor     jsonb,
  version    integer,
  author_id  uuid        default auth.uid(),
  created_at timestamptz not null default private.now(),
  constraint content_comments_pkey primary key (id),
  constraint content_comments_author_id_fkey foreign key (author_id) references auth.users(id) on delete set null,
  constraint content_comments_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint content_comments_anchor_check check (jsonb_typeof(anchor) = 'object' and octet_length(anchor::text) <= 2000),
  constraint content_comments_audience_check check (audience in ('internal', 'client')),
  constraint content_comments_body_check check (btrim(body) <> '' and char_length(body) <= 4000)
);
comment on table public.content_comments is 'Talk about a piece, in two lanes: internal, and with the client.';
comment on column public.content_comments.audience is 'internal: staff alone; client: the client''s people too.';
comment on column public.content_comments.anchor is 'What the comment points at, as its page understands it; at most 2,000 bytes.';
comment on column public.content_comments.version is 'The version it speaks of; for clients, the last one shared with them.';

create index content_comments_author_idx on public.content_comments (author_id, created_at);
create index content_comments_brand_idx on public.content_comments (brand_id, audience);
create index content_comments_content_idx on public.content_comments (content_id, brand_id, created_at);

create trigger limit_comments after insert on public.content_comments
  for each row when (current_user = 'authenticated'::name) execute function private.limit_comments();
create trigger refuse_writing_leaving after insert on public.content_comments
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger stamp_comment before insert on public.content_comments
  for each row execute function private.stamp_comment();

alter table public.content_comments enable row level security;
grant select, insert (content_id, brand_id, audience, body, anchor) on public.content_comments to authenticated;

create policy "each lane by its permission; clients on what was shared" on public.content_comments for insert to authenticated
  with check (
    audience = 'internal' and (brand_id = any (((select private.brands_with('comments.internal')))::uuid[]))
    or audience = 'client' and (brand_id = any (((select private.brands_with('comments.client')))::uuid[])) and ((brand_id = any (((select private.brands_with('content.view')))::uuid[])) or content_id = any (array(select private.shared_content())))
  );
create policy "each lane to its readers; clients on what was shared" on public.content_comments for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('comments.internal')))::uuid[]))
    or audience = 'client' and content_id = any (array(select private.shared_content()))
  );

create table public.scheduled_content (
  id           uuid        not null default gen_random_uuid(),
  brand_id     uuid        not null,
  content_id   uuid        not null,
  scheduled_at timestamptz not null,
  local_time   timestamp   not null,
  time_zone    text        not null,
  platforms    text[]      not null default '{}',
  status       text        not null default 'scheduled',
  created_at   timestamptz not null default private.now(),
  updated_at   timestamptz not null default private.now(),
  constraint scheduled_content_pkey primary key (id),
  constraint scheduled_content_content_id_scheduled_at_key unique (content_id, scheduled_at),
  constraint scheduled_content_id_brand_id_key unique (id, brand_id),
  constraint scheduled_content_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint scheduled_content_check check (scheduled_at = (local_time at time zone time_zone)),
  constraint scheduled_content_status_check check (status in ('scheduled', 'publishing', 'published', 'failed', 'cancelled', 'missed'))
);
comment on table public.scheduled_content is 'The one place of a planned time: wall clock and zone, and the instant they mean.';
comment on column public.scheduled_content.scheduled_at is 'The instant that local_time means in time_zone.';
comment on column public.scheduled_content.local_time is 'What the wall clock of time_zone shows.';
comment on column public.scheduled_content.time_zone is 'A name of the tz database, never an offset.';
comment on column public.scheduled_content.platforms is 'Networks it goes to, for the calendar.';
comment on column public.scheduled_content.status is 'Follows the jobs; cancelled: the time was taken off; missed: it passed before the last yes.';

create index scheduled_content_brand_idx on public.scheduled_content (brand_id, scheduled_at);
create index scheduled_content_content_idx on public.scheduled_content (content_id, brand_id);
create unique index scheduled_content_one_pending_idx on public.scheduled_content (content_id) where status = 'scheduled';

create trigger touch before update on public.scheduled_content
  for each row execute function private.touch_updated_at();

alter table public.scheduled_content enable row level security;
grant select on public.scheduled_content to authenticated;

create policy "members with content.view" on public.scheduled_content for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table private.searched_posts (
  content_id uuid        not null,
  brand_id   uuid        not null,
  tenant_id  uuid        not null,
  created_at timestamptz not null,
  words      tsvector    not null,
  constraint searched_posts_pkey primary key (content_id, brand_id),
  constraint searched_posts_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade
);
comment on table private.searched_posts is 'Words of the pieces that can be found, kept by a trigger of content_items.';
comment on column private.searched_posts.created_at is 'The piece''s own: the newest are found first.';
comment on column private.searched_posts.words is 'Words of title and text, lower case and without accents.';

create index searched_posts_agency_idx on private.searched_posts (tenant_id, created_at desc, content_id desc);
create index searched_posts_brand_idx on private.searched_posts (brand_id, created_at desc, content_id desc);
create index searched_posts_words_idx on private.searched_posts using gin (private.word_keys(tenant_id, private.quarter_of(created_at), words)) with (fastupdate=off);

alter table private.searched_posts enable row level security;

-- 3. Content and scheduling: functions ------------------------------------------------------------

create function private.audit_post(item public.content_items, action text, facts jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  select private.audit(item.tenant_id, item.brand_id, audit_post.action, 'content_item', item.id::text, audit_post.facts)
$$;

create function private.check_submittable(item public.content_items) returns void
language plpgsql stable security definer set search_path = ''
as $$
declare
  channel  record;
  asset    record;
  files    int := jsonb_array_length(item.content -> 'media');
  images   int;
  videos   int;
  format   text;
  rules    jsonb;
  text_max int;
  size     int;
begin
  if not exists (select from public.content_channels c where c.content_id = item.id) then
    perform private.refuse('post_no_channels');
  end if;
  if btrim(coalesce(item.content ->> 'body', '')) = '' and files = 0 then
    perform private.refuse('post_empty');
  end if;
  if exists (select from public.media_assets a where a.status = 'processing' and item.content -> 'media' ? a.id::text and a.brand_id = item.brand_id) then
    perform private.refuse('media_not_ready');
  end if;
  select count(*) filter (where a.kind = 'image'), count(*) filter (where a.kind = 'video') into images, videos
  from public.media_assets a
  where item.content -> 'media' ? a.id::text and a.brand_id = item.brand_id and a.status in ('active', 'archived');
  if files <> images + videos then
    perform private.refuse('media_rejected');
  end if;
  for channel in
    select c.*, n.display_name as account_name, n.status as connection_status, coalesce(own.limits, base.limits) -> c.network as limits
    from public.content_channels c
    join public.connections n on n.id = c.connection_id
    join public.connector_platforms base on base.platform_name = n.platform and base.tenant_id is null
    left join public.connector_platforms own on own.platform_name = n.platform and own.tenant_id = item.tenant_id
    where c.content_id = item.id order by c.position
  loop
    if channel.connection_status = 'disconnected' then
      perform private.refuse('connection_inactive', jsonb_build_object('account_name', channel.account_name));
    end if;
    size := private.utf16_length(coalesce(channel.body, item.content ->> 'body'));
    text_max := (channel.limits ->> 'text_max')::int;
    if size > text_max then
      perform private.refuse('post_too_long', jsonb_build_object('network', channel.network, 'account_name', channel.account_name, 'limit', text_max, 'length', size));
    end if;
    if files > (channel.limits ->> 'images_max')::int then
      perform private.refuse('media_too_many', jsonb_build_object('network', channel.network, 'limit', (channel.limits ->> 'images_max')::int, 'count', files));
    end if;
    format := private.format_of(channel.network, channel.format, item.content ->> 'link' is not null, images, videos);
    if format is null then
      perform private.refuse('format_impossible', jsonb_build_object('network', channel.network, 'account_name', channel.account_name,
        'format', channel.format, 'images', images, 'videos', videos));
    end if;
    rules := coalesce(channel.limits -> 'formats' -> format, '{}');
    perform private.refuse('media_too_heavy', jsonb_build_object('network', channel.network, 'size_bytes', a.size_bytes, 'limit_bytes', (channel.limits ->> 'image_bytes_max')::bigint))
    from public.media_assets a
    where item.content -> 'media' ? a.id::text and a.brand_id = item.brand_id and a.kind = 'image' and a.size_bytes > (channel.limits ->> 'image_bytes_max')::bigint;
    perform private.refuse('media_kind_refused', jsonb_build_object('network', channel.network, 'found', a.mime_type))
    from public.media_assets a
    where item.content -> 'media' ? a.id::text and a.brand_id = item.brand_id and a.kind = 'image' and not channel.limits -> 'image_types' ? a.mime_type;
    for asset in
      select a.*, a.width::numeric / a.height as ratio from public.media_assets a
      where item.content -> 'media' ? a.id::text and a.brand_id = item.brand_id
    loop
      if asset.kind = 'video' and asset.size_bytes > (rules ->> 'video_bytes_max')::bigint then
        perform private.refuse('media_too_heavy', jsonb_build_object('network', channel.network, 'size_bytes', asset.size_bytes, 'limit_bytes', (rules ->> 'video_bytes_max')::bigint));
      end if;
      if asset.kind = 'video' and not asset.duration_ms between (rules ->> 'duration_ms_min')::int and (rules ->> 'duration_ms_max')::int then
        perform private.refuse('video_length_refused', jsonb_build_object('network', channel.network, 'format', format, 'duration_ms', asset.duration_ms,
          'min_ms', (rules ->> 'duration_ms_min')::int, 'max_ms', (rules ->> 'duration_ms_max')::int));
      end if;
      if asset.ratio not between coalesce((rules ->> 'ratio_min')::numeric, 0) and coalesce((rules ->> 'ratio_max')::numeric, 1000)
         or asset.width < (rules ->> 'width_min')::int or asset.height < (rules ->> 'height_min')::int then
        perform private.refuse('media_shape_refused', jsonb_build_object('network', channel.network, 'format', format, 'filename', asset.filename,
          'width', asset.width, 'height', asset.height, 'rules', rules));
      end if;
    end loop;
  end loop;
  if item.scheduled_for is not null and item.scheduled_for <= private.now() then
    perform private.refuse('schedule_past', jsonb_build_object('scheduled_at', item.scheduled_for,
      'time_zone', (select s.time_zone from public.scheduled_content s where s.content_id = item.id and s.status = 'scheduled')));
  end if;
end $$;

create function private.digest_of(content_id uuid) returns text
language sql stable security definer set search_path = ''
as $$
  select encode(sha256(convert_to(jsonb_build_object(
    'body', coalesce(i.content ->> 'body', ''),
    'link', i.content ->> 'link',
    'first_comment', i.content ->> 'first_comment',
    'channels', coalesce((
      select jsonb_agg(jsonb_build_array(c.network, n.platform_account_id, c.format, c.body, c.first_comment) order by c.network, n.platform_account_id)
      from public.content_channels c join public.connections n on n.id = c.connection_id
      where c.content_id = i.id), '[]'),
    'media', coalesce((
      select jsonb_agg(coalesce(a.hash, a.id::text) order by m.ord)
      from jsonb_array_elements_text(i.content -> 'media') with ordinality as m (asset_id, ord)
      join public.media_assets a on a.id = m.asset_id::uuid), '[]')
  )::text, 'UTF8')), 'hex')
  from public.content_items i where i.id = digest_of.content_id
$$;

create function private.lock_post(post_id uuid, permission text) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items;
begin
  -- Asked before the lock is: whoever may not must not make those who may wait.
  select * into item from public.content_items i where i.id = lock_post.post_id;
  if not found or not private.can(item.brand_id, 'content.view') then
    perform private.refuse('post_not_found');
  end if;
  if not private.can(item.brand_id, lock_post.permission) then
    perform private.refuse('not_allowed');
  end if;
  select * into item from public.content_items i where i.id = lock_post.post_id for update;
  if not found then
    perform private.refuse('post_not_found');
  end if;
  return item;
end $$;

create function private.miss_passed_times(brand_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items;
begin
  for item in
    select * from public.content_items i
    where i.brand_id = miss_passed_times.brand_id and i.status = 'scheduled' and i.scheduled_for <= private.now()
    order by i.id for update
  loop
    perform private.cancel_jobs(item.id);
    update public.scheduled_content s set status = 'missed' where s.content_id = item.id and s.status = 'scheduled';
    update public.content_items i set status = 'approved', scheduled_for = null where i.id = item.id returning * into item;
    update public.content_versions v
    set client_status = case when item.held_at is null then 'approved' else 'held' end, scheduled_at = null, local_time = null, time_zone = null
    where v.content_id = item.id and v.version = item.version;
    perform private.notify_brand(item, 'publishing.schedule', 'timeout',
      'The time of ' || private.slug_of(item) || ' passed while its brand was to be deleted. Choose a new one.');
  end loop;
end $$;
comment on function private.miss_passed_times(uuid) is 'Takes the times off a brand''s posts that passed unsent, and says so.';

create function private.networks_of(content_id uuid) returns text[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(distinct c.network order by c.network), '{}') from public.content_channels c where c.content_id = networks_of.content_id
$$;

create function private.notify_brand(item public.content_items, permission text, type text, message text, except_user uuid default null) returns void
language sql security definer set search_path = ''
as $$
  insert into public.workflow_notifications (brand_id, content_id, user_id, type, message)
  select item.brand_id, item.id, m.user_id, notify_brand.type, notify_brand.message
  from public.brand_members m
  join private.role_permissions p on p.role = m.role and p.permission = notify_brand.permission
  where m.brand_id = item.brand_id and m.user_id is distinct from notify_brand.except_user
    and (item.created_by is null or m.user_id = item.created_by or m.role in ('owner', 'admin', 'manager'))
$$;

create function private.notify_person(item public.content_items, user_id uuid, type text, message text) returns void
language sql security definer set search_path = ''
as $$
  insert into public.workflow_notifications (brand_id, content_id, user_id, type, message)
  select item.brand_id, item.id, notify_person.user_id, notify_person.type, notify_person.message
  where exists (select from public.brand_members m where m.brand_id = item.brand_id and m.user_id = notify_person.user_id)
$$;

create function private.post_mail_facts(item public.content_items) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'agency_name', t.name, 'brand_name', b.name, 'brand_slug', b.slug, 'brand_color', b.primary_color,
    'post_id', item.id, 'post_title', coalesce(item.title, 'Untitled'), 'slug', b.code || '-' || item.number,
    'version', item.version, 'scheduled_at', item.scheduled_for,
    'time_zone', coalesce((select s.time_zone from public.scheduled_content s where s.content_id = item.id and s.status = 'scheduled'), b.time_zone),
    'image_path', (select private.still_path(a) from public.media_assets a where a.id::text = item.content -> 'media' ->> 0),
    'body', item.content ->> 'body',
    'person_name', (select p.display_name from public.profiles p where p.user_id = auth.uid()))
  from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = item.brand_id
$$;

create function private.post_words(title text, content jsonb) returns tsvector
language sql immutable parallel safe set search_path = ''
as $$
  select array_to_tsvector(array(
    select left(word, 40)
    from unnest(private.words_in(left(concat_ws(' ', post_words.title, post_words.content ->> 'body'), 30000))) as word))
$$;

create function private.posts_named(name text, brands uuid[], max_rows integer) returns setof uuid
language plpgsql stable security definer rows 8 set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare
  typed text := upper(btrim(posts_named.name));
  bare  int  := substring(typed from '^#?([0-9]{1,9})$')::int;
begin
  if typed !~ '^#?[A-Z0-9]*-?[0-9]{1,9}$' then
    return;
  end if;
  return query
  select i.id
  from public.brands b
  join public.content_items i on i.brand_id = b.id and i.number = any (array[bare,
    case when starts_with(typed, b.code) then substring(substr(typed, char_length(b.code) + 1) from '^-?([0-9]{1,9})$')::int end])
  where b.id = any (posts_named.brands) and (bare is not null or starts_with(typed, b.code)) and i.status <> 'archived'
  order by i.created_at desc, i.id desc limit posts_named.max_rows;
end $$;

create function private.posts_with_words(wanted text[], brands uuid[], max_rows integer) returns setof uuid
language plpgsql stable security definer rows 8 set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare
  query    tsquery := private.words_query('', posts_with_words.wanted);
  agencies uuid[]  := array(select distinct b.tenant_id from public.brands b where b.id = any (posts_with_words.brands));
  indexed  text[];
  keys     text;
  looked   int;
  since    timestamptz;
  newest   timestamptz;
  oldest   timestamptz;
  hits     uuid[];
begin
  -- Later than since, every piece is among those looked at: the brands' own, or of many brands their agencies'.
  if cardinality(posts_with_words.brands) <= 50 then
    looked := 1000 / cardinality(posts_with_words.brands);
    select coalesce(max(edge.created_at), '-infinity') into since
    from unnest(posts_with_words.brands) as brand
    cross join lateral (
      select p.created_at from private.searched_posts p where p.brand_id = brand
      order by p.created_at desc, p.content_id desc offset looked limit 1
    ) as edge;
    hits := array(
      select latest.content_id
      from unnest(posts_with_words.brands) as brand
      cross join lateral (
        select p.content_id, p.created_at from private.searched_posts p
        where p.brand_id = brand and p.created_at > since and p.words @@ query
        order by p.created_at desc, p.content_id desc limit posts_with_words.max_rows
      ) as latest
      order by latest.created_at desc, latest.content_id desc limit posts_with_words.max_rows);
  else
    looked := 1000 / cardinality(agencies);
    select coalesce(max(edge.created_at), '-infinity') into since
    from unnest(agencies) as agency
    cross join lateral (
      select p.created_at from private.searched_posts p where p.tenant_id = agency
      order by p.created_at desc, p.content_id desc offset looked limit 1
    ) as edge;
    hits := array(
      select latest.content_id
      from unnest(agencies) as agency
      cross join lateral (
        select p.content_id, p.created_at
        from (
          select a.content_id, a.created_at, a.brand_id from private.searched_posts a
          where a.tenant_id = agency and a.created_at > since and a.words @@ query
          order by a.created_at desc, a.content_id desc offset 0
        ) as p
        where p.brand_id = any (posts_with_words.brands)
        order by p.created_at desc, p.content_id desc limit posts_with_words.max_rows
      ) as latest
      order by latest.created_at desc, latest.content_id desc limit posts_with_words.max_rows);
  end if;
  if cardinality(hits) >= posts_with_words.max_rows or since = '-infinity' then
    return query select unnest(hits);
    return;
  end if;

  -- What every tenth text has stands in the index for very much: it is left to the rows that the rarer words name.
  indexed := array(
    select w.word
    from (select word, private.words_query('', array[word]) as query from unnest(posts_with_words.wanted) as word offset 0) as w
    cross join (
      select p.words from private.searched_posts p where p.tenant_id = agencies[1]
      order by p.created_at desc, p.content_id desc limit 300
    ) as latest
    group by w.word
    order by count(*) filter (where latest.words @@ w.query), char_length(w.word) desc limit 2);

  select max(edge.newest), min(edge.oldest) into newest, oldest
  from unnest(agencies) as agency
  cross join lateral (
    select max(p.created_at) as newest, min(p.created_at) as oldest from private.searched_posts p where p.tenant_id = agency
  ) as edge;
  keys := private.words_query('%', indexed)::text;
  hits := '{}';
  for quarter in reverse private.quarter_of(newest)..private.quarter_of(oldest) loop
    hits := hits || array(
      select found.content_id
      from unnest(agencies) as agency
      cross join lateral (
        select p.content_id, p.created_at, p.brand_id, p.words from private.searched_posts p
        where private.word_keys(p.tenant_id, private.quarter_of(p.created_at), p.words)
          @@ replace(keys, '%', left(agency::text, 8) || quarter)::tsquery
        offset 0
      ) as found
      where found.brand_id = any (posts_with_words.brands) and found.words @@ query
      order by found.created_at desc, found.content_id desc limit posts_with_words.max_rows);
    exit when cardinality(hits) >= posts_with_words.max_rows;
  end loop;
  return query select hit from unnest(hits[1:posts_with_words.max_rows]) as hit;
end $$;

create function private.queue_jobs(item public.content_items) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  slot    public.scheduled_content;
  version public.content_versions;
  queued  public.publish_jobs;
  done    public.content_items;
begin
  select * into slot from public.scheduled_content s where s.content_id = item.id and s.status = 'scheduled';
  select * into version from public.content_versions v where v.content_id = item.id and v.version = item.version;
  for queued in
    insert into public.publish_jobs as j (tenant_id, brand_id, content_id, channel_id, connection_id, version, content_digest,
      idempotency_key, network, content_type, title, body, link, media_urls, media, fingerprint, scheduled_for, publish_at,
      status, max_attempts, created_by)
    select item.tenant_id, item.brand_id, item.id, (c ->> 'channel_id')::uuid, n.id, item.version, item.content_digest,
      md5(item.id || ':' || item.version || ':' || n.id)::uuid, c ->> 'network',
      c ->> 'content_type',
      item.title, coalesce(c ->> 'body', version.body), version.link,
      array(select m ->> 'path' from jsonb_array_elements(version.media) m), version.media,
      encode(sha256(convert_to(coalesce(c ->> 'content_type', '') || coalesce(c ->> 'body', version.body) || version.media::text, 'UTF8')), 'hex'),
      slot.scheduled_at, slot.scheduled_at, case when item.held_at is null then 'scheduled' else 'paused' end,
      p.max_retry_attempts, auth.uid()::text
    from jsonb_array_elements(version.channels) as c
    join public.connections n on n.id = (c ->> 'connection_id')::uuid
    join public.connector_platforms p on p.id = n.platform_id
    on conflict (connection_id, idempotency_key) do update
    set scheduled_for = excluded.scheduled_for, publish_at = excluded.publish_at, status = excluded.status,
        next_retry_at = null, channel_id = excluded.channel_id
    where j.status in ('scheduled', 'paused', 'cancelled')
      and not exists (select from public.publish_jobs r where r.replays = j.id)
    returning *
  loop
    if queued.status = 'scheduled' then
      perform private.wake_to_send(queued);
    end if;
    perform private.log_job(queued, 'queued', queued.status);
  end loop;
  -- What was sent again in a job's place moves, waits and comes back in its place too.
  for queued in
    update public.publish_jobs j
    set scheduled_for = slot.scheduled_at, publish_at = slot.scheduled_at, next_retry_at = null,
        status = case when item.held_at is null then 'scheduled' else 'paused' end
    where j.content_id = item.id and j.version = item.version and j.replays is not null and j.status in ('scheduled', 'paused', 'cancelled')
      and not exists (select from public.publish_jobs r where r.replays = j.id)
    returning *
  loop
    if queued.status = 'scheduled' then
      perform private.wake_to_send(queued);
    end if;
    perform private.log_job(queued, 'queued', queued.status);
  end loop;
  update public.content_items i set status = 'scheduled' where i.id = item.id returning * into done;
  update public.content_versions v
  set client_status = case when done.held_at is null then 'scheduled' else 'held' end
  where v.content_id = item.id and v.version = item.version;
  return done;
end $$;

create function private.roll_up(content_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items;
begin
  perform from public.content_items i where i.id = roll_up.content_id for update;
  perform private.roll_up_all(array[roll_up.content_id]);
  select * into item from public.content_items i where i.id = roll_up.content_id;
  return item;
end $$;

create function private.roll_up_all(pieces uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
as $$
begin
  with latest as (
    select distinct on (j.content_id, j.connection_id)
      j.content_id, j.connection_id, j.channel_id, j.network, j.permalink, j.status, j.waiting_since, j.published_at
    from public.content_items i
    join public.publish_jobs j on j.content_id = i.id and j.version = i.version and j.brand_id = i.brand_id
    where i.id = any (roll_up_all.pieces)
    order by j.content_id, j.connection_id, j.created_at desc, j.id
  ), tally as (
    select l.content_id,
      count(*) filter (where l.status in ('pending', 'scheduled', 'paused') and l.waiting_since is null) as waiting,
      count(*) filter (where l.status in ('processing', 'outcome_unknown') or l.status = 'scheduled' and l.waiting_since is not null) as working,
      count(*) filter (where l.status = 'outcome_unknown') as unknown,
      count(*) filter (where l.status = 'published') as published,
      count(*) filter (where l.status in ('failed', 'dlq')) as failed,
      max(l.published_at) as published_at,
      coalesce(jsonb_agg(jsonb_build_object('channel_id', l.channel_id, 'network', l.network, 'account_name', n.display_name, 'url', l.permalink)
        order by n.display_name) filter (where l.status = 'published'), '[]') as permalinks
    from latest l join public.connections n on n.id = l.connection_id
    group by l.content_id
  ), told as (
    select i.id, i.brand_id, i.version, i.scheduled_for, i.held_at, t.published_at, t.permalinks, t.unknown,
      case
        when t.working > 0 or t.waiting > 0 and t.published > 0 then 'publishing'
        when t.waiting > 0 then 'scheduled'
        when t.failed > 0 then 'failed'
        when t.published > 0 then 'published'
        else i.status
      end as state
    from public.content_items i join tally t on t.content_id = i.id
  ), items as (
    update public.content_items i
    set status = t.state, published_at = case when t.state = 'published' then t.published_at else i.published_at end
    from told t
    where i.id = t.id and (i.status <> t.state or t.state = 'published' and i.published_at is distinct from t.published_at)
  ), slots as (
    update public.scheduled_content s set status = t.state
    from told t
    where s.content_id = t.id and s.scheduled_at = t.scheduled_for and s.status in ('scheduled', 'publishing', 'failed')
      and t.state in ('scheduled', 'publishing', 'published', 'failed') and s.status <> t.state
  )
  update public.content_versions v
  set client_status = case when t.held_at is not null then 'held' when t.unknown > 0 then 'checking' else t.state end,
      permalinks = t.permalinks, published_at = t.published_at
  from told t
  where v.content_id = t.id and v.version = t.version and t.state in ('scheduled', 'publishing', 'published', 'failed');
end $$;
comment on function private.roll_up_all(uuid[]) is 'Pieces, planned times and clients'' versions follow the latest jobs of each account.';

create function private.slug_of(item public.content_items) returns text
language sql stable security definer set search_path = ''
as $$
  select b.code || '-' || item.number from public.brands b where b.id = item.brand_id
$$;

create function private.take_back(item public.content_items, reason text) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  kept   public.content_items;
  before text := item.status;
begin
  perform private.cancel_jobs(item.id);
  update public.workflow_instances w set status = 'cancelled' where w.content_id = item.id and w.status = 'active';
  update public.approval_requests r set status = 'cancelled' where r.post_id = item.id and r.status = 'pending';
  update public.content_versions v
  set client_status = 'withdrawn', superseded_at = private.now()
  where v.content_id = item.id and v.version = item.version and v.superseded_at is null;
  update public.content_items i
  set status = 'draft', approved_by = null, approved_at = null, held_at = null, requested_at = null,
      -- A time that passed with a failed attempt is none any more.
      scheduled_for = (select s.scheduled_at from public.scheduled_content s where s.content_id = i.id and s.status = 'scheduled')
  where i.id = item.id returning * into kept;
  perform private.notify_brand(kept, 'content.edit', 'stage_change', case when before = 'pending_review'
    then private.slug_of(kept) || ' was taken back from review' || case when take_back.reason = 'edited' then ' by an edit.' else '.' end
    else 'The approval of ' || private.slug_of(kept) || ' is void: the post was edited.' end, auth.uid());
  perform private.audit_post(kept, case when before = 'pending_review' then 'post.withdrawn' else 'post.approval_voided' end,
    jsonb_build_object('version', kept.version, 'before', before, 'reason', take_back.reason));
  return kept;
end $$;

create function private.tell_author(item public.content_items, outcome text, comment text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  author  uuid := coalesce((select v.submitted_by from public.content_versions v where v.content_id = item.id and v.version = item.version), item.created_by);
  address text;
  who     text := coalesce((select p.display_name from public.profiles p where p.user_id = auth.uid()), 'Someone');
begin
  if author is null or author = auth.uid()
     or not exists (select from public.brand_members m where m.brand_id = item.brand_id and m.user_id = author) then
    return;
  end if;
  perform private.notify_person(item, author, case when tell_author.outcome = 'approved' then 'completion' else 'stage_change' end,
    who || case when tell_author.outcome = 'approved' then ' said yes to ' else ' asks for changes to ' end || private.slug_of(item) || '.');
  if private.wants_mail(author, item.brand_id, 'approvalsNeeded') then
    select u.email into address from auth.users u where u.id = author;
    perform private.queue_email(item.tenant_id, item.brand_id, address, author, tell_author.outcome,
      private.post_mail_facts(item) || jsonb_build_object('comment', tell_author.comment),
      tell_author.outcome || ':' || item.id || ':' || item.version || ':' || author, null, item.id);
  end if;
end $$;

create function private.words_in(value text) returns text[]
language sql immutable parallel safe set search_path = ''
as $$
  select array_remove(string_to_array(regexp_replace(regexp_replace(
    normalize(regexp_replace(normalize(lower(words_in.value), nfkd), '[\u0300-\u036f]+', '', 'g'), nfkc),
    '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g'),
    '[^[:alnum:]]+', ' ', 'g'), ' '), '')
$$;

create function private.words_query(prefix text, wanted text[]) returns tsquery
language sql immutable parallel safe set search_path = ''
as $$
  select string_agg(format('''%s%s'':*', words_query.prefix, left(word, 40)), ' & ')::tsquery
  from unnest(words_query.wanted) as word
$$;

create function private.write_post(item public.content_items, title text, body text, link text, first_comment text, media_ids uuid[], channels jsonb) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  written  public.content_items;
  pictures uuid[] := coalesce(write_post.media_ids, '{}');
  wanted   jsonb  := coalesce(write_post.channels, '[]');
  address  text   := nullif(btrim(coalesce(write_post.link, '')), '');
  n        int;
begin
  if char_length(coalesce(write_post.title, '')) > 200 then
    perform private.refuse('post_title_invalid');
  end if;
  if private.utf16_length(write_post.body) > 100000 then
    perform private.refuse('post_too_long', jsonb_build_object('limit', 100000, 'length', private.utf16_length(write_post.body)));
  end if;
  if private.utf16_length(write_post.first_comment) > 8000 or exists (
    select from jsonb_array_elements(case when jsonb_typeof(wanted) = 'array' then wanted else '[]' end) w
    where private.utf16_length(w ->> 'body') > 100000 or private.utf16_length(w ->> 'first_comment') > 8000
  ) then
    perform private.refuse('post_too_long', jsonb_build_object('limit', 100000));
  end if;
  if address is not null and (address !~* '^https?://[^[:space:]]+$' or char_length(address) > 2000) then
    perform private.refuse('post_link_invalid');
  end if;
  if cardinality(pictures) > 10 then
    perform private.refuse('media_too_many', jsonb_build_object('limit', 10));
  end if;
  select count(*) into n from public.media_assets a
  where a.id = any (pictures) and a.brand_id = item.brand_id and a.status in ('processing', 'active', 'archived');
  if n <> cardinality(pictures) then
    perform private.refuse('media_not_found');
  end if;
  if jsonb_typeof(wanted) <> 'array' then
    perform private.refuse('channel_not_found');
  end if;
  select count(*) into n from (select distinct c ->> 'connection_id' from jsonb_array_elements(wanted) c) as d;
  if n <> jsonb_array_length(wanted) then
    perform private.refuse('channel_duplicate');
  end if;
  select count(*) into n from public.connections k
  where k.brand_id = item.brand_id and k.status <> 'disconnected'
    and k.id::text in (select c ->> 'connection_id' from jsonb_array_elements(wanted) c);
  if n <> jsonb_array_length(wanted) then
    perform private.refuse('channel_not_found');
  end if;

  if exists (select from jsonb_array_elements(wanted) c where coalesce(c ->> 'format', 'feed') not in ('feed', 'reel', 'story')) then
    perform private.refuse('format_unknown');
  end if;

  delete from public.content_channels c
  where c.content_id = item.id
    and c.connection_id::text not in (select w ->> 'connection_id' from jsonb_array_elements(wanted) w);
  insert into public.content_channels as c (content_id, brand_id, connection_id, network, format, position, body, first_comment)
  select item.id, item.brand_id, k.id, k.network, coalesce(w.value ->> 'format', 'feed'), w.ord, nullif(w.value ->> 'body', ''), nullif(w.value ->> 'first_comment', '')
  from jsonb_array_elements(wanted) with ordinality as w (value, ord)
  join public.connections k on k.id::text = w.value ->> 'connection_id' and k.brand_id = item.brand_id
  on conflict (content_id, connection_id) do update
  set format = excluded.format, position = excluded.position, body = excluded.body, first_comment = excluded.first_comment;

  -- A picture that was taken out again is no use, unless a version that people saw shows it.
  delete from public.media_usage_logs l
  where l.brand_id = item.brand_id and l.used_in = 'post:' || item.id and l.asset_id <> all (pictures)
    and not exists (
      select from public.content_versions v
      where v.content_id = item.id and v.media @> jsonb_build_array(jsonb_build_object('asset_id', l.asset_id)));
  insert into public.media_usage_logs (asset_id, brand_id, used_in, used_by_user)
  select m, item.brand_id, 'post:' || item.id, auth.uid() from unnest(pictures) as m order by m
  on conflict do nothing;

  update public.content_items i
  set title = nullif(btrim(coalesce(write_post.title, '')), ''),
      content = jsonb_build_object(
        'body', coalesce(write_post.body, ''), 'link', address,
        'first_comment', nullif(write_post.first_comment, ''), 'media', to_jsonb(pictures)),
      updated_by = auth.uid()
  where i.id = item.id;
  update public.content_items i set content_digest = private.digest_of(i.id) where i.id = item.id returning * into written;
  return written;
end $$;

create function public.archive_post(post_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items := private.lock_post(archive_post.post_id, 'content.delete');
begin
  if item.status in ('publishing', 'archived') then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if item.status in ('pending_review', 'approved', 'scheduled') then
    item := private.take_back(item, 'archived');
  end if;
  update public.scheduled_content s set status = 'cancelled' where s.content_id = item.id and s.status = 'scheduled';
  update public.content_items i
  set status = 'archived', archived_at = private.now(), scheduled_for = case when i.published_at is null then null else i.scheduled_for end
  where i.id = item.id returning * into item;
  perform private.audit_post(item, 'post.archived');
  return item;
end $$;
grant execute on function public.archive_post(uuid) to authenticated;
comment on function public.archive_post(uuid) is 'Takes a piece out of the desk; what was to go out does not.';

create function public.create_post(brand_id uuid, title text, body text, link text default null, first_comment text default null, media_ids uuid[] default '{}', channels jsonb default '[]') returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item  public.content_items;
  brand public.brands;
begin
  if not private.can(create_post.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(create_post.brand_id, 'content.create') then
    perform private.refuse('not_allowed');
  end if;
  update public.brands b set next_number = b.next_number + 1 where b.id = create_post.brand_id returning * into brand;
  insert into public.content_items (tenant_id, brand_id, number, content_digest, created_by, updated_by)
  values (brand.tenant_id, brand.id, brand.next_number - 1, encode(sha256(''), 'hex'), auth.uid(), auth.uid())
  returning * into item;
  item := private.write_post(item, create_post.title, create_post.body, create_post.link, create_post.first_comment,
    create_post.media_ids, create_post.channels);
  perform private.audit_post(item, 'post.created');
  return item;
end $$;
grant execute on function public.create_post(uuid, text, text, text, text, uuid[], jsonb) to authenticated;
comment on function public.create_post(uuid, text, text, text, text, uuid[], jsonb) is 'Starts a draft. channels: [{"connection_id", "format", "body", "first_comment"}], null where the shared text goes.';

create function public.delete_draft(post_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items := private.lock_post(delete_draft.post_id, 'content.delete_own_drafts');
begin
  if item.status <> 'draft' or item.version > 0 then
    perform private.refuse('post_not_draft', jsonb_build_object('status', item.status));
  end if;
  if item.created_by is distinct from auth.uid() and not private.can(item.brand_id, 'content.delete') then
    perform private.refuse('not_allowed');
  end if;
  perform private.audit_post(item, 'post.deleted', jsonb_build_object('title', item.title, 'number', item.number));
  delete from public.media_usage_logs l where l.brand_id = item.brand_id and l.used_in = 'post:' || item.id;
  delete from public.content_items i where i.id = item.id;
end $$;
grant execute on function public.delete_draft(uuid) to authenticated;
comment on function public.delete_draft(uuid) is 'Deletes a draft that was never submitted: one''s own, or anyone''s with content.delete.';

create function public.post_timeline(post_id uuid) returns table(at timestamptz, kind text, actor_id uuid, actor_name text, audience text, version integer, text text, facts jsonb)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  item     public.content_items;
  as_staff boolean;
begin
  select * into item from public.content_items i where i.id = post_timeline.post_id;
  as_staff := private.can(item.brand_id, 'content.view');
  if item.id is null or not as_staff and not exists (
    select from public.content_versions v where v.content_id = item.id and v.shared_at is not null and private.can(item.brand_id, 'content.view_shared')
  ) then
    perform private.refuse('post_not_found');
  end if;

  return query
  with steps (at, kind, actor, audience, version, text, facts) as (
    select item.created_at, 'created', item.created_by, 'internal', null::int, null::text, '{}'::jsonb
    union all
    select v.created_at, 'submitted', v.submitted_by, 'internal', v.version, null, jsonb_build_object('digest', v.content_digest)
    from public.content_versions v where v.content_id = item.id
    union all
    select v.shared_at, 'shared', v.submitted_by, 'client', v.version, null, '{}'
    from public.content_versions v where v.content_id = item.id and v.shared_at is not null
    union all
    select a.created_at, a.status, a.decided_by, a.audience, a.version, a.comment, jsonb_build_object('digest', a.content_digest)
    from public.post_approvals a where a.post_id = item.id
    union all
    select c.created_at, 'comment', c.author_id, c.audience, c.version, c.body, coalesce(c.anchor, '{}')
    from public.content_comments c where c.content_id = item.id
    union all
    select l.created_at, split_part(l.action, '.', 2), l.user_id,
      case when l.action in ('post.moved', 'post.scheduled') then 'client' else 'internal' end,
      (l.metadata ->> 'version')::int, null, l.metadata
    from public.audit_logs l
    where l.resource_type = 'content_item' and l.resource_id = item.id::text
      and l.action in ('post.scheduled', 'post.moved', 'post.unscheduled', 'post.withdrawn', 'post.approval_voided', 'post.archived', 'post.publish_now',
                       'job.retried', 'job.marked_live', 'job.rechecked')
    union all
    select g.created_at, case g.kind when 'result' then 'publish_' || g.status when 'look' then 'look_' || g.status else 'sent' end,
      null, case when g.status = 'published' then 'client' else 'internal' end, j.version, null,
      jsonb_build_object('job_id', j.id, 'network', j.network, 'account_name', n.display_name, 'permalink', case when g.status = 'published' then j.permalink end,
        'code', g.error_code, 'reason', g.error_message, 'attempt', g.attempt)
    from public.publish_jobs j
    join public.publishing_logs g on g.job_id = j.id and g.kind in ('intent', 'result', 'look')
    join public.connections n on n.id = j.connection_id
    where j.content_id = item.id
  )
  select s.at, s.kind, s.actor, coalesce(p.display_name, case when s.actor is not null then 'Someone who left' end), s.audience, s.version, s.text, s.facts
  from steps s
  left join public.profiles p on p.user_id = s.actor
  where as_staff or s.audience = 'client' and (s.version is null or s.version = any (array(
    select v.version from public.content_versions v where v.content_id = item.id and v.shared_at is not null)))
  order by s.at, array_position(array['created', 'scheduled', 'submitted', 'approved', 'shared'], s.kind) nulls last, s.kind;
end $$;
grant execute on function public.post_timeline(uuid) to authenticated;
comment on function public.post_timeline(uuid) is 'Every step of a piece with who and when; for clients, theirs.';

create function public.publish_now(post_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items := private.lock_post(publish_now.post_id, 'publishing.publish_now');
  zone text;
  at   timestamptz := date_trunc('milliseconds', private.now());
begin
  if item.status not in ('approved', 'scheduled') then
    perform private.refuse('post_not_approved', jsonb_build_object('status', item.status));
  end if;
  if item.held_at is not null then
    perform private.refuse('post_held');
  end if;
  select b.time_zone into zone from public.brands b where b.id = item.brand_id;
  -- In the hour that autumn repeats, a wall clock names two instants; UTC names one.
  if (at at time zone zone) at time zone zone <> at then
    zone := 'UTC';
  end if;
  delete from public.scheduled_content s where s.content_id = item.id and s.status in ('scheduled', 'cancelled', 'missed');
  insert into public.scheduled_content (brand_id, content_id, scheduled_at, local_time, time_zone, platforms)
  values (item.brand_id, item.id, at, at at time zone zone, zone, private.networks_of(item.id));
  update public.content_items i set scheduled_for = at where i.id = item.id returning * into item;
  update public.content_versions v set scheduled_at = at, local_time = at at time zone zone, time_zone = zone
  where v.content_id = item.id and v.version = item.version;
  item := private.queue_jobs(item);
  perform private.audit_post(item, 'post.publish_now', jsonb_build_object('version', item.version));
  return item;
end $$;
grant execute on function public.publish_now(uuid) to authenticated;
comment on function public.publish_now(uuid) is 'Sends an approved post at once.';

create function public.save_post(post_id uuid, base_revision integer, title text, body text, link text default null, first_comment text default null, media_ids uuid[] default '{}', channels jsonb default '[]') returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item   public.content_items := private.lock_post(save_post.post_id, 'content.edit');
  before public.content_items := item;
begin
  if item.status in ('publishing', 'published', 'archived') then
    perform private.refuse('post_locked', jsonb_build_object('status', item.status));
  end if;
  if exists (select from public.publish_jobs j where j.content_id = item.id and j.status in ('processing', 'outcome_unknown', 'published')) then
    perform private.refuse('post_locked', jsonb_build_object('status', item.status));
  end if;
  if item.revision is distinct from save_post.base_revision then
    perform private.refuse('revision_stale', jsonb_build_object(
      'revision', item.revision, 'changed_at', item.updated_at,
      'changed_by', (select p.display_name from public.profiles p where p.user_id = item.updated_by)));
  end if;

  item := private.write_post(item, save_post.title, save_post.body, save_post.link, save_post.first_comment,
    save_post.media_ids, save_post.channels);
  update public.content_items i set revision = i.revision + 1 where i.id = item.id returning * into item;

  if item.content_digest <> before.content_digest and item.status in ('pending_review', 'approved', 'scheduled', 'failed') then
    item := private.take_back(item, 'edited');
  end if;
  return item;
end $$;
grant execute on function public.save_post(uuid, integer, text, text, text, text, uuid[], jsonb) to authenticated;
comment on function public.save_post(uuid, integer, text, text, text, text, uuid[], jsonb) is 'Saves from the revision it started at. Returns the piece: its status tells whether an approval was voided.';

create function public.schedule_post(post_id uuid, local_time timestamp, time_zone text) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item    public.content_items := private.lock_post(schedule_post.post_id, 'publishing.schedule');
  instant timestamptz;
  before  public.scheduled_content;
begin
  if item.status in ('publishing', 'published', 'failed', 'archived') then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if not private.is_time_zone(schedule_post.time_zone) then
    perform private.refuse('time_zone_unknown', jsonb_build_object('time_zone', schedule_post.time_zone));
  end if;
  if schedule_post.local_time is null then
    perform private.refuse('schedule_missing');
  end if;
  instant := schedule_post.local_time at time zone schedule_post.time_zone;
  -- In the hour that a change to summer time leaves out, the clock never shows what was asked.
  if instant at time zone schedule_post.time_zone <> schedule_post.local_time then
    perform private.refuse('schedule_nonexistent_time', jsonb_build_object(
      'local_time', to_char(schedule_post.local_time, 'HH24:MI'), 'time_zone', schedule_post.time_zone));
  end if;
  if instant <= private.now() then
    perform private.refuse('schedule_past', jsonb_build_object('scheduled_at', instant, 'time_zone', schedule_post.time_zone));
  end if;
  if instant > private.now() + interval '2 years' then
    perform private.refuse('schedule_too_far');
  end if;

  select * into before from public.scheduled_content s where s.content_id = item.id and s.status = 'scheduled';
  -- One row a piece moves about; a cancelled or missed one at this very instant is taken up again.
  delete from public.scheduled_content s where s.content_id = item.id and s.scheduled_at = instant and s.id is distinct from before.id;
  if before.id is null then
    insert into public.scheduled_content (brand_id, content_id, scheduled_at, local_time, time_zone, platforms)
    values (item.brand_id, item.id, instant, schedule_post.local_time, schedule_post.time_zone, private.networks_of(item.id));
  else
    update public.scheduled_content s
    set scheduled_at = instant, local_time = schedule_post.local_time, time_zone = schedule_post.time_zone, platforms = private.networks_of(item.id)
    where s.id = before.id;
  end if;
  update public.content_items i set scheduled_for = instant where i.id = item.id returning * into item;
  update public.content_versions v
  set scheduled_at = instant, local_time = schedule_post.local_time, time_zone = schedule_post.time_zone
  where v.content_id = item.id and v.version = item.version and v.superseded_at is null;

  if item.status in ('approved', 'scheduled') then
    item := private.queue_jobs(item);
  end if;
  perform private.audit_post(item, case when before.id is null then 'post.scheduled' else 'post.moved' end, jsonb_build_object(
    'before', before.scheduled_at, 'after', instant, 'time_zone', schedule_post.time_zone, 'version', item.version));
  return item;
end $$;
grant execute on function public.schedule_post(uuid, timestamp, text) to authenticated;
comment on function public.schedule_post(uuid, timestamp, text) is 'Plans a wall-clock time in a named zone. Keeps an approval: time is not part of what was approved.';

create function public.search_posts(words text, only_brand uuid default null, max_rows integer default 8) returns table(id uuid, brand_id uuid, number integer, title text, status text, scheduled_for timestamptz, published_at timestamptz, outcome_unknown boolean)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare
  brands  uuid[] := array(
    select brand from unnest(private.brands_with('content.view')) as brand
    where search_posts.only_brand is null or brand = search_posts.only_brand);
  typed   text   := left(search_posts.words, 200);
  wanted  text[] := (private.words_in(typed))[1:10];
  allowed int    := least(greatest(coalesce(search_posts.max_rows, 8), 1), 50);
begin
  if cardinality(brands) = 0 or coalesce(cardinality(wanted), 0) = 0 then
    return;
  end if;
  return query
  select i.id, i.brand_id, i.number, i.title, i.status, i.scheduled_for, i.published_at,
         exists (select from public.publish_jobs j where j.content_id = i.id and j.status = 'outcome_unknown')
  from (
    select hit.content_id, bool_or(hit.is_named) as is_named
    from (
      select named, true from private.posts_named(typed, brands, allowed) as named
      union all
      select worded, false from private.posts_with_words(wanted, brands, allowed) as worded
    ) as hit (content_id, is_named)
    group by hit.content_id
  ) as hits
  join public.content_items i on i.id = hits.content_id
  order by hits.is_named desc, i.created_at desc, i.id desc
  limit allowed;
end $$;
grant execute on function public.search_posts(text, uuid, integer) to authenticated;
comment on function public.search_posts(text, uuid, integer) is 'Pieces of the caller''s brands (or of one) by short name or by the beginnings of words, the named ones first, then the newest; at most 50. Needs content.view, so a client finds nothing.';

create function public.submit_post(post_id uuid, revision integer) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  item     public.content_items := private.lock_post(submit_post.post_id, 'approvals.request');
  template public.workflow_templates;
  instance public.workflow_instances;
  plan     jsonb;
begin
  if item.status not in ('draft', 'changes_requested') then
    perform private.refuse('post_not_submittable', jsonb_build_object('status', item.status));
  end if;
  if item.revision is distinct from submit_post.revision then
    perform private.refuse('revision_stale', jsonb_build_object(
      'revision', item.revision, 'changed_at', item.updated_at,
      'changed_by', (select p.display_name from public.profiles p where p.user_id = item.updated_by)));
  end if;
  -- Pictures verified since the last save have a hash now.
  update public.content_items i set content_digest = private.digest_of(i.id) where i.id = item.id returning * into item;
  perform private.check_submittable(item);

  select * into template from public.workflow_templates t where t.brand_id = item.brand_id and t.is_default;
  plan := template.steps;
  -- What a machine wrote never goes out without a person's yes, whatever the brand's mode.
  if jsonb_array_length(plan) = 0 and item.generated_by_agent is not null then
    plan := private.mode_steps('internal');
  end if;

  update public.content_versions v set superseded_at = private.now()
  where v.content_id = item.id and v.superseded_at is null;
  update public.content_items i
  set version = i.version + 1, status = 'pending_review', requested_at = private.now(), approved_by = null, approved_at = null
  where i.id = item.id returning * into item;
  insert into public.content_versions (content_id, brand_id, version, number, type, title, body, link, first_comment,
    channels, media, content_digest, ai_made, submitted_by, scheduled_at, local_time, time_zone)
  select item.id, item.brand_id, item.version, item.number, item.type, item.title,
    coalesce(item.content ->> 'body', ''), item.content ->> 'link', item.content ->> 'first_comment',
    (select jsonb_agg(jsonb_build_object(
        'channel_id', c.id, 'connection_id', n.id, 'platform', n.platform, 'network', c.network, 'account_id', n.platform_account_id,
        'account_name', n.display_name, 'account_image', n.profile_image_url, 'format', c.format,
        'content_type', private.format_of(c.network, c.format, item.content ->> 'link' is not null,
          (select count(*)::int from public.media_assets a where item.content -> 'media' ? a.id::text and a.kind = 'image'),
          (select count(*)::int from public.media_assets a where item.content -> 'media' ? a.id::text and a.kind = 'video')),
        'body', c.body, 'first_comment', c.first_comment) order by c.position)
     from public.content_channels c join public.connections n on n.id = c.connection_id where c.content_id = item.id),
    coalesce((select jsonb_agg(jsonb_build_object(
        'asset_id', a.id, 'kind', a.kind, 'path', a.path, 'still_path', private.still_path(a), 'mime_type', a.mime_type, 'width', a.width, 'height', a.height, 'duration_ms', a.duration_ms,
        'size_bytes', a.size_bytes, 'alt_text', a.alt_text, 'hash', a.hash) order by m.ord)
     from jsonb_array_elements_text(item.content -> 'media') with ordinality as m (asset_id, ord)
     join public.media_assets a on a.id = m.asset_id::uuid), '[]'),
    item.content_digest, item.generated_by_agent is not null, auth.uid(), s.scheduled_at, s.local_time, s.time_zone
  from (select 1) as one
  left join public.scheduled_content s on s.content_id = item.id and s.status = 'scheduled';

  insert into public.workflow_instances (template_id, brand_id, content_id, version, steps)
  values (template.id, item.brand_id, item.id, item.version, plan) returning * into instance;
  perform private.audit_post(item, 'post.submitted', jsonb_build_object('version', item.version, 'digest', item.content_digest));
  return private.open_step(item, instance);
end $$;
grant execute on function public.submit_post(uuid, integer) to authenticated;
comment on function public.submit_post(uuid, integer) is 'Freezes the next version and asks for the first yes; with no steps, the submission is the author''s yes.';

create function public.unschedule_post(post_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item   public.content_items := private.lock_post(unschedule_post.post_id, 'publishing.cancel');
  before timestamptz := item.scheduled_for;
begin
  if item.status in ('publishing', 'published', 'failed', 'archived') then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if not exists (select from public.scheduled_content s where s.content_id = item.id and s.status = 'scheduled') then
    perform private.refuse('schedule_missing');
  end if;
  perform private.cancel_jobs(item.id);
  update public.scheduled_content s set status = 'cancelled' where s.content_id = item.id and s.status = 'scheduled';
  update public.content_items i
  set scheduled_for = null, status = case when i.status = 'scheduled' then 'approved' else i.status end
  where i.id = item.id returning * into item;
  update public.content_versions v
  set scheduled_at = null, local_time = null, time_zone = null,
      client_status = case when v.client_status = 'scheduled' then 'approved' else v.client_status end
  where v.content_id = item.id and v.version = item.version and v.superseded_at is null;
  perform private.audit_post(item, 'post.unscheduled', jsonb_build_object('before', before));
  return item;
end $$;
grant execute on function public.unschedule_post(uuid) to authenticated;
comment on function public.unschedule_post(uuid) is 'Takes the time off a post; an approval stays.';

create function public.withdraw_post(post_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items := private.lock_post(withdraw_post.post_id, 'approvals.request');
begin
  if item.status <> 'pending_review' then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  return private.take_back(item, 'withdrawn');
end $$;
grant execute on function public.withdraw_post(uuid) to authenticated;
comment on function public.withdraw_post(uuid) is 'Takes a post back from review; it is a draft again.';

-- What had to wait for the tables and functions above ---------------------------------------------

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('media', 'media', false, 314572800, '{image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime}');

create policy "media: into a place opened by an asset row of one's own" on storage.objects for insert to authenticated
  with check (bucket_id = 'media' and name = any (array(select private.open_uploads())));
create policy "media: members with media.view; clients what was shared" on storage.objects for select to authenticated
  using (
    bucket_id = 'media'
    and (((storage.foldername(name))[1] = any ((((select private.brands_with('media.view')))::text[]))) or name = any (array(select private.shared_paths())))
  );

create trigger open_quota after insert on public.brands for each row execute function private.open_quota();

alter table private.link_tokens add constraint link_tokens_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade;

commit;
