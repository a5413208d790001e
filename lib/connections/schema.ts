import { z } from 'zod'

/** Platforms this desk can connect; a connector's folder brings its name here. */
export const connectablePlatforms = ['meta'] as const

export const connecting = z.object({ brandId: z.uuid(), platform: z.enum(connectablePlatforms) })

export const connectionChoice = z.object({ connectionId: z.uuid() })

export const attemptStates = ['started', 'received', 'done', 'failed'] as const

/** An attempt to connect, as its starter may read it. */
export const attempt = z.object({
  id: z.string(),
  status: z.enum(attemptStates),
  failure_code: z.string().nullable(),
  failure_facts: z.record(z.string(), z.unknown()).nullable(),
  connected: z.array(z.object({ connection_id: z.string(), network: z.string(), account_name: z.string() })),
})
export type Attempt = z.infer<typeof attempt>

export const attemptColumns = 'id, status, failure_code, failure_facts, connected' as const

const oneOf = (value: unknown) => (Array.isArray(value) ? value[0] : value)

/** The address of the connections page; `connecting` names an attempt that has just come back. */
export const connectionsFilter = z.object({
  connecting: z.preprocess(oneOf, z.uuid().optional().catch(undefined)),
})
