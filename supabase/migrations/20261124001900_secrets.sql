-- Looking after accounts: tokens are renewed before they end, and each account is looked at every six hours. One
-- worker at a time takes care of an account; no transaction is open while it asks the network.

create table private.connection_upkeep (
  connection_id    uuid primary key references public.connections (id) on delete cascade,
  next_check_at    timestamptz not null,
  next_refresh_at  timestamptz not null default private.now(),
  failures         int not null default 0 check (failures >= 0),
  lease_token      uuid,
  lease_expires_at timestamptz
);
create index connection_upkeep_check_idx on private.connection_upkeep (next_check_at);
alter table private.connection_upkeep enable row level security;
comment on table private.connection_upkeep is 'When each account is looked at next, and which worker does it now.';
comment on column private.connection_upkeep.next_check_at is 'When the network is next asked whether the account can be used.';
comment on column private.connection_upkeep.next_refresh_at is 'Not before this is a token that ends asked for anew.';
comment on column private.connection_upkeep.failures is 'Calls in a row that told nothing.';
comment on column private.connection_upkeep.lease_token is 'Whoever holds it takes care of the account.';
comment on column private.connection_upkeep.lease_expires_at is 'Until then nobody else may.';

-- The next account to take care of: {"kind": "refresh" | "check", …}, or null. Asked for one account, it is about a
-- token that has ended and is needed now; "busy" then says that another worker is asking for it already.
create function private.claim_upkeep(lease_ms int, connection_id uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  care       private.connection_upkeep;
  connection public.connections;
  call       public.publish_jobs;
  ends       boolean;
  later      timestamptz;
  at         timestamptz := private.moment();
begin
  -- Looks at new accounts are spread over the six hours, and so stay spread.
  insert into private.connection_upkeep (connection_id, next_check_at)
  select n.id, at + random() * interval '6 hours'
  from public.connections n
  where (claim_upkeep.connection_id is null or n.id = claim_upkeep.connection_id)
    and not exists (select from private.connection_upkeep u where u.connection_id = n.id)
  on conflict do nothing;

  loop
    select u.* into care
    from private.connection_upkeep u
    join public.connections n on n.id = u.connection_id
    join public.brands b on b.id = n.brand_id
    where n.status in ('active', 'attention') and not n.requires_reconnect and b.delete_after is null
      and (u.lease_expires_at is null or u.lease_expires_at <= at)
      and case
        when claim_upkeep.connection_id is not null then u.connection_id = claim_upkeep.connection_id and n.token_expires_at <= at
        else u.next_check_at <= at or u.next_refresh_at <= at and n.token_expires_at <= at + interval '7 days'
      end
    order by n.token_expires_at <= at + interval '7 days' desc nulls last, u.next_check_at
    limit 1
    for update of u skip locked;
    if not found then
      return (select jsonb_build_object('kind', 'busy') from private.connection_upkeep u
              where u.connection_id = claim_upkeep.connection_id and u.lease_expires_at > at);
    end if;

    select * into connection from public.connections n where n.id = care.connection_id;
    ends := connection.token_expires_at <= at + interval '7 days' and (care.next_refresh_at <= at or claim_upkeep.connection_id is not null);
    ends := coalesce(ends, false);
    -- A look costs what a post would: it waits like one where the network's limit is reached.
    call.step := 'upkeep';
    later := private.spend_for(connection, call, case when ends then 2 else 1 end, make_interval(secs => claim_upkeep.lease_ms / 1000.0));
    if later is not null then
      update private.connection_upkeep u
      set next_check_at = greatest(u.next_check_at, later), next_refresh_at = greatest(u.next_refresh_at, later)
      where u.connection_id = care.connection_id;
      if claim_upkeep.connection_id is not null then
        return jsonb_build_object('kind', 'busy');
      end if;
      continue;
    end if;

    update private.connection_upkeep u
    set lease_token = gen_random_uuid(), lease_expires_at = at + make_interval(secs => claim_upkeep.lease_ms / 1000.0)
    where u.connection_id = care.connection_id returning * into care;
    return jsonb_build_object('kind', case when ends then 'refresh' else 'check' end,
      'lease_token', care.lease_token, 'connection_id', connection.id, 'tenant_id', connection.tenant_id, 'platform', connection.platform,
      'network', connection.network, 'account_id', connection.platform_account_id, 'token_expires_at', connection.token_expires_at);
  end loop;
end $$;
comment on function private.claim_upkeep is 'Leases the next account whose token is to be renewed or that is to be looked at.';

-- Tells whoever may connect accounts, once for each token: it ended, or it ends and cannot be renewed.
create function private.tell_connection_attention(connection public.connections, code text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  person  record;
  facts   jsonb;
  version int;
begin
  select max(s.version) into version from public.encrypted_secrets s where s.connection_id = connection.id and s.secret_type = 'access_token';
  select jsonb_build_object('agency_name', t.name, 'brand_name', b.name, 'brand_slug', b.slug, 'account_name', connection.display_name,
      'network', connection.network, 'code', tell_connection_attention.code, 'time_zone', b.time_zone,
      'ends_at', case when not connection.requires_reconnect then connection.token_expires_at end,
      'waiting', (select count(*) from public.publish_jobs j where j.connection_id = connection.id and j.status in ('scheduled', 'paused')))
  into facts
  from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = connection.brand_id;
  for person in
    select m.user_id, u.email from public.brand_members m
    join auth.users u on u.id = m.user_id
    join private.role_permissions p on p.role = m.role and p.permission = 'connections.manage'
    where m.brand_id = connection.brand_id
  loop
    if private.queue_email(connection.tenant_id, connection.brand_id, person.email, person.user_id, 'connection_attention', facts,
         'connection_attention:' || connection.id || ':' || coalesce(version, 0) || ':' || connection.requires_reconnect || ':' || person.user_id) is not null then
      insert into public.workflow_notifications (brand_id, user_id, type, message)
      values (connection.brand_id, person.user_id, 'connection_attention',
        connection.display_name || case when connection.requires_reconnect then ' must be connected again.' else ' should be connected again soon.' end);
    end if;
  end loop;
end $$;

-- The network no longer takes the account's key: its posts stand until it is connected again, and people are told.
create function private.lose_connection(connection_id uuid, code text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  lost public.connections;
begin
  update public.connections n
  set status = 'attention', requires_reconnect = true, health_status = 'critical', health_check_error = lose_connection.code,
      last_health_check = private.moment()
  where n.id = lose_connection.connection_id and n.status in ('active', 'attention') and not n.requires_reconnect
  returning * into lost;
  if not found then
    return;
  end if;
  perform private.tell_connection_attention(lost, lose_connection.code);
  perform private.audit(lost.tenant_id, lost.brand_id, 'connection.attention', 'connection', lost.id::text,
    jsonb_build_object('account_name', lost.display_name, 'network', lost.network, 'code', lose_connection.code));
end $$;
comment on function private.lose_connection is 'Marks an account as to be connected again and tells whoever may, once.';

-- Whether what the network said of a token may be about one that has been renewed since: a worker makes posts ready
-- some seconds before their minute, and reads the token then.
create function private.is_about_an_old_token(job public.publish_jobs) returns boolean
language sql stable security definer set search_path = ''
as $$
  select n.last_token_refresh > greatest(job.created_at, interval '-20 seconds' + coalesce(
    (select max(l.created_at) from public.publishing_logs l where l.job_id = job.id and l.brand_id = job.brand_id and l.kind = 'attempt'),
    job.updated_at))
  from public.connections n where n.id = job.connection_id
$$;

-- The network took the token for dead, so nothing of the post is out: it stands with the account's other posts, as
-- it is, and leaves with them once the account is connected again.
create function private.stand_until_connected(job public.publish_jobs, code text, message text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  standing public.publish_jobs;
begin
  if private.is_about_an_old_token(job) then
    perform private.retry_later(job, stand_until_connected.code, stand_until_connected.message, private.backoff(1), false);
    return;
  end if;
  update public.publish_jobs j
  set status = 'scheduled', waiting_since = null, intent_at = null, intent_digest = null, settle_until = null, next_look_at = null,
      next_retry_at = null, lease_token = null, lease_expires_at = null, leased_by = null,
      attempt_count = j.attempt_count - case when j.intent_at is null then 0 else 1 end,
      last_error_code = stand_until_connected.code, last_error_message = left(stand_until_connected.message, 2000)
  where j.id = job.id returning * into standing;
  perform graphile_worker.remove_job('publish:' || standing.id);
  perform private.log_job(standing, 'result', 'paused', stand_until_connected.code, stand_until_connected.message);
  perform private.roll_up(standing.content_id);
  perform private.lose_connection(standing.connection_id, stand_until_connected.code);
end $$;
comment on function private.stand_until_connected is 'Puts a job back whose account''s key is dead; connecting the account again lets it go.';

-- The network does not accept this desk as an app. No account is at fault, and no post: all that goes there stands,
-- and whoever may do something about it is told, once a day.
create function private.tell_platform_refused(job public.publish_jobs) returns void
language sql security definer set search_path = ''
as $$
  insert into public.workflow_notifications (brand_id, user_id, type, message)
  select job.brand_id, m.user_id, 'escalation', said.words
  from public.brand_members m,
    (values ('The network does not accept this desk as an app. Whoever runs the desk checks its keys; posts wait meanwhile.')) as said (words)
  where m.brand_id = job.brand_id and m.role in ('owner', 'admin')
    and not exists (
      select from public.workflow_notifications w
      where w.user_id = m.user_id and w.type = 'escalation' and w.message = said.words and w.created_at > private.now() - interval '1 day')
$$;

-- result: {"kind": "refreshed", "token_expires_at", "secrets": [{"secret_type", "key_id", "wrapped_key", "encrypted_value", "iv", "auth_tag"}]}
-- or {"kind": "usable"}, {"kind": "not_needed"}, {"kind": "failed", "during": "refresh" | "check", "class", "code", "retry_after_ms"}.
-- version is that of the token it is about: once the account has a newer one, the answer is about the past.
create function private.record_upkeep(connection_id uuid, lease_token uuid, version int, result jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  connection public.connections;
  care       private.connection_upkeep;
  kept       int;
  at         timestamptz := private.moment();
  kind       text := result ->> 'kind';
  is_refresh boolean := result ->> 'during' = 'refresh';
  is_theirs  boolean := result ->> 'class' in ('auth', 'permission');
  again      timestamptz;
begin
  select * into connection from public.connections n where n.id = record_upkeep.connection_id for update;
  update private.connection_upkeep u set lease_token = null, lease_expires_at = null
  where u.connection_id = record_upkeep.connection_id and u.lease_token = record_upkeep.lease_token returning * into care;
  select max(s.version) into kept from public.encrypted_secrets s
  where s.connection_id = record_upkeep.connection_id and s.secret_type = 'access_token';
  if connection.id is null or kept is distinct from record_upkeep.version or connection.status in ('disconnected', 'suspended') then
    return false;
  end if;

  if kind = 'refreshed' then
    -- Even where the lease ended meanwhile: some networks forget the old token as they give the new one.
    delete from public.encrypted_secrets s
    where s.connection_id = connection.id and s.secret_type in (select r ->> 'secret_type' from jsonb_array_elements(result -> 'secrets') r);
    insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag, expires_at)
    select connection.tenant_id, connection.id, s ->> 'secret_type', s ->> 'secret_type', record_upkeep.version + 1, s ->> 'key_id', s ->> 'wrapped_key',
      s ->> 'encrypted_value', s ->> 'iv', s ->> 'auth_tag', case when s ->> 'secret_type' = 'access_token' then (result ->> 'token_expires_at')::timestamptz end
    from jsonb_array_elements(result -> 'secrets') s;
    update public.connections n
    set token_expires_at = (result ->> 'token_expires_at')::timestamptz, last_token_refresh = at, last_health_check = at,
        health_status = case when n.requires_reconnect then n.health_status else 'healthy' end,
        health_check_error = case when n.requires_reconnect then n.health_check_error end
    where n.id = connection.id;
    update private.connection_upkeep u set failures = 0, next_refresh_at = at, next_check_at = at + interval '6 hours' where u.connection_id = connection.id;
    perform private.audit(connection.tenant_id, connection.brand_id, 'connection.refreshed', 'connection', connection.id::text,
      jsonb_build_object('account_name', connection.display_name, 'network', connection.network));
    return true;
  end if;
  if care.connection_id is null then
    return false;
  end if;

  if kind = 'usable' then
    -- A token that ends soon and could not be renewed keeps its warning.
    update public.connections n
    set last_health_check = at,
        health_status = case when n.requires_reconnect or n.token_expires_at <= at + interval '7 days' then n.health_status else 'healthy' end,
        health_check_error = case when n.requires_reconnect or n.token_expires_at <= at + interval '7 days' then n.health_check_error end
    where n.id = connection.id;
    update private.connection_upkeep u set failures = 0, next_check_at = at + interval '5.5 hours' + random() * interval '1 hour'
    where u.connection_id = connection.id;
  elsif kind = 'not_needed' then
    update private.connection_upkeep u set failures = 0, next_refresh_at = at + interval '1 day' where u.connection_id = connection.id;
  elsif is_theirs and (not is_refresh or connection.token_expires_at <= at) then
    perform private.lose_connection(connection.id, result ->> 'code');
  elsif is_theirs then
    -- It cannot be renewed, but works until it ends: people have days to connect again, and posts go out meanwhile.
    -- Whether it truly works is asked at once.
    update public.connections n set health_status = 'warning', health_check_error = result ->> 'code'
    where n.id = connection.id returning * into connection;
    update private.connection_upkeep u set next_refresh_at = at + interval '1 day', next_check_at = at where u.connection_id = connection.id;
    perform private.tell_connection_attention(connection, result ->> 'code');
  else
    again := at + greatest(make_interval(secs => coalesce((result ->> 'retry_after_ms')::numeric, 0) / 1000.0),
                           least(interval '6 hours', interval '1 minute' * power(3, least(care.failures, 8))) * (0.9 + random() * 0.2));
    update private.connection_upkeep u
    set failures = u.failures + 1,
        next_refresh_at = case when is_refresh then again else u.next_refresh_at end,
        next_check_at = case when is_refresh then u.next_check_at else again end
    where u.connection_id = connection.id;
    -- Once is their trouble; three times in a row someone should know. That they refuse the whole app is no account's.
    if care.failures >= 2 and result ->> 'code' <> 'platform_not_configured' then
      update public.connections n set health_status = 'warning', health_check_error = result ->> 'code'
      where n.id = connection.id and not n.requires_reconnect;
    end if;
  end if;
  return true;
end $$;
comment on function private.record_upkeep is 'Files what a renewal or a look at an account brought; decides alone when the next one is.';

-- Addresses that come late: some networks say where a post stands only some time after it is out. ---------------

-- When its address is asked for again, so long after it went out; null: no more.
create function private.next_permalink_look(published_at timestamptz, after timestamptz) returns timestamptz
language sql immutable set search_path = ''
as $$
  select min(next_permalink_look.published_at + span)
  from unnest(array['20 seconds', '2 minutes', '10 minutes', '1 hour', '6 hours', '20 hours']::interval[]) as span
  where next_permalink_look.published_at + span > next_permalink_look.after
$$;

-- The next post that is out at an address nobody knows yet; null: none is due. Whoever takes it moves it to its next
-- time at once, so that a worker that dies loses one look and nothing else.
create function private.claim_permalink_look() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  at         timestamptz := private.moment();
  job        public.publish_jobs;
  connection public.connections;
begin
  select j.* into job
  from public.publish_jobs j
  join public.connections n on n.id = j.connection_id and n.status = 'active' and not n.requires_reconnect
  where j.status = 'published' and j.permalink is null and j.published_at > at - interval '21 hours'
    and coalesce(j.next_look_at, private.next_permalink_look(j.published_at, j.published_at)) <= at
  order by j.published_at
  limit 1
  for update of j skip locked;
  if not found then
    return null;
  end if;
  update public.publish_jobs j set next_look_at = coalesce(private.next_permalink_look(j.published_at, at), j.published_at + interval '21 hours') where j.id = job.id;
  select * into connection from public.connections n where n.id = job.connection_id;
  if private.spend_for(connection, job, 1, interval '30 seconds') is not null then
    return null;
  end if;
  return jsonb_build_object('job_id', job.id, 'tenant_id', job.tenant_id, 'connection_id', job.connection_id,
    'platform', connection.platform, 'network', job.network, 'platform_post_id', job.platform_post_id);
end $$;
comment on function private.claim_permalink_look is 'Takes the next published post whose address is to be asked for.';

create function private.record_permalink(job_id uuid, permalink text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  job public.publish_jobs;
begin
  perform from public.content_items i
  where i.id = (select j.content_id from public.publish_jobs j where j.id = record_permalink.job_id) for update;
  update public.publish_jobs j set permalink = record_permalink.permalink, next_look_at = null
  where j.id = record_permalink.job_id and j.status = 'published' and j.permalink is null
  returning * into job;
  if not found then
    return false;
  end if;
  perform private.roll_up(job.content_id);
  return true;
end $$;
comment on function private.record_permalink is 'Files where a published post stands, and shows it to clients too.';
