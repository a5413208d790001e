'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { fromForm, memberAction } from '#lib/actions.ts'
import type { Db } from '#lib/supabase/db.ts'
import { findOwnSettings } from './queries.ts'
import { mailChoice } from './schema.ts'

/** Whether a client is mailed when their OK is needed. Saying yes takes back an earlier "no mails at all". */
export const chooseMails = memberAction
  .metadata({ name: 'portal.chooseMails' })
  .inputSchema(fromForm(mailChoice))
  .stateAction(async ({ parsedInput: { brandId, approvalsNeeded }, ctx: { db, userId } }) => {
    const own = await ownSettings(db, { brandId, userId })
    await db
      .from('client_settings')
      .update({
        email_preferences: {
          ...z.record(z.string(), z.json()).parse(own.email_preferences),
          approvalsNeeded,
        },
        ...(approvalsNeeded && { unsubscribed_from_all: false }),
      })
      .eq('id', own.id)
      .throwOnError()
    revalidatePath('/portal', 'layout')
    return { saved: true }
  })

/** The person's row for this brand, made with the defaults where there was none. */
async function ownSettings(db: Db, { brandId, userId }: { brandId: string; userId: string }) {
  const kept = await findOwnSettings(db, { brandId, userId })
  if (kept) return kept
  const { data: made } = await db
    .from('client_settings')
    .insert({ brand_id: brandId, client_id: userId })
    .select('id, email_preferences')
    .single()
    .throwOnError()
  return made
}
