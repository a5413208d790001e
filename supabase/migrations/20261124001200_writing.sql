-- Writing a piece: create, save, delete, plan a time. The digest is what everything later is compared with.

-- SHA-256 over all that would be published: text, link, first comment, each account with its overrides, and the
-- originals' hashes in order. Time, title and alt text are not in it: moving a post keeps its approval.
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

-- The piece, locked, for someone who may read it. Absent and hidden get one answer: existence is a secret too.
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

create function private.audit_post(item public.content_items, action text, facts jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  select private.audit(item.tenant_id, item.brand_id, audit_post.action, 'content_item', item.id::text, audit_post.facts)
$$;

create function private.slug_of(item public.content_items) returns text
language sql stable security definer set search_path = ''
as $$
  select b.code || '-' || item.number from public.brands b where b.id = item.brand_id
$$;

-- Writes text, accounts and pictures of a piece and sets its digest. The caller holds its lock.
create function private.write_post(
  item public.content_items, title text, body text, link text, first_comment text, media_ids uuid[], channels jsonb
) returns public.content_items
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

create function public.create_post(
  brand_id uuid, title text, body text, link text default null, first_comment text default null,
  media_ids uuid[] default '{}', channels jsonb default '[]'
) returns public.content_items
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
comment on function public.create_post is 'Starts a draft. channels: [{"connection_id", "format", "body", "first_comment"}], null where the shared text goes.';

-- An edit that changes what people said yes to takes the yes back, cancels what was to go out and says so.
create function public.save_post(
  post_id uuid, base_revision int, title text, body text, link text default null, first_comment text default null,
  media_ids uuid[] default '{}', channels jsonb default '[]'
) returns public.content_items
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
comment on function public.save_post is 'Saves from the revision it started at. Returns the piece: its status tells whether an approval was voided.';

-- Back to a draft from review or past it: open requests and jobs end, the version is withdrawn, people are told.
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
comment on function public.withdraw_post(uuid) is 'Takes a post back from review; it is a draft again.';

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
comment on function public.delete_draft(uuid) is 'Deletes a draft that was never submitted: one''s own, or anyone''s with content.delete.';

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
comment on function public.archive_post(uuid) is 'Takes a piece out of the desk; what was to go out does not.';

-- Time -------------------------------------------------------------------------------------------------

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
comment on function public.schedule_post is 'Plans a wall-clock time in a named zone. Keeps an approval: time is not part of what was approved.';

create function private.networks_of(content_id uuid) returns text[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(distinct c.network order by c.network), '{}') from public.content_channels c where c.content_id = networks_of.content_id
$$;

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
comment on function public.unschedule_post(uuid) is 'Takes the time off a post; an approval stays.';

grant execute on function
  public.create_post(uuid, text, text, text, text, uuid[], jsonb),
  public.save_post(uuid, int, text, text, text, text, uuid[], jsonb),
  public.withdraw_post(uuid),
  public.delete_draft(uuid),
  public.archive_post(uuid),
  public.schedule_post(uuid, timestamp, text),
  public.unschedule_post(uuid)
to authenticated;
