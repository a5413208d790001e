/** Ids are text: they exceed what a JavaScript number holds exactly. Times are milliseconds since the epoch. */
export const META_SCHEMA = `
create table if not exists meta_people (
  id   text primary key,
  name text not null unique
) strict;

create table if not exists meta_pages (
  id             text primary key,
  name           text not null,
  username       text not null unique collate nocase,
  category       text not null,
  about          text not null,
  followers      integer not null,
  instagram_id   text,
  instagram_username text,
  instagram_name text
) strict;

create table if not exists meta_roles (
  person_id text not null references meta_people on delete cascade,
  page_id   text not null references meta_pages on delete cascade,
  tasks     text not null,
  primary key (person_id, page_id)
) strict;

-- What a person allows the app: one standing agreement, replaced by each pass through the dialog.
create table if not exists meta_grants (
  person_id text primary key references meta_people on delete cascade,
  granted   text not null,
  declined  text not null,
  page_ids  text not null,
  data_access_expires_at integer not null
) strict;

create table if not exists meta_codes (
  code_hash    text primary key,
  person_id    text not null references meta_people on delete cascade,
  redirect_uri text not null,
  expires_at   integer not null,
  used_at      integer
) strict;

-- Tokens are derived from their id, never stored.
create table if not exists meta_tokens (
  id         text primary key,
  kind       text not null check (kind in ('user_short', 'user_long', 'page')),
  person_id  text not null references meta_people on delete cascade,
  page_id    text references meta_pages on delete cascade,
  parent_id  text,
  issued_at  integer not null,
  expires_at integer, -- null: no clock ends it
  ended_by   integer -- the subcode of error 190 that a use of it gets
) strict;
create unique index if not exists meta_tokens_of_page on meta_tokens (parent_id, page_id) where ended_by is null;
create index if not exists meta_tokens_by_person on meta_tokens (person_id);

create table if not exists meta_posts (
  seq          integer primary key,
  id           text not null unique, -- <page>_<number>
  number       text not null,
  page_id      text not null references meta_pages on delete cascade,
  message      text not null,
  link         text,
  created_at   integer not null, -- by the platform's clock
  committed_at integer not null, -- by the real one
  fingerprint  text not null,
  deleted_at   integer
) strict;
create index if not exists meta_posts_by_page on meta_posts (page_id, created_at, seq);
create index if not exists meta_posts_by_fingerprint on meta_posts (page_id, fingerprint);

create table if not exists meta_photos (
  seq        integer primary key,
  id         text not null unique,
  page_id    text not null references meta_pages on delete cascade,
  bytes      blob not null,
  mime       text not null,
  width      integer not null,
  height     integer not null,
  sha256     text not null,
  caption    text not null,
  alt        text not null,
  created_at integer not null,
  post_id    text references meta_posts (id) on delete cascade, -- null while staged
  position   integer not null default 0
) strict;
create index if not exists meta_photos_by_post on meta_photos (post_id, position);
`
