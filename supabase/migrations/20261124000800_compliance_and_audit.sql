-- 7. Compliance and audit: what happened, what was mailed, what a client wants mailed.

-- Append-only, one hash chain an agency. user_id and brand_id have no foreign keys, so that deleting a person
-- or a brand never touches a row.
create table public.audit_logs (
  id            uuid primary key default gen_random_uuid(),
  tenant_id     uuid not null,
  seq           bigint not null check (seq > 0),
  brand_id      uuid,
  user_id       uuid,
  action        text not null,
  resource_type text not null,
  resource_id   text,
  metadata      jsonb not null default '{}',
  ip_address    varchar(45),
  user_agent    text,
  prev_hash     bytea not null,
  hash          bytea not null,
  created_at    timestamptz not null default private.now(),
  unique (tenant_id, seq)
);
create index audit_logs_brand_idx on public.audit_logs (brand_id, created_at desc);
create index audit_logs_resource_idx on public.audit_logs (resource_type, resource_id, created_at);
create index audit_logs_user_idx on public.audit_logs (user_id);

-- The end of each chain: what a missing tail would be seen by.
create table private.audit_heads (
  tenant_id uuid primary key,
  seq       bigint not null,
  hash      bytea not null
);
alter table private.audit_heads enable row level security;
comment on table private.audit_heads is 'The last entry of each agency''s audit chain.';

create function private.audit_hash(entry public.audit_logs) returns bytea
language sql immutable set search_path = ''
as $$
  select sha256(entry.prev_hash || convert_to(jsonb_build_array(
    entry.id, entry.tenant_id, entry.seq, entry.brand_id, entry.user_id, entry.action, entry.resource_type,
    entry.resource_id, entry.metadata, entry.ip_address, entry.user_agent, extract(epoch from entry.created_at)
  )::text, 'UTF8'))
$$;

-- Rows of the agencies' chains, in the caller's transaction, in the order given. Taken last in a function: it locks the
-- chains' heads.
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
comment on function private.audit_all is 'Appends to the agencies'' audit chains within the caller''s transaction.';

create function private.audit(
  tenant_id uuid, brand_id uuid, action text, resource_type text, resource_id text, metadata jsonb default '{}'
) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.audit_all(jsonb_build_array(jsonb_build_object('tenant_id', audit.tenant_id, 'brand_id', audit.brand_id, 'action', audit.action,
    'resource_type', audit.resource_type, 'resource_id', audit.resource_id, 'metadata', audit.metadata)));
end $$;
comment on function private.audit is 'Appends to the agency''s audit chain within the caller''s transaction.';

create trigger append_only before update or delete on public.audit_logs for each row execute function private.refuse_change();
create trigger append_only_whole before truncate on public.audit_logs for each statement execute function private.refuse_change();

-- Mails we send. The row is written in the transaction of what it tells; the worker renders and sends it.
create table public.outbound_emails (
  id            uuid primary key default gen_random_uuid(),
  tenant_id     uuid not null references public.tenants (id) on delete cascade,
  brand_id      uuid,
  to_email      text not null,
  to_user_id    uuid references auth.users (id) on delete cascade,
  invitation_id uuid,
  content_id    uuid,
  template      text not null check (template in ('invitation', 'approval_request', 'changes_requested', 'approved', 'publish_failed', 'connection_attention')),
  payload       jsonb not null default '{}',
  dedupe_key    text not null unique,
  status        text not null default 'queued' check (status in ('queued', 'sending', 'sent', 'failed', 'suppressed')),
  attempts      int not null default 0,
  last_error    text,
  tried_at      timestamptz,
  sent_at       timestamptz,
  created_at    timestamptz not null default private.now(),
  updated_at    timestamptz not null default private.now(),
  foreign key (brand_id, tenant_id) references public.brands (id, tenant_id) on delete cascade,
  foreign key (invitation_id, brand_id) references public.brand_invitations (id, brand_id) on delete cascade,
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index outbound_emails_tenant_idx on public.outbound_emails (tenant_id, tried_at);
create index outbound_emails_address_idx on public.outbound_emails (to_email, tried_at);
create index outbound_emails_brand_idx on public.outbound_emails (brand_id, tenant_id);
create index outbound_emails_to_user_idx on public.outbound_emails (to_user_id);
create index outbound_emails_invitation_idx on public.outbound_emails (invitation_id, brand_id);
create index outbound_emails_content_idx on public.outbound_emails (content_id, brand_id);
create trigger touch before update on public.outbound_emails for each row execute function private.touch_updated_at();

create table public.client_settings (
  id                    uuid primary key default gen_random_uuid(),
  client_id             uuid not null references auth.users (id) on delete cascade,
  brand_id              uuid not null references public.brands (id) on delete cascade,
  email_preferences     jsonb not null default '{"approvalsNeeded": true, "approvalReminders": true, "publishFailures": true, "publishSuccess": false, "weeklyDigest": false, "dailyDigest": false, "reminderFrequency": "24h", "digestFrequency": "weekly", "maxEmailsPerDay": 20}',
  timezone              text not null default 'America/Chicago' check (char_length(timezone) <= 64),
  language              text not null default 'en' check (language in ('en', 'es', 'fr', 'de')),
  unsubscribe_token     text unique,
  unsubscribed_from_all boolean not null default false,
  unsubscribed_types    text[] not null default '{}',
  last_modified_by      text,
  created_at            timestamptz not null default private.now(),
  updated_at            timestamptz not null default private.now(),
  unique (client_id, brand_id),
  check (jsonb_typeof(email_preferences) = 'object' and octet_length(email_preferences::text) <= 4000),
  check (cardinality(unsubscribed_types) <= 20),
  check (octet_length(array_to_string(unsubscribed_types, ',')) <= 2000)
);
create index client_settings_brand_idx on public.client_settings (brand_id);
create trigger touch before update on public.client_settings for each row execute function private.touch_updated_at();

-- Whether a person wants a kind of mail about a brand. Invitations and failures that need them always go.
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

-- Queues a mail once: the dedupe key names the intent, so a repeated call changes nothing.
create function private.queue_email(
  tenant_id uuid, brand_id uuid, to_email text, to_user_id uuid, template text, payload jsonb, dedupe_key text,
  invitation_id uuid default null, content_id uuid default null
) returns uuid
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

-- The number of mails a day that a person wants about a brand. Whatever else stands there is no number.
create function private.mails_wanted(user_id uuid, brand_id uuid) returns int
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select least(greatest(trunc((s.email_preferences ->> 'maxEmailsPerDay')::numeric), 1), 100)::int
    from public.client_settings s
    where s.client_id = mails_wanted.user_id and s.brand_id = mails_wanted.brand_id
      and jsonb_typeof(s.email_preferences -> 'maxEmailsPerDay') = 'number'
  ), 20)
$$;

-- Until when a mail has to wait, so that nobody's inbox is filled by whoever submits and withdraws in a loop: null
-- where it need not. Waiting, it may become needless, and is then not sent at all; what is still asked arrives.
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

-- What platforms tell us. Verified before it is stored; worked off by the worker, retried, then set aside.
create table public.webhook_events (
  id              uuid primary key default gen_random_uuid(),
  brand_id        uuid references public.brands (id) on delete cascade,
  provider        text not null check (provider ~ '^[a-z][a-z0-9_]{1,39}$'),
  event_type      text not null,
  payload         jsonb not null,
  idempotency_key text not null,
  status          text not null default 'received' check (status in ('received', 'processed', 'failed', 'dead_letter')),
  attempts        int not null default 0 check (attempts >= 0),
  last_error      text,
  next_retry_at   timestamptz,
  processed_at    timestamptz,
  created_at      timestamptz not null default private.now(),
  unique (provider, idempotency_key)
);
create index webhook_events_brand_idx on public.webhook_events (brand_id, created_at desc);
create index webhook_events_waiting_idx on public.webhook_events (next_retry_at) where status in ('received', 'failed');

-- A ladder: the brand's rules in order of position. What happens when a request stays unanswered.
create table public.escalation_rules (
  id                  uuid primary key default gen_random_uuid(),
  brand_id            uuid not null references public.brands (id) on delete cascade,
  rule_type           text not null check (rule_type in ('reminder_24h', 'reminder_48h', 'escalation_48h', 'escalation_96h', 'custom')),
  position            int not null check (position > 0),
  trigger_hours       int not null check (trigger_hours between 1 and 720),
  business_hours_only boolean not null default false,
  escalate_to_role    text not null check (escalate_to_role in ('owner', 'admin', 'manager', 'client_approver', 'custom')),
  delegate            uuid references auth.users (id) on delete set null,
  created_at          timestamptz not null default private.now(),
  updated_at          timestamptz not null default private.now(),
  unique (id, brand_id),
  unique (brand_id, position) deferrable initially immediate
);
create unique index escalation_rules_once_idx on public.escalation_rules (brand_id, rule_type) where rule_type <> 'custom';
create index escalation_rules_delegate_idx on public.escalation_rules (delegate);

create table public.escalation_events (
  id          uuid primary key default gen_random_uuid(),
  brand_id    uuid not null references public.brands (id) on delete cascade,
  request_id  uuid not null,
  approval_id uuid,
  rule_id     uuid,
  status      text not null default 'pending' check (status in ('pending', 'sent', 'failed', 'resolved')),
  created_at  timestamptz not null default private.now(),
  resolved_at timestamptz,
  unique (request_id, rule_id),
  foreign key (request_id, brand_id) references public.approval_requests (id, brand_id) on delete cascade,
  foreign key (approval_id, brand_id) references public.post_approvals (id, brand_id) on delete set null (approval_id),
  foreign key (rule_id, brand_id) references public.escalation_rules (id, brand_id) on delete set null (rule_id)
);
create index escalation_events_brand_idx on public.escalation_events (brand_id, created_at desc);
create index escalation_events_request_idx on public.escalation_events (request_id, brand_id);
create index escalation_events_approval_idx on public.escalation_events (approval_id, brand_id);
create index escalation_events_rule_idx on public.escalation_events (rule_id, brand_id);
create trigger touch before update on public.escalation_rules for each row execute function private.touch_updated_at();

alter table public.audit_logs enable row level security;
alter table public.outbound_emails enable row level security;
alter table public.client_settings enable row level security;
alter table public.webhook_events enable row level security;
alter table public.escalation_rules enable row level security;
alter table public.escalation_events enable row level security;
grant select on public.webhook_events, public.escalation_rules, public.escalation_events to authenticated;
grant select on public.audit_logs to authenticated;
grant select (id, client_id, brand_id, email_preferences, timezone, language, unsubscribed_from_all, unsubscribed_types, created_at, updated_at),
  insert (client_id, brand_id, email_preferences, timezone, language),
  update (email_preferences, timezone, language, unsubscribed_from_all, unsubscribed_types)
  on public.client_settings to authenticated;

create policy "members with audit.view; the agency's with tenant.audit" on public.audit_logs for select to authenticated
  using (
    brand_id = any ((select private.brands_with('audit.view'))::uuid[])
    or tenant_id = any (array(select private.tenants_with('tenant.audit')))
  );

create policy "members with connections.manage" on public.webhook_events for select to authenticated
  using (brand_id = any ((select private.brands_with('connections.manage'))::uuid[]));
create policy "members with content.view" on public.escalation_rules for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));
create policy "members with content.view" on public.escalation_events for select to authenticated
  using (brand_id = any ((select private.brands_with('content.view'))::uuid[]));

create policy "own settings of brands one is on" on public.client_settings for select to authenticated
  using (client_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]));
create policy "own settings on brands one is on" on public.client_settings for insert to authenticated
  with check (client_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]));
create policy "own settings change" on public.client_settings for update to authenticated
  using (client_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]))
  with check (client_id = (select auth.uid()) and brand_id = any ((select private.brands_with('brand.view'))::uuid[]));

comment on table public.audit_logs is 'Who did what, append-only, hash-chained per agency.';
comment on table public.outbound_emails is 'Mails to send and sent, each written in the transaction of what it tells.';
comment on table public.client_settings is 'What a person wants mailed about a brand.';
comment on table public.webhook_events is 'What a platform told us, once a key; worked off by the worker.';
comment on column public.webhook_events.brand_id is 'Known once the event''s account is; null events are seen by nobody.';
comment on column public.webhook_events.idempotency_key is 'The provider''s id of the event, or the hash of its body where it gives none.';
comment on table public.escalation_rules is 'A step of the brand''s ladder: whom to tell when a request waits this long.';
comment on column public.escalation_rules.delegate is 'The person told where escalate_to_role is custom, or in the role''s stead.';
comment on column public.escalation_rules.business_hours_only is 'Whether trigger_hours counts office hours of the brand''s zone alone.';
comment on table public.escalation_events is 'A rule that fired for a request, once.';
comment on column public.escalation_events.approval_id is 'The decision that resolved it; null until then.';
comment on column public.audit_logs.seq is 'Position in the agency''s chain, from 1, without gaps.';
comment on column public.audit_logs.user_id is 'Who did it; null for the worker. No foreign key: it stays when the account goes.';
comment on column public.audit_logs.brand_id is 'The brand it is about; null for the agency''s own. No foreign key: it stays when the brand goes.';
comment on column public.audit_logs.action is 'area.verb, as approval.approved.';
comment on column public.audit_logs.metadata is 'The facts of the action.';
comment on column public.audit_logs.ip_address is 'As our own proxy saw it.';
comment on column public.audit_logs.prev_hash is 'hash of the entry before; that of an empty text for the first.';
comment on column public.audit_logs.hash is 'SHA-256 over prev_hash and every other column.';
comment on column private.audit_heads.seq is 'seq of the last entry.';
comment on column private.audit_heads.hash is 'hash of the last entry.';
comment on column public.outbound_emails.template is 'Which mail it is.';
comment on column public.outbound_emails.payload is 'What the mail says; never a token.';
comment on column public.outbound_emails.dedupe_key is 'Names the intent, as approval_request:id: asked twice, it is one mail.';
comment on column public.outbound_emails.status is 'suppressed: what it asked for was done already, or its reader has left.';
comment on column public.outbound_emails.attempts is 'Times the worker took it up.';
comment on column public.outbound_emails.tried_at is 'When the worker last took it up; what a day''s mails are counted by.';
comment on column public.outbound_emails.sent_at is 'When the mail server took it.';
comment on column public.client_settings.email_preferences is '{approvalsNeeded, approvalReminders, publishFailures, publishSuccess, weeklyDigest, dailyDigest, reminderFrequency, digestFrequency, maxEmailsPerDay}.';
comment on column public.client_settings.timezone is 'The zone of times in mails.';
comment on column public.client_settings.language is 'Of mails.';
comment on column public.client_settings.unsubscribe_token is 'For the link at the end of a mail.';
comment on column public.client_settings.unsubscribed_types is 'Kinds of mail that are not wanted any more.';
comment on column public.webhook_events.payload is 'The event as it came.';
comment on column public.webhook_events.status is 'failed: tried again at next_retry_at; dead_letter: given up.';
comment on column public.webhook_events.attempts is 'Times it was worked on.';
comment on column public.webhook_events.next_retry_at is 'Not before this.';
comment on column public.webhook_events.processed_at is 'When it was worked off.';
comment on column public.escalation_rules.rule_type is 'The usual rungs, each once a brand, and custom ones.';
comment on column public.escalation_rules.position is 'Order on the ladder, from 1.';
comment on column public.escalation_rules.trigger_hours is 'How long a request waits before the rule fires.';
comment on column public.escalation_rules.escalate_to_role is 'Who is told; custom: the delegate.';
comment on column public.escalation_events.status is 'resolved: the request was decided.';
comment on column public.escalation_events.resolved_at is 'When the request was decided.';
