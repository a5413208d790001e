import 'server-only'
import { authClient } from '#lib/supabase/server.ts'

/** The agency name typed at sign-up, where the address had to be confirmed before anything was made. */
export async function wishedAgencyName(): Promise<string> {
  const { data } = await (await authClient()).auth.getUser()
  const wished: unknown = data.user?.user_metadata.agency_name
  return typeof wished === 'string' ? wished : ''
}
