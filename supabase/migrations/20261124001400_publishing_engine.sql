-- Publishing exactly once. publish_jobs is the record; graphile-worker only wakes us, so a wake-up that comes twice
-- or late does no harm. Locks are always taken piece first, then job: an edit and a claim cannot pass each other.

create function private.wake_job(job public.publish_jobs, at timestamptz) returns void
language sql security definer set search_path = ''
as $$
  select graphile_worker.add_job('publish_post', json_build_object('job_id', job.id), run_at := wake_job.at,
    max_attempts := 25, job_key := 'publish:' || job.id, job_key_mode := 'replace')
$$;

create function private.log_job(
  job public.publish_jobs, kind text, status text, code text default null, message text default null, latency_ms int default null
) returns void
language sql security definer set search_path = ''
as $$
  insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, step, status, platform_post_id, error_code, error_message, latency_ms)
  values (job.id, job.brand_id, job.network, job.attempt_count, log_job.kind, job.step, log_job.status, job.platform_post_id,
    log_job.code, left(log_job.message, 2000), log_job.latency_ms)
$$;

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
      perform private.wake_job(queued, queued.scheduled_for);
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
      perform private.wake_job(queued, queued.scheduled_for);
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

-- The piece, its planned time and the client's version say what its latest job of each account says.
create function private.roll_up(content_id uuid) returns public.content_items
language plpgsql security definer set search_path = ''
as $$
declare
  item  public.content_items;
  tally record;
  state text;
begin
  select * into item from public.content_items i where i.id = roll_up.content_id for update;
  with latest as (
    select distinct on (j.connection_id) j.* from public.publish_jobs j
    where j.content_id = item.id and j.version = item.version
    order by j.connection_id, j.created_at desc, j.id
  )
  select count(*) filter (where l.status in ('pending', 'scheduled', 'paused') and l.waiting_since is null) as waiting,
         count(*) filter (where l.status in ('processing', 'outcome_unknown') or l.status = 'scheduled' and l.waiting_since is not null) as working,
         count(*) filter (where l.status = 'outcome_unknown') as unknown,
         count(*) filter (where l.status = 'published') as published,
         count(*) filter (where l.status in ('failed', 'dlq')) as failed,
         max(l.published_at) as published_at,
         coalesce(jsonb_agg(jsonb_build_object('channel_id', l.channel_id, 'network', l.network, 'account_name', n.display_name, 'url', l.permalink)
           order by n.display_name) filter (where l.status = 'published'), '[]') as permalinks
  into tally
  from latest l join public.connections n on n.id = l.connection_id;

  state := case
    when tally.working > 0 or tally.waiting > 0 and tally.published > 0 then 'publishing'
    when tally.waiting > 0 then 'scheduled'
    when tally.failed > 0 then 'failed'
    when tally.published > 0 then 'published'
    else item.status
  end;
  update public.content_items i
  set status = state, published_at = case when state = 'published' then tally.published_at else i.published_at end
  where i.id = item.id returning * into item;
  update public.scheduled_content s set status = state
  where s.content_id = item.id and s.status in ('scheduled', 'publishing', 'failed') and state in ('scheduled', 'publishing', 'published', 'failed')
    and s.scheduled_at = item.scheduled_for;
  update public.content_versions v
  set client_status = case when item.held_at is not null then 'held' when tally.unknown > 0 then 'checking' else state end, permalinks = tally.permalinks, published_at = tally.published_at
  where v.content_id = item.id and v.version = item.version
    and state in ('scheduled', 'publishing', 'published', 'failed');
  return item;
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
  piece      uuid;
begin
  select j.content_id into piece from public.publish_jobs j where j.id = claim_publish_job.job_id;
  select * into item from public.content_items i where i.id = piece for update;
  select * into job from public.publish_jobs j where j.id = claim_publish_job.job_id for update;
  if not found or job.status not in ('scheduled', 'processing', 'outcome_unknown') then
    return null;
  end if;
  -- The account makes sends to it queue up, across all workers and all brands that are connected to it.
  select * into connection from public.connections n where n.id = job.connection_id;
  perform pg_advisory_xact_lock(hashtextextended(connection.platform || ':' || connection.platform_account_id, 0));
  select * into connection from public.connections n where n.id = job.connection_id for update;
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
      perform private.wake_job(job, greatest(job.scheduled_for, job.next_retry_at));
      return null;
    end if;
    mode := 'send';
  end if;

  if mode = 'send' then
    if item.held_at is not null or item.approved_at is null or item.status not in ('scheduled', 'publishing', 'failed') or item.version <> job.version
       or item.content_digest <> job.content_digest
       or not exists (select from public.post_approvals a where a.post_id = item.id and a.version = job.version
                      and a.content_digest = job.content_digest and a.status = 'approved') then
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
    -- One send an account at a time; and of two equal posts the second waits until the first is certain.
    select max(case when o.status = 'processing' then least(o.lease_expires_at, at + interval '1 second') else o.next_look_at + interval '1 second' end)
    into busy
    from public.publish_jobs o
    join public.connections n on n.id = o.connection_id and n.platform = connection.platform and n.platform_account_id = connection.platform_account_id
    where o.id <> job.id
      and (o.status = 'processing' and o.lease_expires_at > at
           or o.status in ('processing', 'outcome_unknown') and o.fingerprint = job.fingerprint);
    if busy is not null then
      perform private.wake_job(job, greatest(busy, at + interval '100 milliseconds'));
      return null;
    end if;
  end if;

  -- Whoever of this account is due before, or waits for room before, goes first; unless nobody has come for it.
  if mode = 'send' and job.waiting_since is null then
    select max(greatest(o.next_retry_at, at)) into busy
    from public.publish_jobs o
    join public.connections n on n.id = o.connection_id
    where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id
      and o.status = 'scheduled' and o.waiting_since is null and (o.scheduled_for, o.id) < (job.scheduled_for, job.id)
      and greatest(o.scheduled_for, o.next_retry_at) > at - interval '30 seconds'
      and (o.next_retry_at is null or o.next_retry_at <= at or o.last_error_code = 'publish_limit_reached')
      and private.pause_of(n) is null;
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
  -- Should this worker die, the job is picked up when its lease ends.
  perform private.wake_job(job, job.lease_expires_at + interval '50 milliseconds');

  return jsonb_build_object(
    'mode', mode, 'job_id', job.id, 'fence', job.fence, 'lease_token', job.lease_token, 'brand_id', job.brand_id,
    'tenant_id', job.tenant_id, 'connection_id', job.connection_id, 'platform', connection.platform, 'network', job.network,
    'account_id', connection.platform_account_id, 'account_name', connection.display_name, 'format', job.content_type,
    'body', job.body, 'link', job.link, 'media', job.media, 'scheduled_for', job.scheduled_for, 'attempt', job.attempt_count + 1,
    'intent_at', job.intent_at, 'first_intent_at', job.first_intent_at, 'settle_until', job.settle_until, 'fingerprint', job.fingerprint, 'step', job.step, 'memo', job.memo);
end $$;
comment on function private.claim_publish_job is 'Leases a due job whose piece is approved as it stands; null where there is nothing to do.';

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

create function private.job_published(job public.publish_jobs, platform_post_id text, permalink text, at timestamptz, kind text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  sent public.publish_jobs;
  item public.content_items;
begin
  update public.publish_jobs j
  set status = 'published', platform_post_id = job_published.platform_post_id, permalink = job_published.permalink,
      published_at = job_published.at, last_error_code = null, last_error_message = null, next_retry_at = null,
      next_look_at = null, lease_token = null, lease_expires_at = null, leased_by = null
  where j.id = job.id returning * into sent;
  update public.connections n set last_used_at = job_published.at where n.id = sent.connection_id;
  perform private.log_job(sent, job_published.kind, 'published', null, null,
    (extract(epoch from private.now() - sent.intent_at) * 1000)::int);
  item := private.roll_up(sent.content_id);
  if item.status = 'published' then
    perform private.notify_person(item, item.created_by, 'published', private.slug_of(item) || ' is out.');
  end if;
  perform private.audit_post(item, 'post.published', jsonb_build_object('job_id', sent.id, 'network', sent.network, 'permalink', sent.permalink));
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
    -- The next step is a claim of its own, so that it too survives the death of its worker.
    update public.publish_jobs j
    set status = 'scheduled', step = outcome ->> 'step', memo = coalesce(outcome -> 'memo', '{}'), attempt_count = j.attempt_count - 1,
        waiting_since = null, intent_at = null, intent_digest = null, settle_until = null, lease_token = null, lease_expires_at = null, leased_by = null
    where j.id = job.id returning * into job;
    perform private.wake_job(job, private.now());
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

-- What a look at the platform found. A post that another job owns is not ours; nothing found before the settle
-- window is over proves nothing.
create function private.record_look(job_id uuid, fence bigint, found_posts jsonb, error jsonb, early_looks jsonb default null)
returns text
language plpgsql security definer set search_path = ''
as $$
declare
  job  public.publish_jobs := private.fenced_job(record_look.job_id, record_look.fence);
  mine jsonb;
  at   timestamptz := private.moment();
begin
  if job.id is null or job.intent_at is null then
    return 'fenced';
  end if;
  select f into mine
  from jsonb_array_elements(case when jsonb_typeof(record_look.found_posts) = 'array' then record_look.found_posts else '[]' end) with ordinality as c (f, n)
  where not exists (
    select from public.publish_jobs o
    join public.connections theirs on theirs.id = o.connection_id
    join public.connections ours on ours.id = job.connection_id
      and ours.platform = theirs.platform and ours.platform_account_id = theirs.platform_account_id
    where o.platform_post_id = f ->> 'platform_post_id')
  order by n limit 1;

  if mine is not null then
    update public.publish_jobs j set look_count = j.look_count + 1, last_look_at = at where j.id = job.id returning * into job;
    perform private.job_published(job, mine ->> 'platform_post_id', mine ->> 'permalink', coalesce((mine ->> 'published_at')::timestamptz, at), 'look');
    return 'published';
  end if;
  if record_look.error is null and job.settle_until <= at then
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
  perform private.wake_job(replay, replay.scheduled_for);
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
begin
  if job.status <> 'outcome_unknown' then
    perform private.refuse('job_wrong_state', jsonb_build_object('status', job.status));
  end if;
  update public.publish_jobs j set next_look_at = private.now() where j.id = job.id returning * into job;
  perform private.wake_job(job, job.next_look_at);
  select * into item from public.content_items i where i.id = job.content_id;
  perform private.audit_post(item, 'job.rechecked', jsonb_build_object('job_id', job.id, 'version', job.version));
  return job.next_look_at;
end $$;
comment on function public.recheck_job(uuid) is 'Looks on the platform now for a post whose answer was lost.';

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
  -- Clients are led there: it must be the network's own host.
  if char_length(address) > 255 or address !~* '^https://[a-z0-9.-]+/[^[:space:]]+$'
     or job.network = 'facebook' and address !~* '^https://([a-z0-9-]+\.)*facebook\.com/'
     or job.network = 'instagram' and address !~* '^https://([a-z0-9-]+\.)*instagram\.com/' then
    perform private.refuse('publish_url_invalid');
  end if;
  if exists (select from public.publish_jobs o where o.connection_id = job.connection_id and (o.permalink = address or o.platform_post_id = address)) then
    perform private.refuse('publish_url_taken');
  end if;
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
