-- What the Data API may not be asked, whoever asks.

-- A planned or estimated count is the planner's guess over everyone's rows, before row security: it tells a stranger
-- about how many posts a brand has. Exact counts are counted through the policies.
create function public.check_request() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if coalesce(nullif(current_setting('request.headers', true), ''), '{}')::json ->> 'prefer' ~* 'count=(planned|estimated)' then
    raise exception using errcode = 'P0001', message = 'count_not_exact', detail = '{}';
  end if;
end $$;
comment on function public.check_request() is 'Asked by the Data API before each request: refuses counts that would be guessed over rows the caller may not see.';
grant execute on function public.check_request() to anon, authenticated, service_role;

alter role authenticator set pgrst.db_pre_request = 'public.check_request';
notify pgrst, 'reload config';
