-- The long run: what an agency reaches, how a brand ends, and whether the audit chain still holds.

-- Milestones -----------------------------------------------------------------------------------------

create function private.unlock_milestone(tenant_id uuid, key text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Looked up first: whoever earns it again must not wait for whoever is earning it now.
  if not exists (select from public.milestones m where m.tenant_id = unlock_milestone.tenant_id and m.key = unlock_milestone.key) then
    insert into public.milestones (tenant_id, key) values (unlock_milestone.tenant_id, unlock_milestone.key)
    on conflict on constraint unique_workspace_milestone do nothing;
  end if;
end $$;
comment on function private.unlock_milestone(uuid, text) is 'Unlocks once; called again it changes nothing.';

-- The trigger's argument names the milestone; its WHEN says which rows earn it.
create function private.earn_milestone() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  brand uuid;
begin
  if tg_table_name = 'brands' then
    brand := new.id;
  else
    brand := new.brand_id;
  end if;
  perform private.unlock_milestone(b.tenant_id, tg_argv[0]) from public.brands b where b.id = brand;
  return null;
end $$;

create trigger onboarding_complete after insert or update of intake_completed on public.brands for each row
  when (new.intake_completed) execute function private.earn_milestone('onboarding_complete');
create trigger first_integration after insert or update of status on public.connections for each row
  when (new.status = 'active') execute function private.earn_milestone('first_integration');
create trigger first_approval after insert on public.post_approvals for each row
  when (new.status = 'approved') execute function private.earn_milestone('first_approval');
create trigger first_publish after insert or update of status on public.publish_jobs for each row
  when (new.status = 'published') execute function private.earn_milestone('first_publish');
create trigger goal_met after insert or update of status, current, target on public.analytics_goals for each row
  when (new.status = 'completed') execute function private.earn_milestone('goal_met');

create function private.earn_scale() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- Brands of one agency are added one at a time: create_brand holds the tenant's row.
  if (select count(*) from public.brands b where b.tenant_id = new.tenant_id) >= 5 then
    perform private.unlock_milestone(new.tenant_id, 'agency_scale_5');
  end if;
  return null;
end $$;
create trigger agency_scale_5 after insert on public.brands for each row execute function private.earn_scale();

create function private.unlock_anniversaries() returns int
language sql security definer set search_path = ''
as $$
  with due as (
    insert into public.milestones (tenant_id, key)
    select t.id, 'month_1_anniversary' from public.tenants t
    where t.created_at <= private.now() - interval '1 month'
      and not exists (select from public.milestones m where m.tenant_id = t.id and m.key = 'month_1_anniversary')
    on conflict on constraint unique_workspace_milestone do nothing
    returning 1
  )
  select count(*)::int from due
$$;
comment on function private.unlock_anniversaries() is 'For the worker''s clock: agencies that are a month old.';

create function public.acknowledge_milestone(milestone_id uuid) returns public.milestones
language plpgsql security definer set search_path = ''
as $$
declare
  milestone public.milestones;
begin
  update public.milestones m set acknowledged_at = coalesce(m.acknowledged_at, private.now())
  where m.id = acknowledge_milestone.milestone_id and m.tenant_id in (select private.tenants_with('tenant.view'))
  returning * into milestone;
  if milestone.id is null then
    perform private.refuse('milestone_not_found');
  end if;
  return milestone;
end $$;
comment on function public.acknowledge_milestone(uuid) is 'The celebration was seen; it is not shown again.';

-- The end of a brand ---------------------------------------------------------------------------------

-- Two weeks in which nothing publishes or changes, and everything can still be read, exported and taken back.
create function private.deletion_grace() returns interval
language sql immutable set search_path = ''
as $$
  select interval '14 days'
$$;

create function public.request_brand_deletion(brand_id uuid, name text) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand public.brands;
begin
  if not private.can(request_brand_deletion.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(request_brand_deletion.brand_id, 'brand.delete') then
    perform private.refuse('not_allowed');
  end if;
  select * into brand from public.brands b where b.id = request_brand_deletion.brand_id for update;
  if btrim(coalesce(request_brand_deletion.name, '')) <> btrim(brand.name) then
    perform private.refuse('brand_name_mismatch', jsonb_build_object('name', brand.name));
  end if;
  if brand.delete_after is null then
    update public.brands b
    set delete_after = private.now() + private.deletion_grace(), deletion_asked_by = auth.uid()
    where b.id = brand.id returning * into brand;
    perform private.audit(brand.tenant_id, brand.id, 'brand.deletion_requested', 'brand', brand.id::text,
      jsonb_build_object('name', brand.name, 'delete_after', brand.delete_after));
  end if;
  return brand;
end $$;
comment on function public.request_brand_deletion(uuid, text) is 'Plans a brand''s deletion in 14 days, its name typed as proof of intent. Until then nothing of it publishes or changes.';

-- What was to go out meanwhile is not sent all at once when the brand is kept: people choose new times.
create function private.miss_passed_times(brand_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  item public.content_items;
begin
  for item in
    select * from public.content_items i
    where i.brand_id = miss_passed_times.brand_id and i.status = 'scheduled' and i.scheduled_for <= private.now()
    order by i.id for update
  loop
    perform private.cancel_jobs(item.id);
    update public.scheduled_content s set status = 'missed' where s.content_id = item.id and s.status = 'scheduled';
    update public.content_items i set status = 'approved', scheduled_for = null where i.id = item.id returning * into item;
    update public.content_versions v
    set client_status = case when item.held_at is null then 'approved' else 'held' end, scheduled_at = null, local_time = null, time_zone = null
    where v.content_id = item.id and v.version = item.version;
    perform private.notify_brand(item, 'publishing.schedule', 'timeout',
      'The time of ' || private.slug_of(item) || ' passed while its brand was to be deleted. Choose a new one.');
  end loop;
end $$;

create function public.keep_brand(brand_id uuid) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand public.brands;
begin
  if not private.can(keep_brand.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(keep_brand.brand_id, 'brand.delete') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, as everywhere.
  if exists (select from public.brands b where b.id = keep_brand.brand_id and b.delete_after > private.moment()) then
    perform private.miss_passed_times(keep_brand.brand_id);
  end if;
  update public.brands b set delete_after = null, deletion_asked_by = null
  where b.id = keep_brand.brand_id and b.delete_after > private.moment() returning * into brand;
  if brand.id is null then
    select * into brand from public.brands b where b.id = keep_brand.brand_id;
    -- Its time has come: its files may be gone.
    if brand.delete_after is not null then
      perform private.refuse('brand_deletion_begun');
    end if;
  else
    perform private.audit(brand.tenant_id, brand.id, 'brand.kept', 'brand', brand.id::text, jsonb_build_object('name', brand.name));
  end if;
  return brand;
end $$;
comment on function public.keep_brand(uuid) is 'Takes a planned deletion back, while its time has not come. Posts whose time passed meanwhile need a new one.';

-- Worker: brands whose grace is over and of which nothing is on its way to a network.
create function private.brands_to_purge() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select b.id from public.brands b
  -- A minute's margin: whoever keeps it at the last moment has committed by then.
  where b.delete_after <= private.now() - interval '1 minute'
    and not exists (select from public.publish_jobs j where j.brand_id = b.id and j.status = 'processing')
  order by b.delete_after
$$;

-- Called once the brand's files are gone. The audit log keeps that it was, and everything that was done to it.
create function private.purge_brand(brand_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  brand  public.brands;
  people uuid[];
begin
  -- The agency first, as whoever opens a brand or names an admin has it.
  perform from public.tenants t
  where t.id = (select b.tenant_id from public.brands b where b.id = purge_brand.brand_id) for no key update;
  select * into brand from public.brands b where b.id = purge_brand.brand_id for update;
  if brand.delete_after is null or brand.delete_after > private.now() then
    return false;
  end if;
  perform graphile_worker.remove_job('publish:' || j.id) from public.publish_jobs j
  where j.brand_id = brand.id and j.status in ('pending', 'scheduled', 'outcome_unknown', 'paused');
  people := array(select m.user_id from public.brand_members m where m.brand_id = brand.id);
  delete from public.brands b where b.id = brand.id;
  perform private.leave_staff(brand.tenant_id, person) from unnest(people) as person;
  perform private.audit(brand.tenant_id, brand.id, 'brand.deleted', 'brand', brand.id::text,
    jsonb_build_object('name', brand.name, 'asked_by', brand.deletion_asked_by));
  return true;
end $$;
comment on function private.purge_brand(uuid) is 'Deletes a brand whose grace is over, with all its rows but those of the audit log; staff of no other brand leave the agency. False: it was kept.';

-- The audit chain ------------------------------------------------------------------------------------

create function private.verify_audit(tenant_id uuid) returns table (entries bigint, intact boolean, broken_at bigint, reason text)
language plpgsql stable security definer set search_path = ''
as $$
declare
  head private.audit_heads;
  last public.audit_logs;
begin
  select * into head from private.audit_heads h where h.tenant_id = verify_audit.tenant_id;
  select count(*) into entries from public.audit_logs a where a.tenant_id = verify_audit.tenant_id;
  select found.seq, found.reason into broken_at, reason
  from (
    select a.seq, case
      when a.seq <> coalesce(lag(a.seq) over chain, 0) + 1 then 'entry_missing'
      when a.prev_hash <> coalesce(lag(a.hash) over chain, sha256('')) then 'link_broken'
      when a.hash <> private.audit_hash(a) then 'entry_changed'
    end as reason
    from public.audit_logs a where a.tenant_id = verify_audit.tenant_id
    window chain as (order by a.seq)
  ) as found
  where found.reason is not null order by found.seq limit 1;
  if broken_at is null then
    select * into last from public.audit_logs a where a.tenant_id = verify_audit.tenant_id order by a.seq desc limit 1;
    if coalesce(last.seq, 0) <> coalesce(head.seq, 0) or coalesce(last.hash, sha256('')) <> coalesce(head.hash, sha256('')) then
      broken_at := coalesce(last.seq, 0) + 1;
      reason := 'tail_missing';
    end if;
  end if;
  intact := broken_at is null;
  return next;
end $$;
comment on function private.verify_audit(uuid) is
  'Recomputes an agency''s chain. reason: entry_missing, link_broken, entry_changed or tail_missing, at seq broken_at.';

create function public.verify_audit_log(tenant_id uuid) returns table (entries bigint, intact boolean, broken_at bigint, reason text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  if verify_audit_log.tenant_id is null or verify_audit_log.tenant_id not in (select private.tenants_with('tenant.audit')) then
    perform private.refuse('tenant_not_found');
  end if;
  return query select * from private.verify_audit(verify_audit_log.tenant_id);
end $$;
comment on function public.verify_audit_log(uuid) is 'Recomputes the agency''s audit chain and says where it breaks, if it does.';

grant execute on function
  public.acknowledge_milestone(uuid),
  public.request_brand_deletion(uuid, text),
  public.keep_brand(uuid),
  public.verify_audit_log(uuid)
to authenticated;

comment on function private.miss_passed_times(uuid) is 'Takes the times off a brand''s posts that passed unsent, and says so.';
comment on function private.earn_milestone() is 'Unlocks the milestone that the trigger names, for the brand''s agency.';
comment on function private.earn_scale() is 'Unlocks agency_scale_5 with the agency''s fifth brand.';
