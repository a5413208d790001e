import { z } from 'zod'
import type { Ports } from '../ports.ts'
import { exchangeOauth } from './exchange-oauth.ts'
import { openPublishingFloor, publishPost } from './publish-post.ts'
import { sendEmail } from './send-email.ts'
import { verifyMedia } from './verify-media.ts'

/** By the names and payloads under which the SQL functions enqueue them. */
export type Tasks = Record<
  'publish_post' | 'send_email' | 'verify_media' | 'exchange_oauth',
  /** What only waits for its time ends when it is told to stop. */
  (payload: unknown, stopping?: AbortSignal) => Promise<void>
>

const publishPayload = z.object({ job_id: z.uuid() })
const emailPayload = z.object({ email_id: z.uuid() })
const mediaPayload = z.object({ asset_id: z.uuid() })
const oauthPayload = z.object({ oauth_state_id: z.uuid() })

/** `workerId` names whoever holds a lease, for the record. */
export function createTasks(ports: Ports, workerId: string): Tasks {
  const floor = openPublishingFloor(ports.publishing)
  return {
    publish_post: (payload, stopping) =>
      publishPost(publishPayload.parse(payload).job_id, workerId, ports, floor, stopping),
    send_email: (payload) => sendEmail(emailPayload.parse(payload).email_id, ports),
    verify_media: (payload) => verifyMedia(mediaPayload.parse(payload).asset_id, ports),
    exchange_oauth: (payload) => exchangeOauth(oauthPayload.parse(payload).oauth_state_id, ports),
  }
}
