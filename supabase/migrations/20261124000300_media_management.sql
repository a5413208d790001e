-- 2. Media: files in the private bucket `media`, one row each, counted against the brand's quota.

create table public.media_assets (
  id             uuid primary key default gen_random_uuid(),
  -- Filled from the brand by trigger; the default makes it optional to insert, and its foreign key refuses it.
  tenant_id      uuid not null default '00000000-0000-0000-0000-000000000000' references public.tenants (id) on delete cascade,
  brand_id       uuid not null,
  created_by     uuid default auth.uid() references auth.users (id) on delete set null,
  category       text not null default 'images'
                 check (category in ('graphics', 'images', 'logos', 'videos', 'ai_exports', 'client_uploads', 'scraped')),
  filename       text not null check (char_length(filename) between 1 and 200),
  mime_type      text,
  path           text not null unique,
  size_bytes     bigint not null check (size_bytes >= 0),
  hash           text check (hash ~ '^[0-9a-f]{64}$'),
  width          int check (width > 0),
  height         int check (height > 0),
  duration_ms    int check (duration_ms > 0),
  kind           text not null generated always as (case when mime_type like 'video/%' then 'video' else 'image' end) stored,
  alt_text       text check (char_length(alt_text) <= 1000),
  metadata       jsonb not null default '{}',
  variants       jsonb not null default '[]',
  used_in        text[] not null default '{}',
  usage_count    int not null default 0 check (usage_count >= 0),
  last_used      timestamptz,
  status         text not null default 'processing' check (status in ('processing', 'active', 'rejected', 'archived', 'deleted')),
  rejected_code  text,
  rejected_facts jsonb,
  shared_at      timestamptz,
  purged_at      timestamptz,
  created_at     timestamptz not null default private.now(),
  updated_at     timestamptz not null default private.now(),
  unique (id, brand_id),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  -- Only bytes that the worker has read carry a hash, and nothing unread is ever usable.
  check (status <> 'active' or hash is not null),
  check (path = brand_id::text || '/' || id::text || '/' || split_part(path, '/', 3) and split_part(path, '/', 3) ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}$')
);
create unique index media_assets_hash_idx on public.media_assets (brand_id, hash) where status in ('active', 'archived');
create index media_assets_library_idx on public.media_assets (brand_id, created_at desc, id desc);
create index media_assets_brand_tenant_idx on public.media_assets (brand_id, tenant_id);
create index media_assets_waiting_idx on public.media_assets (brand_id) where status = 'processing';
create index media_assets_tenant_idx on public.media_assets (tenant_id);
create index media_assets_created_by_idx on public.media_assets (created_by);
create index media_assets_purge_idx on public.media_assets (created_at) where status in ('processing', 'rejected', 'deleted') and purged_at is null;
create index media_assets_shared_idx on public.media_assets (brand_id) where shared_at is not null;

create table public.media_usage_logs (
  id           uuid primary key default gen_random_uuid(),
  asset_id     uuid not null,
  brand_id     uuid not null references public.brands (id) on delete cascade,
  used_in      text not null check (used_in ~ '^(post|email|website):.+$'),
  used_by_user uuid references auth.users (id) on delete set null,
  context      jsonb not null default '{}',
  created_at   timestamptz not null default private.now(),
  unique (asset_id, used_in),
  foreign key (asset_id, brand_id) references public.media_assets (id, brand_id) on delete cascade
);
create index media_usage_logs_asset_idx on public.media_usage_logs (asset_id, brand_id);
create index media_usage_logs_brand_idx on public.media_usage_logs (brand_id);
create index media_usage_logs_user_idx on public.media_usage_logs (used_by_user);

create table public.storage_quotas (
  id          uuid primary key default gen_random_uuid(),
  brand_id    uuid not null unique,
  tenant_id   uuid not null,
  limit_bytes bigint not null default 5368709120 check (limit_bytes >= 0),
  used_bytes  bigint not null default 0 check (used_bytes >= 0),
  created_at  timestamptz not null default private.now(),
  updated_at  timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade
);
create index storage_quotas_brand_tenant_idx on public.storage_quotas (brand_id, tenant_id);

create trigger touch before update on public.media_assets for each row execute function private.touch_updated_at();
create trigger touch before update on public.storage_quotas for each row execute function private.touch_updated_at();

create function private.open_quota() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.storage_quotas (brand_id, tenant_id) values (new.id, new.tenant_id);
  return null;
end $$;
create trigger open_quota after insert on public.brands for each row execute function private.open_quota();

-- An image may weigh 30 MB, a video 300 MB, as much as Instagram takes; what is declared is checked here, what
-- arrives by the bucket and the worker.
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
create trigger check_new_media before insert on public.media_assets for each row execute function private.check_new_media();

-- Bytes are counted in the asset's own transaction; the quota's row lock makes concurrent uploads queue here.
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
create trigger count_bytes after insert or update of size_bytes, status or delete on public.media_assets
  for each row execute function private.count_bytes();

-- Places that are announced and never filled count against the quota for two hours; so many of them are no work.
-- After count_bytes, by name: it holds the quota's lock, so that those announced at once count each other.
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
create trigger refuse_writing_leaving after insert or update on public.media_assets
  for each row when (current_user = 'authenticated'::name) execute function private.refuse_writing_leaving();
create trigger limit_waiting_uploads after insert on public.media_assets
  for each row when (current_user = 'authenticated'::name) execute function private.limit_waiting_uploads();

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
create trigger media_assets_increment_usage after insert or delete on public.media_usage_logs
  for each row execute function private.increment_asset_usage();

-- The browser says that the bytes are there; the worker reads them before anything can use them.
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
comment on function public.finish_upload(uuid) is 'Asks for an uploaded file to be read and checked.';

-- As the caller: row security shows uses to members alone.
create function public.media_uses(asset_ids uuid[]) returns table (asset_id uuid, uses int)
language sql stable set search_path = ''
as $$
  select l.asset_id, count(*)::int from public.media_usage_logs l where l.asset_id = any (media_uses.asset_ids) group by l.asset_id
$$;
comment on function public.media_uses(uuid[]) is 'In how many places each file is used, of those the caller may count; a file without any is left out.';

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
comment on function public.archive_media(uuid) is 'Takes a file out of the library, and asked again, its bytes if nothing uses it; refused while a waiting post does.';

-- Worker: what to read, and what was found.
create function private.media_to_verify(asset_id uuid) returns public.media_assets
language sql stable security definer set search_path = ''
as $$
  select a from public.media_assets a where a.id = media_to_verify.asset_id and a.status = 'processing'
$$;

-- result: {"ok": true, "mime_type", "size_bytes", "hash", "width", "height", "duration_ms", "metadata", "variants", "path"} or {"ok": false, "code", "facts"}.
-- path: where the worker laid the very bytes it read, under a name that nobody could have asked to write to; what was
-- uploaded may be overwritten by a signed address that its uploader made beforehand.
-- A file that the brand has already is refused with the id of the first, so that the interface can offer it.
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

-- Assets whose bytes go: refused, deleted, or opened two hours ago and never filled.
create function private.media_to_purge("limit" int) returns table (id uuid, brand_id uuid, path text)
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

create function private.record_purge(asset_id uuid) returns void
language sql security definer set search_path = ''
as $$
  update public.media_assets a set purged_at = private.now()
  where a.id = record_purge.asset_id and a.status in ('rejected', 'deleted')
$$;

-- What a list shows of a file: the picture itself, or a video's still, if its uploader's browser drew one.
create function private.still_path(asset public.media_assets) returns text
language sql immutable set search_path = ''
as $$
  select case asset.kind
    when 'image' then asset.path
    else (select v ->> 'path' from jsonb_array_elements(asset.variants) v where v ->> 'size' = 'poster' limit 1)
  end
$$;

-- Pictures a client may open: what a version shared with them showed.
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

-- Their files, exactly: not whatever else was left in the same folder.
create function private.shared_paths() returns setof text
language sql stable security definer set search_path = ''
as $$
  select p.path
  from public.media_assets a
  cross join lateral (select a.path union all select v ->> 'path' from jsonb_array_elements(a.variants) v) as p
  where a.id = any (array(select private.shared_assets()))
$$;
grant execute on function private.shared_paths() to authenticated;

-- The caller's own uploads that still wait for their bytes; beside a video the still that the browser draws of it.
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

grant execute on function public.finish_upload(uuid), public.media_uses(uuid[]), public.archive_media(uuid) to authenticated;

alter table public.media_assets enable row level security;
alter table public.media_usage_logs enable row level security;
alter table public.storage_quotas enable row level security;
-- Without what tells of its uses: a client reads the row of a picture that also stands in drafts nobody showed them.
grant select (id, tenant_id, brand_id, created_by, category, filename, mime_type, path, size_bytes, hash, width, height, duration_ms,
    kind, alt_text, metadata, variants, status, rejected_code, rejected_facts, shared_at, purged_at, created_at, updated_at),
  insert (id, brand_id, filename, mime_type, size_bytes, category, alt_text, path),
  update (alt_text, filename)
  on public.media_assets to authenticated;
grant select on public.media_usage_logs, public.storage_quotas to authenticated;

create policy "members with media.view; clients what was shared" on public.media_assets for select to authenticated
  using (
    brand_id = any ((select private.brands_with('media.view'))::uuid[])
    or id = any (array(select private.shared_assets()))
  );
create policy "members with media.upload add" on public.media_assets for insert to authenticated
  with check (brand_id = any ((select private.brands_with('media.upload'))::uuid[]));
create policy "members with media.upload describe" on public.media_assets for update to authenticated
  using (brand_id = any ((select private.brands_with('media.upload'))::uuid[]))
  with check (brand_id = any ((select private.brands_with('media.upload'))::uuid[]));
create policy "members with media.view" on public.media_usage_logs for select to authenticated
  using (brand_id = any ((select private.brands_with('media.view'))::uuid[]));
create policy "members with media.view" on public.storage_quotas for select to authenticated
  using (brand_id = any ((select private.brands_with('media.view'))::uuid[]));

-- Nothing but pictures and videos: whatever else is served from the storage's origin could act there.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('media', 'media', false, 300 * 1024 * 1024,
  array['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4', 'video/quicktime'])
on conflict (id) do update
set public = false, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

-- Paths are compared as text: a cast of a bad path would be an error instead of a no.
create policy "media: members with media.view; clients what was shared" on storage.objects for select to authenticated
  using (
    bucket_id = 'media' and (
      (storage.foldername(name))[1] = any ((select private.brands_with('media.view'))::text[])
      or name = any (array(select private.shared_paths()))
    )
  );
create policy "media: into a place opened by an asset row of one's own" on storage.objects for insert to authenticated
  with check (bucket_id = 'media' and name = any (array(select private.open_uploads())));

comment on table public.media_assets is 'A file of a brand. Usable once the worker has read its bytes (status active).';
comment on column public.media_assets.kind is 'image or video, by the type of the file.';
comment on column public.media_assets.hash is 'SHA-256 of the bytes, set by the worker; unique in the brand.';
comment on column public.media_assets.shared_at is 'When a version shared with the client first showed it; from then on clients may open it.';
comment on table public.media_usage_logs is 'One row a use; the asset''s counters come from here alone.';
comment on table public.storage_quotas is 'Bytes a brand may keep and keeps.';
comment on column public.media_assets.tenant_id is 'The brand''s, filled in by trigger; the default only makes it optional to insert.';
comment on column public.media_assets.category is 'A shelf of the library.';
comment on column public.media_assets.mime_type is 'As its uploader declared it, then as the worker found it.';
comment on column public.media_assets.path is 'Where the bytes lie in the bucket: brand/asset/file.';
comment on column public.media_assets.size_bytes is 'As declared, then as found; counts against the quota.';
comment on column public.media_assets.duration_ms is 'Of a video or sound.';
comment on column public.media_assets.metadata is 'What the worker read from the file: {frames, has_alpha}, or of a video {video_codec, audio_codec, fps, rotation, index_first}.';
comment on column public.media_assets.variants is 'Other renditions: [{size, width, height, path}]; of a video its still, size poster.';
comment on column public.media_assets.used_in is 'Where it is used, as media_usage_logs says; members read it there.';
comment on column public.media_assets.usage_count is 'Rows of media_usage_logs; media_uses tells members.';
comment on column public.media_assets.last_used is 'When the last use began.';
comment on column public.media_assets.status is 'processing: not read yet; active: usable; rejected: refused, with rejected_code; archived: out of the library, still where it was used; deleted: its bytes go.';
comment on column public.media_assets.rejected_code is 'Why it was refused: a code with a sentence in lib/sentences.';
comment on column public.media_assets.rejected_facts is 'The figures of that sentence.';
comment on column public.media_assets.purged_at is 'When the bytes of a refused or deleted file were taken away.';
comment on column public.media_usage_logs.used_in is 'post:id, email:id or website:id.';
comment on column public.media_usage_logs.context is 'What else is known of the use.';
comment on column public.storage_quotas.limit_bytes is '5 GiB unless it is changed.';
comment on column public.storage_quotas.used_bytes is 'Kept by trigger in the transaction of each file.';
comment on function private.open_quota() is 'Gives a new brand its quota.';
comment on function private.check_new_media() is 'Takes the agency from the brand; refuses files of another kind, empty ones, pictures above 30 MB and videos above 300 MB.';
comment on function private.count_bytes() is 'Counts a file against the brand''s quota, and refuses what goes over it.';
comment on function private.limit_waiting_uploads() is 'Refuses a file of a brand whose announced uploads wait in too great a number.';
comment on function private.increment_asset_usage() is 'Keeps the asset''s counters.';
comment on function private.still_path(public.media_assets) is 'The path of a picture, or of a video''s still; null where it has none.';
comment on function private.shared_assets() is 'Pictures a client may open: those of a version shared with them.';
comment on function private.shared_paths() is 'The files of those pictures and videos, and what was drawn from them.';
comment on function private.open_uploads() is 'Paths of the caller''s own uploads that still wait for their bytes, and of the stills of videos among them.';
