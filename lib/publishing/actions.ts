'use server'

import { revalidatePath } from 'next/cache'
import { fromForm, memberAction } from '#lib/actions.ts'
import { jobChoice, liveLink } from './schema.ts'

/** Sends again what failed, was given up, or whose outcome the person has judged. */
export const retryJob = memberAction
  .metadata({ name: 'publishing.retry' })
  .inputSchema(jobChoice)
  .action(async ({ parsedInput: { jobId }, ctx: { db } }) => {
    await db.rpc('retry_job', { job_id: jobId }).throwOnError()
    revalidatePath('/', 'layout')
    return { sent: true }
  })

/** Asks the worker to look on the network now instead of at the next planned moment. */
export const recheckJob = memberAction
  .metadata({ name: 'publishing.recheck' })
  .inputSchema(jobChoice)
  .action(async ({ parsedInput: { jobId }, ctx: { db } }) => {
    await db.rpc('recheck_job', { job_id: jobId }).throwOnError()
    revalidatePath('/', 'layout')
    return { asked: true }
  })

export const markJobLive = memberAction
  .metadata({ name: 'publishing.markLive' })
  .inputSchema(fromForm(liveLink))
  .stateAction(async ({ parsedInput: { jobId, url }, ctx: { db } }) => {
    await db.rpc('mark_job_live', { job_id: jobId, url }).throwOnError()
    revalidatePath('/', 'layout')
    return { live: true }
  })
