import { Pause } from 'lucide-react'
import { Status } from '#components/status/status.tsx'
import type { Version } from '#lib/approvals/versions.ts'

/** How a post stands, in a client's words. */
export function ClientStatus({ version, agencyName }: { version: Version; agencyName: string }) {
  switch (version.clientStatus) {
    case 'waiting':
      return version.supersededAt === null ? (
        <Status status="pending_review">Needs an OK</Status>
      ) : (
        <Status status="draft">With {agencyName}</Status>
      )
    case 'changes_requested':
    case 'rejected':
      return <Status status="changes_requested">Changes asked</Status>
    case 'withdrawn':
      return <Status status="draft">Taken back to be changed</Status>
    case 'approved':
      return <Status status="approved">Approved, no time yet</Status>
    case 'held':
      return (
        <span className="inline-flex items-center gap-1 text-xs font-mid">
          <Pause aria-hidden className="size-3.5" />
          On hold
        </span>
      )
    case 'scheduled':
      return <Status status="scheduled">Goes out</Status>
    case 'publishing':
      return <Status status="publishing">Going out now</Status>
    case 'checking':
      return <Status status="outcome_unknown">Being checked</Status>
    case 'published':
      return <Status status="published">Out</Status>
    case 'failed':
      return <Status status="failed">Not out yet</Status>
  }
}
