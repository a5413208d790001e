-- Publishing exactly once. publish_jobs is the record; graphile-worker only wakes us, so a wake-up that comes twice
-- or late does no harm. Locks are always taken piece first, then job: an edit and a claim cannot pass each other.

create function private.wake_job(job public.publish_jobs, at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.add_job('publish_post', json_build_object('job_id', job.id), run_at := wake_job.at,
    max_attempts := 25, job_key := 'publish:' || job.id, job_key_mode := 'replace');
end $$;

-- When it is to be sent; a little ahead where the worker can prepare it without asking the network.
create function private.wake_to_send(job public.publish_jobs) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  due timestamptz := greatest(job.scheduled_for, job.next_retry_at);
begin
  perform private.wake_job(job, case when job.step is null and job.waiting_since is null then due - interval '15 seconds' else due end);
end $$;

create function private.log_job(
  job public.publish_jobs, kind text, status text, code text default null, message text default null, latency_ms int default null
) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status, platform_post_id, error_code, error_message, latency_ms)
  values (job.id, job.brand_id, job.network, job.attempt_count, log_job.kind, job.step, log_job.status, job.platform_post_id,
    log_job.code, left(log_job.message, 2000), log_job.latency_ms);
end $$;

-- One job a channel of the approved version, at the piece's time. Called again, it moves them; nothing is doubled:
-- the key derives from the version and the account.
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

-- What has not been sent does not go out any more.
create function private.cancel_jobs(content_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  for job in
    update public.publish_jobs j set status = 'cancelled', next_retry_at = null
    where j.content_id = cancel_jobs.content_id and j.status in ('pending', 'scheduled', 'paused') returning *
  loop
    perform graphile_worker.remove_job('publish:' || job.id);
    perform private.log_job(job, 'note', 'cancelled');
  end loop;
end $$;

-- Pieces, their planned times and the clients' versions say what the latest jobs of each account say. The caller
-- holds the pieces. Index by index: a plan kept from an empty table must not read a full one from end to end.
create function private.roll_up_all(pieces uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
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

-- What a claim asks ----------------------------------------------------------------------------------

-- Approved for exactly this digest, and not held.
create function private.stands_approved(item public.content_items, job public.publish_jobs) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return item.held_at is null and item.approved_at is not null and item.status in ('scheduled', 'publishing', 'failed')
    and item.version = job.version and item.content_digest = job.content_digest
    and exists (select from public.post_approvals a where a.post_id = item.id and a.version = job.version
                and a.content_digest = job.content_digest and a.status = 'approved');
end $$;

-- One send an account at a time; and of two equal posts the second waits until the first is certain. Null: it is free.
create function private.busy_until(job public.publish_jobs, connection public.connections, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select max(case when o.status = 'processing' then least(o.lease_expires_at, busy_until.at + interval '1 second') else o.next_look_at + interval '1 second' end)
    from public.connections n
    join public.publish_jobs o on o.connection_id = n.id
    where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id and o.id <> job.id
      and o.status in ('processing', 'outcome_unknown')
      and (o.status = 'processing' and o.lease_expires_at > busy_until.at or o.fingerprint = job.fingerprint));
end $$;

-- Whoever of this account is due before, or waits for room before, goes first; unless nobody has come for it.
create function private.others_first(job public.publish_jobs, connection public.connections, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select max(greatest(o.next_retry_at, others_first.at))
    from public.connections n
    join public.publish_jobs o on o.connection_id = n.id
    where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id
      and o.status = 'scheduled' and o.waiting_since is null and o.scheduled_for <= job.scheduled_for
      and (o.scheduled_for, o.id) < (job.scheduled_for, job.id)
      and greatest(o.scheduled_for, o.next_retry_at) > others_first.at - interval '30 seconds'
      and (o.next_retry_at is null or o.next_retry_at <= others_first.at or o.last_error_code = 'publish_limit_reached')
      and private.pause_of(n) is null);
end $$;

-- Pieces, then jobs, then accounts, each in one order: two batches cannot wait for each other.
create function private.lock_jobs(job_ids uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  perform from public.content_items i
  where i.id = any (array(select j.content_id from public.publish_jobs j where j.id = any (lock_jobs.job_ids))) order by i.id for update;
  perform from public.publish_jobs j where j.id = any (lock_jobs.job_ids) order by j.id for update;
end $$;

create function private.lock_accounts(job_ids uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  connections uuid[] := array(select j.connection_id from public.publish_jobs j where j.id = any (lock_accounts.job_ids));
begin
  -- Across all workers, and all brands that are connected to the account.
  perform pg_advisory_xact_lock(account.key)
  from (
    select distinct hashtextextended(n.platform || ':' || n.platform_account_id, 0) as key
    from public.connections n where n.id = any (connections) order by 1
  ) as account;
  perform from public.connections n where n.id = any (connections) order by n.id for update;
end $$;

-- What a worker is told of a job.
create function private.claim_of(job public.publish_jobs, connection public.connections, mode text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return jsonb_build_object(
    'mode', claim_of.mode, 'job_id', job.id, 'fence', job.fence, 'lease_token', job.lease_token, 'brand_id', job.brand_id,
    'tenant_id', job.tenant_id, 'connection_id', job.connection_id, 'platform', connection.platform, 'network', job.network,
    'account_id', connection.platform_account_id, 'account_name', connection.display_name, 'format', job.content_type,
    'body', job.body, 'link', job.link, 'media', job.media, 'scheduled_for', job.scheduled_for, 'attempt', job.attempt_count + 1,
    'intent_at', job.intent_at, 'first_intent_at', job.first_intent_at, 'settle_until', job.settle_until, 'fingerprint', job.fingerprint, 'step', job.step, 'memo', job.memo);
end $$;

-- Takes the lease on a job that is due, or says nothing. One transaction holds the check and the claim:
-- approved for exactly this digest, not held, account usable, nobody else sending to it.
-- mode send: send it. mode look: something may be out; look before anything is sent again.
create function private.claim_publish_job(job_id uuid, worker_id text, lease_ms int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  at         timestamptz;
  job        public.publish_jobs;
  item       public.content_items;
  connection public.connections;
  busy       timestamptz;
  mode       text;
begin
  perform private.lock_jobs(array[claim_publish_job.job_id]);
  select * into job from public.publish_jobs j where j.id = claim_publish_job.job_id;
  if not found or job.status not in ('scheduled', 'processing', 'outcome_unknown') then
    return null;
  end if;
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.lock_accounts(array[job.id]);
  select * into connection from public.connections n where n.id = job.connection_id;
  at := private.moment();

  if job.status = 'processing' then
    if job.lease_expires_at > at then
      perform private.wake_job(job, job.lease_expires_at);
      return null;
    end if;
    -- Its worker died. With an intent on record the post may be out; without one it surely is not.
    mode := case when job.intent_at is null then 'send' else 'look' end;
  elsif job.status = 'outcome_unknown' then
    if job.next_look_at > at then
      perform private.wake_job(job, job.next_look_at);
      return null;
    end if;
    mode := 'look';
  else
    if greatest(job.scheduled_for, job.next_retry_at) > at then
      perform private.wake_to_send(job);
      return null;
    end if;
    mode := 'send';
  end if;

  if mode = 'send' then
    if not private.stands_approved(item, job) then
      perform private.end_job(job, 'cancelled', 'seal_broken', null);
      return null;
    end if;
    if job.waiting_since is not null and (connection.status in ('disconnected', 'suspended') or connection.requires_reconnect) then
      -- What they are processing may come out still; nobody can ask them until the account is back.
      perform private.await_look(job, 'connection_attention', null, interval '1 hour');
      return null;
    end if;
    if connection.status in ('disconnected', 'suspended') then
      perform private.end_job(job, 'failed', case when connection.status = 'disconnected' then 'connection_inactive' else 'connection_attention' end, null);
      return null;
    end if;
    if job.scheduled_for < at - interval '24 hours' and job.waiting_since is null then
      -- A day late it would come as a surprise: a person decides.
      perform private.end_job(job, 'failed', 'publish_missed', null);
      return null;
    end if;
    if private.pause_of(connection) is not null and job.waiting_since is null then
      -- Resuming wakes it again. A dead worker's lease is over, and nothing of it was sent.
      update public.publish_jobs j set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null
      where j.id = job.id and j.status = 'processing';
      return null;
    end if;
    busy := private.busy_until(job, connection, at);
    if busy is not null then
      perform private.wake_job(job, greatest(busy, at + interval '100 milliseconds'));
      return null;
    end if;
  end if;

  if mode = 'send' and job.waiting_since is null then
    busy := private.others_first(job, connection, at);
    if busy is not null then
      busy := busy + interval '100 milliseconds';
      update public.publish_jobs j
      set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null, next_retry_at = busy, last_error_code = 'publish_limit_reached', last_error_message = null
      where j.id = job.id;
      perform private.wake_job(job, busy);
      return null;
    end if;
  end if;

  -- A send is the call and the read that follows it; a poll or a look is one.
  busy := private.spend_for(connection, job, case when mode = 'send' and job.waiting_since is null then 2 else 1 end,
    make_interval(secs => claim_publish_job.lease_ms / 1000.0));
  if busy is not null then
    -- The network's own limit: it waits, in sight, and nothing is counted against it.
    if mode = 'look' then
      update public.publish_jobs j
      set status = 'outcome_unknown', lease_token = null, lease_expires_at = null, leased_by = null, next_look_at = busy where j.id = job.id;
    else
      update public.publish_jobs j
      set status = 'scheduled', lease_token = null, lease_expires_at = null, leased_by = null, next_retry_at = busy, last_error_code = 'publish_limit_reached', last_error_message = null where j.id = job.id;
    end if;
    perform private.wake_job(job, busy);
    return null;
  end if;

  update public.publish_jobs j
  set status = 'processing', fence = j.fence + 1, lease_token = gen_random_uuid(), leased_by = claim_publish_job.worker_id,
      lease_expires_at = at + make_interval(secs => claim_publish_job.lease_ms / 1000.0),
      lateness_ms = coalesce(j.lateness_ms, (extract(epoch from at - j.scheduled_for) * 1000)::bigint)
  where j.id = job.id returning * into job;
  perform private.roll_up(item.id);
  if job.waiting_since is null then
    perform private.log_job(job, 'attempt', mode);
  end if;
  -- Should this worker die, the sweep finds the lease ended.
  return private.claim_of(job, connection, mode);
end $$;
comment on function private.claim_publish_job is 'Leases a due job whose piece is approved as it stands; null where there is nothing to do.';

-- What can be made ready before its minute: the first step of what is due soon, which asks the network nothing. Nothing
-- is held by it; whether it may be sent is decided when it begins.
create function private.preview_publish_jobs(job_ids uuid[]) returns table (job_id uuid, preview jsonb)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  at timestamptz := private.moment();
begin
  return query
  select j.id, private.claim_of(j, n, 'send') || jsonb_build_object(
    'due_in_ms', extract(epoch from greatest(j.scheduled_for, j.next_retry_at) - at) * 1000,
    -- In the order of text: the earlier due, the earlier planned, the lower id, as private.others_first has it.
    'place', to_char(greatest(j.scheduled_for, j.next_retry_at) at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
      || to_char(j.scheduled_for at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || j.id,
    'token_version', private.token_version(n.id))
  from public.publish_jobs j join public.connections n on n.id = j.connection_id
  where j.id = any (preview_publish_jobs.job_ids) and j.status = 'scheduled' and j.step is null and j.waiting_since is null
    and greatest(j.scheduled_for, j.next_retry_at) <= at + interval '20 seconds';
end $$;
comment on function private.preview_publish_jobs(uuid[]) is 'What is due within twenty seconds and at its first step, as a claim would hand it out; holds nothing.';

create function private.token_version(connection_id uuid) returns int
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select max(s.version) from public.encrypted_secrets s where s.connection_id = token_version.connection_id and s.secret_type = 'access_token');
end $$;

-- Claim and intent of many previewed jobs in one transaction, each exactly as it was previewed. Whatever is not plainly
-- to be sent is left alone, and absent from the answer: claim_publish_job knows what becomes of it.
create function private.begin_publish_jobs(asked jsonb) returns table (job_id uuid, claim jsonb)
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  wanted uuid[] := array(select (a ->> 'job_id')::uuid from jsonb_array_elements(begin_publish_jobs.asked) a);
  begun  uuid[] := '{}';
  one    record;
  at     timestamptz;
begin
  perform private.lock_jobs(wanted);
  perform private.lock_accounts(wanted);
  at := private.moment();
  for one in
    select j as job, n as connection, a.token_version, a.worker_id, a.lease_ms, a.http_timeout_ms, a.settle_ms, a.digest, a.step
    from jsonb_to_recordset(begin_publish_jobs.asked) as a (job_id uuid, fence bigint, token_version int, worker_id text, lease_ms int,
      http_timeout_ms int, settle_ms int, digest text, step text)
    join public.publish_jobs j on j.id = a.job_id
    join public.content_items i on i.id = j.content_id
    join public.connections n on n.id = j.connection_id
    where j.status = 'scheduled' and j.fence = a.fence and j.step is null and j.waiting_since is null and j.intent_at is null
      and greatest(j.scheduled_for, j.next_retry_at) <= at and j.scheduled_for >= at - interval '24 hours'
      and a.lease_ms > a.http_timeout_ms
      and n.status not in ('disconnected', 'suspended') and not n.requires_reconnect
      and private.pause_of(n) is null
      and private.stands_approved(i, j)
    order by j.scheduled_for, j.id
  loop
    -- Not in the query above, which would take it for a way to join, and ask it of every account.
    continue when (private.token_version((one.connection).id) = one.token_version) is not true
      or private.busy_until(one.job, one.connection, at) is not null
      or private.others_first(one.job, one.connection, at) is not null
      or private.spend_for(one.connection, one.job, 2, make_interval(secs => one.lease_ms / 1000.0)) is not null;
    at := private.moment();
    update public.publish_jobs j
    set status = 'processing', fence = j.fence + 1, lease_token = gen_random_uuid(), leased_by = one.worker_id,
        lease_expires_at = at + make_interval(secs => one.lease_ms / 1000.0),
        lateness_ms = coalesce(j.lateness_ms, (extract(epoch from at - j.scheduled_for) * 1000)::bigint),
        intent_at = at, first_intent_at = coalesce(j.first_intent_at, at), attempt_count = j.attempt_count + 1,
        intent_digest = one.digest, step = one.step,
        settle_until = at + make_interval(secs => (one.http_timeout_ms + one.settle_ms) / 1000.0)
    -- Asked twice for one job, only the first has it.
    where j.id = (one.job).id and j.fence = (one.job).fence and j.status = 'scheduled';
    if found then
      begun := begun || (one.job).id;
    end if;
  end loop;

  insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status)
  select j.id, j.brand_id, j.network, j.attempt_count - 2 + told.place, told.kind, case told.kind when 'intent' then j.step end, told.status
  from public.publish_jobs j, (values (1, 'attempt', 'send'), (2, 'intent', 'committed')) as told (place, kind, status)
  where j.id = any (begun) order by j.id, told.place;
  perform private.roll_up_all(array(select j.content_id from public.publish_jobs j where j.id = any (begun)));
  return query
  select j.id, private.claim_of(j, n, 'send')
  from public.publish_jobs j join public.connections n on n.id = j.connection_id where j.id = any (begun);
end $$;
comment on function private.begin_publish_jobs(jsonb) is 'Leases what is ready and commits its intent; answers with those jobs alone.';

-- The last gate before the socket opens. False: the lease was lost, or would end while the call is under way.
create function private.record_intent(job_id uuid, fence bigint, http_timeout_ms int, intent_digest text, settle_ms int, step text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  at  timestamptz;
  job public.publish_jobs;
begin
  perform from public.publish_jobs j where j.id = record_intent.job_id for update;
  at := private.moment();
  update public.publish_jobs j
  set intent_at = at, first_intent_at = coalesce(j.first_intent_at, at), attempt_count = j.attempt_count + 1,
      intent_digest = record_intent.intent_digest, step = record_intent.step,
      settle_until = at + make_interval(secs => (record_intent.http_timeout_ms + record_intent.settle_ms) / 1000.0)
  where j.id = record_intent.job_id and j.fence = record_intent.fence and j.status = 'processing' and j.intent_at is null
    and j.lease_expires_at > at + make_interval(secs => record_intent.http_timeout_ms / 1000.0)
  returning * into job;
  if not found then
    return false;
  end if;
  perform private.log_job(job, 'intent', 'committed');
  return true;
end $$;
comment on function private.record_intent is 'Commits that a send is about to happen; refused by the fence or a lease too short.';

-- The job, piece first, if the fence still holds.
create function private.fenced_job(job_id uuid, fence bigint) returns public.publish_jobs
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  perform from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = fenced_job.job_id) for update;
  select * into job from public.publish_jobs j
  where j.id = fenced_job.job_id and j.fence = fenced_job.fence and j.status = 'processing' for update;
  return job;
end $$;

create function private.backoff(attempt int) returns interval
language sql volatile set search_path = ''
as $$
  -- 1, 3, 9, 27 … seconds up to five minutes, and up to a second of jitter, so that a herd spreads out.
  select make_interval(secs => least(300, power(3, greatest(0, least(backoff.attempt, 12) - 1))) + random())
$$;

-- Ends a job for good, and tells those who must know.
create function private.end_job(job public.publish_jobs, status text, code text, message text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  ended  public.publish_jobs;
  item   public.content_items;
  person record;
  account text;
begin
  update public.publish_jobs j
  set status = end_job.status, last_error_code = end_job.code, last_error_message = left(end_job.message, 2000), next_retry_at = null,
      lease_token = null, lease_expires_at = null, leased_by = null, next_look_at = null,
      dlq_reason = case when end_job.status = 'dlq' then end_job.code end, dlq_at = case when end_job.status = 'dlq' then private.now() end,
      error_history = j.error_history || jsonb_build_object('timestamp', private.now(), 'code', end_job.code, 'message', left(end_job.message, 500), 'retryable', false)
  where j.id = job.id returning * into ended;
  item := private.roll_up(ended.content_id);
  perform private.log_job(ended, 'result', ended.status, end_job.code, end_job.message);
  if ended.status in ('failed', 'dlq') then
    select n.display_name into account from public.connections n where n.id = ended.connection_id;
    perform private.notify_brand(item, 'publishing.schedule', 'publish_failed', private.slug_of(item) || ' did not go out on ' || account || '.');
    for person in
      select m.user_id, u.email from public.brand_members m
      join auth.users u on u.id = m.user_id
      join private.role_permissions p on p.role = m.role and p.permission = 'publishing.retry'
      where m.brand_id = item.brand_id and private.wants_mail(m.user_id, item.brand_id, 'publishFailures')
    loop
      perform private.queue_email(item.tenant_id, item.brand_id, person.email, person.user_id, 'publish_failed',
        private.post_mail_facts(item) || jsonb_build_object('account_name', account, 'network', ended.network, 'code', end_job.code, 'reason', left(end_job.message, 500)),
        'publish_failed:' || ended.id || ':' || person.user_id, null, item.id);
    end loop;
    perform private.audit_post(item, 'post.publish_failed', jsonb_build_object('job_id', ended.id, 'code', end_job.code));
  end if;
end $$;

-- What is out, of one transaction: [{job_id, platform_post_id, permalink, published_at, kind}]. The caller holds the
-- pieces and the jobs.
create function private.jobs_published(posts jsonb) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  pieces uuid[];
begin
  with sent as (
    update public.publish_jobs j
    set status = 'published', platform_post_id = f.platform_post_id, permalink = f.permalink,
        published_at = f.published_at, last_error_code = null, last_error_message = null, next_retry_at = null,
        next_look_at = null, lease_token = null, lease_expires_at = null, leased_by = null
    from jsonb_to_recordset(jobs_published.posts) as f (job_id uuid, platform_post_id text, permalink text, published_at timestamptz, kind text)
    where j.id = f.job_id
    returning j.id, j.brand_id, j.content_id, j.connection_id, j.network, j.attempt_count, j.step, j.platform_post_id, j.published_at, j.intent_at, f.kind
  ), used as (
    update public.connections n set last_used_at = latest.at
    from (select s.connection_id, max(s.published_at) as at from sent s group by s.connection_id) as latest
    where n.id = latest.connection_id
  ), logged as (
    insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status, platform_post_id, latency_ms)
    select s.id, s.brand_id, s.network, s.attempt_count, s.kind, s.step, 'published', s.platform_post_id,
      (extract(epoch from private.now() - s.intent_at) * 1000)::int
    from sent s
  )
  select array_agg(distinct s.content_id) into pieces from sent s;
  perform private.roll_up_all(pieces);

  insert into public.workflow_notifications (brand_id, content_id, user_id, type, message)
  select i.brand_id, i.id, i.created_by, 'published', b.code || '-' || i.number || ' is out.'
  from public.content_items i join public.brands b on b.id = i.brand_id
  where i.id = any (pieces) and i.status = 'published'
    and exists (select from public.brand_members m where m.brand_id = i.brand_id and m.user_id = i.created_by);
  perform private.audit_all(jsonb_agg(jsonb_build_object(
    'tenant_id', j.tenant_id, 'brand_id', j.brand_id, 'action', 'post.published', 'resource_type', 'content_item', 'resource_id', j.content_id,
    'metadata', jsonb_build_object('job_id', j.id, 'network', j.network, 'permalink', j.permalink)) order by j.id))
  from jsonb_array_elements(jobs_published.posts) as f join public.publish_jobs j on j.id = (f ->> 'job_id')::uuid;
end $$;

create function private.job_published(job public.publish_jobs, platform_post_id text, permalink text, at timestamptz, kind text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.jobs_published(jsonb_build_array(jsonb_build_object('job_id', job.id, 'platform_post_id', job_published.platform_post_id,
    'permalink', job_published.permalink, 'published_at', job_published.at, 'kind', job_published.kind)));
end $$;

-- Nothing left us, or they said later: the job waits and is sent again, until trying on makes no sense.
create function private.retry_later(job public.publish_jobs, code text, message text, after interval, counted boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  again public.publish_jobs;
begin
  if retry_later.counted and job.attempt_count >= job.max_attempts or private.now() > job.scheduled_for + interval '24 hours' then
    perform private.end_job(job, 'dlq', 'publish_gave_up', coalesce(retry_later.message, retry_later.code));
    return;
  end if;
  update public.publish_jobs j
  set status = 'scheduled', intent_at = null, intent_digest = null, settle_until = null, next_look_at = null,
      lease_token = null, lease_expires_at = null, leased_by = null,
      -- An intent counted itself; what was proved unsent does not count.
      attempt_count = j.attempt_count - case when retry_later.counted or j.intent_at is null then 0 else 1 end,
      next_retry_at = private.now() + retry_later.after,
      last_error_code = retry_later.code, last_error_message = left(retry_later.message, 2000),
      error_history = j.error_history || jsonb_build_object('timestamp', private.now(), 'code', retry_later.code, 'message', left(retry_later.message, 500), 'retryable', true)
  where j.id = job.id returning * into again;
  perform private.log_job(again, 'result', 'retrying', retry_later.code, retry_later.message);
  perform private.wake_job(again, again.next_retry_at);
  perform private.roll_up(again.content_id);
end $$;

-- The next early look after the send, or the end of the settle window. Early looks can find a post, never its absence.
create function private.next_look(intent_at timestamptz, settle_until timestamptz, early_looks jsonb) returns timestamptz
language sql volatile set search_path = ''
as $$
  select least(next_look.settle_until, min(early.at))
  from (select next_look.intent_at + make_interval(secs => ms::numeric / 1000) as at
        from jsonb_array_elements_text(coalesce(next_look.early_looks, '[]')) as ms) as early
  where early.at > private.moment()
$$;

-- It may be out: nothing is sent again until a look, once the platform has had time to settle, says otherwise.
create function private.await_look(job public.publish_jobs, code text, message text, settle interval, early_looks jsonb default null)
returns void
language plpgsql security definer set search_path = ''
as $$
declare
  unknown public.publish_jobs;
begin
  update public.publish_jobs j
  set status = 'outcome_unknown', lease_token = null, lease_expires_at = null, leased_by = null,
      last_error_code = await_look.code, last_error_message = left(await_look.message, 2000),
      intent_at = coalesce(j.intent_at, private.moment()),
      settle_until = private.moment() + await_look.settle,
      next_look_at = private.next_look(coalesce(j.intent_at, private.moment()), private.moment() + await_look.settle, await_look.early_looks)
  where j.id = job.id returning * into unknown;
  perform private.log_job(unknown, 'result', 'unknown', await_look.code, await_look.message);
  perform private.wake_job(unknown, unknown.next_look_at);
  perform private.roll_up(unknown.content_id);
end $$;

create function private.record_publish_result(job_id uuid, fence bigint, outcome jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  job    public.publish_jobs := private.fenced_job(record_publish_result.job_id, record_publish_result.fence);
  kind   text := outcome ->> 'kind';
  class  text := outcome ->> 'class';
  code   text := outcome ->> 'code';
  words  text := outcome ->> 'message';
  after  interval := make_interval(secs => (outcome ->> 'retry_after_ms')::numeric / 1000.0);
  known  public.publish_jobs;
begin
  -- A lost fence: another worker has taken over, and its look finds what we did.
  if job.id is null then
    return 'fenced';
  end if;

  -- A send that was never put on record proves nothing; a look does.
  if kind = 'published' and job.intent_at is null then
    kind := 'unknown';
  end if;
  if kind = 'published' then
    select * into known from public.publish_jobs j
    where j.connection_id = job.connection_id and j.platform_post_id = outcome ->> 'platform_post_id' and j.id <> job.id;
    if found then
      perform private.end_job(job, 'failed', 'publish_duplicate', 'The platform answered with a post that another job published.');
      return 'failed';
    end if;
    perform private.job_published(job, outcome ->> 'platform_post_id', outcome ->> 'permalink', private.now(), 'result');
  elsif kind = 'continue' then
    -- The next step is a claim of its own, so that it too survives the death of its worker: whoever files this makes it.
    update public.publish_jobs j
    set status = 'scheduled', step = outcome ->> 'step', memo = coalesce(outcome -> 'memo', '{}'), attempt_count = j.attempt_count - 1,
        waiting_since = null, intent_at = null, intent_digest = null, settle_until = null, lease_token = null, lease_expires_at = null, leased_by = null
    where j.id = job.id;
  elsif kind = 'wait' then
    -- They are still processing. Nothing was sent, nothing is counted; a day is as long as anything lives there.
    if job.waiting_since < private.now() - interval '24 hours' then
      perform private.end_job(job, 'failed', 'publish_processing_too_long', words);
    else
      update public.publish_jobs j
      set status = 'scheduled', step = outcome ->> 'step', memo = coalesce(outcome -> 'memo', '{}'),
          waiting_since = coalesce(j.waiting_since, private.now()),
          attempt_count = j.attempt_count - case when j.intent_at is null then 0 else 1 end,
          intent_at = null, intent_digest = null, settle_until = null,
          next_retry_at = private.now() + make_interval(secs => (outcome ->> 'after_ms')::numeric / 1000.0),
          lease_token = null, lease_expires_at = null, leased_by = null
      where j.id = job.id returning * into job;
      if job.waiting_since = private.now() then
        perform private.log_job(job, 'note', 'processing');
      end if;
      perform private.wake_job(job, job.next_retry_at);
      perform private.roll_up(job.content_id);
    end if;
  elsif kind = 'unsent' then
    if after is not null then
      perform private.keep_off(job, after, outcome ->> 'scope');
    end if;
    perform private.retry_later(job, code, words, coalesce(after, private.backoff(job.attempt_count + jsonb_array_length(job.error_history))), false);
  elsif kind = 'refused' then
    if class = 'duplicate' then
      -- They hold an equal post: perhaps ours. Look before concluding anything.
      perform private.await_look(job, code, words, interval '0');
    elsif class in ('rate_limit', 'transient') then
      if class = 'rate_limit' then
        perform private.keep_off(job, coalesce(after, interval '1 minute'), outcome ->> 'scope');
        if code = 'platform_not_configured' then
          perform private.tell_platform_refused(job);
        end if;
      end if;
      perform private.retry_later(job, code, words, coalesce(after, private.backoff(job.attempt_count)), class = 'transient');
    else
      if class = 'auth' then
        perform private.stand_until_connected(job, code, words);
      else
        perform private.end_job(job, 'failed', code, words);
        if class = 'permission' then
          perform private.lose_connection(job.connection_id, code);
        end if;
      end if;
    end if;
  else
    perform private.await_look(job, code, words, make_interval(secs => coalesce((outcome ->> 'settle_ms')::numeric, 60000) / 1000.0),
      outcome -> 'early_looks_ms');
  end if;
  return kind;
end $$;
comment on function private.record_publish_result is 'Files what a send brought, if the fence still holds; decides alone about retries.';

-- The results of many sends that went well, in one transaction: [{job_id, fence, platform_post_id, permalink}]. What is
-- not plainly so is left alone, and absent from the answer: record_publish_result knows what it means.
create function private.record_published_jobs(filed jsonb) returns setof uuid
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  plain jsonb;
begin
  perform private.lock_jobs(array(select (f ->> 'job_id')::uuid from jsonb_array_elements(record_published_jobs.filed) f));
  select jsonb_agg(jsonb_build_object('job_id', j.id, 'platform_post_id', f.platform_post_id, 'permalink', f.permalink,
    'published_at', private.now(), 'kind', 'result'))
  into plain
  from (
    select distinct on (r.job_id) r.*
    from jsonb_to_recordset(record_published_jobs.filed) as r (job_id uuid, fence bigint, platform_post_id text, permalink text)
  ) as f
  join public.publish_jobs j on j.id = f.job_id and j.fence = f.fence
  where j.status = 'processing' and j.intent_at is not null
    and not exists (
      select from public.publish_jobs o
      where o.connection_id = j.connection_id and o.platform_post_id = f.platform_post_id and o.id <> j.id);
  if plain is null then
    return;
  end if;
  perform private.jobs_published(plain);
  return query select (p ->> 'job_id')::uuid from jsonb_array_elements(plain) p;
end $$;
comment on function private.record_published_jobs(jsonb) is 'Files what went out, if each fence still holds; answers with those jobs alone.';

-- What a look at the platform found. A post that another job owns is not ours; nothing found before the settle
-- window is over proves nothing.
create function private.record_look(job_id uuid, fence bigint, found_posts jsonb, error jsonb, early_looks jsonb default null)
returns text
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.fenced_job(record_look.job_id, record_look.fence);
  mine jsonb;
  fit  int;
  at   timestamptz := private.moment();
begin
  if job.id is null or job.intent_at is null then
    return 'fenced';
  end if;
  select f, count(*) over () into mine, fit
  from jsonb_array_elements(case when jsonb_typeof(record_look.found_posts) = 'array' then record_look.found_posts else '[]' end) with ordinality as c (f, n)
  where not exists (
    select from public.publish_jobs o
    join public.connections theirs on theirs.id = o.connection_id
    join public.connections ours on ours.id = job.connection_id
      and ours.platform = theirs.platform and ours.platform_account_id = theirs.platform_account_id
    where o.platform_post_id = f ->> 'platform_post_id')
  order by n limit 1;
  -- A story has no words to know it by: it is told from others by its time alone, once all of them must be listed.
  if job.content_type = 'story' and (fit > 1 or job.settle_until > at) then
    mine := null;
    if fit > 1 then
      error := jsonb_build_object('class', 'unknown', 'code', 'publish_ambiguous');
    end if;
  end if;

  if mine is not null then
    update public.publish_jobs j set look_count = j.look_count + 1, last_look_at = at where j.id = job.id returning * into job;
    perform private.job_published(job, mine ->> 'platform_post_id', mine ->> 'permalink', coalesce((mine ->> 'published_at')::timestamptz, at), 'look');
    return 'published';
  end if;
  -- What was not there proves something only if they were asked after the window, which was not before the claim.
  if record_look.error is null and job.settle_until <= job.updated_at then
    update public.publish_jobs j set look_count = j.look_count + 1, last_look_at = at where j.id = job.id returning * into job;
    perform private.log_job(job, 'look', 'absent');
    if job.last_error_code = 'publish_duplicate' then
      -- They refuse it as a repeat, and what it repeats is not ours: only a person can judge.
      perform private.end_job(job, 'failed', 'publish_duplicate', job.last_error_message);
      return 'absent';
    end if;
    perform private.retry_later(job, 'publish_transient', 'Looked on the network: it was not there.', private.backoff(job.attempt_count), true);
    return 'absent';
  end if;
  update public.publish_jobs j
  set status = 'outcome_unknown', look_count = j.look_count + 1, last_look_at = at,
      lease_token = null, lease_expires_at = null, leased_by = null,
      next_look_at = case when record_look.error is null then private.next_look(j.intent_at, j.settle_until, record_look.early_looks) else at + private.backoff(j.look_count + 1) end,
      last_error_code = coalesce(record_look.error ->> 'code', j.last_error_code)
  where j.id = job.id returning * into job;
  perform private.log_job(job, 'look', case when record_look.error is null then 'not_yet' else 'unreadable' end, record_look.error ->> 'code', record_look.error ->> 'message');
  perform private.wake_job(job, job.next_look_at);
  perform private.roll_up(job.content_id);
  if record_look.error ->> 'class' = 'auth' and not private.is_about_an_old_token(job) then
    perform private.lose_connection(job.connection_id, record_look.error ->> 'code');
  end if;
  return 'unknown';
end $$;
comment on function private.record_look is 'Files what a look found: the post, its proven absence, or nothing certain yet.';

create function private.worker_heartbeat(worker_id text, facts jsonb default '{}') returns void
language sql security definer set search_path = ''
as $$
  insert into private.worker_heartbeats as w (worker_id, beat_at, started_at, facts)
  values (worker_heartbeat.worker_id, now(), now(), worker_heartbeat.facts)
  on conflict (worker_id) do update set beat_at = excluded.beat_at, facts = excluded.facts
$$;

-- What people do about jobs ----------------------------------------------------------------------------

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
comment on function public.publish_now(uuid) is 'Sends an approved post at once.';

create function private.lock_job(job_id uuid) returns public.publish_jobs
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs;
  item public.content_items;
begin
  select i.* into item from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = lock_job.job_id);
  if not found or not private.can(item.brand_id, 'content.view') then
    perform private.refuse('job_not_found');
  end if;
  if not private.can(item.brand_id, 'publishing.retry') then
    perform private.refuse('not_allowed');
  end if;
  perform from public.content_items i where i.id = item.id for update;
  select * into job from public.publish_jobs j where j.id = lock_job.job_id for update;
  return job;
end $$;

-- Only what still stands as it was approved may be sent again, or be said to be live.
create function private.check_still_approved(item public.content_items, job public.publish_jobs) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if item.held_at is not null then
    perform private.refuse('post_held');
  end if;
  if item.status not in ('scheduled', 'publishing', 'failed') then
    perform private.refuse('post_wrong_state', jsonb_build_object('status', item.status));
  end if;
  if item.approved_at is null or item.version <> job.version or item.content_digest <> job.content_digest then
    perform private.refuse('seal_broken');
  end if;
end $$;

-- A new job with a key of its own; the old one stays as it ended. For an unknown outcome it is a person's
-- decision, taken knowing that the first may be out.
create function public.retry_job(job_id uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  first  public.publish_jobs := private.lock_job(retry_job.job_id);
  replay public.publish_jobs;
  item public.content_items;
begin
  if first.status not in ('failed', 'dlq', 'outcome_unknown') then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', first.status));
  end if;
  if exists (select from public.publish_jobs o where o.replays = first.id) then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', first.status));
  end if;
  select * into item from public.content_items i where i.id = first.content_id;
  perform private.check_still_approved(item, first);
  if first.status = 'outcome_unknown' then
    perform graphile_worker.remove_job('publish:' || first.id);
    update public.publish_jobs j set status = 'cancelled', next_look_at = null where j.id = first.id returning * into first;
    perform private.log_job(first, 'note', 'cancelled', 'published_again');
  end if;
  insert into public.publish_jobs (tenant_id, brand_id, content_id, channel_id, connection_id, version, content_digest, idempotency_key,
    network, content_type, title, body, link, media_urls, media, fingerprint, scheduled_for, publish_at, max_attempts, replays, created_by)
  values (first.tenant_id, first.brand_id, first.content_id, first.channel_id, first.connection_id, first.version, first.content_digest,
    md5('retry:' || first.id)::uuid, first.network, first.content_type, first.title, first.body, first.link, first.media_urls, first.media, first.fingerprint,
    private.now(), first.publish_at, first.max_attempts, first.id, auth.uid()::text)
  returning * into replay;
  perform private.wake_to_send(replay);
  perform private.log_job(replay, 'queued', 'scheduled');
  item := private.roll_up(first.content_id);
  perform private.audit_post(item, 'job.retried', jsonb_build_object('job_id', first.id, 'new_job_id', replay.id, 'version', first.version));
  return replay.id;
end $$;
comment on function public.retry_job(uuid) is 'Sends again what failed, was given up, or whose outcome a person has judged. Returns the new job.';

create function public.recheck_job(job_id uuid) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.lock_job(recheck_job.job_id);
  item public.content_items;
  -- A look is a call of the account's: however often people ask, they get one every fifteen seconds.
  at   timestamptz := greatest(private.now(), job.last_look_at + interval '15 seconds');
begin
  if job.status <> 'outcome_unknown' then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  if job.next_look_at <= at then
    return job.next_look_at;
  end if;
  update public.publish_jobs j set next_look_at = at where j.id = job.id returning * into job;
  perform private.wake_job(job, job.next_look_at);
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.audit_post(item, 'job.rechecked', jsonb_build_object('job_id', job.id, 'version', job.version));
  return job.next_look_at;
end $$;
comment on function public.recheck_job(uuid) is 'Looks on the platform now for a post whose answer was lost.';

-- Clients are led there: it must be the network's own host, a post, and not one that names another account or that
-- is another job's, of whatever brand shares the account.
create function private.check_live_address(job public.publish_jobs, address text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  account public.connections;
  place   text := lower(substring(address from '^https://[^/]+(/.*)$'));
  named   text;
  is_post boolean;
begin
  if char_length(address) > 255 or address !~* '^https://[a-z0-9.-]+/[^[:space:]]+$'
     or job.network = 'facebook' and address !~* '^https://([a-z0-9-]+\.)*facebook\.com/'
     or job.network = 'instagram' and address !~* '^https://([a-z0-9-]+\.)*instagram\.com/' then
    perform private.refuse('publish_url_invalid');
  end if;
  select * into account from public.connections n where n.id = job.connection_id;
  if job.network = 'facebook' then
    is_post := split_part(split_part(place, '?', 1), '#', 1) ~ '/(posts|videos|photos|photo|reel|reels|stories|watch|share|permalink\.php|story\.php|photo\.php|[0-9]+_[0-9]+)(/|$)';
    named := coalesce(substring(place from '[?&]id=([0-9]+)'), substring(place from '^/([0-9]+)/(?:posts|videos|photos)/'),
      substring(place from '^/([0-9]+)_[0-9]+'), substring(place from '^/stories/([0-9]+)/'));
    if named <> account.platform_account_id then
      perform private.refuse('publish_url_not_ours', jsonb_build_object('account_name', account.display_name));
    end if;
  elsif job.network = 'instagram' then
    is_post := place ~ '^/([^/]+/)?(p|reel|reels|tv)/[^/?]+' or place ~ '^/stories/[^/]+/[0-9]+';
    named := coalesce(substring(place from '^/stories/([^/]+)/'), substring(place from '^/([^/]+)/(?:p|reel|reels|tv)/'));
    if named <> lower(account.display_name) then
      perform private.refuse('publish_url_not_ours', jsonb_build_object('account_name', account.display_name));
    end if;
  end if;
  if not is_post then
    perform private.refuse('publish_url_not_a_post');
  end if;
  if exists (
    select from public.publish_jobs o join public.connections n on n.id = o.connection_id
    where n.platform = account.platform and n.platform_account_id = account.platform_account_id
      and (o.permalink = address or o.platform_post_id = address)) then
    perform private.refuse('publish_url_taken');
  end if;
end $$;

create function public.mark_job_live(job_id uuid, url text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.lock_job(mark_job_live.job_id);
  item public.content_items;
  address text := btrim(coalesce(mark_job_live.url, ''));
begin
  if job.status not in ('outcome_unknown', 'failed', 'dlq') then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  if exists (select from public.publish_jobs o where o.replays = job.id) then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.check_still_approved(item, job);
  perform private.check_live_address(job, address);
  perform graphile_worker.remove_job('publish:' || job.id);
  perform private.job_published(job, address, address, private.now(), 'result');
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.audit_post(item, 'job.marked_live', jsonb_build_object('job_id', job.id, 'permalink', address, 'version', job.version));
end $$;
comment on function public.mark_job_live(uuid, text) is 'A person says that the post is live, and where.';

grant execute on function
  public.publish_now(uuid),
  public.retry_job(uuid),
  public.recheck_job(uuid),
  public.mark_job_live(uuid, text)
to authenticated;
