import type { ApprovalMode } from '#tests/support/agency.ts'
import type { Role } from './cast.ts'
import { NAMED } from './exploration.ts'
import type { Invariant } from './invariants.ts'
import type { Step } from './steps.ts'

/** How the database could be made to break a promise, and a way on which that shows. */
export type Sabotage = {
  mode: ApprovalMode
  aiMade?: true
  way: Step[]
} & (
  | { /** Text of this function that is replaced. */ in: string; replace: [from: string, to: string][] }
  | {
      /** Written as the tables' owner once the way is gone. `piece` is the first piece's id. */ write: string
    }
)

const owner = (what: string, pick = 0, piece = 0) => by('owner', what, pick, piece)
const by = (who: Role, what: string, pick = 0, piece = 0): Step => ({ what, who, piece, pick })

const submitted = [owner('schedule'), by('creator', 'submit')]
const claimed = [...submitted, owner('publishNow'), owner('claim')]
const sent = [...claimed, owner('intent'), owner('result')]
/** Forms of `result`: they refuse it for good; nothing was sent. */
const [REFUSED, UNSENT] = [7, 3]

export const sabotages: Record<Invariant | typeof NAMED, Sabotage> = {
  [NAMED]: {
    mode: 'internal',
    in: 'withdraw_post',
    replace: [["private.refuse('post_wrong_state', jsonb_build_object('status', item.status))", '1 / 0']],
    way: [owner('withdraw')],
  },

  'a piece past its yes has one for each step, on exactly what it says': {
    mode: 'none',
    in: 'save_post',
    replace: [['item.content_digest <> before.content_digest and', 'false and']],
    way: [...submitted, owner('save', 1)],
  },
  'whoever decides may at that moment': {
    mode: 'internal',
    in: 'decide_approval',
    replace: [['private.permission_to_decide(lane)', "'content.view'"]],
    way: [...submitted, by('analyst', 'approve')],
  },
  'only where a brand asks nobody is a submission its own yes': {
    mode: 'internal',
    write: `insert into public.post_approvals (brand_id, post_id, version, content_digest, audience, status, decided_by)
      select brand_id, id, version, content_digest, 'internal', 'approved', created_by from piece`,
    way: submitted,
  },
  'nobody decides for the agency on their own piece, unless the brand allows it': {
    mode: 'internal',
    in: 'decide_approval',
    replace: [["perform private.refuse('decision_own_post')", 'null']],
    way: [owner('schedule'), by('manager', 'submit'), by('manager', 'approve')],
  },
  'what a machine wrote goes nowhere without the yes of a person who was asked': {
    mode: 'none',
    aiMade: true,
    in: 'submit_post',
    replace: [['jsonb_array_length(plan) = 0 and item.generated_by_agent is not null', 'false']],
    way: [owner('submit', 0, 1)],
  },
  'a piece is in review exactly while its version is on its way through the steps': {
    mode: 'internal',
    in: 'take_back',
    replace: [["w.content_id = item.id and w.status = 'active'", 'false']],
    way: [...submitted, owner('withdraw')],
  },
  'people are asked about the step that is open, and about nothing else': {
    mode: 'internal',
    in: 'take_back',
    replace: [["r.post_id = item.id and r.status = 'pending'", 'false']],
    way: [...submitted, owner('withdraw')],
  },

  'a version never changes after it was frozen': {
    mode: 'internal',
    write: `alter table public.content_versions disable trigger frozen;
      update public.content_versions set body = 'Else.' where content_id = (select id from piece)`,
    way: submitted,
  },
  'the digest of a version is that of what it froze': {
    mode: 'internal',
    in: 'digest_of',
    replace: [["'body', coalesce(i.content ->> 'body', ''),", '']],
    way: submitted,
  },
  'a decision never changes and never vanishes': {
    mode: 'none',
    write: `alter table public.post_approvals disable trigger append_only;
      update public.post_approvals set comment = 'Else.'`,
    way: submitted,
  },
  'a decision carries the digest of the version it is about': {
    mode: 'none',
    write: `alter table public.post_approvals disable trigger append_only;
      update public.post_approvals set content_digest = repeat('a', 64)`,
    way: submitted,
  },
  'a job carries what its version froze for that account': {
    mode: 'none',
    in: 'queue_jobs',
    replace: [["coalesce(c ->> 'body', version.body), version.link", 'version.body, version.link']],
    // Saved with other words for the second account.
    way: [owner('save', 4), ...submitted],
  },

  'nothing goes out for a piece that is not approved as it stands': {
    mode: 'none',
    in: 'take_back',
    replace: [['perform private.cancel_jobs(item.id);', '']],
    way: [...submitted, owner('save', 1)],
  },
  'nothing of a held piece is sent': {
    mode: 'client',
    in: 'decide_hold',
    replace: [["set status = 'paused'", "set status = 'scheduled'"]],
    way: [...submitted, by('approver', 'approve'), by('approver', 'hold')],
  },
  'a piece has one live job an account': {
    mode: 'none',
    write: `drop index publish_jobs_one_live_idx; ${anotherJob("'{}'")}`,
    way: submitted,
  },
  'a version goes out once an account': {
    mode: 'none',
    write: anotherJob(`'{"status": "published", "platform_post_id": "another"}'`),
    way: sent,
  },
  'one send an account at a time': {
    mode: 'none',
    in: 'claim_publish_job',
    replace: [['if busy is not null then', 'if false then']],
    way: [1, 2].flatMap((piece) => [
      owner('submit', 0, piece),
      owner('publishNow', 0, piece),
      owner('claim', 0, piece),
    ]),
  },
  'a claim is a lease with a fence': {
    mode: 'none',
    in: 'retry_later',
    replace: [['lease_token = null, lease_expires_at = null, leased_by = null,', '']],
    way: [...claimed, owner('result', UNSENT)],
  },
  'a published job was sent on record, or a person said where it is; and has its id on the network': {
    mode: 'none',
    in: 'record_publish_result',
    replace: [["kind = 'published' and job.intent_at is null", 'false']],
    way: [...claimed, owner('result')],
  },
  'a published piece is out on every account of its version': {
    mode: 'none',
    in: 'roll_up_all',
    replace: [["when t.failed > 0 then 'failed'", '']],
    way: [...sent, owner('claimWhenDue'), owner('result', REFUSED)],
  },
  'a piece says what its jobs say': {
    mode: 'none',
    in: 'jobs_published',
    replace: [['perform private.roll_up_all(pieces);', '']],
    way: [
      owner('submit', 0, 1),
      owner('publishNow', 0, 1),
      owner('claim', 0, 1),
      owner('intent', 0, 1),
      owner('result', 0, 1),
    ],
  },

  'a piece has one planned time, and says it': {
    mode: 'none',
    in: 'schedule_post',
    replace: [
      [
        'update public.content_items i set scheduled_for = instant',
        'update public.content_items i set title = i.title',
      ],
    ],
    way: [owner('schedule')],
  },

  'a version is shared by its client step and by nothing else': {
    mode: 'internal',
    in: 'open_step',
    replace: [
      [
        "if lane = 'client' then\n    update public.content_versions",
        'if true then\n    update public.content_versions',
      ],
    ],
    way: submitted,
  },
  'clients read what was shared with their brand, all of it, and nothing else of a piece': {
    mode: 'client',
    write: `create policy "everyone on the brand" on public.content_items for select to authenticated
      using (brand_id = any ((select private.brands_with('brand.view'))::uuid[]))`,
    way: submitted,
  },
  'what clients are told of their latest version is how the piece stands': {
    mode: 'client',
    in: 'take_back',
    replace: [["set client_status = 'withdrawn', superseded_at", 'set superseded_at']],
    way: [...submitted, owner('withdraw')],
  },
  'the time that clients are told is the piece’s': {
    mode: 'client',
    in: 'schedule_post',
    replace: [['v.version = item.version and v.superseded_at is null', 'false']],
    way: [...submitted, owner('schedule', 2)],
  },

  'the audit chain holds': {
    mode: 'none',
    write: `alter table public.audit_logs disable trigger user; delete from public.audit_logs where seq = 2`,
    way: submitted,
  },
  'an audit entry never changes and never vanishes': {
    mode: 'none',
    // Its own hash and that of the chain's end made anew: the chain looks whole.
    write: `alter table public.audit_logs disable trigger user;
      update public.audit_logs l set action = 'nothing' from private.audit_heads h where h.tenant_id = l.tenant_id and h.seq = l.seq;
      update public.audit_logs l set hash = private.audit_hash(l) from private.audit_heads h where h.tenant_id = l.tenant_id and h.seq = l.seq;
      update private.audit_heads h set hash = l.hash from public.audit_logs l where h.tenant_id = l.tenant_id and h.seq = l.seq`,
    way: submitted,
  },
  'a change of state leaves its entry: in the audit log, or where the worker took a job on or put it back, in its log':
    {
      mode: 'none',
      in: 'archive_post',
      replace: [["perform private.audit_post(item, 'post.archived');", '']],
      way: [owner('archive')],
    },
  'a decision leaves its entry in the audit log': {
    mode: 'internal',
    in: 'decide_approval',
    replace: [["'approval.' || decide_approval.outcome", "'said.' || decide_approval.outcome"]],
    way: [...submitted, owner('approve')],
  },
  'the desk writes to members alone, and to clients only of what was shared with them': {
    mode: 'internal',
    in: 'notify_brand',
    replace: [
      ['p.permission = notify_brand.permission', "p.permission = 'brand.view'"],
      ['and (item.created_by is null or m.user_id', 'and (true or m.user_id'],
    ],
    way: [...submitted, owner('withdraw')],
  },

  'a brand’s used bytes are the sum of its files': {
    mode: 'none',
    in: 'count_bytes',
    replace: [['delta := delta - old.size_bytes', 'delta := 0']],
    way: [owner('upload'), owner('readPictures')],
  },
  'a file’s uses are those in the log': {
    mode: 'none',
    in: 'increment_asset_usage',
    replace: [['usage_count = a.usage_count + 1', 'usage_count = 0']],
    way: [owner('upload'), owner('readPictures'), owner('save')],
  },
  'a milestone is unlocked once': {
    mode: 'none',
    write: `alter table public.milestones drop constraint unique_workspace_milestone;
      insert into public.milestones (tenant_id, key) select tenant_id, key from public.milestones`,
    way: submitted,
  },
  'an agency has an owner, and its owners and admins stand on every brand': {
    mode: 'none',
    write: `delete from public.brand_members where mirrored`,
    way: submitted,
  },
}

/** Beside the piece's first job, one that is like it but for the given. */
function anotherJob(given: string): string {
  return `insert into public.publish_jobs select (jsonb_populate_record(null::public.publish_jobs,
      to_jsonb(j) || jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', gen_random_uuid()) || ${given}::jsonb)).*
    from public.publish_jobs j where j.content_id = (select id from piece) and j.status in ('scheduled', 'published') order by j.status limit 1`
}
