import { z } from 'zod'
import { fromGateway } from '#lib/platforms/http.ts'

export const jobStatuses = [
  'pending',
  'scheduled',
  'processing',
  'published',
  'outcome_unknown',
  'failed',
  'dlq',
  'cancelled',
  'paused',
] as const
export type JobStatus = (typeof jobStatuses)[number]

export const jobChoice = z.object({ jobId: z.uuid() })

/** As many as a page of failures shows. */
export const jobsChoice = z.object({ jobIds: z.array(z.uuid()).min(1).max(500) })

/** What one switch holds back: an agency, a brand, an account. */
export const pauseScopes = ['tenant', 'brand', 'connection'] as const
export type PauseScope = (typeof pauseScopes)[number]

export const switchChoice = z.object({ scope: z.enum(pauseScopes), id: z.uuid() })

export const pauseChoice = switchChoice.extend({
  reason: z.string().trim().max(300, 'A reason holds up to 300 characters.').optional(),
})

/** What the address of a publishing page says; what it does not know falls back to everything. */
export const queueView = z.object({
  account: z.uuid().optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
})

export const liveLink = z.object({
  jobId: z.uuid(),
  url: z
    .string()
    .trim()
    .overwrite((url) => fromGateway(url))
    .max(255, 'An address holds up to 255 characters.')
    .pipe(
      z.url({
        protocol: /^https$/,
        error: 'Give the full address of the post on the network, starting with https://.',
      }),
    ),
})
