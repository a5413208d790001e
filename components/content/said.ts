import type { PostComment } from '#lib/content/queries.ts'
import type { Decision, PostVersion } from '#lib/content/versions.ts'
import type { Said } from './comment-lanes.tsx'

const deeds: Record<Decision['outcome'], string> = {
  approved: 'said yes to',
  changes_requested: 'asks for changes to',
  rejected: 'said no to',
  held: 'holds',
}

/** Comments, and what was said with decisions, in one order. */
export function saidAbout({
  comments,
  versions,
}: {
  comments: readonly PostComment[]
  versions: readonly PostVersion[]
}): Said[] {
  const decisions = versions.flatMap(({ version, decisions }) =>
    decisions.flatMap(({ audience, by, at, outcome, comment }) =>
      comment
        ? {
            id: `${version}-${at}`,
            audience,
            by,
            at,
            deed: `${deeds[outcome]} version ${version}`,
            body: comment,
          }
        : [],
    ),
  )
  const written = comments.map(({ id, audience, authorId, at, body }) => ({
    id,
    audience,
    by: authorId,
    at,
    deed: null,
    body,
  }))
  return [...decisions, ...written].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}
