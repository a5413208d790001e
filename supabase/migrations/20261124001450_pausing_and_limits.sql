-- Holding publishing back: by people, who pause it, and by the networks, who count our calls; and the sweep, which
-- wakes what nobody holds back.

-- Pausing --------------------------------------------------------------------------------------------

-- What stops a job of this account from leaving now: the account, its brand, its agency, the brand's end, or a key
-- that the network no longer takes.
create function private.pause_of(connection public.connections) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select case
      when connection.paused_at is not null then 'connection'
      when b.paused_at is not null then 'brand'
      when b.delete_after is not null then 'deletion'
      when t.paused_at is not null then 'tenant'
      when connection.requires_reconnect and connection.status = 'attention' then 'reconnect'
    end
    from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = connection.brand_id);
end $$;
comment on function private.pause_of(public.connections) is 'connection, brand, tenant, deletion or reconnect: what holds an account''s posts back; null where nothing does.';

-- The accounts a switch is for, for someone who may turn it; refuses otherwise.
create function private.check_pause(scope text, id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  brand uuid;
begin
  if check_pause.scope = 'tenant' then
    if check_pause.id is null or check_pause.id not in (select private.tenants_with('tenant.view')) then
      perform private.refuse('tenant_not_found');
    end if;
    if check_pause.id not in (select private.tenants_with('tenant.pause')) then
      perform private.refuse('not_allowed');
    end if;
    return;
  elsif check_pause.scope = 'connection' then
    select n.brand_id into brand from public.connections n where n.id = check_pause.id;
    if brand is null or not private.can(brand, 'connections.view') then
      perform private.refuse('connection_not_found');
    end if;
  elsif check_pause.scope = 'brand' then
    brand := check_pause.id;
    if not private.can(brand, 'brand.view') then
      perform private.refuse('brand_not_found');
    end if;
  else
    perform private.refuse('pause_scope_unknown');
  end if;
  if not private.can(brand, 'publishing.pause') then
    perform private.refuse('not_allowed');
  end if;
end $$;

create function private.audit_pause(scope text, id uuid, action text, facts jsonb) returns void
language sql security definer set search_path = ''
as $$
  select private.audit(b.tenant_id, b.id, audit_pause.action, audit_pause.scope, audit_pause.id::text, audit_pause.facts)
  from public.brands b
  where audit_pause.scope = 'brand' and b.id = audit_pause.id
     or audit_pause.scope = 'connection' and b.id = (select n.brand_id from public.connections n where n.id = audit_pause.id)
  union all
  select private.audit(audit_pause.id, null, audit_pause.action, audit_pause.scope, audit_pause.id::text, audit_pause.facts)
  where audit_pause.scope = 'tenant'
$$;

-- What is being sent this moment is finished; nothing new begins. Pausing again changes nothing.
create function public.pause_publishing(scope text, id uuid, reason text default null) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  said   text := nullif(btrim(coalesce(pause_publishing.reason, '')), '');
  since  timestamptz;
begin
  perform private.check_pause(pause_publishing.scope, pause_publishing.id);
  if char_length(said) > 300 then
    perform private.refuse('pause_reason_too_long');
  end if;
  if pause_publishing.scope = 'tenant' then
    update public.tenants t set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where t.id = pause_publishing.id and t.paused_at is null returning t.paused_at into since;
  elsif pause_publishing.scope = 'brand' then
    update public.brands b set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where b.id = pause_publishing.id and b.paused_at is null returning b.paused_at into since;
  else
    update public.connections n set paused_at = private.now(), paused_by = auth.uid(), pause_reason = said
    where n.id = pause_publishing.id and n.paused_at is null returning n.paused_at into since;
  end if;
  if since is not null then
    perform private.audit_pause(pause_publishing.scope, pause_publishing.id, 'publishing.paused', jsonb_build_object('reason', said));
  end if;
  return since;
end $$;
comment on function public.pause_publishing(text, uuid, text) is
  'Holds back an agency''s, a brand''s or an account''s posts (scope tenant, brand or connection). Null: it was paused already.';

-- The pieces of what is due on these accounts, before the accounts themselves: the engine's order.
create function private.lock_due_pieces(connection_ids uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  piece uuid;
begin
  for piece in
    select distinct j.content_id from public.publish_jobs j
    where j.connection_id = any (lock_due_pieces.connection_ids)
      and (j.status = 'scheduled' and j.scheduled_for <= private.now() or j.status = 'outcome_unknown')
    order by 1
  loop
    perform from public.content_items i where i.id = piece for update;
  end loop;
end $$;

-- What came due meanwhile leaves again, spread out account by account in the order it was planned. What is more
-- than a day late does not go out by surprise: it fails with that reason, and a person decides.
create function private.release_due_jobs(connection_ids uuid[]) returns int
language plpgsql security definer set search_path = ''
as $$
declare
  late     public.publish_jobs;
  released int := 0;
begin
  for late in
    with due as (
      select j.id, j.scheduled_for,
        row_number() over (partition by n.platform, n.platform_account_id order by j.scheduled_for, j.id) - 1 as place,
        make_interval(secs => p.rate_limit_window_seconds::numeric / p.rate_limit_requests) as gap
      from public.publish_jobs j
      join public.connections n on n.id = j.connection_id
      join public.connector_platforms p on p.id = n.platform_id
      where j.connection_id = any (release_due_jobs.connection_ids)
        and j.status = 'scheduled' and j.waiting_since is null and j.scheduled_for <= private.now()
        and private.pause_of(n) is null
    )
    update public.publish_jobs j
    set next_retry_at = private.now() + due.place * due.gap, last_error_code = null, last_error_message = null
    from due where j.id = due.id returning j.*
  loop
    if late.scheduled_for < private.now() - interval '24 hours' then
      perform private.end_job(late, 'failed', 'publish_missed', null);
    else
      perform private.wake_job(late, late.next_retry_at);
      released := released + 1;
    end if;
  end loop;
  -- What nobody could ask the network about is asked now; what only stood because of that has nothing to settle.
  for late in
    update public.publish_jobs j
    set next_look_at = private.now(),
        settle_until = case when j.last_error_code = 'connection_attention' then private.now() else j.settle_until end
    from public.connections n
    where n.id = j.connection_id and n.id = any (release_due_jobs.connection_ids) and j.status = 'outcome_unknown'
      and not n.requires_reconnect
    returning j.*
  loop
    perform private.wake_job(late, late.next_look_at);
  end loop;
  return released;
end $$;
comment on function private.release_due_jobs is 'Wakes what is due on these accounts and held back by nothing any more; returns how many.';

create function public.resume_publishing(scope text, id uuid) returns int
language plpgsql security definer set search_path = ''
as $$
declare
  accounts uuid[];
  resumed  int := 0;
  changed  boolean := false;
begin
  perform private.check_pause(resume_publishing.scope, resume_publishing.id);
  accounts := array(
    select n.id from public.connections n
    where case resume_publishing.scope when 'tenant' then n.tenant_id when 'brand' then n.brand_id else n.id end = resume_publishing.id);
  perform private.lock_due_pieces(accounts);

  if resume_publishing.scope = 'tenant' then
    update public.tenants t set paused_at = null, paused_by = null, pause_reason = null
    where t.id = resume_publishing.id and t.paused_at is not null returning true into changed;
  elsif resume_publishing.scope = 'brand' then
    update public.brands b set paused_at = null, paused_by = null, pause_reason = null
    where b.id = resume_publishing.id and b.paused_at is not null returning true into changed;
  else
    update public.connections n set paused_at = null, paused_by = null, pause_reason = null
    where n.id = resume_publishing.id and n.paused_at is not null returning true into changed;
  end if;
  if not coalesce(changed, false) then
    return 0;
  end if;
  resumed := private.release_due_jobs(accounts);
  perform private.audit_pause(resume_publishing.scope, resume_publishing.id, 'publishing.resumed', jsonb_build_object('jobs', resumed));
  return resumed;
end $$;
comment on function public.resume_publishing(text, uuid) is 'Lets posts leave again; returns how many were due and now leave one after the other.';

grant execute on function public.pause_publishing(text, uuid, text), public.resume_publishing(text, uuid) to authenticated;

-- Limits ---------------------------------------------------------------------------------------------

-- One row for each account and each app, shared by all workers. free_at is when the bucket would be empty again:
-- the generic cell rate algorithm, sized so that no sliding window of the network ever counts more than its limit.
create table private.rate_buckets (
  bucket        text primary key,
  free_at       timestamptz not null,
  blocked_until timestamptz
);
alter table private.rate_buckets enable row level security;
comment on table private.rate_buckets is 'Calls spent against a network''s limits, by account (platform:account) and by app (platform).';
comment on column private.rate_buckets.bucket is 'Whose calls: platform:account, or the platform for its app.';
comment on column private.rate_buckets.free_at is 'When all that was spent will have flowed off.';
comment on column private.rate_buckets.blocked_until is 'The network said: nothing before this.';

-- Spends `cost` calls, or says when there will be room. With N calls a window W and a burst of B = N/2, a call flows
-- off every W/(N-B): a window never holds more than B + W/(W/(N-B)) = N. What is spent now may reach them `delay`
-- later, beside what is spent then: the window is taken to be longer by that.
create function private.spend_calls(bucket text, calls int, window_seconds int, cost int, delay interval) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  at    timestamptz := private.moment();
  burst int := greatest(cost, calls / 2);
  each  interval := (make_interval(secs => window_seconds) + spend_calls.delay) / greatest(1, calls - burst);
begin
  insert into private.rate_buckets as b (bucket, free_at) values (spend_calls.bucket, at + cost * each)
  on conflict on constraint rate_buckets_pkey do update
  set free_at = greatest(b.free_at, at) + cost * each
  where coalesce(b.blocked_until, at) <= at and greatest(b.free_at, at) - (burst - cost) * each <= at;
  if found then
    return null;
  end if;
  -- The upsert has locked the row all the same.
  return (
    select greatest(b.blocked_until, greatest(b.free_at, at) - (burst - cost) * each)
    from private.rate_buckets b where b.bucket = spend_calls.bucket);
end $$;
comment on function private.spend_calls is 'Null: spent. Otherwise nothing was, and this is when there is room.';

create function private.block_calls(bucket text, until timestamptz) returns void
language sql security definer set search_path = ''
as $$
  insert into private.rate_buckets as b (bucket, free_at, blocked_until) values (block_calls.bucket, private.moment(), block_calls.until)
  on conflict on constraint rate_buckets_pkey do update set blocked_until = greatest(b.blocked_until, excluded.blocked_until)
$$;

-- Calls during a throttle prolong it: every worker keeps off the account, or the whole app, until it is over.
create function private.keep_off(job public.publish_jobs, span interval, scope text) returns void
language sql security definer set search_path = ''
as $$
  select private.block_calls(n.platform || case when keep_off.scope = 'app' then '' else ':' || n.platform_account_id end,
    private.moment() + keep_off.span)
  from public.connections n where n.id = job.connection_id
$$;

-- When this account may next be called, by its own limit, its app's, and what it may post in a day; null: now, and spent.
create function private.spend_for(connection public.connections, job public.publish_jobs, cost int, delay interval) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  platform public.connector_platforms;
  app      jsonb;
  daily    int;
  later    timestamptz;
  -- The parts of a file whose place is known are bytes and no calls; the step that announced it has paid for them.
  calls    int := case when job.step = 'upload' and job.memo ? 'offset' then 0 else spend_for.cost end;
begin
  select * into platform from public.connector_platforms p where p.id = connection.platform_id;
  -- What a day allows counts where a post begins, not in its later steps.
  daily := coalesce(platform.limits -> connection.network -> 'formats' -> job.content_type ->> 'posts_per_day',
                    platform.limits -> connection.network ->> 'posts_per_day')::int;
  if daily is not null and job.step is null then
    select min(recent.at) + interval '1 day' into later
    from (
      -- What is under way counts as if it were out.
      select coalesce(j.published_at, private.now()) as at from public.publish_jobs j
      join public.connections n on n.id = j.connection_id
      where n.platform = connection.platform and n.platform_account_id = connection.platform_account_id and j.id <> job.id
        and (j.status = 'published' and j.published_at > private.now() - interval '1 day'
             or j.status in ('scheduled', 'processing', 'outcome_unknown') and j.first_intent_at < coalesce(job.first_intent_at, 'infinity'))
        and (platform.limits -> connection.network -> 'formats' -> job.content_type ->> 'posts_per_day' is null or j.content_type = job.content_type)
      order by 1 desc limit daily
    ) as recent having count(*) >= daily;
    if later > private.moment() then
      return later;
    end if;
  end if;
  later := private.spend_calls(connection.platform || ':' || connection.platform_account_id,
    platform.rate_limit_requests, platform.rate_limit_window_seconds, calls, spend_for.delay);
  if later is not null then
    return later;
  end if;
  app := platform.limits -> 'app';
  if app is null then
    return null;
  end if;
  return private.spend_calls(connection.platform, (app ->> 'requests')::int, (app ->> 'window_seconds')::int, calls, spend_for.delay);
end $$;

-- The sweep ------------------------------------------------------------------------------------------

-- Every state has a bound and an exit. What is past its bound, and why; paused accounts' posts are where they should be.
create function private.explain_stuck_jobs() returns table (job_id uuid, bound timestamptz, reason text, words text)
language sql stable security definer set search_path = ''
as $$
  -- One by one, so that each reads what is past its time and not all that waits.
  select j.id, j.lease_expires_at, 'lease_expired', 'The worker ' || j.leased_by || ' has not come back within its lease; another takes over.'
  from public.publish_jobs j
  where j.status = 'processing' and j.lease_expires_at < private.now()
  union all
  select j.id, j.next_look_at, 'look_overdue', 'No worker has looked at its time; one is asked again.'
  from public.publish_jobs j
  where j.status = 'outcome_unknown' and j.next_look_at < private.now() - interval '1 second'
  union all
  select j.id, greatest(j.scheduled_for, j.next_retry_at), 'wakeup_overdue', 'No worker has taken it at its time; one is asked again.'
  from public.publish_jobs j join public.connections n on n.id = j.connection_id
  where j.status = 'scheduled' and j.scheduled_for < private.now() - interval '2 seconds'
    and greatest(j.scheduled_for, j.next_retry_at) < private.now() - interval '2 seconds'
    and (j.waiting_since is not null or private.pause_of(n) is null)
  order by 2
$$;
comment on function private.explain_stuck_jobs is 'Jobs past their bound, oldest first, and why; the sweep wakes them and writes it into their log.';

-- Due in the queue, or taken from it by a worker that has said within ten seconds that it lives.
create function private.is_in_hand(job public.publish_jobs) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from graphile_worker.jobs q
    where q.key = 'publish:' || job.id
      and case when q.locked_at is null then q.run_at <= now() and q.attempts < q.max_attempts
            else exists (select from private.worker_heartbeats w where w.worker_id = q.locked_by and w.beat_at > now() - interval '10 seconds') end)
$$;

-- Wakes whatever should move and does not: correctness never rests on a queue that may have lost a worker. Whoever
-- waits in the queue already, or is being worked on by someone who lives, keeps their place.
create function private.sweep_publish_jobs() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  stuck record;
  job   public.publish_jobs;
  n     int := 0;
begin
  for stuck in select * from private.explain_stuck_jobs() limit 500 loop
    select * into job from public.publish_jobs j where j.id = stuck.job_id;
    continue when stuck.reason = 'wakeup_overdue' and private.is_in_hand(job);
    perform private.wake_job(job, stuck.bound);
    -- A moment past is a queue at work; more is told, once for each bound.
    if stuck.bound < private.now() - interval '10 seconds' and not exists (
      select from public.publishing_logs l
      where l.job_id = job.id and l.brand_id = job.brand_id and l.kind = 'note' and l.created_at > stuck.bound and l.error_code = stuck.reason
    ) then
      perform private.log_job(job, 'note', 'woken', stuck.reason, stuck.words);
    end if;
    n := n + 1;
  end loop;
  return n;
end $$;
comment on function private.sweep_publish_jobs is 'Re-wakes jobs past their time and says why in their log; harmless to call at any moment.';
