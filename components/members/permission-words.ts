import type { Permission } from '#lib/members/roles.ts'

type Row = { may: string; permissions: Permission[] }

/** The matrix as people read it: permissions that always go together share a row. */
export const permissionGroups: { group: string; rows: Row[] }[] = [
  {
    group: 'Brand',
    rows: [
      { may: 'See the brand', permissions: ['brand.view'] },
      { may: 'Edit it, its kit and intake', permissions: ['brand.edit'] },
      { may: 'Delete it', permissions: ['brand.delete'] },
      {
        may: 'People, audit, connect accounts',
        permissions: ['members.manage', 'audit.view', 'connections.manage'],
      },
      { may: 'See connections', permissions: ['connections.view'] },
    ],
  },
  {
    group: 'Content',
    rows: [
      { may: 'See posts, drafts too', permissions: ['content.view'] },
      { may: 'See what was shared', permissions: ['content.view_shared'] },
      { may: 'Write and edit', permissions: ['content.create', 'content.edit'] },
      { may: 'Delete posts', permissions: ['content.delete'] },
      { may: 'Delete own drafts', permissions: ['content.delete_own_drafts'] },
      { may: 'See media', permissions: ['media.view'] },
      { may: 'Upload media', permissions: ['media.upload'] },
      { may: 'Manage media', permissions: ['media.manage'] },
      { may: 'Plan with the desk', permissions: ['planning.use'] },
    ],
  },
  {
    group: 'Approval and publishing',
    rows: [
      { may: 'Send for approval', permissions: ['approvals.request'] },
      { may: 'Say yes inside', permissions: ['approvals.decide_internal'] },
      { may: 'Say yes as the client, hold', permissions: ['approvals.decide_client', 'approvals.hold'] },
      { may: 'Set up who must say yes', permissions: ['approvals.configure'] },
      {
        may: 'Schedule, move, cancel',
        permissions: ['publishing.schedule', 'publishing.reschedule', 'publishing.cancel'],
      },
      {
        may: 'Publish now, pause, try again',
        permissions: ['publishing.publish_now', 'publishing.pause', 'publishing.retry'],
      },
    ],
  },
  {
    group: 'Talk and numbers',
    rows: [
      { may: 'Internal notes', permissions: ['comments.internal'] },
      { may: 'Client lane', permissions: ['comments.client'] },
      { may: 'See numbers', permissions: ['analytics.view'] },
      { may: 'Export numbers', permissions: ['analytics.export'] },
      { may: 'Set goals', permissions: ['goals.manage'] },
    ],
  },
]
