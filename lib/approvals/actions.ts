'use server'

import { revalidatePath } from 'next/cache'
import { fromForm, memberAction } from '#lib/actions.ts'
import { decision } from './schema.ts'

/** A person's word on exactly what they saw; the digest says what that was. */
export const decideApproval = memberAction
  .metadata({ name: 'approvals.decide' })
  .inputSchema(fromForm(decision))
  .stateAction(async ({ parsedInput: { postId, seenDigest, outcome, comment }, ctx: { db } }) => {
    const { data } = await db
      .rpc('decide_approval', {
        post_id: postId,
        seen_digest: seenDigest,
        outcome,
        ...(comment && { comment }),
      })
      .throwOnError()
    revalidatePath('/', 'layout')
    return { version: data.version, outcome: data.status }
  })
