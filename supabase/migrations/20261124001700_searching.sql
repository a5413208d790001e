-- Finding a piece by its short name (OE-318) or by words of its title and text.
-- Row security lets no index of words be used (their operators are not leakproof), so the search is a function that
-- names the caller's brands itself. Words match from their beginning, whatever their case and accents.

-- "Crème brûlée, #FridayPie" gives creme, brulee, fridaypie. Chinese and Japanese, which put no blanks, go by the letter.
create function private.words_in(value text) returns text[]
language sql immutable parallel safe set search_path = ''
as $$
  select array_remove(string_to_array(regexp_replace(regexp_replace(
    normalize(regexp_replace(normalize(lower(words_in.value), nfkd), '[\u0300-\u036f]+', '', 'g'), nfkc),
    '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])', ' \1 ', 'g'),
    '[^[:alnum:]]+', ' ', 'g'), ' '), '')
$$;

-- What a piece is found by. Longer words and texts are found by their beginning.
create function private.post_words(title text, content jsonb) returns tsvector
language sql immutable parallel safe set search_path = ''
as $$
  select array_to_tsvector(array(
    select left(word, 40)
    from unnest(private.words_in(left(concat_ws(' ', post_words.title, post_words.content ->> 'body'), 30000))) as word))
$$;

-- Quarters since the year 0, by which the index of words is parted: what was written lately is looked through first.
create function private.quarter_of(instant timestamptz) returns int
language sql immutable parallel safe set search_path = ''
as $$
  select (extract(year from quarter_of.instant at time zone 'UTC') * 4
    + extract(quarter from quarter_of.instant at time zone 'UTC') - 1)::int
$$;

-- The words of a piece with its agency and quarter before each: a look into the index is one agency's, however much
-- the others wrote.
create function private.word_keys(tenant_id uuid, quarter int, words tsvector) returns tsvector
language sql immutable parallel safe set search_path = ''
as $$
  select array_to_tsvector(array(
    select left(word_keys.tenant_id::text, 8) || word_keys.quarter || word from unnest(tsvector_to_array(word_keys.words)) as word))
$$;

-- Each word as the beginning of one. They hold letters and digits alone, so nothing in them means anything here.
create function private.words_query(prefix text, wanted text[]) returns tsquery
language sql immutable parallel safe set search_path = ''
as $$
  select string_agg(format('''%s%s'':*', words_query.prefix, left(word, 40)), ' & ')::tsquery
  from unnest(words_query.wanted) as word
$$;

-- Pieces that can be found: all but the archived. Apart from content_items, whose rows change state far more often
-- than text.
create table private.searched_posts (
  content_id uuid not null,
  brand_id   uuid not null,
  tenant_id  uuid not null,
  created_at timestamptz not null,
  words      tsvector not null,
  primary key (content_id, brand_id),
  foreign key (content_id, brand_id) references public.content_items (id, brand_id) on delete cascade
);
create index searched_posts_brand_idx on private.searched_posts (brand_id, created_at desc, content_id desc);
create index searched_posts_agency_idx on private.searched_posts (tenant_id, created_at desc, content_id desc);
-- Without a list of pending entries, which every search would have to read.
create index searched_posts_words_idx on private.searched_posts using gin (private.word_keys(tenant_id, private.quarter_of(created_at), words)) with (fastupdate = off);
alter table private.searched_posts enable row level security;

create function private.keep_searched() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'archived' then
    delete from private.searched_posts p where p.content_id = new.id;
    return null;
  end if;
  insert into private.searched_posts as p (content_id, brand_id, tenant_id, created_at, words)
  values (new.id, new.brand_id, new.tenant_id, new.created_at, private.post_words(new.title, new.content))
  on conflict (content_id, brand_id) do update set words = excluded.words where p.words <> excluded.words;
  return null;
end $$;
create trigger keep_searched_new after insert on public.content_items for each row execute function private.keep_searched();
create trigger keep_searched after update of title, content, status on public.content_items for each row
  when (old.title is distinct from new.title or old.content is distinct from new.content
    or (old.status = 'archived') <> (new.status = 'archived'))
  execute function private.keep_searched();

insert into private.searched_posts (content_id, brand_id, tenant_id, created_at, words)
select i.id, i.brand_id, i.tenant_id, i.created_at, private.post_words(i.title, i.content)
from public.content_items i where i.status <> 'archived';

-- "OE-318", "oe318", "#318" and "318" name a piece; lib/content/states.ts reads them alike.
create function private.posts_named(name text, brands uuid[], max_rows int) returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan rows 8
as $$
declare
  typed text := upper(btrim(posts_named.name));
  bare  int  := substring(typed from '^#?([0-9]{1,9})$')::int;
begin
  if typed !~ '^#?[A-Z0-9]*-?[0-9]{1,9}$' then
    return;
  end if;
  return query
  select i.id
  from public.brands b
  join public.content_items i on i.brand_id = b.id and i.number = any (array[bare,
    case when starts_with(typed, b.code) then substring(substr(typed, char_length(b.code) + 1) from '^-?([0-9]{1,9})$')::int end])
  where b.id = any (posts_named.brands) and (bare is not null or starts_with(typed, b.code)) and i.status <> 'archived'
  order by i.created_at desc, i.id desc limit posts_named.max_rows;
end $$;

-- The newest pieces of these brands that have all the words. Two looks, since either alone is slow somewhere: the
-- thousand latest pieces hold enough of a common word, and of a rarer one the index of words names them all. The
-- subqueries with "offset 0" keep the planner from reading everything these brands ever wrote instead; with a generic
-- plan it doesn't weigh five hundred brands anew in each statement.
create function private.posts_with_words(wanted text[], brands uuid[], max_rows int) returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan rows 8
as $$
declare
  query    tsquery := private.words_query('', posts_with_words.wanted);
  agencies uuid[]  := array(select distinct b.tenant_id from public.brands b where b.id = any (posts_with_words.brands));
  indexed  text[];
  keys     text;
  looked   int;
  since    timestamptz;
  newest   timestamptz;
  oldest   timestamptz;
  hits     uuid[];
begin
  -- Later than since, every piece is among those looked at: the brands' own, or of many brands their agencies'.
  if cardinality(posts_with_words.brands) <= 50 then
    looked := 1000 / cardinality(posts_with_words.brands);
    select coalesce(max(edge.created_at), '-infinity') into since
    from unnest(posts_with_words.brands) as brand
    cross join lateral (
      select p.created_at from private.searched_posts p where p.brand_id = brand
      order by p.created_at desc, p.content_id desc offset looked limit 1
    ) as edge;
    hits := array(
      select latest.content_id
      from unnest(posts_with_words.brands) as brand
      cross join lateral (
        select p.content_id, p.created_at from private.searched_posts p
        where p.brand_id = brand and p.created_at > since and p.words @@ query
        order by p.created_at desc, p.content_id desc limit posts_with_words.max_rows
      ) as latest
      order by latest.created_at desc, latest.content_id desc limit posts_with_words.max_rows);
  else
    looked := 1000 / cardinality(agencies);
    select coalesce(max(edge.created_at), '-infinity') into since
    from unnest(agencies) as agency
    cross join lateral (
      select p.created_at from private.searched_posts p where p.tenant_id = agency
      order by p.created_at desc, p.content_id desc offset looked limit 1
    ) as edge;
    hits := array(
      select latest.content_id
      from unnest(agencies) as agency
      cross join lateral (
        select p.content_id, p.created_at
        from (
          select a.content_id, a.created_at, a.brand_id from private.searched_posts a
          where a.tenant_id = agency and a.created_at > since and a.words @@ query
          order by a.created_at desc, a.content_id desc offset 0
        ) as p
        where p.brand_id = any (posts_with_words.brands)
        order by p.created_at desc, p.content_id desc limit posts_with_words.max_rows
      ) as latest
      order by latest.created_at desc, latest.content_id desc limit posts_with_words.max_rows);
  end if;
  if cardinality(hits) >= posts_with_words.max_rows or since = '-infinity' then
    return query select unnest(hits);
    return;
  end if;

  -- What every tenth text has stands in the index for very much: it is left to the rows that the rarer words name.
  indexed := array(
    select w.word
    from (select word, private.words_query('', array[word]) as query from unnest(posts_with_words.wanted) as word offset 0) as w
    cross join (
      select p.words from private.searched_posts p where p.tenant_id = agencies[1]
      order by p.created_at desc, p.content_id desc limit 300
    ) as latest
    group by w.word
    order by count(*) filter (where latest.words @@ w.query), char_length(w.word) desc limit 2);

  select max(edge.newest), min(edge.oldest) into newest, oldest
  from unnest(agencies) as agency
  cross join lateral (
    select max(p.created_at) as newest, min(p.created_at) as oldest from private.searched_posts p where p.tenant_id = agency
  ) as edge;
  keys := private.words_query('%', indexed)::text;
  hits := '{}';
  for quarter in reverse private.quarter_of(newest)..private.quarter_of(oldest) loop
    hits := hits || array(
      select found.content_id
      from unnest(agencies) as agency
      cross join lateral (
        select p.content_id, p.created_at, p.brand_id, p.words from private.searched_posts p
        where private.word_keys(p.tenant_id, private.quarter_of(p.created_at), p.words)
          @@ replace(keys, '%', left(agency::text, 8) || quarter)::tsquery
        offset 0
      ) as found
      where found.brand_id = any (posts_with_words.brands) and found.words @@ query
      order by found.created_at desc, found.content_id desc limit posts_with_words.max_rows);
    exit when cardinality(hits) >= posts_with_words.max_rows;
  end loop;
  return query select hit from unnest(hits[1:posts_with_words.max_rows]) as hit;
end $$;

create function public.search_posts(words text, only_brand uuid default null, max_rows int default 8)
returns table (
  id uuid, brand_id uuid, number int, title text, status text, scheduled_for timestamptz, published_at timestamptz, outcome_unknown boolean
)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  brands  uuid[] := array(
    select brand from unnest(private.brands_with('content.view')) as brand
    where search_posts.only_brand is null or brand = search_posts.only_brand);
  typed   text   := left(search_posts.words, 200);
  wanted  text[] := (private.words_in(typed))[1:10];
  allowed int    := least(greatest(coalesce(search_posts.max_rows, 8), 1), 50);
begin
  if cardinality(brands) = 0 or coalesce(cardinality(wanted), 0) = 0 then
    return;
  end if;
  return query
  select i.id, i.brand_id, i.number, i.title, i.status, i.scheduled_for, i.published_at,
         exists (select from public.publish_jobs j where j.content_id = i.id and j.status = 'outcome_unknown')
  from (
    select hit.content_id, bool_or(hit.is_named) as is_named
    from (
      select named, true from private.posts_named(typed, brands, allowed) as named
      union all
      select worded, false from private.posts_with_words(wanted, brands, allowed) as worded
    ) as hit (content_id, is_named)
    group by hit.content_id
  ) as hits
  join public.content_items i on i.id = hits.content_id
  order by hits.is_named desc, i.created_at desc, i.id desc
  limit allowed;
end $$;
grant execute on function public.search_posts(text, uuid, int) to authenticated;

comment on table private.searched_posts is 'Words of the pieces that can be found, kept by a trigger of content_items.';
comment on function public.search_posts(text, uuid, int) is
  'Pieces of the caller''s brands (or of one) by short name or by the beginnings of words, the named ones first, then the newest; at most 50. Needs content.view, so a client finds nothing.';
comment on function private.keep_searched() is 'Keeps the words a piece is found by; an archived one is found no more.';
comment on column private.searched_posts.words is 'Words of title and text, lower case and without accents.';
comment on column private.searched_posts.created_at is 'The piece''s own: the newest are found first.';
