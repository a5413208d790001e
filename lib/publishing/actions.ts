'use server'

import { revalidatePath } from 'next/cache'
import { fromForm, memberAction } from '#lib/actions.ts'
import { refusalFrom } from '#lib/refusals.ts'
import { jobChoice, jobsChoice, liveLink, pauseChoice, switchChoice } from './schema.ts'

/** Sends again what failed, was given up, or whose outcome the person has judged. */
export const retryJob = memberAction
  .metadata({ name: 'publishing.retry' })
  .inputSchema(jobChoice)
  .action(async ({ parsedInput: { jobId }, ctx: { db } }) => {
    await db.rpc('retry_job', { job_id: jobId }).throwOnError()
    revalidatePath('/', 'layout')
    return { sent: true }
  })

/** The same for all that one cause stopped. One that moved on meanwhile stays as it is; the others go. */
export const retryJobs = memberAction
  .metadata({ name: 'publishing.retryAll' })
  .inputSchema(jobsChoice)
  .action(async ({ parsedInput: { jobIds }, ctx: { db } }) => {
    let sent = 0
    let refused: unknown
    for (const jobId of jobIds) {
      const { error } = await db.rpc('retry_job', { job_id: jobId })
      if (error && !refusalFrom(error)) throw error
      if (error) refused = error
      else sent += 1
    }
    if (sent === 0) throw refused
    revalidatePath('/', 'layout')
    return { sent }
  })

export const pausePublishing = memberAction
  .metadata({ name: 'publishing.pause' })
  .inputSchema(fromForm(pauseChoice))
  .stateAction(async ({ parsedInput: { scope, id, reason }, ctx: { db } }) => {
    await db.rpc('pause_publishing', { scope, id, ...(reason && { reason }) }).throwOnError()
    revalidatePath('/', 'layout')
    return { paused: true }
  })

export const resumePublishing = memberAction
  .metadata({ name: 'publishing.resume' })
  .inputSchema(switchChoice)
  .action(async ({ parsedInput, ctx: { db } }) => {
    const { data } = await db.rpc('resume_publishing', parsedInput).throwOnError()
    revalidatePath('/', 'layout')
    return { due: data }
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
