-- Founding an agency, adding brands, and how people join and leave. Each function is one intent, one transaction.

create function public.create_tenant(name text) returns public.tenants
language plpgsql security definer set search_path = ''
as $$
declare
  tenant public.tenants;
  wished text := btrim(coalesce(create_tenant.name, ''));
  most   constant int := private.ceiling('agencies_of_a_person');
begin
  if auth.uid() is null then
    perform private.refuse('not_signed_in');
  end if;
  if char_length(wished) not between 1 and 80 then
    perform private.refuse('tenant_name_invalid');
  end if;
  -- One at a time, or those founded at the same moment would not count each other.
  perform pg_advisory_xact_lock(hashtextextended('found:' || auth.uid(), 0));
  if (select count(*) from public.tenant_members m where m.user_id = auth.uid() and m.role = 'owner') >= most then
    perform private.refuse('tenants_too_many', jsonb_build_object('limit', most));
  end if;
  insert into public.tenants (name) values (wished) returning * into tenant;
  insert into public.tenant_members (tenant_id, user_id, role) values (tenant.id, auth.uid(), 'owner');
  perform private.audit(tenant.id, null, 'tenant.created', 'tenant', tenant.id::text, jsonb_build_object('name', tenant.name));
  return tenant;
end $$;
comment on function public.create_tenant(text) is 'Founds an agency with the caller as its owner.';

-- "Oat & Ember" -> oat-ember; taken names get a number.
create function private.slugify(name text) returns text
language sql immutable set search_path = ''
as $$
  select coalesce(nullif(left(btrim(regexp_replace(lower(slugify.name), '[^a-z0-9]+', '-', 'g'), '-'), 60), ''), 'brand')
$$;

-- "Oat & Ember" -> OE, "Tarn" -> TA: initials of the words, else the first letters.
create function private.brand_code(name text) returns text
language sql immutable set search_path = ''
as $$
  with words as (
    select array_agg(upper(w) order by n) as w
    from regexp_split_to_table(regexp_replace(brand_code.name, '[^A-Za-z0-9 ]+', ' ', 'g'), '\s+') with ordinality as t (w, n)
    where w <> ''
  )
  select case
    when w is null then 'BR'
    when cardinality(w) > 1 then left((select string_agg(left(x, 1), '' order by n) from unnest(w) with ordinality as u (x, n)), 3)
    else rpad(left(w[1], 2), 2, 'X')
  end
  from words
$$;

create function public.create_brand(
  tenant_id uuid, name text, time_zone text, approval_mode text default 'client', code text default null, primary_color text default null
) returns public.brands
language plpgsql security definer set search_path = ''
as $$
declare
  brand  public.brands;
  wished text := btrim(coalesce(create_brand.name, ''));
  wished_slug text := private.slugify(wished);
  short  text := upper(nullif(btrim(coalesce(create_brand.code, '')), ''));
  color  text := lower(nullif(btrim(coalesce(create_brand.primary_color, '')), ''));
  n      int := 1;
begin
  if create_brand.tenant_id is null or create_brand.tenant_id not in (select private.tenants_with('brands.create')) then
    perform private.refuse('tenant_not_found');
  end if;
  if char_length(wished) not between 1 and 80 then
    perform private.refuse('brand_name_invalid');
  end if;
  if not private.is_time_zone(create_brand.time_zone) then
    perform private.refuse('time_zone_unknown', jsonb_build_object('time_zone', create_brand.time_zone));
  end if;
  if private.mode_steps(create_brand.approval_mode) is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  if short is not null and short !~ '^[A-Z0-9]{2,4}$' then
    perform private.refuse('brand_code_invalid');
  end if;
  if color is not null and color !~ '^#[0-9a-f]{6}$' then
    perform private.refuse('brand_color_invalid');
  end if;

  -- Names and codes are handed out one brand at a time within the agency.
  perform from public.tenants t where t.id = create_brand.tenant_id for update;
  if exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and lower(b.name) = lower(wished)) then
    perform private.refuse('brand_name_taken', jsonb_build_object('name', wished));
  end if;
  while exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.slug = wished_slug) loop
    n := n + 1;
    wished_slug := private.slugify(wished) || '-' || n;
  end loop;
  if short is not null then
    if exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.code = short) then
      perform private.refuse('brand_code_taken', jsonb_build_object('code', short));
    end if;
  else
    short := private.brand_code(wished);
    n := 1;
    while exists (select from public.brands b where b.tenant_id = create_brand.tenant_id and b.code = short) loop
      n := n + 1;
      short := left(private.brand_code(wished), 4 - char_length(n::text)) || n;
    end loop;
  end if;

  insert into public.brands (tenant_id, created_by, name, slug, code, time_zone, primary_color)
  values (create_brand.tenant_id, auth.uid(), wished, wished_slug, short, create_brand.time_zone, coalesce(color, '#3b82f6'))
  returning * into brand;
  insert into public.workflow_templates (brand_id, name, mode, steps, is_default)
  values (brand.id, 'Default', create_brand.approval_mode, private.mode_steps(create_brand.approval_mode), true);
  perform private.audit(brand.tenant_id, brand.id, 'brand.created', 'brand', brand.id::text,
    jsonb_build_object('name', brand.name, 'approval_mode', create_brand.approval_mode));
  return brand;
end $$;
comment on function public.create_brand is 'Adds a brand to an agency, with its approval mode, quota and the agency''s owners and admins on it.';

-- Posts already on their way keep the steps they started with.
create function public.set_approval_mode(brand_id uuid, approval_mode text) returns public.workflow_templates
language plpgsql security definer set search_path = ''
as $$
declare
  template public.workflow_templates;
  tenant   uuid;
begin
  if not private.can(set_approval_mode.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if set_approval_mode.approval_mode is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  if not private.can(set_approval_mode.brand_id, 'approvals.configure') then
    perform private.refuse('not_allowed');
  end if;
  if private.mode_steps(set_approval_mode.approval_mode) is null then
    perform private.refuse('approval_mode_unknown');
  end if;
  update public.workflow_templates t
  set mode = set_approval_mode.approval_mode, steps = private.mode_steps(set_approval_mode.approval_mode)
  where t.brand_id = set_approval_mode.brand_id and t.is_default returning * into template;
  select b.tenant_id into tenant from public.brands b where b.id = set_approval_mode.brand_id;
  perform private.audit(tenant, set_approval_mode.brand_id, 'brand.approval_mode', 'brand', set_approval_mode.brand_id::text,
    jsonb_build_object('approval_mode', template.mode));
  return template;
end $$;
comment on function public.set_approval_mode(uuid, text) is 'Changes who must say yes to the brand''s next posts.';

create function public.my_permissions() returns table (brand_id uuid, role text, permissions text[])
language sql stable security definer set search_path = ''
as $$
  select m.brand_id, m.role::text, array_agg(p.permission order by p.permission)
  from public.brand_members m
  join private.role_permissions p on p.role = m.role
  where m.user_id = (select auth.uid())
  group by m.brand_id, m.role
$$;
comment on function public.my_permissions() is 'The caller''s role and permissions on each of their brands.';

create function public.role_permissions() returns table (role text, permissions text[])
language sql stable security definer set search_path = ''
as $$
  select p.role, array_agg(p.permission order by p.permission) from private.role_permissions p group by p.role
$$;
comment on function public.role_permissions() is 'The permission matrix, for the page that shows it.';

-- Invitations ----------------------------------------------------------------------------------------

create function private.mail_invitation(invitation public.brand_invitations) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  facts jsonb;
begin
  select jsonb_build_object(
    'agency_name', t.name, 'brand_name', b.name, 'role', invitation.role, 'expires_at', invitation.expires_at,
    'inviter_name', (select p.display_name from public.profiles p where p.user_id = auth.uid()))
  into facts
  from public.brands b join public.tenants t on t.id = b.tenant_id where b.id = invitation.brand_id;
  perform private.queue_email(invitation.tenant_id, invitation.brand_id, invitation.email, null, 'invitation', facts,
    'invitation:' || invitation.id || ':' || invitation.send_count, invitation.id);
end $$;

-- One after the other in an agency and of a person, or those sent at the same moment would not count each other.
create function private.lock_inviting(tenant_id uuid) returns void
language sql security definer set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('invite:' || lock_inviting.tenant_id, 0));
  select pg_advisory_xact_lock(hashtextextended('invite:' || auth.uid(), 0));
$$;

-- Our mails must not become somebody's way to flood a stranger: every mail counts, whatever became of its invitation,
-- over the agency and over the person, who could found another agency for each five.
create function private.refuse_flooding(tenant_id uuid, address text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  to_address constant int := private.ceiling('invitations_to_an_address_a_day');
  of_agency  constant int := private.ceiling('invitations_of_an_agency_a_day');
  mails      record;
begin
  select
    greatest(count(*) filter (where i.email = refuse_flooding.address and i.tenant_id = refuse_flooding.tenant_id),
             count(*) filter (where i.email = refuse_flooding.address and i.invited_by = auth.uid())) as to_address,
    greatest(count(*) filter (where i.tenant_id = refuse_flooding.tenant_id),
             count(*) filter (where i.invited_by = auth.uid())) as of_agency
  into mails
  from public.brand_invitations i
  join public.outbound_emails e on e.invitation_id = i.id and e.brand_id = i.brand_id
  where (i.tenant_id = refuse_flooding.tenant_id or i.invited_by = auth.uid())
    and e.created_at > private.now() - interval '1 day';
  if mails.to_address >= to_address then
    perform private.refuse('invite_too_many_today', jsonb_build_object('email', refuse_flooding.address, 'limit', to_address));
  end if;
  if mails.of_agency >= of_agency then
    perform private.refuse('invite_too_many_today', jsonb_build_object('limit', of_agency));
  end if;
end $$;

create function public.invite_member(brand_id uuid, email text, role text) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
  brand      public.brands;
  address    text := lower(btrim(coalesce(invite_member.email, '')));
begin
  select * into brand from public.brands b where b.id = invite_member.brand_id;
  if not found or not private.can(brand.id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(brand.id, 'members.manage') then
    perform private.refuse('not_allowed');
  end if;
  if address !~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$' or char_length(address) > 254 then
    perform private.refuse('invite_email_invalid');
  end if;
  if invite_member.role is null or invite_member.role not in
     ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer') then
    perform private.refuse('role_unknown');
  end if;
  perform private.lock_inviting(brand.tenant_id);
  if exists (
    select from public.brand_members m join auth.users u on u.id = m.user_id
    where m.brand_id = brand.id and lower(u.email) = address
  ) then
    perform private.refuse('member_exists', jsonb_build_object('email', address));
  end if;
  if exists (select from public.brand_invitations i where i.brand_id = brand.id and i.email = address
             and i.status = 'pending' and i.expires_at > private.now()) then
    perform private.refuse('invite_exists', jsonb_build_object('email', address));
  end if;

  perform private.refuse_flooding(brand.tenant_id, address);

  -- One that grew old gives way to the new one.
  update public.brand_invitations i set status = 'revoked'
  where i.brand_id = brand.id and i.email = address and i.status = 'pending';
  insert into public.brand_invitations (tenant_id, brand_id, email, role, invited_by, expires_at, send_count, last_sent_at)
  values (brand.tenant_id, brand.id, address, invite_member.role, auth.uid(), private.now() + interval '7 days', 1, private.now())
  returning * into invitation;
  perform private.mail_invitation(invitation);
  perform private.audit(brand.tenant_id, brand.id, 'member.invited', 'invitation', invitation.id::text,
    jsonb_build_object('email', address, 'role', invite_member.role));
  return invitation;
end $$;
comment on function public.invite_member(uuid, text, text) is 'Invites an address to a brand in a role and mails it a link, good for seven days.';

create function private.own_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
begin
  select * into invitation from public.brand_invitations i where i.id = own_invitation.invitation_id;
  if not found or not private.can(invitation.brand_id, 'members.manage') then
    perform private.refuse('invite_not_found');
  end if;
  -- Before the row, as where a new invitation takes an old one's place.
  perform private.lock_inviting(invitation.tenant_id);
  select * into invitation from public.brand_invitations i where i.id = own_invitation.invitation_id for update;
  if invitation.status <> 'pending' then
    perform private.refuse('invite_closed');
  end if;
  return invitation;
end $$;

create function public.resend_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations := private.own_invitation(resend_invitation.invitation_id);
begin
  if invitation.last_sent_at > private.now() - interval '1 minute' then
    perform private.refuse('invite_too_soon');
  end if;
  if invitation.send_count >= 10 then
    perform private.refuse('invite_too_many');
  end if;
  perform private.refuse_flooding(invitation.tenant_id, invitation.email);
  update public.brand_invitations i
  set send_count = i.send_count + 1, last_sent_at = private.now(), expires_at = private.now() + interval '7 days'
  where i.id = invitation.id returning * into invitation;
  perform private.mail_invitation(invitation);
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.invited_again', 'invitation', invitation.id::text,
    jsonb_build_object('email', invitation.email));
  return invitation;
end $$;
comment on function public.resend_invitation(uuid) is 'Mails an open invitation again; seven more days.';

create function public.revoke_invitation(invitation_id uuid) returns public.brand_invitations
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations := private.own_invitation(revoke_invitation.invitation_id);
begin
  update public.brand_invitations i set status = 'revoked' where i.id = invitation.id returning * into invitation;
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.invitation_revoked', 'invitation', invitation.id::text,
    jsonb_build_object('email', invitation.email));
  return invitation;
end $$;
comment on function public.revoke_invitation(uuid) is 'Withdraws an open invitation; its links die at once.';

create function private.token_hash(token text) returns bytea
language sql immutable set search_path = ''
as $$
  select sha256(convert_to(coalesce(token_hash.token, ''), 'UTF8'))
$$;

create function private.invitation_state(invitation public.brand_invitations) returns text
language sql stable set search_path = ''
as $$
  select case
    when invitation.status = 'accepted' then 'used'
    when invitation.status = 'revoked' then 'revoked'
    when invitation.expires_at <= private.now() then 'expired'
    else 'valid'
  end
$$;

-- What the link's page shows. Reading it changes nothing: mail scanners follow links.
create function public.peek_invitation(token text) returns table (
  state text, brand_name text, agency_name text, inviter_name text, email text, role text, expires_at timestamptz
)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select private.invitation_state(i), b.name, t.name, p.display_name, i.email, i.role, i.expires_at
  from private.link_tokens l
  join public.brand_invitations i on i.id = l.invitation_id
  join public.brands b on b.id = i.brand_id
  join public.tenants t on t.id = b.tenant_id
  left join public.profiles p on p.user_id = i.invited_by
  where l.token_hash = private.token_hash(peek_invitation.token) and l.purpose = 'invitation';
  if not found then
    return query select 'unknown', null::text, null::text, null::text, null::text, null::text, null::timestamptz;
  end if;
end $$;
comment on function public.peek_invitation(text) is 'What an invitation link''s page may show; consumes nothing.';

create function public.accept_invitation(token text) returns table (brand_id uuid, brand_slug text, role text)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation public.brand_invitations;
  state      text;
begin
  if auth.uid() is null then
    perform private.refuse('not_signed_in');
  end if;
  select i.* into invitation
  from private.link_tokens l join public.brand_invitations i on i.id = l.invitation_id
  where l.token_hash = private.token_hash(accept_invitation.token) and l.purpose = 'invitation'
  for update of i;
  if not found then
    perform private.refuse('invite_unknown');
  end if;
  state := private.invitation_state(invitation);
  if state <> 'valid' then
    perform private.refuse('invite_' || state);
  end if;
  perform private.refuse_leaving(invitation.brand_id);
  if exists (select from public.brand_members m where m.brand_id = invitation.brand_id and m.user_id = auth.uid()) then
    perform private.refuse('member_exists', jsonb_build_object('email', 'Your account'));
  end if;

  insert into public.brand_members (user_id, brand_id, role) values (auth.uid(), invitation.brand_id, invitation.role);
  if invitation.role not in ('client_approver', 'client_viewer') then
    insert into public.tenant_members (tenant_id, user_id, role) values (invitation.tenant_id, auth.uid(), 'staff')
    on conflict do nothing;
  end if;
  update public.brand_invitations i
  set status = 'accepted', accepted_by = auth.uid(), accepted_at = private.now() where i.id = invitation.id;
  perform private.audit(invitation.tenant_id, invitation.brand_id, 'member.joined', 'user', auth.uid()::text,
    jsonb_build_object('role', invitation.role, 'email', invitation.email));
  return query select b.id, b.slug, invitation.role from public.brands b where b.id = invitation.brand_id;
end $$;
comment on function public.accept_invitation(text) is 'Joins the brand by the link''s token, once, as whoever is signed in.';

-- For the join route: the address a new account is made for, since the mail proved it.
create function public.invitation_address(token text) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  invitation public.brand_invitations;
begin
  select i.* into invitation
  from private.link_tokens l join public.brand_invitations i on i.id = l.invitation_id
  where l.token_hash = private.token_hash(invitation_address.token) and l.purpose = 'invitation';
  if not found then
    perform private.refuse('invite_unknown');
  end if;
  if private.invitation_state(invitation) <> 'valid' then
    perform private.refuse('invite_' || private.invitation_state(invitation));
  end if;
  perform private.refuse_leaving(invitation.brand_id);
  if exists (select from auth.users u where lower(u.email) = invitation.email) then
    perform private.refuse('invite_account_exists', jsonb_build_object('email', invitation.email));
  end if;
  return invitation.email;
end $$;
comment on function public.invitation_address(text) is 'The invited address, while it has no account.';

-- Members --------------------------------------------------------------------------------------------

-- The member's row, locked, once the caller may change it: never oneself, never a mirrored row, never above oneself.
create function private.member_to_change(brand_id uuid, user_id uuid) returns public.brand_members
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members;
begin
  if not private.can(member_to_change.brand_id, 'brand.view') then
    perform private.refuse('brand_not_found');
  end if;
  if not private.can(member_to_change.brand_id, 'members.manage') then
    perform private.refuse('not_allowed');
  end if;
  -- Pieces first, as everywhere: those that wait for this person are handed over.
  perform from public.content_items i
  where i.id in (
    select r.post_id from public.approval_requests r
    where r.brand_id = member_to_change.brand_id and r.assigned_to = member_to_change.user_id and r.status = 'pending')
  order by i.id for update;
  select * into member from public.brand_members m
  where m.brand_id = member_to_change.brand_id and m.user_id = member_to_change.user_id for update;
  if not found then
    perform private.refuse('member_not_found');
  end if;
  if member.user_id = auth.uid() then
    perform private.refuse('member_self');
  end if;
  if member.mirrored then
    perform private.refuse('member_mirrored');
  end if;
  return member;
end $$;

create function public.set_member_role(brand_id uuid, user_id uuid, role text) returns public.brand_members
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members := private.member_to_change(set_member_role.brand_id, set_member_role.user_id);
  before text := member.role;
  tenant uuid;
begin
  if set_member_role.role is null or set_member_role.role not in
     ('admin', 'manager', 'creator', 'analyst', 'member', 'client_approver', 'client_viewer') then
    perform private.refuse('role_unknown');
  end if;
  update public.brand_members m set role = set_member_role.role where m.id = member.id returning * into member;
  -- A client's mailed links are for a client's page: they end with that role.
  update private.link_tokens l set revoked_at = private.now()
  where l.user_id = member.user_id and l.brand_id = member.brand_id and l.revoked_at is null;
  perform private.hand_over(member.brand_id, member.user_id);
  select b.tenant_id into tenant from public.brands b where b.id = member.brand_id;
  if member.role in ('client_approver', 'client_viewer') then
    perform private.leave_staff(tenant, member.user_id);
  else
    insert into public.tenant_members (tenant_id, user_id, role) values (tenant, member.user_id, 'staff') on conflict do nothing;
  end if;
  perform private.audit(tenant, member.brand_id, 'member.role_changed', 'user', member.user_id::text,
    jsonb_build_object('before', before, 'after', member.role));
  return member;
end $$;
comment on function public.set_member_role(uuid, uuid, text) is 'Gives a member of the brand another role.';

-- Staff who no longer work on any brand of the agency leave its list.
create function private.leave_staff(tenant_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.tenant_members t
  where t.tenant_id = leave_staff.tenant_id and t.user_id = leave_staff.user_id and t.role = 'staff'
    and not exists (
      select from public.brand_members m join public.brands b on b.id = m.brand_id
      where m.user_id = leave_staff.user_id and b.tenant_id = leave_staff.tenant_id
        and m.role not in ('client_approver', 'client_viewer')
    );
end $$;

create function public.remove_member(brand_id uuid, user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  member public.brand_members := private.member_to_change(remove_member.brand_id, remove_member.user_id);
  tenant uuid;
begin
  delete from public.brand_members m where m.id = member.id;
  select b.tenant_id into tenant from public.brands b where b.id = member.brand_id;
  perform private.leave_staff(tenant, member.user_id);
  -- Their open links end with their membership, and what they were asked is asked of others.
  update private.link_tokens l set revoked_at = private.now()
  where l.user_id = member.user_id and l.brand_id = member.brand_id and l.revoked_at is null;
  perform private.hand_over(member.brand_id, member.user_id);
  perform private.audit(tenant, member.brand_id, 'member.removed', 'user', member.user_id::text,
    jsonb_build_object('role', member.role));
end $$;
comment on function public.remove_member(uuid, uuid) is 'Takes a person off the brand; their links to it die at once.';

-- A client's mailed link -----------------------------------------------------------------------------

create function private.portal_link_state(link private.link_tokens) returns text
language sql stable security definer set search_path = ''
as $$
  select case
    when link.revoked_at is not null then 'revoked'
    when not exists (select from public.brand_members m where m.user_id = link.user_id and m.brand_id = link.brand_id) then 'revoked'
    when link.expires_at <= private.now() then 'expired'
    else 'valid'
  end
$$;

create function public.peek_portal_link(token text) returns table (
  state text, agency_name text, brand_name text, person_name text, expires_at timestamptz
)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select private.portal_link_state(l), t.name, b.name, p.display_name, l.expires_at
  from private.link_tokens l
  join public.brands b on b.id = l.brand_id
  join public.tenants t on t.id = b.tenant_id
  left join public.profiles p on p.user_id = l.user_id
  where l.token_hash = private.token_hash(peek_portal_link.token) and l.purpose = 'portal';
  if not found then
    return query select 'unknown', null::text, null::text, null::text, null::timestamptz;
  end if;
end $$;
comment on function public.peek_portal_link(text) is 'What a client link''s page may show; consumes nothing.';

create function public.redeem_portal_link(token text) returns table (email text, user_id uuid, brand_id uuid, destination text)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  link  private.link_tokens;
  brand public.brands;
begin
  select * into link from private.link_tokens l
  where l.token_hash = private.token_hash(redeem_portal_link.token) and l.purpose = 'portal';
  if not found then
    perform private.refuse('link_unknown');
  end if;
  if private.portal_link_state(link) <> 'valid' then
    perform private.refuse('link_' || private.portal_link_state(link), jsonb_build_object('expires_at', link.expires_at));
  end if;
  -- A link is carried on, forwarded and kept: it opens a client's page, never somebody's desk.
  if exists (select from public.brand_members m where m.user_id = link.user_id and m.role not in ('client_approver', 'client_viewer'))
     or exists (select from public.tenant_members t where t.user_id = link.user_id) then
    perform private.refuse('link_needs_sign_in');
  end if;
  select * into brand from public.brands b where b.id = link.brand_id;
  perform private.audit(brand.tenant_id, brand.id, 'portal.opened', 'user', link.user_id::text,
    jsonb_build_object('content_id', link.content_id));
  return query
  select u.email::text, u.id, brand.id,
    '/portal/' || brand.slug || coalesce('/posts/' || link.content_id, '')
  from auth.users u where u.id = link.user_id;
end $$;
comment on function public.redeem_portal_link(text) is 'Whom a client link signs in, and where it leads.';

-- Who may call what ----------------------------------------------------------------------------------

grant execute on function public.create_tenant(text), public.create_brand(uuid, text, text, text, text, text),
  public.set_approval_mode(uuid, text), public.my_permissions(), public.role_permissions(),
  public.invite_member(uuid, text, text), public.resend_invitation(uuid), public.revoke_invitation(uuid),
  public.accept_invitation(text), public.set_member_role(uuid, uuid, text), public.remove_member(uuid, uuid)
  to authenticated;
grant execute on function public.peek_invitation(text), public.peek_portal_link(text) to anon, authenticated;
grant execute on function public.invitation_address(text), public.redeem_portal_link(text) to service_role;
