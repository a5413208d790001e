-- Connecting accounts, and what the worker does for mails: claims and records, one transaction each.

create function public.begin_connect(brand_id uuid, platform text, redirect_uri text)
returns table (oauth_state_id uuid, state text, expires_at timestamptz)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states;
  secret  text := rtrim(translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/', '-_'), '=');
  tenant  uuid;
begin
  if not private.can(begin_connect.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(begin_connect.brand_id, 'connections.manage') then
    perform private.refuse('not_allowed');
  end if;
  select b.tenant_id into tenant from public.brands b where b.id = begin_connect.brand_id;
  if not exists (select from public.connector_platforms p where p.platform_name = begin_connect.platform and p.is_enabled
                 and (p.tenant_id is null or p.tenant_id = tenant)) then
    perform private.refuse('platform_unknown');
  end if;
  if begin_connect.redirect_uri is null or begin_connect.redirect_uri !~ '^https?://[^[:space:]]+$' then
    perform private.refuse('oauth_redirect_mismatch');
  end if;
  insert into public.oauth_states (tenant_id, brand_id, user_id, platform, state_hash, redirect_uri, expires_at)
  values (tenant, begin_connect.brand_id, auth.uid(), begin_connect.platform, private.token_hash(secret), begin_connect.redirect_uri,
    private.now() + interval '10 minutes')
  returning * into attempt;
  return query select attempt.id, secret, attempt.expires_at;
end $$;
comment on function public.begin_connect(uuid, text, text) is 'Opens an attempt to connect; its state goes into the platform''s dialog, is good once, for ten minutes, for its starter.';

create function private.own_oauth_state(state text) returns public.oauth_states
language plpgsql security definer set search_path = ''
as $$
declare
  attempt public.oauth_states;
begin
  select * into attempt from public.oauth_states o where o.state_hash = private.token_hash(own_oauth_state.state) for update;
  if not found then
    perform private.refuse('oauth_state_unknown');
  end if;
  if attempt.user_id is distinct from auth.uid() or not private.can(attempt.brand_id, 'connections.manage') then
    perform private.refuse('oauth_state_not_yours');
  end if;
  if attempt.status <> 'started' then
    perform private.refuse('oauth_state_used');
  end if;
  if attempt.expires_at <= private.now() then
    perform private.refuse('oauth_state_expired');
  end if;
  return attempt;
end $$;

create function public.finish_connect(state text, code text) returns table (id uuid, brand_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states := private.own_oauth_state(finish_connect.state);
begin
  if coalesce(finish_connect.code, '') = '' or char_length(finish_connect.code) > 4000 then
    perform private.refuse('oauth_refused');
  end if;
  update public.oauth_states o set status = 'received', code = finish_connect.code where o.id = attempt.id;
  perform graphile_worker.add_job('exchange_oauth', json_build_object('oauth_state_id', attempt.id), run_at := private.now(),
    max_attempts := 5, job_key := 'oauth:' || attempt.id);
  return query select attempt.id, attempt.brand_id;
end $$;
comment on function public.finish_connect(text, text) is 'Consumes the state, keeps the code for the worker alone, and asks for the exchange.';

create function public.refuse_connect(state text, error text, reason text default null) returns table (id uuid, brand_id uuid)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  attempt public.oauth_states := private.own_oauth_state(refuse_connect.state);
begin
  update public.oauth_states o
  set status = 'failed', failure_code = case when refuse_connect.error = 'access_denied' then 'oauth_denied' else 'oauth_refused' end,
      failure_facts = jsonb_build_object('reason', left(refuse_connect.reason, 300))
  where o.id = attempt.id;
  return query select attempt.id, attempt.brand_id;
end $$;
comment on function public.refuse_connect(text, text, text) is 'Closes an attempt that the platform answered with an error.';

create function public.disconnect(connection_id uuid) returns public.connections
language plpgsql security definer set search_path = ''
as $$
declare
  connection public.connections;
  piece      uuid;
begin
  select * into connection from public.connections n where n.id = disconnect.connection_id;
  if not found or not private.can(connection.brand_id, 'connections.view') then
    perform private.refuse('connection_not_found');
  end if;
  if not private.can(connection.brand_id, 'connections.manage') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, then their jobs, then the account: the engine's order.
  for piece in
    select distinct j.content_id from public.publish_jobs j
    where j.connection_id = connection.id and j.status in ('pending', 'scheduled', 'paused') order by 1
  loop
    perform from public.content_items i where i.id = piece for update;
  end loop;
  -- Before anything is audited: whoever claims or connects takes the account first, too.
  perform from public.connections n where n.id = connection.id for update;
  if exists (select from public.publish_jobs j where j.connection_id = connection.id
             and (j.status in ('processing', 'outcome_unknown') or j.waiting_since is not null and j.status = 'scheduled')) then
    perform private.refuse('publish_in_flight');
  end if;
  perform private.end_job(j, 'failed', 'connection_inactive', null)
  from public.publish_jobs j where j.connection_id = connection.id and j.status in ('pending', 'scheduled', 'paused');
  delete from public.encrypted_secrets s where s.connection_id = connection.id;
  update public.connections n set status = 'disconnected', requires_reconnect = true, token_expires_at = null
  where n.id = connection.id returning * into connection;
  perform private.audit(connection.tenant_id, connection.brand_id, 'connection.disconnected', 'connection', connection.id::text,
    jsonb_build_object('account_name', connection.display_name, 'network', connection.network));
  return connection;
end $$;
comment on function public.disconnect(uuid) is 'Forgets the account''s secrets; what waited for it fails with that reason, and can be retried once it is back.';

-- The worker ---------------------------------------------------------------------------------------------

-- The brand's accounts of the attempt's platform as they are: their ids and the version of each one's next secret.
create function private.existing_accounts(oauth_state_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('connection_id', n.id, 'account_id', n.platform_account_id, 'network', n.network,
    'next_version', coalesce((select max(s.version) + 1 from public.encrypted_secrets s where s.connection_id = n.id and s.secret_type = 'access_token'), 1))), '[]')
  from public.oauth_states o
  join public.connections n on n.brand_id = o.brand_id and n.platform = o.platform
  where o.id = existing_accounts.oauth_state_id
$$;

-- Hands the code out once: a code works once, and a second exchange would only learn that. Should the worker that
-- took it die, the next look a minute later says so to the person who waits.
create function private.claim_oauth_exchange(oauth_state_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  attempt public.oauth_states;
begin
  select * into attempt from public.oauth_states o where o.id = claim_oauth_exchange.oauth_state_id for update;
  if not found or attempt.status <> 'received' then
    return null;
  end if;
  if attempt.code is null and attempt.updated_at < private.now() - interval '50 seconds' then
    update public.oauth_states o set status = 'failed', failure_code = 'oauth_exchange_failed' where o.id = attempt.id;
    return null;
  end if;
  perform graphile_worker.add_job('exchange_oauth', json_build_object('oauth_state_id', attempt.id),
    run_at := private.now() + interval '1 minute', max_attempts := 5, job_key := 'oauth:' || attempt.id);
  if attempt.code is null then
    return null;
  end if;
  update public.oauth_states o set code = null where o.id = attempt.id;
  return jsonb_build_object(
    'oauth_state_id', attempt.id, 'tenant_id', attempt.tenant_id, 'brand_id', attempt.brand_id, 'platform', attempt.platform,
    'code', attempt.code, 'redirect_uri', attempt.redirect_uri, 'existing', private.existing_accounts(attempt.id));
end $$;

-- result: {"kind": "connected", "accounts": [{"connection_id", "network", "platform_user_id", "account_id", "display_name",
--   "profile_image_url", "scopes", "token_expires_at", "secret": {"version", "key_id", "wrapped_key", "encrypted_value", "iv", "auth_tag"},
--   "refresh_secret": the same or null}], "skipped": [...]}
-- or {"kind": "failed", "code", "facts"}. A reconnect keeps the connection's id, its history and its queue.
create function private.record_oauth_result(oauth_state_id uuid, result jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  attempt    public.oauth_states;
  platform   public.connector_platforms;
  account    jsonb;
  connection public.connections;
  connected  jsonb := '[]';
  known      uuid[];
begin
  select * into attempt from public.oauth_states o where o.id = record_oauth_result.oauth_state_id for update;
  if not found or attempt.status <> 'received' then
    return;
  end if;
  if result ->> 'kind' <> 'connected' then
    update public.oauth_states o
    set status = 'failed', code = null, failure_code = result ->> 'code', failure_facts = coalesce(result -> 'facts', '{}')
    where o.id = attempt.id;
    return;
  end if;
  select * into platform from public.connector_platforms p where p.platform_name = attempt.platform and p.tenant_id is null;
  known := array(select (a ->> 'connection_id')::uuid from jsonb_array_elements(result -> 'accounts') a);
  perform private.lock_due_pieces(known);

  for account in select * from jsonb_array_elements(result -> 'accounts') loop
    insert into public.connections as n (id, tenant_id, brand_id, platform_id, platform, network, platform_user_id, platform_account_id,
      display_name, profile_image_url, scopes, token_expires_at, last_token_refresh, last_health_check, connected_by)
    values ((account ->> 'connection_id')::uuid, attempt.tenant_id, attempt.brand_id, platform.id, attempt.platform, account ->> 'network',
      account ->> 'platform_user_id', account ->> 'account_id', account ->> 'display_name', account ->> 'profile_image_url',
      array(select jsonb_array_elements_text(coalesce(account -> 'scopes', '[]'))), (account ->> 'token_expires_at')::timestamptz,
      private.now(), private.now(), attempt.user_id)
    on conflict (brand_id, platform_id, platform_account_id) do update
    set platform_user_id = excluded.platform_user_id, display_name = excluded.display_name, profile_image_url = excluded.profile_image_url,
        scopes = excluded.scopes, token_expires_at = excluded.token_expires_at, last_token_refresh = excluded.last_token_refresh,
        last_health_check = excluded.last_health_check, connected_by = excluded.connected_by,
        status = 'active', health_status = 'healthy', health_check_error = null, requires_reconnect = false
    returning * into connection;
    -- Two attempts at once: the secret is sealed to an id that another made first. The job tries again with that one.
    if connection.id <> (account ->> 'connection_id')::uuid then
      raise exception using errcode = '40001', message = 'connection appeared meanwhile';
    end if;
    delete from public.encrypted_secrets s where s.connection_id = connection.id and s.secret_type in ('access_token', 'refresh_token');
    insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag, expires_at)
    select connection.tenant_id, connection.id, sealed.type, sealed.type, (s ->> 'version')::int, s ->> 'key_id', s ->> 'wrapped_key',
      s ->> 'encrypted_value', s ->> 'iv', s ->> 'auth_tag', sealed.ends_at
    from (values ('access_token', account -> 'secret', connection.token_expires_at),
                 ('refresh_token', nullif(account -> 'refresh_secret', 'null'), null)) as sealed (type, s, ends_at)
    where s is not null;
    connected := connected || jsonb_build_object('connection_id', connection.id, 'network', connection.network, 'account_name', connection.display_name);
  end loop;
  -- What stood while an account's key was dead goes on.
  perform private.release_due_jobs(known);
  -- All accounts first, then the chain: its head is locked last everywhere.
  perform private.audit(attempt.tenant_id, attempt.brand_id, 'connection.connected', 'connection', c ->> 'connection_id',
    c || jsonb_build_object('by', attempt.user_id))
  from jsonb_array_elements(connected) as c;
  update public.oauth_states o
  set status = 'done', code = null, connected = record_oauth_result_connected.c, failure_facts = jsonb_build_object('skipped', coalesce(result -> 'skipped', '[]'))
  from (select connected as c) as record_oauth_result_connected
  where o.id = attempt.id;
end $$;

-- A mail to send now, or nothing: what it asks for may be done already, or the inbox is full for today.
create function private.claim_email(email_id uuid) returns public.outbound_emails
language plpgsql security definer set search_path = ''
as $$
declare
  mail  public.outbound_emails;
  later timestamptz;
begin
  select * into mail from public.outbound_emails e where e.id = claim_email.email_id for update;
  if not found or mail.status in ('sent', 'suppressed') then
    return null;
  end if;
  if mail.template = 'invitation' and not exists (
       select from public.brand_invitations i where i.id = mail.invitation_id and i.status = 'pending' and i.expires_at > private.now())
     or mail.template = 'approval_request' and not exists (
       select from public.approval_requests r
       where mail.dedupe_key = 'approval_request:' || r.id and r.status = 'pending')
     or mail.to_user_id is not null and mail.brand_id is not null and not exists (
       select from public.brand_members m where m.user_id = mail.to_user_id and m.brand_id = mail.brand_id) then
    update public.outbound_emails e set status = 'suppressed' where e.id = mail.id;
    return null;
  end if;
  -- Tried before, it is counted already.
  if mail.attempts = 0 then
    -- One at a time of an agency, or those claimed at the same moment would not count each other.
    perform pg_advisory_xact_lock(hashtextextended('mail:' || mail.tenant_id, 0));
    later := private.mail_waits_until(mail);
    if later > private.now() then
      perform graphile_worker.add_job('send_email', json_build_object('email_id', mail.id), run_at := later,
        max_attempts := 12, job_key := 'email:' || mail.id);
      return null;
    end if;
  end if;
  update public.outbound_emails e set status = 'sending', attempts = e.attempts + 1, tried_at = private.now()
  where e.id = mail.id returning * into mail;
  return mail;
end $$;

create function private.record_email(email_id uuid, ok boolean, error text default null) returns void
language sql security definer set search_path = ''
as $$
  update public.outbound_emails e
  set status = case when record_email.ok then 'sent' else 'failed' end, sent_at = case when record_email.ok then private.now() end,
      last_error = left(record_email.error, 1000)
  where e.id = record_email.email_id
$$;

-- The hash of the token that this mail's link carries. Whom and what it opens follows from the mail.
create function private.issue_link_token(email_id uuid, token_hash bytea) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  mail public.outbound_emails;
begin
  select * into mail from public.outbound_emails e where e.id = issue_link_token.email_id;
  if mail.template = 'invitation' then
    insert into private.link_tokens (token_hash, purpose, brand_id, invitation_id, expires_at)
    select issue_link_token.token_hash, 'invitation', mail.brand_id, i.id, i.expires_at
    from public.brand_invitations i where i.id = mail.invitation_id;
  else
    insert into private.link_tokens (token_hash, purpose, brand_id, user_id, content_id, expires_at)
    values (issue_link_token.token_hash, 'portal', mail.brand_id, mail.to_user_id, mail.content_id, private.now() + interval '30 days');
  end if;
end $$;

grant execute on function
  public.begin_connect(uuid, text, text),
  public.finish_connect(text, text),
  public.refuse_connect(text, text, text),
  public.disconnect(uuid)
to authenticated;
