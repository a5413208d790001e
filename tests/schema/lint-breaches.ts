export type Breach = {
  file: string
  /** The promise that is broken. */
  lint: string
  sql: string
  /** What the lint must name. */
  names: string
}

const policy = (condition: string) => `
  alter policy "members with content.view" on public.content_items using (${condition})`

/** What each lint was made to see; a lint without an entry here fails its file's test. */
export const breaches: Breach[] = [
  ...of('tables.test.sql', [
    ['row security is on everywhere', 'alter table public.brands disable row level security', 'brands'],
    [
      'every table has a primary key',
      'alter table private.worker_heartbeats drop constraint worker_heartbeats_pkey',
      'private.worker_heartbeats',
    ],
    ['every table says what it is', 'comment on table public.brands is null', 'brands'],
    [
      'every time is an instant, but the wall clocks of a plan',
      'alter table public.brands add closed_at timestamp',
      '(brands,closed_at)',
    ],
    [
      'every vocabulary has a check',
      'alter table public.publish_jobs drop constraint publish_jobs_status_check, drop constraint publish_jobs_check, drop constraint publish_jobs_check1, drop constraint publish_jobs_check2',
      '(publish_jobs,status)',
    ],
    ['whatever has an updated_at keeps it by trigger', 'drop trigger touch on public.brands', 'brands'],
    [
      'whatever has an updated_at keeps it by trigger',
      'alter table public.brands disable trigger touch',
      'brands',
    ],
  ]),
  ...of('indexes.test.sql', [
    [
      'every foreign key has an index that its columns lead',
      'drop index public.content_items_created_by_idx',
      'content_items_created_by_fkey',
    ],
    [
      'every foreign key has an index that its columns lead',
      `drop index public.content_channels_connection_idx;
       create index beside on public.content_channels (network, connection_id)`,
      'content_channels_connection_id_brand_id_fkey',
    ],
    [
      'every foreign key has an index that its columns lead',
      `drop index public.content_items_created_by_idx;
       create index drafts_only on public.content_items (created_by) where status = 'draft'`,
      'content_items_created_by_fkey',
    ],
    [
      'every column by which a policy finds rows leads an index',
      'drop index public.content_channels_brand_idx',
      '(content_channels,brand_id)',
    ],
    [
      'no index is there twice',
      'create index again on public.brands (created_by)',
      '(brands_created_by_idx,again)',
    ],
    [
      'no index is the beginning of another',
      'create index beginning on public.content_items (brand_id)',
      '(beginning,content_items_list_idx)',
    ],
  ]),
  ...of('policies.test.sql', [
    [
      'every policy is for signed-in people alone',
      `create policy "open door" on public.brands for select using (id = any ((select private.brands_with('brand.view'))::uuid[]))`,
      'open door',
    ],
    [
      'every policy is for signed-in people alone',
      `create policy "open door" on storage.objects for select to anon using (bucket_id = 'media')`,
      'open door',
    ],
    ...(
      [
        ['true', ',true)'],
        ['created_by = auth.uid()', 'auth.uid()'],
        ['exists (select from public.brand_members m where m.brand_id = content_items.brand_id)', 'EXISTS'],
        [
          'brand_id in (select m.brand_id from public.brand_members m where m.user_id = (select auth.uid()))',
          'FROM brand_members',
        ],
        [`brand_id in (select unnest(private.brands_with('content.view')))`, '(brand_id IN ('],
        [
          `brand_id = any ((select private.brands_with('content.view'))::uuid[]) or (select private.can(tenant_id, 'x'))`,
          'private.can',
        ],
        [`brand_id = any (private.brands_with('content.view'))`, 'ANY (private.brands_with'],
        [`brand_id = any (array(select private.brands_with('content.view')))`, 'ARRAY('],
        [
          `brand_id = any ((select private.brands_with('content.view'))::uuid[]) or private.can(brand_id, 'content.view')`,
          'private.can',
        ],
        [`brand_id = any (array(select private.brands_with(status)))`, 'brands_with(content_items.status)'],
        [`not brand_id = any ((select private.brands_with('content.view'))::uuid[])`, 'NOT'],
      ] as const
    ).map(([condition, names]) => ['every policy has the one form', policy(condition), names] as const),
    ['every policy asks who the caller is', policy(`status = 'published'`), 'members with content.view'],
    [
      'every permission that a policy asks for is in the matrix',
      policy(`brand_id = any ((select private.brands_with('content.veiw'))::uuid[])`),
      'content.veiw',
    ],
    [
      'every permission that a policy asks for is in the matrix',
      policy(`tenant_id = any (array(select private.tenants_with('content.view')))`),
      'content.view',
    ],
    [
      'one permissive policy a table and command',
      `create policy "a second" on public.brands for all to authenticated using (created_by = (select auth.uid()))`,
      '(public,brands,SELECT,2)',
    ],
    [
      'what is granted has a policy, and what has a policy is granted',
      'grant insert (name) on public.brands to authenticated',
      '(brands,INSERT,t)',
    ],
    [
      'what is granted has a policy, and what has a policy is granted',
      'revoke delete on public.analytics_goals from authenticated',
      '(analytics_goals,DELETE,f)',
    ],
  ]),
  ...of('grants.test.sql', [
    ...['anon', 'service_role', 'public'].map(
      (role) =>
        [
          "nobody but signed-in people holds a grant on a table, a view or a sequence; the secret key's role holds none",
          `grant select (name) on public.brands to ${role}`,
          `${role},name,SELECT`,
        ] as const,
    ),
    [
      'nothing private is granted to anyone',
      'grant select on private.role_permissions to authenticated',
      'private.role_permissions',
    ],
    [
      'no table is granted whole for writing',
      'grant insert on public.content_comments to authenticated',
      'content_comments',
    ],
    ['no table is granted whole for writing', 'grant truncate on public.brands to authenticated', 'TRUNCATE'],
    [
      'no secret is readable',
      'grant select (state_hash) on public.oauth_states to authenticated',
      '(oauth_states,state_hash)',
    ],
    [
      'a new table and a new function are granted to nobody',
      'alter default privileges in schema public grant select on tables to anon',
      '(anon)',
    ],
    [
      'a new table and a new function are granted to nobody',
      'alter default privileges grant execute on functions to public',
      '(service_role)',
    ],
    [
      'no API role makes objects, and anonymous callers see nothing private',
      'grant create on schema private to authenticated',
      '(authenticated,private)',
    ],
    [
      'no API role makes objects, and anonymous callers see nothing private',
      'grant usage on schema private to anon',
      '(anon,private)',
    ],
  ]),
  ...of('functions.test.sql', [
    [
      'each function is granted to exactly whom it is meant for',
      'grant execute on function public.create_tenant(text) to anon',
      'not declared",anon,public.create_tenant',
    ],
    [
      'each function is granted to exactly whom it is meant for',
      'grant execute on function private.can(uuid, text) to public',
      'not declared",public,private.can',
    ],
    [
      'each function is granted to exactly whom it is meant for',
      'revoke execute on function public.create_tenant(text) from authenticated',
      'not granted",authenticated,public.create_tenant',
    ],
    [
      'no name stands for two functions',
      `create function public.create_tenant(name text, plan text) returns int language sql set search_path = '' as 'select 1'`,
      '(public.create_tenant,2)',
    ],
    [
      "every function names every object in full, whatever the caller's search_path",
      'alter function private.can(uuid, text) reset search_path',
      'private.can',
    ],
    [
      "every function names every object in full, whatever the caller's search_path",
      'alter function private.can(uuid, text) set search_path = public',
      'private.can',
    ],
    [
      'every function of the Data API says what it does',
      'comment on function public.create_tenant(text) is null',
      'create_tenant',
    ],
    [
      'brands_with gives an array, of which no function makes another',
      `create function private.mine() returns uuid[] language sql stable set search_path = ''
       as $$ select array(select private.brands_with('content.view')) $$`,
      'private.mine',
    ],
    [
      'every definer is the owner of our tables, never a superuser',
      `grant create on schema private to supabase_auth_admin;
       alter function private.brands_with(text) owner to supabase_auth_admin`,
      'supabase_auth_admin',
    ],
  ]),
  ...of('exposure.test.sql', [
    [
      'every view reads as its reader, not as its owner',
      'create view public.names as select name from public.brands',
      '(names)',
    ],
    [
      'every view reads as its reader, not as its owner',
      'create view public.names with (security_invoker = false) as select name from public.brands',
      '(names)',
    ],
    [
      'nothing without row security, as materialized views and foreign tables are, stands in public',
      'create materialized view public.names as select name from public.brands',
      '(names,m)',
    ],
    [
      'no view shows auth.users',
      'create view public.people with (security_invoker = true) as select id, email from auth.users',
      '(people)',
    ],
    ['no extension lives among our objects', 'create extension citext with schema public', '(citext)'],
  ]),
]

function of(file: string, listed: (readonly [lint: string, sql: string, names: string])[]): Breach[] {
  return listed.map(([lint, sql, names]) => ({ file, lint, sql, names }))
}
