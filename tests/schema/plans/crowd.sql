-- Enough rows that the planner chooses as it would in use: 1 000 brands of 20 agencies, 28 000 pieces with all that
-- belongs to them, and more than 10 000 rows wherever a brand has several. Run by the superuser, past triggers and keys, on a database that has one agency with one brand.
-- Settings name the people who will read: crowd.brand, crowd.owner, crowd.manager, crowd.client.
set session_replication_role = replica;
set synchronous_commit = off;
select setseed(0.5);

insert into auth.users (id, email)
select gen_random_uuid(), 'person' || n || '@crowd.example' from generate_series(1, 11000) n;
insert into public.profiles (user_id, display_name)
select id, left(split_part(email, '@', 1), 80) from auth.users where email like '%@crowd.example';
create temp table people as
select id, row_number() over (order by id) as n from auth.users where email like '%@crowd.example';
create unique index on people (n);

-- Agencies and brands: the given agency has 60 brands, the others as many as are left.
create temp table agencies as
select tenant_id as id, 0 as n from public.brands where id = current_setting('crowd.brand')::uuid
union all
select gen_random_uuid(), n from generate_series(1, 19) n;
insert into public.tenants (id, name) select id, 'Agency ' || n from agencies where n > 0;
insert into public.tenant_members (tenant_id, user_id, role)
select a.id, p.id, case k when 1 then 'owner' when 2 then 'admin' else 'staff' end
from agencies a, generate_series(1, 550) k join people p on true
where a.n > 0 and p.n = a.n * 550 + k;

insert into public.brands (id, tenant_id, name, slug, code)
select gen_random_uuid(), a.id, 'Brand ' || b, 'brand-' || b, chr(65 + b / 676 % 26) || chr(65 + b / 26 % 26) || chr(65 + b % 26)
from generate_series(1, 1000) b
join agencies a on a.n = case when b < 60 then 0 else 1 + b % 19 end;
create temp table crowd_brands as
select id, tenant_id, row_number() over (order by name) as n, id = current_setting('crowd.brand')::uuid as is_main from public.brands;
create unique index on crowd_brands (n);

insert into public.brand_members (user_id, brand_id, role, mirrored)
select p.id, b.id, (array['manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer'])[1 + k % 6], false
from crowd_brands b, generate_series(1, 11) k join people p on true
where p.n = 1 + (b.n * 11 + k) % 11000;
insert into public.brand_members (user_id, brand_id, role, mirrored)
select current_setting('crowd.owner')::uuid, b.id, 'owner', true
from crowd_brands b join agencies a on a.id = b.tenant_id where a.n = 0 and not b.is_main;
insert into public.brand_members (user_id, brand_id, role)
select current_setting('crowd.manager')::uuid, b.id, 'manager'
from crowd_brands b join agencies a on a.id = b.tenant_id where a.n = 0 and not b.is_main limit 19;
insert into public.brand_members (user_id, brand_id, role)
select current_setting('crowd.client')::uuid, b.id, 'client_approver'
from crowd_brands b join agencies a on a.id = b.tenant_id where a.n = 0 and not b.is_main limit 3;

insert into public.brand_invitations (tenant_id, brand_id, email, role, status, invited_by, expires_at)
select b.tenant_id, b.id, 'guest' || k || '.' || b.n || '@crowd.example', 'creator', case k when 1 then 'pending' else 'accepted' end,
  current_setting('crowd.owner')::uuid, now() + interval '3 days'
from crowd_brands b, generate_series(1, 11) k;
insert into private.link_tokens (token_hash, purpose, brand_id, user_id, expires_at)
select sha256(('link' || b.n || '.' || k)::bytea), 'portal', b.id, current_setting('crowd.client')::uuid, now() + interval '3 days'
from crowd_brands b, generate_series(1, 11) k;
insert into public.storage_quotas (brand_id, tenant_id) select id, tenant_id from crowd_brands where not is_main;
insert into public.workflow_templates (brand_id, name, mode, steps, is_default)
select id, 'Client', 'client', private.mode_steps('client'), true from crowd_brands where not is_main;
insert into public.client_settings (client_id, brand_id)
select m.user_id, m.brand_id from public.brand_members m where m.role in ('creator', 'client_approver', 'client_viewer', 'member', 'analyst', 'manager');

insert into public.connections (tenant_id, brand_id, platform_id, platform, network, platform_user_id, platform_account_id, display_name, status, requires_reconnect)
select b.tenant_id, b.id, p.id, 'meta', (array['facebook', 'instagram'])[1 + k % 2], '7', k || '.' || b.n, 'Account ' || k,
  case when (b.n + k) % 40 = 0 then 'attention' else 'active' end, (b.n + k) % 40 = 0
from crowd_brands b, generate_series(1, 11) k join public.connector_platforms p on p.platform_name = 'meta' and p.tenant_id is null;
insert into public.oauth_states (tenant_id, brand_id, user_id, platform, state_hash, redirect_uri, expires_at)
select b.tenant_id, b.id, current_setting('crowd.owner')::uuid, 'meta', sha256((b.n || '.' || k)::bytea), 'https://desk.example', now()
from crowd_brands b, generate_series(1, 11) k;

insert into public.media_assets (id, tenant_id, brand_id, filename, mime_type, path, size_bytes, hash, status, usage_count, shared_at)
select a.id, b.tenant_id, b.id, 'loaf' || k || '.jpg', 'image/jpeg', b.id || '/' || a.id || '/original.jpg', 1000,
  encode(sha256((b.n || '.' || k)::bytea), 'hex'), 'active', k % 3, case when k % 2 = 0 then now() end
from crowd_brands b, generate_series(1, 11) k, lateral (select md5('asset' || b.n || '.' || k)::uuid as id) a;
insert into storage.objects (bucket_id, name) select 'media', path from public.media_assets;

-- Pieces: 25 a brand over a year, 3 000 of the brand that is looked at.
insert into public.content_items (id, tenant_id, brand_id, number, title, content, version, content_digest, status, scheduled_for,
  published_at, requested_at, approved_at, created_by, created_at)
select gen_random_uuid(), b.tenant_id, b.id, s.number, 'Post about ' || (array['pies', 'bread', 'jam', 'tea', 'sourdough'])[1 + s.number % 5] || ' ' || s.number,
  jsonb_build_object('body', 'Out at half past seven.', 'link', null, 'first_comment', null, 'media', '[]'::jsonb), 1,
  encode(sha256((b.n || '.' || s.number)::bytea), 'hex'), s.status, case when s.status not in ('draft', 'archived') then s.at end,
  case when s.status = 'published' then s.at end, case when s.status = 'pending_review' then now() - interval '1 day' end,
  case when s.status in ('approved', 'scheduled', 'published', 'failed') then s.at - interval '2 days' end,
  current_setting('crowd.manager')::uuid, s.at - interval '9 days'
from crowd_brands b
cross join lateral (
  select n as number,
    case when turn < 34 then 'published' when turn < 39 then 'scheduled' when turn < 42 then 'draft' when turn < 44 then 'pending_review'
      when turn < 45 then 'changes_requested' when turn < 47 then 'approved' when turn < 49 then 'archived' else 'failed' end as status,
    case when turn between 34 and 48 then now() + random() * interval '40 days' else now() - random() * interval '365 days' end as at
  from generate_series(1, case when b.is_main then 3000 else 25 end) n, lateral (select (n * 7 + b.n) % 50 as turn) t
) s;
create temp table crowd_items as
select i.id, i.brand_id, i.tenant_id, i.status, i.number, i.scheduled_for, i.created_at, i.content_digest,
  (select n.id from public.connections n where n.brand_id = i.brand_id limit 1) as connection_id,
  (select a.id from public.media_assets a where a.brand_id = i.brand_id limit 1) as asset_id
from public.content_items i;
insert into private.searched_posts (content_id, brand_id, tenant_id, created_at, words)
select id, brand_id, tenant_id, created_at, private.post_words(title, content) from public.content_items where status <> 'archived';
insert into public.media_usage_logs (asset_id, brand_id, used_in) select asset_id, brand_id, 'post:' || id from crowd_items;

insert into public.content_versions (content_id, brand_id, version, number, type, title, content_digest, shared_at, client_status, published_at, created_at)
select id, brand_id, 1, number, 'post', 'Post', content_digest, created_at,
  case status when 'published' then 'published' when 'scheduled' then 'scheduled' when 'approved' then 'approved' when 'failed' then 'failed'
    when 'changes_requested' then 'changes_requested' when 'archived' then 'withdrawn' else 'waiting' end,
  case when status = 'published' then scheduled_for end, created_at
from crowd_items where status <> 'draft';
insert into public.content_channels (id, content_id, brand_id, connection_id, network)
select gen_random_uuid(), id, brand_id, connection_id, 'facebook' from crowd_items;
insert into public.scheduled_content (brand_id, content_id, scheduled_at, local_time, time_zone, status)
select brand_id, id, scheduled_for, scheduled_for at time zone 'UTC', 'UTC', case when status = 'published' then 'published' else 'scheduled' end
from crowd_items where scheduled_for is not null;
insert into public.workflow_instances (id, brand_id, content_id, version, status, steps)
select gen_random_uuid(), brand_id, content_id, 1, case when client_status = 'waiting' then 'active' else 'completed' end, private.mode_steps('client')
from public.content_versions where version = 1;
insert into public.approval_requests (brand_id, post_id, instance_id, version, step, audience, assigned_to, status)
select w.brand_id, w.content_id, w.id, 1, 0, 'client',
  coalesce((select m.user_id from public.brand_members m where m.brand_id = w.brand_id and m.role = 'client_approver' order by m.user_id limit 1), current_setting('crowd.client')::uuid),
  case when w.status = 'active' then 'pending' else 'approved' end
from public.workflow_instances w;
insert into public.post_approvals (brand_id, post_id, version, content_digest, step, audience, status, decided_by, created_at)
select v.brand_id, v.content_id, 1, v.content_digest, 0, 'client', 'approved', current_setting('crowd.client')::uuid, v.created_at
from public.content_versions v where v.client_status in ('published', 'scheduled', 'approved', 'failed');
insert into public.content_comments (content_id, brand_id, audience, body, version, author_id)
select id, brand_id, (array['internal', 'client'])[1 + number % 2], 'Could it be warmer?', 1, current_setting('crowd.manager')::uuid from crowd_items;

insert into public.publish_jobs (id, tenant_id, brand_id, content_id, connection_id, version, content_digest, idempotency_key, network, content_type,
  body, fingerprint, scheduled_for, publish_at, status, platform_post_id, published_at, intent_at, lateness_ms, created_at)
select gen_random_uuid(), tenant_id, brand_id, id, connection_id, 1, content_digest, gen_random_uuid(), 'facebook', 'text', 'Out.', content_digest,
  scheduled_for, scheduled_for, case when number % 499 = 0 then 'outcome_unknown' else status end, case when status = 'published' then id::text end,
  case when status = 'published' then scheduled_for end, scheduled_for, 900, created_at
from crowd_items where status in ('published', 'scheduled', 'failed');
insert into public.publishing_logs (job_id, brand_id, platform, attempt, kind, status, created_at)
select j.id, j.brand_id, 'facebook', 1, k.kind, k.status, j.created_at
from public.publish_jobs j, (values ('queued', 'scheduled'), ('attempt', 'send'), ('result', 'published')) as k (kind, status);

insert into public.workflow_notifications (brand_id, content_id, user_id, type, message, read_at, created_at)
select i.brand_id, i.id, m.user_id, 'published', 'A post is out.', case when i.number % 4 > 0 then now() end, i.created_at
from crowd_items i
join lateral (select user_id from public.brand_members m where m.brand_id = i.brand_id order by user_id <> current_setting('crowd.manager')::uuid limit 1) m on true;
insert into public.audit_logs (tenant_id, seq, brand_id, user_id, action, resource_type, resource_id, prev_hash, hash, created_at)
select tenant_id, 1000 + row_number() over (partition by tenant_id), brand_id, current_setting('crowd.manager')::uuid,
  (array['post.scheduled', 'post.submitted'])[1 + number % 2], 'content_item', id::text, '\x00', '\x00', created_at
from crowd_items;

reset session_replication_role;
-- The policies read what triggers gather of these.
update public.brand_members set role = role;
analyze;
