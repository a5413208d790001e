-- 5 of 5, made by `npm run db:export` from the catalog of a migrated database: do not edit.
-- Load them in order, as role postgres, into a Supabase database that has the tables of graphile-worker only.
begin;
set local check_function_bodies = off; -- some name tables of later files
set local search_path = '';

-- 7. Compliance and audit -------------------------------------------------------------------------

create table public.client_settings (
  id                    uuid        not null default gen_random_uuid(),
  client_id             uuid        not null,
  brand_id              uuid        not null,
  email_preferences     jsonb       not null default '{"dailyDigest": false, "weeklyDigest": false, "publishSuccess": false, "approvalsNeeded": true, "digestFrequency": "weekly", "maxEmailsPerDay": 20, "publishFailures": true, "approvalReminders": true, "reminderFrequency": "24h"}',
  timezone              text        not null default 'America/Chicago',
  language              text        not null default 'en',
  unsubscribe_token     text,
  unsubscribed_from_all boolean     not null default false,
  unsubscribed_types    text[]      not null default '{}',
  last_modified_by      text,
  created_at            timestamptz not null default private.now(),
  updated_at            timestamptz not null default private.now(),
  constraint client_settings_pkey primary key (id),
  constraint client_settings_client_id_brand_id_key unique (client_id, brand_id),
  constraint client_settings_unsubscribe_token_key unique (unsubscribe_token),
  constraint client_settings_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint client_settings_client_id_fkey foreign key (client_id) references auth.users(id) on delete cascade,
  constraint client_settings_email_preferences_check check (jsonb_typeof(email_preferences) = 'object' and octet_length(email_preferences::text) <= 4000),
  constraint client_settings_language_check check (language in ('en', 'es', 'fr', 'de')),
  constraint client_settings_timezone_check check (char_length(timezone) <= 64),
  constraint client_settings_unsubscribed_types_check check (cardinality(unsubscribed_types) <= 20),
  constraint client_settings_unsubscribed_types_check1 check (octet_length(array_to_string(unsubscribed_types, ',')) <= 2000)
);
comment on table public.client_settings is 'What a person wants mailed about a brand.';
comment on column public.client_settings.email_preferences is '{approvalsNeeded, approvalReminders, publishFailures, publishSuccess, weeklyDigest, dailyDigest, reminderFrequency, digestFrequency, maxEmailsPerDay}.';
comment on column public.client_settings.timezone is 'The zone of times in mails.';
comment on column public.client_settings.language is 'Of mails.';
comment on column public.client_settings.unsubscribe_token is 'For the link at the end of a mail.';
comment on column public.client_settings.unsubscribed_types is 'Kinds of mail that are not wanted any more.';

create index client_settings_brand_idx on public.client_settings (brand_id);

create trigger touch before update on public.client_settings
  for each row execute function private.touch_updated_at();

alter table public.client_settings enable row level security;
grant select (id, client_id, brand_id, email_preferences, timezone, language, unsubscribed_from_all, unsubscribed_types, created_at, updated_at), insert (client_id, brand_id, email_preferences, timezone, language), update (email_preferences, timezone, language, unsubscribed_from_all, unsubscribed_types) on public.client_settings to authenticated;

create policy "own settings change" on public.client_settings for update to authenticated
  using (
    client_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  )
  with check (
    client_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  );
create policy "own settings of brands one is on" on public.client_settings for select to authenticated
  using (
    client_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  );
create policy "own settings on brands one is on" on public.client_settings for insert to authenticated
  with check (
    client_id = ((select auth.uid()))
    and (brand_id = any (((select private.brands_with('brand.view')))::uuid[]))
  );

create table public.outbound_emails (
  id            uuid        not null default gen_random_uuid(),
  tenant_id     uuid        not null,
  brand_id      uuid,
  to_email      text        not null,
  to_user_id    uuid,
  invitation_id uuid,
  content_id    uuid,
  template      text        not null,
  payload       jsonb       not null default '{}',
  dedupe_key    text        not null,
  status        text        not null default 'queued',
  attempts      integer     not null default 0,
  last_error    text,
  tried_at      timestamptz,
  sent_at       timestamptz,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  constraint outbound_emails_pkey primary key (id),
  constraint outbound_emails_dedupe_key_key unique (dedupe_key),
  constraint outbound_emails_brand_id_tenant_id_fkey foreign key (brand_id, tenant_id) references public.brands(id, tenant_id) on delete cascade,
  constraint outbound_emails_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint outbound_emails_invitation_id_brand_id_fkey foreign key (invitation_id, brand_id) references public.brand_invitations(id, brand_id) on delete cascade,
  constraint outbound_emails_tenant_id_fkey foreign key (tenant_id) references public.tenants(id) on delete cascade,
  constraint outbound_emails_to_user_id_fkey foreign key (to_user_id) references auth.users(id) on delete cascade,
  constraint outbound_emails_status_check check (status in ('queued', 'sending', 'sent', 'failed', 'suppressed')),
  constraint outbound_emails_template_check check (template in ('invitation', 'approval_request', 'changes_requested', 'approved', 'publish_failed', 'connection_attention'))
);
comment on table public.outbound_emails is 'Mails to send and sent, each written in the transaction of what it tells.';
comment on column public.outbound_emails.template is 'Which mail it is.';
comment on column public.outbound_emails.payload is 'What the mail says; never a token.';
comment on column public.outbound_emails.dedupe_key is 'Names the intent, as approval_request:id: asked twice, it is one mail.';
comment on column public.outbound_emails.status is 'suppressed: what it asked for was done already, or its reader has left.';
comment on column public.outbound_emails.attempts is 'Times the worker took it up.';
comment on column public.outbound_emails.tried_at is 'When the worker last took it up; what a day''s mails are counted by.';
comment on column public.outbound_emails.sent_at is 'When the mail server took it.';

create index outbound_emails_address_idx on public.outbound_emails (to_email, tried_at);
create index outbound_emails_brand_idx on public.outbound_emails (brand_id, tenant_id);
create index outbound_emails_content_idx on public.outbound_emails (content_id, brand_id);
create index outbound_emails_invitation_idx on public.outbound_emails (invitation_id, brand_id);
create index outbound_emails_tenant_idx on public.outbound_emails (tenant_id, tried_at);
create index outbound_emails_to_user_idx on public.outbound_emails (to_user_id);

create trigger touch before update on public.outbound_emails
  for each row execute function private.touch_updated_at();

alter table public.outbound_emails enable row level security;

create table public.audit_logs (
  id            uuid        not null default gen_random_uuid(),
  tenant_id     uuid        not null,
  seq           bigint      not null,
  brand_id      uuid,
  user_id       uuid,
  action        text        not null,
  resource_type text        not null,
  resource_id   text,
  metadata      jsonb       not null default '{}',
  ip_address    varchar(45),
  user_agent    text,
  prev_hash     bytea       not null,
  hash          bytea       not null,
  created_at    timestamptz not null default private.now(),
  constraint audit_logs_pkey primary key (id),
  constraint audit_logs_tenant_id_seq_key unique (tenant_id, seq),
  constraint audit_logs_seq_check check (seq > 0)
);
comment on table public.audit_logs is 'Who did what, append-only, hash-chained per agency.';
comment on column public.audit_logs.seq is 'Position in the agency''s chain, from 1, without gaps.';
comment on column public.audit_logs.brand_id is 'The brand it is about; null for the agency''s own. No foreign key: it stays when the brand goes.';
comment on column public.audit_logs.user_id is 'Who did it; null for the worker. No foreign key: it stays when the account goes.';
comment on column public.audit_logs.action is 'area.verb, as approval.approved.';
comment on column public.audit_logs.metadata is 'The facts of the action.';
comment on column public.audit_logs.ip_address is 'As our own proxy saw it.';
comment on column public.audit_logs.prev_hash is 'hash of the entry before; that of an empty text for the first.';
comment on column public.audit_logs.hash is 'SHA-256 over prev_hash and every other column.';

create index audit_logs_brand_idx on public.audit_logs (brand_id, created_at desc);
create index audit_logs_resource_idx on public.audit_logs (resource_type, resource_id, created_at);
create index audit_logs_user_idx on public.audit_logs (user_id);

create trigger append_only before delete or update on public.audit_logs
  for each row execute function private.refuse_change();
create trigger append_only_whole before truncate on public.audit_logs
  for each statement execute function private.refuse_change();

alter table public.audit_logs enable row level security;
grant select on public.audit_logs to authenticated;

create policy "members with audit.view; the agency's with tenant.audit" on public.audit_logs for select to authenticated
  using (
    (brand_id = any (((select private.brands_with('audit.view')))::uuid[]))
    or tenant_id = any (array(select private.tenants_with('tenant.audit')))
  );

create table private.audit_heads (
  tenant_id uuid   not null,
  seq       bigint not null,
  hash      bytea  not null,
  constraint audit_heads_pkey primary key (tenant_id)
);
comment on table private.audit_heads is 'The last entry of each agency''s audit chain.';
comment on column private.audit_heads.seq is 'seq of the last entry.';
comment on column private.audit_heads.hash is 'hash of the last entry.';

alter table private.audit_heads enable row level security;

create table public.webhook_events (
  id              uuid        not null default gen_random_uuid(),
  brand_id        uuid,
  provider        text        not null,
  event_type      text        not null,
  payload         jsonb       not null,
  idempotency_key text        not null,
  status          text        not null default 'received',
  attempts        integer     not null default 0,
  last_error      text,
  next_retry_at   timestamptz,
  processed_at    timestamptz,
  created_at      timestamptz not null default private.now(),
  constraint webhook_events_pkey primary key (id),
  constraint webhook_events_provider_idempotency_key_key unique (provider, idempotency_key),
  constraint webhook_events_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint webhook_events_attempts_check check (attempts >= 0),
  constraint webhook_events_provider_check check (provider ~ '^[a-z][a-z0-9_]{1,39}$'),
  constraint webhook_events_status_check check (status in ('received', 'processed', 'failed', 'dead_letter'))
);
comment on table public.webhook_events is 'What a platform told us, once a key; worked off by the worker.';
comment on column public.webhook_events.brand_id is 'Known once the event''s account is; null events are seen by nobody.';
comment on column public.webhook_events.payload is 'The event as it came.';
comment on column public.webhook_events.idempotency_key is 'The provider''s id of the event, or the hash of its body where it gives none.';
comment on column public.webhook_events.status is 'failed: tried again at next_retry_at; dead_letter: given up.';
comment on column public.webhook_events.attempts is 'Times it was worked on.';
comment on column public.webhook_events.next_retry_at is 'Not before this.';
comment on column public.webhook_events.processed_at is 'When it was worked off.';

create index webhook_events_brand_idx on public.webhook_events (brand_id, created_at desc);
create index webhook_events_waiting_idx on public.webhook_events (next_retry_at) where status in ('received', 'failed');

alter table public.webhook_events enable row level security;
grant select on public.webhook_events to authenticated;

create policy "members with connections.manage" on public.webhook_events for select to authenticated
  using (brand_id = any (((select private.brands_with('connections.manage')))::uuid[]));

create table public.escalation_rules (
  id                  uuid        not null default gen_random_uuid(),
  brand_id            uuid        not null,
  rule_type           text        not null,
  "position"          integer     not null,
  trigger_hours       integer     not null,
  business_hours_only boolean     not null default false,
  escalate_to_role    text        not null,
  delegate            uuid,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  constraint escalation_rules_pkey primary key (id),
  constraint escalation_rules_brand_id_position_key unique (brand_id, "position") deferrable,
  constraint escalation_rules_id_brand_id_key unique (id, brand_id),
  constraint escalation_rules_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint escalation_rules_delegate_fkey foreign key (delegate) references auth.users(id) on delete set null,
  constraint escalation_rules_escalate_to_role_check check (escalate_to_role in ('owner', 'admin', 'manager', 'client_approver', 'custom')),
  constraint escalation_rules_position_check check ("position" > 0),
  constraint escalation_rules_rule_type_check check (rule_type in ('reminder_24h', 'reminder_48h', 'escalation_48h', 'escalation_96h', 'custom')),
  constraint escalation_rules_trigger_hours_check check (trigger_hours >= 1 and trigger_hours <= 720)
);
comment on table public.escalation_rules is 'A step of the brand''s ladder: whom to tell when a request waits this long.';
comment on column public.escalation_rules.rule_type is 'The usual rungs, each once a brand, and custom ones.';
comment on column public.escalation_rules."position" is 'Order on the ladder, from 1.';
comment on column public.escalation_rules.trigger_hours is 'How long a request waits before the rule fires.';
comment on column public.escalation_rules.business_hours_only is 'Whether trigger_hours counts office hours of the brand''s zone alone.';
comment on column public.escalation_rules.escalate_to_role is 'Who is told; custom: the delegate.';
comment on column public.escalation_rules.delegate is 'The person told where escalate_to_role is custom, or in the role''s stead.';

create index escalation_rules_delegate_idx on public.escalation_rules (delegate);
create unique index escalation_rules_once_idx on public.escalation_rules (brand_id, rule_type) where rule_type <> 'custom';

create trigger touch before update on public.escalation_rules
  for each row execute function private.touch_updated_at();

alter table public.escalation_rules enable row level security;
grant select on public.escalation_rules to authenticated;

create policy "members with content.view" on public.escalation_rules for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

create table public.escalation_events (
  id          uuid        not null default gen_random_uuid(),
  brand_id    uuid        not null,
  request_id  uuid        not null,
  approval_id uuid,
  rule_id     uuid,
  status      text        not null default 'pending',
  created_at  timestamptz not null default private.now(),
  resolved_at timestamptz,
  constraint escalation_events_pkey primary key (id),
  constraint escalation_events_request_id_rule_id_key unique (request_id, rule_id),
  constraint escalation_events_approval_id_brand_id_fkey foreign key (approval_id, brand_id) references public.post_approvals(id, brand_id) on delete set null (approval_id),
  constraint escalation_events_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint escalation_events_request_id_brand_id_fkey foreign key (request_id, brand_id) references public.approval_requests(id, brand_id) on delete cascade,
  constraint escalation_events_rule_id_brand_id_fkey foreign key (rule_id, brand_id) references public.escalation_rules(id, brand_id) on delete set null (rule_id),
  constraint escalation_events_status_check check (status in ('pending', 'sent', 'failed', 'resolved'))
);
comment on table public.escalation_events is 'A rule that fired for a request, once.';
comment on column public.escalation_events.approval_id is 'The decision that resolved it; null until then.';
comment on column public.escalation_events.status is 'resolved: the request was decided.';
comment on column public.escalation_events.resolved_at is 'When the request was decided.';

create index escalation_events_approval_idx on public.escalation_events (approval_id, brand_id);
create index escalation_events_brand_idx on public.escalation_events (brand_id, created_at desc);
create index escalation_events_request_idx on public.escalation_events (request_id, brand_id);
create index escalation_events_rule_idx on public.escalation_events (rule_id, brand_id);

alter table public.escalation_events enable row level security;
grant select on public.escalation_events to authenticated;

create policy "members with content.view" on public.escalation_events for select to authenticated
  using (brand_id = any (((select private.brands_with('content.view')))::uuid[]));

-- 7. Compliance and audit: functions --------------------------------------------------------------

create function private.audit(tenant_id uuid, brand_id uuid, action text, resource_type text, resource_id text, metadata jsonb default '{}') returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.audit_all(jsonb_build_array(jsonb_build_object('tenant_id', audit.tenant_id, 'brand_id', audit.brand_id, 'action', audit.action,
    'resource_type', audit.resource_type, 'resource_id', audit.resource_id, 'metadata', audit.metadata)));
end $$;
comment on function private.audit(uuid, uuid, text, text, text, jsonb) is 'Appends to the agency''s audit chain within the caller''s transaction.';

create function private.audit_all(entries jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  headers jsonb := coalesce(nullif(current_setting('request.headers', true), ''), '{}')::jsonb;
  -- The last hop is what our own proxy saw; those before it are the caller's word.
  address text  := left((regexp_match(headers ->> 'x-forwarded-for', '([^,[:space:]]+)[[:space:]]*$'))[1], 45);
  person  uuid  := auth.uid();
  agency  uuid;
  head    private.audit_heads;
  fact    jsonb;
  entry   public.audit_logs;
  chain   public.audit_logs[];
begin
  for agency in select distinct (e ->> 'tenant_id')::uuid from jsonb_array_elements(audit_all.entries) e order by 1 loop
    select * into head from private.audit_heads h where h.tenant_id = agency for update;
    if not found then
      insert into private.audit_heads (tenant_id, seq, hash) values (agency, 0, sha256('')) on conflict do nothing;
      select * into head from private.audit_heads h where h.tenant_id = agency for update;
    end if;
    chain := '{}';
    for fact in select e from jsonb_array_elements(audit_all.entries) with ordinality as a (e, n) where (e ->> 'tenant_id')::uuid = agency order by n loop
      entry.id            := gen_random_uuid();
      entry.tenant_id     := agency;
      entry.seq           := head.seq + 1;
      entry.brand_id      := fact ->> 'brand_id';
      entry.user_id       := person;
      entry.action        := fact ->> 'action';
      entry.resource_type := fact ->> 'resource_type';
      entry.resource_id   := fact ->> 'resource_id';
      entry.metadata      := coalesce(nullif(fact -> 'metadata', 'null'), '{}');
      entry.ip_address    := address;
      entry.user_agent    := left(headers ->> 'user-agent', 400);
      entry.prev_hash     := head.hash;
      entry.created_at    := private.now();
      entry.hash          := private.audit_hash(entry);
      chain := chain || entry;
      head.seq  := entry.seq;
      head.hash := entry.hash;
    end loop;
    insert into public.audit_logs select * from unnest(chain);
    update private.audit_heads h set seq = head.seq, hash = head.hash where h.tenant_id = agency;
  end loop;
end $$;
comment on function private.audit_all(jsonb) is 'Appends to the agencies'' audit chains within the caller''s transaction.';

create function private.audit_hash(entry public.audit_logs) returns bytea
language sql immutable set search_path = ''
as $$
  select sha256(entry.prev_hash || convert_to(jsonb_build_array(
    entry.id, entry.tenant_id, entry.seq, entry.brand_id, entry.user_id, entry.action, entry.resource_type,
    entry.resource_id, entry.metadata, entry.ip_address, entry.user_agent, extract(epoch from entry.created_at)
  )::text, 'UTF8'))
$$;

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

create function private.mail_waits_until(mail public.outbound_emails) returns timestamptz
language sql stable security definer set search_path = ''
as $$
  select greatest(
    (select e.tried_at + interval '1 day' from public.outbound_emails e
     where e.tenant_id = mail.tenant_id and e.tried_at > private.now() - interval '1 day'
     order by e.tried_at desc offset private.ceiling('mails_of_an_agency_a_day') - 1 limit 1),
    (select e.tried_at + interval '1 day' from public.outbound_emails e
     where e.to_email = mail.to_email and e.tenant_id = mail.tenant_id and e.tried_at > private.now() - interval '1 day'
     order by e.tried_at desc offset private.ceiling('mails_to_an_address_a_day') - 1 limit 1),
    -- An invitation was asked for, and failures need somebody: these go beyond the number that a person set.
    (select e.tried_at + interval '1 day' from public.outbound_emails e
     where mail.template in ('approval_request', 'changes_requested', 'approved')
       and e.to_email = mail.to_email and e.brand_id = mail.brand_id and e.tried_at > private.now() - interval '1 day'
     order by e.tried_at desc offset private.mails_wanted(mail.to_user_id, mail.brand_id) - 1 limit 1),
    -- Asked for the same piece again, though its client said nothing meanwhile: taken back and sent once more.
    (select max(e.tried_at) + interval '10 minutes' from public.outbound_emails e
     where mail.template = 'approval_request' and e.template = mail.template
       and e.to_email = mail.to_email and e.content_id = mail.content_id and e.tried_at > private.now() - interval '10 minutes'
       and not exists (
         select from public.post_approvals a
         where a.post_id = mail.content_id and a.audience = 'client' and a.created_at >= e.created_at))
  )
$$;

create function private.mails_wanted(user_id uuid, brand_id uuid) returns integer
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select least(greatest(trunc((s.email_preferences ->> 'maxEmailsPerDay')::numeric), 1), 100)::int
    from public.client_settings s
    where s.client_id = mails_wanted.user_id and s.brand_id = mails_wanted.brand_id
      and jsonb_typeof(s.email_preferences -> 'maxEmailsPerDay') = 'number'
  ), 20)
$$;

create function private.queue_email(tenant_id uuid, brand_id uuid, to_email text, to_user_id uuid, template text, payload jsonb, dedupe_key text, invitation_id uuid default null, content_id uuid default null) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  email_id uuid;
begin
  insert into public.outbound_emails (tenant_id, brand_id, to_email, to_user_id, template, payload, dedupe_key, invitation_id, content_id)
  values (queue_email.tenant_id, queue_email.brand_id, lower(queue_email.to_email), queue_email.to_user_id, queue_email.template,
          queue_email.payload, queue_email.dedupe_key, queue_email.invitation_id, queue_email.content_id)
  on conflict on constraint outbound_emails_dedupe_key_key do nothing
  returning id into email_id;
  if email_id is not null then
    perform graphile_worker.add_job('send_email', json_build_object('email_id', email_id), run_at := private.now(),
      max_attempts := 12, job_key := 'email:' || email_id);
  end if;
  return email_id;
end $$;

create function private.record_email(email_id uuid, ok boolean, error text default null) returns void
language sql security definer set search_path = ''
as $$
  update public.outbound_emails e
  set status = case when record_email.ok then 'sent' else 'failed' end, sent_at = case when record_email.ok then private.now() end,
      last_error = left(record_email.error, 1000)
  where e.id = record_email.email_id
$$;

create function private.refuse_flooding(tenant_id uuid, address text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  to_address constant int := private.ceiling('invitations_to_an_address_a_day');
  of_agency  constant int := private.ceiling('invitations_of_an_agency_a_day');
  mails      record;
begin
  select
    greatest(count(*) filter (where i.email = refuse_flooding.address and i.tenant_id = refuse_flooding.tenant_id),
             count(*) filter (where i.email = refuse_flooding.address and i.invited_by = auth.uid())) as to_address,
    greatest(count(*) filter (where i.tenant_id = refuse_flooding.tenant_id),
             count(*) filter (where i.invited_by = auth.uid())) as of_agency
  into mails
  from public.brand_invitations i
  join public.outbound_emails e on e.invitation_id = i.id and e.brand_id = i.brand_id
  where (i.tenant_id = refuse_flooding.tenant_id or i.invited_by = auth.uid())
    and e.created_at > private.now() - interval '1 day';
  if mails.to_address >= to_address then
    perform private.refuse('invite_too_many_today', jsonb_build_object('email', refuse_flooding.address, 'limit', to_address));
  end if;
  if mails.of_agency >= of_agency then
    perform private.refuse('invite_too_many_today', jsonb_build_object('limit', of_agency));
  end if;
end $$;

create function private.verify_audit(tenant_id uuid) returns table(entries bigint, intact boolean, broken_at bigint, reason text)
language plpgsql stable security definer set search_path = ''
as $$
declare
  head private.audit_heads;
  last public.audit_logs;
begin
  select * into head from private.audit_heads h where h.tenant_id = verify_audit.tenant_id;
  select count(*) into entries from public.audit_logs a where a.tenant_id = verify_audit.tenant_id;
  select found.seq, found.reason into broken_at, reason
  from (
    select a.seq, case
      when a.seq <> coalesce(lag(a.seq) over chain, 0) + 1 then 'entry_missing'
      when a.prev_hash <> coalesce(lag(a.hash) over chain, sha256('')) then 'link_broken'
      when a.hash <> private.audit_hash(a) then 'entry_changed'
    end as reason
    from public.audit_logs a where a.tenant_id = verify_audit.tenant_id
    window chain as (order by a.seq)
  ) as found
  where found.reason is not null order by found.seq limit 1;
  if broken_at is null then
    select * into last from public.audit_logs a where a.tenant_id = verify_audit.tenant_id order by a.seq desc limit 1;
    if coalesce(last.seq, 0) <> coalesce(head.seq, 0) or coalesce(last.hash, sha256('')) <> coalesce(head.hash, sha256('')) then
      broken_at := coalesce(last.seq, 0) + 1;
      reason := 'tail_missing';
    end if;
  end if;
  intact := broken_at is null;
  return next;
end $$;
comment on function private.verify_audit(uuid) is 'Recomputes an agency''s chain. reason: entry_missing, link_broken, entry_changed or tail_missing, at seq broken_at.';

create function private.wants_mail(user_id uuid, brand_id uuid, preference text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select not coalesce((
    -- Compared as JSON: whatever else stands there is no wish, and must not stop what it is asked for.
    select s.unsubscribed_from_all or s.email_preferences -> wants_mail.preference = 'false'::jsonb
    from public.client_settings s
    where s.client_id = wants_mail.user_id and s.brand_id = wants_mail.brand_id
  ), false)
$$;

create function public.verify_audit_log(tenant_id uuid) returns table(entries bigint, intact boolean, broken_at bigint, reason text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  if verify_audit_log.tenant_id is null or verify_audit_log.tenant_id not in (select private.tenants_with('tenant.audit')) then
    perform private.refuse('tenant_not_found');
  end if;
  return query select * from private.verify_audit(verify_audit_log.tenant_id);
end $$;
grant execute on function public.verify_audit_log(uuid) to authenticated;
comment on function public.verify_audit_log(uuid) is 'Recomputes the agency''s audit chain and says where it breaks, if it does.';

-- 8. Orchestration and learning -------------------------------------------------------------------

create table public.strategy_briefs (
  id          uuid        not null default gen_random_uuid(),
  brand_id    uuid        not null,
  request_id  text        not null,
  cycle_id    text        not null,
  version     text        not null,
  positioning jsonb       not null,
  voice       jsonb       not null,
  visual      jsonb       not null,
  competitive jsonb       not null,
  created_at  timestamptz not null default private.now(),
  updated_at  timestamptz not null default private.now(),
  constraint strategy_briefs_pkey primary key (id),
  constraint strategy_briefs_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade
);
comment on table public.strategy_briefs is 'What the brand stands for, as agents are told it; the latest by updated_at is in force.';
comment on column public.strategy_briefs.cycle_id is 'Groups what one run of planning, making and reviewing wrote.';
comment on column public.strategy_briefs.version is 'Of the document''s form, as 1.0.0.';
comment on column public.strategy_briefs.positioning is '{tagline, missionStatement, targetAudience}.';
comment on column public.strategy_briefs.voice is '{tone, personality, keyMessages, avoidPhrases}.';
comment on column public.strategy_briefs.visual is '{primaryColor, secondaryColor, accentColor, fontPairing, imagery}.';
comment on column public.strategy_briefs.competitive is '{differentiation, uniqueValueProposition}.';

create index strategy_briefs_brand_idx on public.strategy_briefs (brand_id, updated_at desc);

create trigger touch before update on public.strategy_briefs
  for each row execute function private.touch_updated_at();

alter table public.strategy_briefs enable row level security;
grant select on public.strategy_briefs to authenticated;

create policy "members with planning.use" on public.strategy_briefs for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

create table public.content_packages (
  id                uuid         not null default gen_random_uuid(),
  brand_id          uuid         not null,
  content_id        uuid,
  request_id        text         not null,
  cycle_id          text         not null,
  copy              jsonb        not null,
  design_context    jsonb,
  collaboration_log jsonb        not null default '[]',
  status            text         not null default 'draft',
  quality_score     numeric(3,1),
  requires_approval boolean      not null default true,
  created_at        timestamptz  not null default private.now(),
  updated_at        timestamptz  not null default private.now(),
  published_at      timestamptz,
  constraint content_packages_pkey primary key (id),
  constraint content_packages_content_id_key unique (content_id),
  constraint content_packages_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint content_packages_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete cascade,
  constraint content_packages_quality_score_check check (quality_score >= 0::numeric and quality_score <= 10::numeric),
  constraint content_packages_status_check check (status in ('draft', 'in_review', 'approved', 'published'))
);
comment on table public.content_packages is 'Copy and design notes that agents made for one piece.';
comment on column public.content_packages.content_id is 'The piece made from it; null where the old product named none that exists.';
comment on column public.content_packages.copy is '{headline, subheadline, body, callToAction, tone, keywords, estimatedReadTime}.';
comment on column public.content_packages.design_context is '{suggestedLayout, componentPrecedence, colorTheme, motionConsiderations, accessibilityNotes}.';
comment on column public.content_packages.collaboration_log is '[{agent, action, timestamp, notes}].';
comment on column public.content_packages.status is 'The package''s own; the piece has the status that counts.';
comment on column public.content_packages.quality_score is 'Weighted review score, 0 to 10.';
comment on column public.content_packages.published_at is 'When the piece made from it went out.';

create index content_packages_brand_idx on public.content_packages (brand_id, created_at desc);
create index content_packages_content_idx on public.content_packages (content_id, brand_id);

create trigger touch before update on public.content_packages
  for each row execute function private.touch_updated_at();

alter table public.content_packages enable row level security;
grant select on public.content_packages to authenticated;

create policy "members with planning.use" on public.content_packages for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

create table public.brand_history (
  id          uuid        not null default gen_random_uuid(),
  brand_id    uuid        not null,
  entry_id    text        not null,
  "timestamp" timestamptz not null,
  agent       text        not null,
  action      text        not null,
  content_id  uuid,
  details     jsonb,
  rationale   text,
  performance jsonb,
  tags        text[]      not null default '{}',
  created_at  timestamptz not null default private.now(),
  constraint brand_history_pkey primary key (id),
  constraint brand_history_brand_id_entry_id_key unique (brand_id, entry_id),
  constraint brand_history_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint brand_history_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete set null (content_id)
);
comment on table public.brand_history is 'What was learnt about a brand. Append-only.';
comment on column public.brand_history.entry_id is 'The writer''s own id: written twice, it stays one entry.';
comment on column public.brand_history."timestamp" is 'When it happened, by its writer''s word; created_at is ours.';
comment on column public.brand_history.details is '{description, visualization}.';
comment on column public.brand_history.performance is '{metric, baseline, result, improvement}.';
comment on column public.brand_history.tags is 'For finding, as success_pattern or platform_instagram.';

create index brand_history_brand_idx on public.brand_history (brand_id, "timestamp" desc);
create index brand_history_content_idx on public.brand_history (content_id, brand_id);

create trigger append_only before update on public.brand_history
  for each row when ((to_jsonb(old.*) - 'content_id') <> (to_jsonb(new.*) - 'content_id') or new.content_id is not null) execute function private.refuse_change();

alter table public.brand_history enable row level security;
grant select on public.brand_history to authenticated;

create policy "members with planning.use" on public.brand_history for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

create table public.collaboration_logs (
  id          uuid        not null default gen_random_uuid(),
  cycle_id    text        not null,
  request_id  text        not null,
  brand_id    uuid        not null,
  agent       text        not null,
  action      text        not null,
  "timestamp" timestamptz not null,
  content_id  uuid,
  notes       text,
  metadata    jsonb,
  created_at  timestamptz not null default private.now(),
  constraint collaboration_logs_pkey primary key (id),
  constraint collaboration_logs_brand_id_fkey foreign key (brand_id) references public.brands(id) on delete cascade,
  constraint collaboration_logs_content_id_brand_id_fkey foreign key (content_id, brand_id) references public.content_items(id, brand_id) on delete set null (content_id)
);
comment on table public.collaboration_logs is 'Who of the agents did what in a cycle. Append-only.';
comment on column public.collaboration_logs."timestamp" is 'When it happened, by its writer''s word; created_at is ours.';
comment on column public.collaboration_logs.metadata is 'The facts of the action.';

create index collaboration_logs_brand_idx on public.collaboration_logs (brand_id, "timestamp" desc);
create index collaboration_logs_content_idx on public.collaboration_logs (content_id, brand_id);

create trigger append_only before update on public.collaboration_logs
  for each row when ((to_jsonb(old.*) - 'content_id') <> (to_jsonb(new.*) - 'content_id') or new.content_id is not null) execute function private.refuse_change();

alter table public.collaboration_logs enable row level security;
grant select on public.collaboration_logs to authenticated;

create policy "members with planning.use" on public.collaboration_logs for select to authenticated
  using (brand_id = any (((select private.brands_with('planning.use')))::uuid[]));

commit;
