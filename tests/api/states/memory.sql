-- A schema for the test alone. Tables keep what the last check saw, since some promises are about change ("a decision
-- never vanishes") and one look cannot tell. Views name the world under test, so that invariants read as sentences.
create schema states;

create table states.brands (id uuid primary key);
create table states.items (id uuid primary key, status text not null, held_at timestamptz, audited bigint not null, logged bigint not null);
create table states.versions (id uuid primary key, frozen jsonb not null, shared_at timestamptz, superseded_at timestamptz);
create table states.decisions (id uuid primary key, kept jsonb not null);
create table states.audited (id uuid primary key, kept jsonb not null);
create table states.letters (id uuid primary key);

-- All of a version but what tells how it fares.
create function states.frozen(version public.content_versions) returns jsonb language sql immutable as $$
  select to_jsonb(version) - array['shared_at', 'superseded_at', 'client_status', 'scheduled_at', 'local_time',
    'time_zone', 'permalinks', 'published_at']
$$;

-- What its digest must be, from the frozen row alone.
create function states.digest_of(version public.content_versions) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_object(
    'body', version.body, 'link', version.link, 'first_comment', version.first_comment,
    'channels', (
      select jsonb_agg(jsonb_build_array(c ->> 'network', c ->> 'account_id', c ->> 'format', c ->> 'body', c ->> 'first_comment')
        order by c ->> 'network', c ->> 'account_id')
      from jsonb_array_elements(version.channels) c),
    'media', coalesce((
      select jsonb_agg(m ->> 'hash' order by n) from jsonb_array_elements(version.media) with ordinality as t (m, n)), '[]')
  )::text, 'UTF8')), 'hex')
$$;

create view states.versions_now as
  select v.* from public.content_versions v where v.brand_id in (select id from states.brands);

create view states.decisions_now as
  select a.* from public.post_approvals a where a.brand_id in (select id from states.brands);

-- A piece with its latest version and that version's way through the steps.
create view states.pieces as
  select i.*, b.self_approval, v.content_digest as frozen_digest, v.ai_made, v.submitted_by, v.shared_at,
    v.client_status, v.superseded_at, v.scheduled_at as shown_at, w.id as instance_id, w.steps, w.status as way, w.current_step,
    i.status in ('approved', 'scheduled', 'publishing', 'published', 'failed') as past_yes
  from public.content_items i
  join public.brands b on b.id = i.brand_id
  left join public.content_versions v on v.content_id = i.id and v.version = i.version
  left join public.workflow_instances w on w.content_id = i.id and w.version = i.version
  where i.brand_id in (select id from states.brands);

create view states.jobs as
  select j.*, n.platform || ':' || n.platform_account_id as account,
    j.status in ('pending', 'scheduled', 'processing', 'outcome_unknown', 'paused') as live,
    -- What a person sent again speaks through its replay.
    exists (select from public.publish_jobs r where r.replays = j.id) as replayed,
    (select l.status from public.publishing_logs l where l.job_id = j.id and l.kind = 'attempt'
     order by l.created_at desc, l.ctid desc limit 1) as claimed_to
  from public.publish_jobs j
  join public.connections n on n.id = j.connection_id
  where j.brand_id in (select id from states.brands);

-- How the jobs of a piece's latest version stand.
create view states.tallies as
  select p.id, p.status, p.held_at,
    count(j.id) filter (where j.live) as live,
    count(j.id) filter (where j.status in ('pending', 'scheduled', 'paused')) as waiting,
    count(j.id) filter (where j.status in ('processing', 'outcome_unknown')) as working,
    count(j.id) filter (where j.status = 'published') as published,
    count(j.id) filter (where j.status in ('failed', 'dlq')) as failed,
    -- A post that takes several calls is under way between them, too.
    count(j.id) filter (where j.status = 'scheduled' and j.step is not null and j.next_retry_at is null) as between_calls
  from states.pieces p
  left join states.jobs j on j.content_id = p.id and j.version = p.version and not j.replayed
  group by p.id, p.status, p.held_at;

-- What was written to people: inbox and mail.
create view states.letters_now as
  select n.id, n.brand_id, n.content_id, n.user_id, n.type as kind
  from public.workflow_notifications n where n.brand_id in (select id from states.brands)
  union all
  select e.id, e.brand_id, e.content_id, e.to_user_id, e.template
  from public.outbound_emails e where e.to_user_id is not null and e.brand_id in (select id from states.brands);

create view states.tenants as
  select t.* from public.tenants t where t.id in (select b.tenant_id from public.brands b join states.brands s on s.id = b.id);

-- What the Data API would let a person read of the world.
create function states.read_by(person uuid) returns table (kind text, id uuid, brand_id uuid) language plpgsql as $$
begin
  perform set_config('request.jwt.claims', json_build_object('sub', person, 'role', 'authenticated')::text, true),
    set_config('role', 'authenticated', true);
  return query
    select 'content_items', i.id, i.brand_id from public.content_items i
    union all select 'content_versions', v.id, v.brand_id from public.content_versions v
    union all select 'content_channels', c.id, c.brand_id from public.content_channels c
    union all select 'scheduled_content', s.id, s.brand_id from public.scheduled_content s
    union all select 'workflow_instances', w.id, w.brand_id from public.workflow_instances w
    union all select 'publish_jobs', j.id, j.brand_id from public.publish_jobs j
    union all select 'post_approvals', a.id, a.brand_id from public.post_approvals a
    union all select 'approval_requests', r.id, r.brand_id from public.approval_requests r
    union all select 'content_comments', m.id, m.brand_id from public.content_comments m;
  perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true);
end $$;

-- What clients may: versions shared with them, and what was said and asked in the client's lane.
create view states.for_clients as
  select 'content_versions' as kind, v.id, v.brand_id from public.content_versions v where v.shared_at is not null
  union all select 'post_approvals', a.id, a.brand_id from public.post_approvals a where a.audience = 'client'
  union all select 'approval_requests', r.id, r.brand_id from public.approval_requests r where r.audience = 'client'
  union all select 'content_comments', c.id, c.brand_id from public.content_comments c
    where c.audience = 'client' and c.content_id in (select v.content_id from public.content_versions v where v.shared_at is not null);

-- In plpgsql, which keeps its plans.
create procedure states.remember() language plpgsql as $$
begin
  insert into states.items as known
  select p.id, p.status, p.held_at,
    (select count(*) from public.audit_logs l where l.resource_id = p.id::text),
    (select count(*) from public.publishing_logs g join public.publish_jobs j on j.id = g.job_id where j.content_id = p.id)
  from states.pieces p
  on conflict (id) do update
  set status = excluded.status, held_at = excluded.held_at, audited = excluded.audited, logged = excluded.logged;

  insert into states.versions as known
  select v.id, states.frozen(v), v.shared_at, v.superseded_at
  from public.content_versions v where v.brand_id in (select id from states.brands)
  on conflict (id) do update set shared_at = excluded.shared_at, superseded_at = excluded.superseded_at;

  insert into states.decisions select a.id, to_jsonb(a) from states.decisions_now a on conflict do nothing;
  insert into states.audited
  select l.id, to_jsonb(l) from public.audit_logs l where l.tenant_id in (select id from states.tenants) on conflict do nothing;
  insert into states.letters select l.id from states.letters_now l on conflict do nothing;
end $$;

-- A new world: what went before it is no longer looked at.
create procedure states.begin(brand_ids uuid[]) language sql as $$
  truncate states.brands, states.items, states.versions, states.decisions, states.audited, states.letters;
  insert into states.brands select unnest(brand_ids);
  call states.remember();
$$;
