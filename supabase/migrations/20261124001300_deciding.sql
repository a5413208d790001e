-- Asking for a yes and giving it. A submission freezes a version; people decide on its digest; the last yes
-- queues the jobs in the same transaction.

-- A line in the inbox of each person who holds a permission on the brand, but for whoever caused it.
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

-- What every mail about a piece says.
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

-- Everything that stops a submission, with the actual value and the limit.
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

create function public.submit_post(post_id uuid, revision int) returns public.content_items
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
comment on function public.submit_post(uuid, int) is 'Freezes the next version and asks for the first yes; with no steps, the submission is the author''s yes.';

create function private.permission_to_decide(audience text) returns text
language sql immutable set search_path = ''
as $$
  select case permission_to_decide.audience when 'client' then 'approvals.decide_client' else 'approvals.decide_internal' end
$$;

-- Asks everyone who may say yes in the instance's current step and is not asked yet; whether anyone is asked now.
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

-- Opens the instance's current step, or completes it when none is left.
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

-- What a person was asked and may not decide any more is asked of whoever may; refused where that is nobody, since
-- such a piece would wait for ever.
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

-- The last yes: approved, and with a time ahead, scheduled with its jobs.
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

create function public.decide_approval(post_id uuid, seen_digest text, outcome text, comment text default null)
returns public.post_approvals
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
comment on function public.decide_approval(uuid, text, text, text) is 'Approve, ask for changes, reject or hold the version whose digest the caller saw.';

-- A yes: the step is done when its quorum is; then the next opens.
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

-- The author hears of a decision in their inbox and by mail.
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

-- The client stops an approved post, or lets it go again.
create function private.decide_hold(item public.content_items, version public.content_versions, seen_digest text, outcome text, comment text)
returns public.post_approvals
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

-- Who did what to a piece, when. Clients get it without its internal rows and without what came before they saw it.
create function public.post_timeline(post_id uuid) returns table (
  at timestamptz, kind text, actor_id uuid, actor_name text, audience text, version int, text text, facts jsonb
)
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
comment on function public.post_timeline(uuid) is 'Every step of a piece with who and when; for clients, theirs.';

grant execute on function
  public.submit_post(uuid, int),
  public.decide_approval(uuid, text, text, text),
  public.post_timeline(uuid)
to authenticated;
