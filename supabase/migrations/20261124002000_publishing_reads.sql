-- What the publishing pages read beside the rows themselves: how late posts went out, and whether anyone works.

-- Under the caller's own row security, in one pass: all of it, by network, by brand, and by both.
create function public.publishing_lateness(days int default 30)
returns table (brand_id uuid, network text, posts int, p50_ms bigint, p95_ms bigint, p99_ms bigint, worst_ms bigint, within int[])
language sql stable set search_path = ''
as $$
  select j.brand_id, j.network, count(*)::int,
    percentile_disc(0.5) within group (order by j.late), percentile_disc(0.95) within group (order by j.late),
    percentile_disc(0.99) within group (order by j.late), max(j.late),
    array[
      count(*) filter (where j.late < 1000),
      count(*) filter (where j.late >= 1000 and j.late < 2000),
      count(*) filter (where j.late >= 2000 and j.late < 5000),
      count(*) filter (where j.late >= 5000 and j.late < 15000),
      count(*) filter (where j.late >= 15000 and j.late < 60000),
      count(*) filter (where j.late >= 60000)
    ]::int[]
  from (
    select p.brand_id, p.network, greatest(p.lateness_ms, 0) as late
    from public.publish_jobs p
    where p.status = 'published' and p.lateness_ms is not null
      and p.brand_id = any ((select private.brands_with('content.view'))::uuid[])
      and p.published_at > private.now() - make_interval(days => least(greatest(coalesce(publishing_lateness.days, 30), 1), 366))
  ) as j
  group by grouping sets ((j.brand_id, j.network), (j.brand_id), (j.network), ())
  having count(*) > 0
  order by j.brand_id nulls first, j.network nulls first
$$;
comment on function public.publishing_lateness(int) is
  'Milliseconds from the promised moment to the sending, of what went out in so many days on brands the caller reads; a null brand or network stands for all. within counts posts under 1, 2, 5, 15, 60 seconds late, and later ones.';

-- Under the caller's own row security too.
create function public.publishing_queue()
returns table (connection_id uuid, brand_id uuid, waiting int, next_at timestamptz)
language sql stable set search_path = ''
as $$
  select j.connection_id, j.brand_id, count(*)::int, min(j.scheduled_for)
  from public.publish_jobs j
  where j.status in ('pending', 'scheduled', 'processing', 'paused')
    and j.brand_id = any ((select private.brands_with('content.view'))::uuid[])
  group by j.connection_id, j.brand_id
  order by j.connection_id
$$;
comment on function public.publishing_queue() is 'How many posts wait to go out through each account the caller reads, and when the first of them is due.';

-- What is held back on the caller's brands: by whom, and why. Clients read that a brand is paused, and no more.
create function public.publishing_pauses()
returns table (scope text, id uuid, by_name text, reason text)
language sql stable security definer set search_path = ''
as $$
  select held.scope, held.id, p.display_name, held.pause_reason
  from (
    select 'tenant' as scope, t.id, t.paused_by, t.pause_reason from public.tenants t
    where t.paused_at is not null
      and t.id = any (array(select b.tenant_id from public.brands b where b.id = any ((select private.brands_with('content.view'))::uuid[])))
    union all
    select 'brand', b.id, b.paused_by, b.pause_reason from public.brands b
    where b.paused_at is not null and b.id = any ((select private.brands_with('content.view'))::uuid[])
    union all
    select 'connection', n.id, n.paused_by, n.pause_reason from public.connections n
    where n.paused_at is not null and n.brand_id = any ((select private.brands_with('content.view'))::uuid[])
  ) as held
  left join public.profiles p on p.user_id = held.paused_by
  order by held.scope, held.id
$$;
comment on function public.publishing_pauses() is
  'Every switch that is off over the brands whose content the caller reads: who turned it, and the reason they gave.';

-- Who works is the installation's; what waits is of the caller's brands alone. No host is named.
create function public.worker_health()
returns table (workers int, last_beat_at timestamptz, due int, oldest_due_at timestamptz)
language sql stable security definer set search_path = ''
as $$
  with mine as (
    select private.brands_with('content.view') as brands
  )
  select beats.alive, beats.latest, waiting.due, waiting.oldest
  from mine,
    lateral (
      select count(*) filter (where w.beat_at > now() - interval '10 seconds')::int as alive, max(w.beat_at) as latest
      from private.worker_heartbeats w
    ) as beats,
    lateral (
      select count(*)::int as due, min(coalesce(j.next_retry_at, j.scheduled_for)) as oldest
      from public.publish_jobs j join public.connections n on n.id = j.connection_id
      where j.status = 'scheduled' and j.scheduled_for <= private.now()
        and coalesce(j.next_retry_at, j.scheduled_for) <= private.now()
        and j.brand_id = any (mine.brands)
        and private.pause_of(n) is null
    ) as waiting
  where cardinality(mine.brands) > 0
$$;
comment on function public.worker_health() is
  'How many workers said in the last ten seconds that they live, and since when the oldest post of the caller''s brands is due and not paused. No row for people without content.view anywhere.';

grant execute on function public.publishing_lateness(int), public.publishing_queue(), public.publishing_pauses(), public.worker_health() to authenticated;
