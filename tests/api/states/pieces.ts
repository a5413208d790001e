import { z } from 'zod'
import type { World } from './world.ts'

const job = z.object({
  id: z.uuid(),
  status: z.string(),
  /** As text: a bigint. */
  fence: z.string(),
  intent: z.boolean(),
  claimed_to: z.enum(['send', 'look']).nullable(),
})
export type Job = z.infer<typeof job>

const piece = z.object({
  id: z.uuid(),
  brand_id: z.uuid(),
  status: z.string(),
  revision: z.number(),
  content_digest: z.string(),
  lane: z.enum(['internal', 'client']).nullable(),
  held: z.boolean(),
  /** Whether clients read its latest version. */
  shared: z.boolean(),
  planned: z.boolean(),
  jobs: z.array(job),
})
export type Piece = z.infer<typeof piece>

/** How a piece stands, past row security; null once its draft was deleted. */
export async function readPiece({ db }: World, id: string): Promise<Piece | null> {
  const [row] = await db`
    select i.id, i.brand_id, i.status, i.revision, i.content_digest, i.held_at is not null as held,
      exists (select from public.content_versions v where v.content_id = i.id and v.version = i.version and v.shared_at is not null) as shared,
      exists (select from public.scheduled_content s where s.content_id = i.id and s.status = 'scheduled') as planned,
      (select w.steps -> w.current_step ->> 'audience' from public.workflow_instances w
       where w.content_id = i.id and w.status = 'active') as lane,
      coalesce((select jsonb_agg(jsonb_build_object('id', j.id, 'status', j.status, 'fence', j.fence::text, 'intent', j.intent_at is not null,
          'claimed_to', (select l.status from public.publishing_logs l where l.job_id = j.id and l.kind = 'attempt'
            order by l.created_at desc, l.ctid desc limit 1))
          order by j.created_at desc, n.platform_account_id)
        from public.publish_jobs j join public.connections n on n.id = j.connection_id where j.content_id = i.id), '[]') as jobs
    from public.content_items i where i.id = ${id}`
  return row ? piece.parse(row) : null
}
