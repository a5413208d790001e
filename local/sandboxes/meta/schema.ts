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

create unique index if not exists meta_pages_by_instagram on meta_pages (instagram_id);
create index if not exists meta_pages_by_instagram_name on meta_pages (instagram_username);

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

-- Films, and what Instagram fetched.
create table if not exists meta_files (
  sha256      text primary key,
  bytes       blob not null,
  mime        text not null,
  width       integer not null,
  height      integer not null,
  duration_ms integer -- null for a picture
) strict;

create table if not exists meta_uploads (
  id         text primary key,
  size       integer, -- null until a first piece says it
  created_at integer not null
) strict;

create table if not exists meta_upload_parts (
  upload_id text not null references meta_uploads on delete cascade,
  start     integer not null,
  bytes     blob not null,
  primary key (upload_id, start)
) strict;

create table if not exists meta_videos (
  seq        integer primary key,
  id         text not null unique,
  page_id    text not null references meta_pages on delete cascade,
  surface    text not null check (surface in ('feed', 'reel', 'story')),
  upload_id  text references meta_uploads,
  file       text references meta_files, -- null until it is here whole
  title      text not null,
  message    text not null,
  created_at integer not null,
  began_at   integer,
  began_real integer,
  takes_ms   integer not null default 0,
  failure_code    integer,
  failure_subcode integer,
  failure_message text,
  wanted_at  integer, -- when somebody asked to publish it
  post_id    text, -- null until it is out
  deleted_at integer
) strict;
create index if not exists meta_videos_by_page on meta_videos (page_id, seq);
create unique index if not exists meta_videos_by_post on meta_videos (post_id);
create index if not exists meta_videos_by_upload on meta_videos (upload_id);
create index if not exists meta_videos_to_publish on meta_videos (seq) where wanted_at is not null and post_id is null;

create table if not exists meta_stories (
  seq          integer primary key,
  id           text not null unique,
  page_id      text not null references meta_pages on delete cascade,
  photo_id     text,
  video_id     text,
  created_at   integer not null,
  committed_at integer not null,
  fingerprint  text not null
) strict;

create table if not exists meta_containers (
  seq        integer primary key,
  id         text not null unique,
  account_id text not null,
  kind       text not null check (kind in ('image', 'video', 'reel', 'story', 'carousel')),
  is_item    integer not null,
  caption    text not null,
  alt        text not null,
  children   text not null, -- containers, as a JSON list
  upload_id  text references meta_uploads,
  file       text references meta_files,
  cover      text references meta_files,
  created_at integer not null,
  began_at   integer,
  began_real integer,
  takes_ms   integer not null default 0,
  failure_code    integer,
  failure_subcode integer,
  failure_message text,
  media_id   text -- null until it is published, alone or in a carousel
) strict;
create index if not exists meta_containers_by_upload on meta_containers (upload_id);
create index if not exists meta_containers_by_account on meta_containers (account_id, created_at);

create table if not exists meta_media (
  seq          integer primary key,
  id           text not null unique,
  account_id   text not null,
  parent_id    text references meta_media (id) on delete cascade, -- the carousel it stands in
  kind         text not null check (kind in ('image', 'video', 'reel', 'story', 'carousel')),
  caption      text not null,
  alt          text not null,
  file         text references meta_files,
  cover        text references meta_files,
  created_at   integer not null,
  committed_at integer not null,
  fingerprint  text not null,
  comment_enabled integer not null default 1,
  deleted_at   integer
) strict;
create index if not exists meta_media_by_account on meta_media (account_id, created_at, seq);
create index if not exists meta_media_by_fingerprint on meta_media (account_id, fingerprint);
create index if not exists meta_media_by_parent on meta_media (parent_id, seq);

create table if not exists meta_comments (
  seq        integer primary key,
  id         text not null unique,
  object_id  text not null, -- a post or an Instagram media
  account_id text not null,
  author     text not null,
  is_own     integer not null, -- by the account itself
  message    text not null,
  created_at integer not null
) strict;
create index if not exists meta_comments_by_object on meta_comments (object_id, seq);

create table if not exists meta_page_subscriptions (
  page_id text primary key references meta_pages on delete cascade,
  fields  text not null
) strict;
`
