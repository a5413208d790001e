import { categories } from '../../categories.ts'
import type { Catalog } from '../catalog/read.ts'
import { ended, table as markdownTable, page, prose } from '../markdown.ts'
import { linkTo } from '../places.ts'
import { overviewLine, tablesOf } from './category.ts'
import { diagram } from './diagram.ts'

const flow = [
  'public.tenants',
  'public.brands',
  'public.connections',
  'public.content_items',
  'public.content_channels',
  'public.content_versions',
  'public.workflow_instances',
  'public.approval_requests',
  'public.post_approvals',
  'public.publish_jobs',
  'public.publishing_logs',
]

export function readmePage(catalog: Catalog): string {
  const ids = flow.flatMap((id) => catalog.tables.filter((table) => table.id === id))
  const open = catalog.tables.filter(({ schema }) => schema === 'public').length
  return page(
    '# The schema',
    `${open} tables in \`public\`, ${catalog.tables.length - open} in \`private\`, in the nine categories of the customer's plan. \`npm run db:docs\` writes these pages from the catalog of a migrated database, so what they say is what the database does; a test fails where they are out of date. To change them, change a migration or a comment in it.`,
    [
      '- [Permissions](permissions.md): the roles, what each may do, and what that opens.',
      '- [Functions](functions.md): every call of the Data API, who may make it, what it writes, how it refuses.',
      '- [Plan](plan.md): where we differ from the plan, and why.',
      '- [Isolation](../security/isolation.md): the proof that no row reaches the wrong person.',
    ].join('\n'),
    '## From a brand to a published post',
    diagram(ids, { all: catalog.tables, outside: false }),
    'An agency (`tenants`) has brands; a brand has accounts (`connections`) and pieces (`content_items`). Submitting a piece freezes a version, opens a workflow on it and asks people; their decisions name the version and its digest. The last yes makes one job for each account, and each job keeps a log of what was sent and what came back.',
    '## What holds everywhere',
    [
      '- Row security is on for every table. Nothing is granted by default: not to visitors, and not to the secret key (`service_role`), which may call a few functions and read no table.',
      "- Brand data is reached through `brand_members` alone. Foreign keys between rows of a brand carry the brand along, so that no row can point into somebody else's; the few that do not are filled in by functions alone.",
      '- Clients never read `content_items`. They read the versions that were shared with them.',
      '- A state changes only by a function, in one transaction with all that follows from it: jobs, mails, the audit entry.',
      '- Tables in `private` are outside the Data API.',
    ].join('\n'),
    '## Tables',
    ...categories.map((category) =>
      [
        `### ${overviewLine(category)}`,
        '',
        markdownTable(
          ['table', 'what it holds'],
          tablesOf(category, catalog).map(({ id, comment }) => [linkTo(id), ended(prose(comment ?? ''))]),
        ),
      ].join('\n'),
    ),
    '## How to read a table',
    [
      '- **Columns.** Comments stand where a name does not say it all; rules follow from the checks. `id` is the primary key where there is one, and `created_at` and `updated_at` are what they seem. `timestamptz` is an instant, `timestamp` a wall clock whose zone stands beside it.',
      '- **Relations** say what becomes of the row when what it points to is deleted.',
      '- **Access.** ● every row, ◐ some rows, blank: none. What is not in the grid cannot be done through the Data API. The lines below it say which rows, and which columns where not all. "The caller has `content.view`" means that their role on the row\'s brand holds that [permission](permissions.md).',
      '- **By functions** names the functions whose text writes the table. Where the grid has no verb for it, they are the only way in; those in `private` are called by others, by triggers or by the worker.',
    ].join('\n'),
  )
}
