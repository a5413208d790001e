import 'server-only'
import type { Db } from '#lib/supabase/db.ts'
import { authClient } from '#lib/supabase/server.ts'

/**
 * Signs somebody in who has just proved, by a link of ours, that they read this address's mail.
 * Works alike on hosted Supabase and locally: a link that is never mailed is made and redeemed at once.
 */
export async function mintSession(service: Db, email: string): Promise<Db> {
  const { data, error } = await service.auth.admin.generateLink({ type: 'magiclink', email })
  if (error) throw error
  const client = await authClient()
  const redeemed = await client.auth.verifyOtp({
    type: 'magiclink',
    token_hash: data.properties.hashed_token,
  })
  if (redeemed.error) throw redeemed.error
  return client
}
