'use server'

import { revalidatePath } from 'next/cache'
import { memberAction } from '#lib/actions.ts'
import { readNotice } from './schema.ts'

/** Row security keeps both to the caller's own inbox. */
export const markRead = memberAction
  .metadata({ name: 'notifications.markRead' })
  .inputSchema(readNotice)
  .action(async ({ parsedInput: { noticeId }, ctx: { db } }) => {
    await db
      .from('workflow_notifications')
      .update({ read_at: new Date().toISOString() })
      .eq('id', noticeId)
      .is('read_at', null)
      .throwOnError()
    revalidatePath('/', 'layout')
    return { read: true }
  })

export const markAllRead = memberAction
  .metadata({ name: 'notifications.markAllRead' })
  .action(async ({ ctx: { db, userId } }) => {
    await db
      .from('workflow_notifications')
      .update({ read_at: new Date().toISOString() })
      .eq('user_id', userId)
      .is('read_at', null)
      .throwOnError()
    revalidatePath('/', 'layout')
    return { read: true }
  })
