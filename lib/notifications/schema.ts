import { z } from 'zod'

export const inboxFilter = z.object({
  show: z.enum(['unread', 'all']).catch('unread'),
  after: z.string().optional().catch(undefined),
})
export type InboxFilter = z.infer<typeof inboxFilter>

export const readNotice = z.object({ noticeId: z.uuid() })
