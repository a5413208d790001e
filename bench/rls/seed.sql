-- A desk of 2 000 brands, 500 pieces each, made in two steps: bench.grow(0, 200), then bench.grow(200, 1800).
-- Run as superuser: triggers and foreign keys are off while it fills, so every row is made to satisfy them.
-- Ids are hashes of names, so that they are the same in each run and lie scattered as random ones do.

create schema bench;

-- What signed-in people alone pass when they write, as ceilings, the owner of the tables passes here too: the policies
-- are what differs.
do $$
declare
  definition text;
begin
  for definition in
    select pg_get_triggerdef(t.oid) from pg_trigger t where pg_get_triggerdef(t.oid) like '% WHEN ((CURRENT_USER = ''authenticated''::name)) %'
  loop
    execute replace(replace(definition, 'CREATE TRIGGER', 'CREATE OR REPLACE TRIGGER'), ' WHEN ((CURRENT_USER = ''authenticated''::name))', '');
  end loop;
end $$;

create function bench.id(kind text, n bigint) returns uuid
language sql immutable parallel safe
as $$ select md5(kind || n)::uuid $$;

-- Agency 0 is the one that is measured first, agency 10 the large one; all others have 20 brands, too.
create function bench.agency_of(brand int) returns int
language sql immutable parallel safe
as $$ select case when brand < 200 then brand / 20 when brand < 700 then 10 else 11 + (brand - 700) / 20 end $$;

-- Four thousand words of two or three syllables, some with accents; texts take the first ones most often.
create function bench.word(commonness float) returns text
language sql volatile
as $$
  select s[1 + i % 32] || s[1 + i / 32 % 32] || case when i < 1024 then '' else s[1 + i / 1024 * 7] end
  from (select '{ba,co,de,fi,gra,hu,in,jo,ka,lo,mi,nu,or,pa,qui,ro,sa,te,ul,va,wi,xo,ya,ze,bré,çu,sto,tri,mer,len,an,es}'::text[] as s,
               floor(4000 * power(random(), commonness))::int as i offset 0) as syllables
$$;

-- Titles and sentences that pieces are put together from: two of five thousand make no text twice in a brand.
create table bench.phrases (n int primary key, title text, sentence text, title_words tsvector, sentence_words tsvector);
select setseed(0.318);
insert into bench.phrases (n, title, sentence)
select n,
       (select string_agg(bench.word(1.5), ' ') from generate_series(1, 4) where n is not null),
       (select string_agg(bench.word(2.5), ' ') from generate_series(1, 20) where n is not null)
from generate_series(0, 4999) as n;
update bench.phrases
set title_words = private.post_words(title, '{}'), sentence_words = private.post_words(sentence, '{}');

-- The desk's present: pieces before it are out, pieces after it wait.
create function bench.now() returns timestamptz language sql immutable parallel safe
as $$ select timestamptz '2027-01-15 12:00+00' $$;

create function bench.grow(first_brand int, brand_count int) returns void
language plpgsql
set session_replication_role = replica set maintenance_work_mem = '256MB'
as $$
declare
  words_index constant text := pg_get_indexdef('private.searched_posts_words_idx'::regclass);
  pieces      constant int := 500;
  pictures    constant int := 100;
  new_brands  constant uuid[] := array(select bench.id('brand', b) from generate_series(first_brand, first_brand + brand_count - 1) as b);
begin
  create temporary table new_brand on commit drop as
  select b, agency, bench.id('brand', b) as id, bench.id('tenant', agency) as tenant_id
  from generate_series(first_brand, first_brand + brand_count - 1) as b
  cross join lateral (select bench.agency_of(b) as agency) as of_agency;

  insert into auth.users (id, email, is_sso_user, is_anonymous)
  select bench.id('person', agency * 100 + p), 'person' || agency * 100 + p || '@bench.example', false, false
  from (select distinct agency from new_brand) as agencies, generate_series(0, 4) as p;

  insert into public.tenants (id, name)
  select distinct tenant_id, 'Agency ' || agency from new_brand;

  insert into public.brands (id, tenant_id, name, slug, code, next_number)
  select id, tenant_id, 'Brand ' || b, 'brand-' || b, 'B' || lpad(upper(to_hex(b)), 3, '0'), pieces + 1 from new_brand;

  -- Person 0 of each agency owns it; the others are on all of its brands in other roles.
  insert into public.tenant_members (tenant_id, user_id, role)
  select distinct tenant_id, bench.id('person', agency * 100), 'owner' from new_brand;
  insert into public.brand_members (user_id, brand_id, role, mirrored)
  select bench.id('person', agency * 100 + p), id, (array['owner', 'manager', 'creator', 'analyst', 'client_approver'])[p + 1], p = 0
  from new_brand, generate_series(0, 4) as p;

  insert into public.connections (id, tenant_id, brand_id, platform_id, platform, network, platform_user_id, platform_account_id, display_name)
  select bench.id('connection', b), tenant_id, new_brand.id, meta.id, 'meta', 'facebook', '77', 'account ' || b, 'Brand ' || b
  from new_brand, (select id from public.connector_platforms where platform_name = 'meta' and tenant_id is null) as meta;

  insert into public.media_assets (id, tenant_id, brand_id, filename, mime_type, path, size_bytes, hash, status, alt_text, shared_at, created_at)
  select asset_id, tenant_id, id, 'picture ' || m || '.jpg', 'image/jpeg', id || '/' || asset_id || '/original.jpg', 200000,
         encode(sha256((b * 1000 + m)::text::bytea), 'hex'), 'active', 'A picture', case when m % 5 = 0 then bench.now() end,
         bench.now() - interval '1 day' * m
  from new_brand, generate_series(0, pictures - 1) as m, lateral (select bench.id('asset', b * 1000 + m) as asset_id) as asset;

  -- Two years of pieces up to a month from now, brands taking turns as they do in life.
  insert into public.content_items (id, tenant_id, brand_id, number, title, content, content_digest, status, version, created_at, updated_at,
    scheduled_for, published_at, requested_at, created_by)
  select bench.id('piece', b * 1000 + k), tenant_id, id, k + 1, first.title,
         jsonb_build_object('body', first.sentence || '. ' || second.sentence || '.', 'link', null, 'first_comment', null,
           'media', case when k % 2 = 0 then jsonb_build_array(bench.id('asset', b * 1000 + k % pictures)) else '[]' end),
         encode(sha256((b * 1000 + k)::text::bytea), 'hex'), status, case when k % 10 = 0 then 1 else 0 end, at - interval '7 days', at,
         case when status in ('published', 'scheduled', 'approved', 'pending_review') then at end,
         case when status = 'published' then at end,
         case when status = 'pending_review' then at - interval '3 days' end,
         bench.id('person', agency * 100 + 2)
  from (select generate_series(0, pieces - 1) as k) as piece
  cross join new_brand
  cross join lateral (
    select bench.now() - interval '700 days' + interval '730 days' * (k / pieces::float) + interval '1 minute' * (b % 600) as at
  ) as time
  cross join lateral (
    select case
      when k % 33 = 0 then 'archived'
      when at < bench.now() then 'published'
      else (array['scheduled', 'scheduled', 'approved', 'pending_review', 'draft', 'changes_requested'])[1 + k % 6]
    end as status
  ) as state
  join bench.phrases first on first.n = (b * 7919 + k * 2311) % 5000
  join bench.phrases second on second.n = (b * 3137 + k * 4099) % 5000;

  insert into public.content_channels (content_id, brand_id, connection_id, network)
  select i.id, i.brand_id, k.id, 'facebook'
  from public.content_items i join public.connections k on k.brand_id = i.brand_id
  where i.brand_id = any (new_brands);

  -- One piece in ten has its whole history: a version shared with the client, their yes, a job, a comment in each lane.
  insert into public.content_versions (content_id, brand_id, version, number, type, title, body, content_digest, shared_at, client_status,
    scheduled_at, published_at, created_at)
  select i.id, i.brand_id, 1, i.number, i.type, i.title, i.content ->> 'body', i.content_digest, i.created_at,
         case when i.status = 'published' then 'published' else 'waiting' end, i.scheduled_for, i.published_at, i.created_at
  from public.content_items i where i.brand_id = any (new_brands) and i.version = 1;
  insert into public.workflow_instances (brand_id, content_id, version, status, steps)
  select v.brand_id, v.content_id, 1, 'completed', '[]' from public.content_versions v where v.brand_id = any (new_brands);
  insert into public.post_approvals (brand_id, post_id, version, content_digest, audience, status, decided_by)
  select v.brand_id, v.content_id, 1, v.content_digest, 'client', 'approved', null
  from public.content_versions v where v.brand_id = any (new_brands);
  insert into public.content_comments (content_id, brand_id, audience, body, version, created_at)
  select v.content_id, v.brand_id, lane, 'Could the second line come first?', 1, v.created_at
  from public.content_versions v, unnest(array['internal', 'client']) as lane where v.brand_id = any (new_brands);
  insert into public.publish_jobs (tenant_id, brand_id, content_id, connection_id, version, content_digest, idempotency_key, network,
    content_type, body, fingerprint, scheduled_for, status, platform_post_id)
  select i.tenant_id, i.brand_id, i.id, k.id, 1, i.content_digest, i.id, 'facebook', 'text', '', '', i.scheduled_for, 'published', i.number
  from public.content_items i join public.connections k on k.brand_id = i.brand_id
  where i.brand_id = any (new_brands) and i.version = 1 and i.status = 'published';

  -- What the trigger would have kept, put together from the phrases' words; one index is quicker made than filled.
  drop index private.searched_posts_words_idx;
  insert into private.searched_posts (content_id, brand_id, tenant_id, created_at, words)
  select i.id, i.brand_id, i.tenant_id, i.created_at, first.title_words || first.sentence_words || second.sentence_words
  from public.content_items i
  join new_brand on new_brand.id = i.brand_id
  join bench.phrases first on first.n = (b * 7919 + (i.number - 1) * 2311) % 5000
  join bench.phrases second on second.n = (b * 3137 + (i.number - 1) * 4099) % 5000
  where i.status <> 'archived';
  execute words_index;
end $$;

-- People of no agency: -1 writes for one brand of agency 0, -2 is on every brand there is.
create function bench.add_outsiders() returns void
language sql
set session_replication_role = replica
as $$
  insert into auth.users (id, email, is_sso_user, is_anonymous)
  select bench.id('person', p), 'outsider' || -p || '@bench.example', false, false from generate_series(-2, -1) as p
  on conflict do nothing;
  insert into public.brand_members (user_id, brand_id, role) values (bench.id('person', -1), bench.id('brand', 0), 'creator')
  on conflict do nothing;
  insert into public.brand_members (user_id, brand_id, role) select bench.id('person', -2), id, 'manager' from public.brands
  on conflict do nothing;
$$;
