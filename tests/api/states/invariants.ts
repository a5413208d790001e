/**
 * What must hold in every state anyone can reach, each as a query for the rows that break it. Read past row
 * security after each step, against what the step before left (memory.sql).
 */
export const invariants = {
  // A yes ----------------------------------------------------------------------------------------------

  'a piece past its yes has one for each step, on exactly what it says': `
    select p.id, p.status from states.pieces p
    where p.past_yes and (
      p.approved_at is null
      or p.frozen_digest is distinct from p.content_digest
      or p.way is distinct from 'completed'
      or exists (
        select from generate_series(0, greatest(jsonb_array_length(p.steps), 1) - 1) as n
        where not exists (
          select from states.decisions_now a
          where a.post_id = p.id and a.version = p.version and a.content_digest = p.content_digest and a.status = 'approved'
            and a.audience = coalesce(p.steps -> n ->> 'audience', 'internal')
            and a.step is not distinct from case when jsonb_array_length(p.steps) > 0 then n end)))`,

  'whoever decides may at that moment': `
    select a.id, a.audience, a.status from states.decisions_now a
    join states.pieces p on p.id = a.post_id
    where a.id not in (select id from states.decisions)
      and not exists (
        select from public.brand_members m join private.role_permissions r using (role)
        where m.brand_id = a.brand_id and m.user_id = a.decided_by and r.permission = case
          when a.audience = 'client' and a.step is null then 'approvals.hold'
          when a.audience = 'client' then 'approvals.decide_client'
          when a.step is null then 'approvals.request'
          else 'approvals.decide_internal' end)`,

  'only where a brand asks nobody is a submission its own yes': `
    select a.id from states.decisions_now a
    join public.workflow_instances w on w.content_id = a.post_id and w.version = a.version
    where a.audience = 'internal' and a.step is null and jsonb_array_length(w.steps) > 0`,

  'nobody decides for the agency on their own piece, unless the brand allows it': `
    select a.id from states.decisions_now a
    join states.pieces p on p.id = a.post_id
    join states.versions_now v on v.content_id = a.post_id and v.version = a.version
    where a.audience = 'internal' and a.step is not null and not p.self_approval
      and a.decided_by in (p.created_by, v.submitted_by)`,

  'what a machine wrote goes nowhere without the yes of a person who was asked': `
    select p.id, p.status from states.pieces p
    where p.past_yes and (p.ai_made or p.generated_by_agent is not null)
      and not exists (
        select from states.decisions_now a
        where a.post_id = p.id and a.version = p.version and a.status = 'approved'
          and a.step is not null and a.decided_by is not null)`,

  'a piece is in review exactly while its version is on its way through the steps': `
    select p.id, p.status, p.way from states.pieces p
    where (p.status = 'pending_review') <> (p.way is not distinct from 'active')`,

  'people are asked about the step that is open, and about nothing else': `
    select r.id from public.approval_requests r
    join states.pieces p on p.id = r.post_id
    where r.status = 'pending'
      and (r.version <> p.version or p.status <> 'pending_review' or r.step <> p.current_step)`,

  // What was frozen ------------------------------------------------------------------------------------

  'a version never changes after it was frozen': `
    select k.id from states.versions k
    left join states.versions_now v using (id)
    where v.id is null
      or states.frozen((select f from public.content_versions f where f.id = k.id)) <> k.frozen
      or k.shared_at is not null and v.shared_at is distinct from k.shared_at
      or k.superseded_at is not null and v.superseded_at is distinct from k.superseded_at`,

  'the digest of a version is that of what it froze': `
    select v.id from public.content_versions v
    where v.brand_id in (select id from states.brands) and states.digest_of(v) <> v.content_digest`,

  'a decision never changes and never vanishes': `
    select k.id from states.decisions k
    left join public.post_approvals a using (id)
    where a.id is null or to_jsonb(a) <> k.kept`,

  'a decision carries the digest of the version it is about': `
    select a.id from states.decisions_now a
    join states.versions_now v on v.content_id = a.post_id and v.version = a.version
    where a.content_digest <> v.content_digest`,

  'a job carries what its version froze for that account': `
    select j.id from states.jobs j
    join states.versions_now v on v.content_id = j.content_id and v.version = j.version
    left join lateral (
      select c from jsonb_array_elements(v.channels) c where c ->> 'connection_id' = j.connection_id::text) as channel on true
    where c is null or j.content_digest <> v.content_digest or j.media <> v.media or j.link is distinct from v.link
      or j.body <> coalesce(c ->> 'body', v.body)`,

  // Publishing -----------------------------------------------------------------------------------------

  'nothing goes out for a piece that is not approved as it stands': `
    select j.id, j.status, p.status as piece from states.jobs j
    join states.pieces p on p.id = j.content_id
    where j.live and (j.version <> p.version or j.content_digest <> p.content_digest
      or p.status not in ('scheduled', 'publishing'))`,

  'nothing of a held piece is sent': `
    select j.id, j.status from states.jobs j
    join states.pieces p on p.id = j.content_id
    where p.held_at is not null and j.status in ('pending', 'scheduled', 'processing', 'outcome_unknown')`,

  'a piece has one live job an account': `
    select j.content_id, j.connection_id from states.jobs j
    where j.live group by j.content_id, j.connection_id having count(*) > 1`,

  'a version goes out once an account': `
    select j.content_id, j.connection_id from states.jobs j
    where j.status = 'published' group by j.content_id, j.version, j.connection_id having count(*) > 1`,

  'one send an account at a time': `
    select j.account from states.jobs j
    where j.status = 'processing' and j.claimed_to = 'send' and j.lease_expires_at > private.now()
    group by j.account having count(*) > 1`,

  'a claim is a lease with a fence': `
    select j.id from states.jobs j
    where (j.status = 'processing') <> (j.lease_token is not null)
      or j.status = 'processing' and (j.lease_expires_at is null or j.fence = 0)`,

  'a published job was sent on record, or a person said where it is; and has its id on the network': `
    select j.id from states.jobs j
    where j.status = 'published'
      and (j.platform_post_id is null or j.published_at is null
        or coalesce(j.first_intent_at, j.intent_at) is null and not exists (
          select from public.audit_logs l
          where l.action = 'job.marked_live' and l.metadata ->> 'job_id' = j.id::text))`,

  'a published piece is out on every account of its version': `
    select p.id from states.pieces p
    join states.versions_now v on v.content_id = p.id and v.version = p.version
    where p.status = 'published' and exists (
      select from jsonb_array_elements(v.channels) c
      where not exists (
        select from states.jobs j
        where j.content_id = p.id and j.version = p.version and j.status = 'published'
          and j.connection_id::text = c ->> 'connection_id'))`,

  'a piece says what its jobs say': `
    select t.id, t.status, t.waiting, t.working, t.published, t.failed from states.tallies t
    where case
      when t.working > 0 or t.waiting > 0 and t.published > 0 then t.status <> 'publishing'
      when t.waiting > 0 then t.status <> 'scheduled' and not (t.status = 'publishing' and t.between_calls > 0)
      when t.status = 'failed' then t.failed = 0
      when t.status = 'published' then t.published = 0 or t.failed > 0
      else t.status in ('scheduled', 'publishing')
    end`,

  // Time -----------------------------------------------------------------------------------------------

  'a piece has one planned time, and says it': `
    select p.id, p.scheduled_for from states.pieces p
    left join public.scheduled_content s on s.content_id = p.id and s.status = 'scheduled'
    where p.status in ('draft', 'pending_review', 'changes_requested', 'approved', 'scheduled')
    group by p.id, p.scheduled_for, p.status
    having count(s.id) > 1 or count(s.id) = 1 and min(s.scheduled_at) is distinct from p.scheduled_for
      or count(s.id) = 0 and (p.status = 'scheduled' or p.scheduled_for is not null)`,

  // Clients --------------------------------------------------------------------------------------------

  'a version is shared by its client step and by nothing else': `
    select v.id from states.versions_now v
    join public.workflow_instances w on w.content_id = v.content_id and w.version = v.version
    where (v.shared_at is not null) <> exists (
      select from jsonb_array_elements(w.steps) with ordinality as t (step, n)
      where step ->> 'audience' = 'client' and n - 1 <= w.current_step)`,

  'clients read what was shared with their brand, all of it, and nothing else of a piece': `
    select m.user_id, wrong.kind, wrong.id
    from public.brand_members m
    cross join lateral (
      select coalesce(r.kind, f.kind) as kind, coalesce(r.id, f.id) as id
      from (select r.* from states.read_by(m.user_id) r where r.brand_id = m.brand_id) as r
      full join (select f.* from states.for_clients f where f.brand_id = m.brand_id) as f using (kind, id)
      where r.id is null or f.id is null) as wrong
    where m.role in ('client_approver', 'client_viewer') and m.brand_id in (select id from states.brands)`,

  'what clients are told of their latest version is how the piece stands': `
    select p.id, p.status, p.client_status from states.pieces p
    where p.shared_at is not null and not case p.status
      when 'draft' then p.client_status = 'withdrawn'
      when 'pending_review' then p.client_status = 'waiting'
      when 'changes_requested' then p.client_status in ('changes_requested', 'rejected')
      when 'archived' then p.client_status not in ('waiting', 'approved', 'held', 'scheduled', 'publishing')
      else p.client_status = case when p.held_at is null then p.status else 'held' end
    end`,

  'the time that clients are told is the piece’s': `
    select p.id, p.shown_at, p.scheduled_for from states.pieces p
    where p.version > 0 and p.superseded_at is null and p.shown_at is distinct from p.scheduled_for and p.status <> 'archived'`,

  // What is on record, and who hears of it --------------------------------------------------------------

  'the audit chain holds': `
    select t.id, c.reason, c.broken_at from states.tenants t cross join lateral private.verify_audit(t.id) c where not c.intact`,

  'an audit entry never changes and never vanishes': `
    select k.id from states.audited k left join public.audit_logs l using (id) where l.id is null or to_jsonb(l) <> k.kept`,

  'a change of state leaves its entry: in the audit log, or where the worker took a job on or put it back, in its log': `
    select p.id, k.status as before, p.status as after from states.pieces p
    join states.items k using (id)
    cross join lateral (
      select
        (select count(*) from public.audit_logs l where l.resource_id = p.id::text) > k.audited as audited,
        (select count(*) from public.publishing_logs g join public.publish_jobs j on j.id = g.job_id where j.content_id = p.id) > k.logged as logged
    ) as since
    where (p.status, p.held_at) is distinct from (k.status, k.held_at) and not since.audited
      and not (since.logged and p.held_at is not distinct from k.held_at
        and p.status in ('publishing', 'scheduled') and k.status in ('publishing', 'scheduled', 'failed'))`,

  'a decision leaves its entry in the audit log': `
    select p.id from states.pieces p
    where (select count(*) from states.decisions_now a where a.post_id = p.id) <> (
      select count(*) from public.audit_logs l
      where l.resource_id = p.id::text and (l.action like 'approval.%' or l.action = 'post.submitted' and exists (
        select from public.workflow_instances w
        where w.content_id = p.id and w.version = (l.metadata ->> 'version')::int and jsonb_array_length(w.steps) = 0)))`,

  'the desk writes to members alone, and to clients only of what was shared with them': `
    select l.id, l.kind from states.letters_now l
    left join public.brand_members m on m.brand_id = l.brand_id and m.user_id = l.user_id
    where l.id not in (select id from states.letters)
      and (m.id is null or m.role in ('client_approver', 'client_viewer') and not exists (
        select from states.versions_now v where v.content_id = l.content_id and v.shared_at is not null))`,

  // Counts ---------------------------------------------------------------------------------------------

  'a brand’s used bytes are the sum of its files': `
    select q.brand_id, q.used_bytes from public.storage_quotas q
    where q.brand_id in (select id from states.brands) and q.used_bytes <> (
      select coalesce(sum(a.size_bytes), 0) from public.media_assets a
      where a.brand_id = q.brand_id and a.status in ('processing', 'active', 'archived'))`,

  'a file’s uses are those in the log': `
    select a.id, a.usage_count from public.media_assets a
    left join public.media_usage_logs l on l.asset_id = a.id
    where a.brand_id in (select id from states.brands)
    group by a.id
    having a.usage_count <> count(l.id)
      or (select array_agg(u order by u) from unnest(a.used_in) u) is distinct from array_agg(l.used_in order by l.used_in) filter (where l.id is not null)`,

  'a milestone is unlocked once': `
    select m.tenant_id, m.key from public.milestones m
    where m.tenant_id in (select id from states.tenants) group by m.tenant_id, m.key having count(*) > 1`,

  'an agency has an owner, and its owners and admins stand on every brand': `
    select t.id from states.tenants t
    where not exists (select from public.tenant_members s where s.tenant_id = t.id and s.role = 'owner')
      or exists (
        select from public.tenant_members s join public.brands b on b.tenant_id = s.tenant_id
        where s.tenant_id = t.id and s.role in ('owner', 'admin') and not exists (
          select from public.brand_members m
          where m.brand_id = b.id and m.user_id = s.user_id and m.role = s.role and m.mirrored))`,
} as const

export type Invariant = keyof typeof invariants
