-- Who may call what. A function that a migration adds is called by nobody until it stands here too.
begin;
select plan(6);

create temp view our_functions as
select p.*, p.pronamespace::regnamespace::text || '.' || p.proname as name
from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace);

create temp table declared (role text, name text);
insert into declared
select role, schema || '.' || name
from (values
  ('anon', 'public', 'check_request peek_invitation peek_portal_link'),
  ('service_role', 'public', 'check_request invitation_address redeem_portal_link'),
  ('authenticated', 'public', '
    accept_invitation acknowledge_milestone archive_media archive_post begin_connect check_request create_brand create_post create_tenant
    decide_approval delete_draft disconnect finish_connect finish_upload invite_member keep_brand mark_job_live media_uses my_permissions
    pause_publishing peek_invitation peek_portal_link post_timeline publish_now publishing_lateness publishing_pauses publishing_queue recheck_job
    refuse_connect remove_member request_brand_deletion resend_invitation resume_publishing retry_job revoke_invitation role_permissions save_post
    schedule_post search_posts set_approval_mode set_member_role submit_post unschedule_post verify_audit_log withdraw_post
    worker_health'),
  -- what policies, checks and defaults call in the caller's name
  ('service_role', 'private', 'now'),
  ('authenticated', 'private', '
    brands_with is_time_zone now open_uploads refuse shared_assets shared_content shared_paths tenants_with utf16_length
    visible_people visible_tenants')
) as listed (role, schema, names), regexp_split_to_table(btrim(names, E' \n'), '\s+') as name;

select is_empty(
  $$ with granted as (
       select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role, f.name
       from our_functions f cross join lateral aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
       where a.grantee <> f.proowner)
     (select 'granted, not declared', * from granted except all select 'granted, not declared', * from declared)
     union all
     (select 'declared, not granted', * from declared except all select 'declared, not granted', * from granted) $$,
  'each function is granted to exactly whom it is meant for'
);

-- The Data API chooses by name and arguments, and a grant above by name.
select is_empty(
  $$ select name, count(*) from our_functions group by name having count(*) > 1 $$,
  'no name stands for two functions'
);

select is_empty(
  $$ select f.oid::regprocedure from our_functions f where 'search_path=""' = any (f.proconfig) is not true $$,
  'every function names every object in full, whatever the caller''s search_path'
);

select is_empty(
  $$ select f.oid::regprocedure from our_functions f where f.name like 'public.%' and obj_description(f.oid, 'pg_proc') is null $$,
  'every function of the Data API says what it does'
);

-- A definer's rows are its owner's, whom row security passes by: it must not be someone with more than a migration has.
select is_empty(
  $$ select f.oid::regprocedure, f.proowner::regrole
     from our_functions f join pg_roles r on r.oid = f.proowner
     where f.prosecdef and (r.rolsuper or f.proowner <> (select c.relowner from pg_class c where c.oid = 'public.brands'::regclass)) $$,
  'every definer is the owner of our tables, never a superuser'
);

-- Of an array, array(select …) makes one of two dimensions, and fails where it is empty.
select is_empty(
  $$ select f.oid::regprocedure from our_functions f where f.prosrc ~ 'array\(\s*select private\.brands_with' $$,
  'brands_with gives an array, of which no function makes another'
);

select * from finish();
rollback;
