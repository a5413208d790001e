import { z } from 'zod'

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

export const liveLink = z.object({
  jobId: z.uuid(),
  url: z
    .string()
    .trim()
    .max(255, 'An address holds up to 255 characters.')
    .pipe(
      z.url({
        protocol: /^https$/,
        error: 'Give the full address of the post on the network, starting with https://.',
      }),
    ),
})
