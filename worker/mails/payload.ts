import { z } from 'zod'

/** What outbound_emails.payload holds, by template. Names as in the rows they come from. */
const text = z.string().min(1)
const optional = text.nullish().transform((value) => value ?? null)

const brand = { agency_name: text, brand_name: text }
const piece = {
  ...brand,
  brand_slug: text,
  post_id: z.uuid(),
  post_title: text,
  body: optional,
  slug: text,
  version: z.coerce.number().int().nullish(),
  scheduled_at: optional,
  time_zone: optional,
  image_path: optional,
  /** Who did what the mail tells: sent it, asked for changes, said yes. */
  person_name: optional,
}

export const payloads = {
  invitation: z.object({ ...brand, role: text, inviter_name: optional, expires_at: optional }),
  approval_request: z.object(piece),
  changes_requested: z.object({ ...piece, comment: optional }),
  approved: z.object(piece),
  publish_failed: z.object({
    ...piece,
    account_name: text,
    network: text,
    code: text,
    /** The platform's own words, where it had any. */
    reason: optional,
  }),
  connection_attention: z.object({
    ...brand,
    brand_slug: text,
    account_name: text,
    network: text,
    code: text,
    /** Until then it still works; absent: it has stopped. */
    ends_at: optional,
    time_zone: optional,
    /** Posts that wait for this account. */
    waiting: z.coerce.number().int(),
  }),
}

export type Template = keyof typeof payloads
export type Payload<T extends Template> = z.infer<(typeof payloads)[T]>
