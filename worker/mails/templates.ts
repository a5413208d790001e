import { sentenceFor } from '#lib/errors.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'
import type { Mail, Piece } from './mail.ts'
import { type Payload, payloads, type Template } from './payload.ts'

export function isTemplate(name: string): name is Template {
  return Object.hasOwn(payloads, name)
}

/** What these lead to is one person's alone; its token is made as the mail is sent. */
export const PERSONAL_LINK: Partial<Record<Template, 'join' | 'open'>> = {
  invitation: 'join',
  approval_request: 'open',
}

/** Where the mail leads: its button, and the desk behind it. */
export type Links = { url: string; siteUrl: string }

export function writeMail(template: Template, payload: unknown, links: Links): Mail {
  const { url } = links

  switch (template) {
    case 'invitation':
      return invitation(payloads.invitation.parse(payload), url)
    case 'approval_request':
      return approvalRequest(payloads.approval_request.parse(payload), links)
    case 'changes_requested':
      return changesRequested(payloads.changes_requested.parse(payload), url)
    case 'approved':
      return approved(payloads.approved.parse(payload), url)
    case 'publish_failed':
      return publishFailed(payloads.publish_failed.parse(payload), url)
    case 'connection_attention':
      return connectionAttention(payloads.connection_attention.parse(payload), url)
  }
}

function invitation(p: Payload<'invitation'>, url: string): Mail {
  const inviter = p.inviter_name ?? p.agency_name
  const until = p.expires_at
    ? `This invitation is good until ${formatInstant(p.expires_at, 'UTC', 'day')}.`
    : 'This invitation is good for a limited time.'
  const mail = {
    letterhead: p.agency_name,
    fromName: `${p.agency_name}, for ${p.brand_name}`,
    action: { label: 'Open the invitation', url },
    silence: 'If you do nothing, nothing happens.',
    footer: `${until} It is for you alone; it opens nothing once it is used or withdrawn.`,
    preferencesUrl: null,
  }
  if (!p.role.startsWith('client_')) {
    return {
      ...mail,
      subject: `${inviter} asks you to join ${p.brand_name}`,
      preview: `Work on ${p.brand_name} with ${p.agency_name}.`,
      heading: `${inviter} asks you to join ${p.brand_name}`,
      paragraphs: [
        `You would work on ${p.brand_name} with ${p.agency_name}: its calendar, its posts, its accounts.`,
      ],
    }
  }
  const may =
    p.role === 'client_approver'
      ? `Posts for ${p.brand_name} wait for your yes there. Nothing goes out without it.`
      : `You see there what goes out for ${p.brand_name}, and when.`
  return {
    ...mail,
    subject: `${p.agency_name} invites you to your page for ${p.brand_name}`,
    preview: may,
    heading: `Your page for ${p.brand_name}`,
    paragraphs: [`${inviter} of ${p.agency_name} set up a page for you.`, may],
  }
}

function approvalRequest(p: Payload<'approval_request'>, { url, siteUrl }: Links): Mail {
  const sender = p.person_name ?? p.agency_name
  return {
    ...fromAgency(p),
    subject: p.scheduled_at
      ? `A post needs your OK by ${when(p.scheduled_at, p.time_zone)}`
      : 'A post needs your OK',
    preview: `“${p.post_title}”, from ${sender}`,
    heading: 'A post needs your OK',
    paragraphs: [
      p.scheduled_at
        ? `${sender} sent it. It is planned for ${when(p.scheduled_at, p.time_zone)}.`
        : `${sender} sent it. It has no time yet.`,
    ],
    piece: pieceOf(p),
    action: { label: 'Look and decide', url },
    silence: 'If you do nothing, it will not go out. It waits for you.',
    footer: `The button opens your page for ${p.brand_name} without a password. Keep this mail to yourself.`,
    preferencesUrl: new URL(`/portal/${p.brand_slug}/preferences`, siteUrl).href,
  }
}

function changesRequested(p: Payload<'changes_requested'>, url: string): Mail {
  const who = p.person_name ?? 'The client'
  return {
    ...fromDesk(p),
    subject: `${who} asks for changes: “${p.post_title}”`,
    preview: p.comment ?? `${p.slug}, ${p.brand_name}`,
    heading: `${who} asks for changes`,
    paragraphs: [],
    piece: pieceOf(p),
    ...(p.comment ? { quote: { by: who, text: p.comment } } : {}),
    action: { label: 'Open the post', url },
    silence: 'It goes out only after a yes to what you send next.',
    footer: `You get this because you wrote or sent this post for ${p.brand_name}.`,
    preferencesUrl: null,
  }
}

function approved(p: Payload<'approved'>, url: string): Mail {
  const who = p.person_name ?? 'The client'
  return {
    ...fromDesk(p),
    subject: `${who} said yes: “${p.post_title}”`,
    preview: p.scheduled_at ? `It goes out ${when(p.scheduled_at, p.time_zone)}.` : 'It has no time yet.',
    heading: `${who} said yes`,
    paragraphs: [
      p.scheduled_at
        ? `It goes out ${when(p.scheduled_at, p.time_zone)}.`
        : 'It has no time yet. Pick one, and it goes out then.',
    ],
    piece: pieceOf(p),
    action: { label: 'Open the post', url },
    footer: `The yes holds for this version. You get this because you wrote or sent this post for ${p.brand_name}.`,
    preferencesUrl: null,
  }
}

function publishFailed(p: Payload<'publish_failed'>, url: string): Mail {
  const cause = sentenceFor(p.code, { network: p.network, account_name: p.account_name, reason: p.reason })
  return {
    ...fromDesk(p),
    subject: `Did not go out: “${p.post_title}” on ${p.account_name}`,
    preview: cause,
    heading: `“${p.post_title}” did not go out`,
    paragraphs: [cause],
    facts: [
      { label: 'Piece', value: `${p.slug}, ${p.brand_name}` },
      ...(p.scheduled_at ? [{ label: 'Was due', value: when(p.scheduled_at, p.time_zone) }] : []),
      { label: 'Account', value: p.account_name },
    ],
    action: { label: 'Open the post', url },
    silence: 'Until someone acts, nothing more is sent.',
    footer: `You get this at once because you answer for ${p.brand_name}.`,
    preferencesUrl: null,
  }
}

function connectionAttention(p: Payload<'connection_attention'>, url: string): Mail {
  const cause = sentenceFor(p.code, { network: p.network, account_name: p.account_name })
  const ends = p.ends_at ? when(p.ends_at, p.time_zone) : null
  const posts = p.waiting === 1 ? 'One post waits' : `${p.waiting || 'No'} posts wait`
  return {
    ...fromDesk(p),
    subject: ends ? `Connect ${p.account_name} again by ${ends}` : `Connect ${p.account_name} again`,
    preview: cause,
    heading: ends ? `${p.account_name} will stop` : `${p.account_name} has stopped`,
    paragraphs: [
      cause,
      ends
        ? `It works until ${ends}. After that nothing goes out on it.`
        : 'Nothing goes out on it until someone connects it again.',
    ],
    facts: [
      { label: 'Brand', value: p.brand_name },
      { label: 'Account', value: p.account_name },
      { label: 'Planned', value: `${posts} for it` },
    ],
    action: { label: 'Open the accounts', url },
    silence: 'Connecting again keeps its history, and everything that is planned.',
    footer: `You get this because you look after the accounts of ${p.brand_name}.`,
    preferencesUrl: null,
  }
}

type OfBrand = { agency_name: string; brand_name: string }

/** To a client: the agency speaks. */
function fromAgency(p: OfBrand) {
  return { letterhead: p.agency_name, fromName: `${p.agency_name}, for ${p.brand_name}` }
}

/** To a colleague: the desk speaks. */
function fromDesk(p: OfBrand) {
  return { letterhead: `${p.agency_name}’s desk`, fromName: `Copydesk, ${p.agency_name}` }
}

function pieceOf(p: Payload<'approval_request' | 'changes_requested' | 'approved'>): Piece {
  const slug = p.version ? `${p.slug}, version ${p.version}` : p.slug
  const time = p.scheduled_at ? when(p.scheduled_at, p.time_zone) : 'no time yet'
  return {
    title: p.post_title,
    excerpt: firstWords(p.body ?? ''),
    slugAndTime: `${slug} · ${time}`,
    imagePath: p.image_path,
  }
}

const EXCERPT_CHARS = 110

/** Whole words of the text, on one line. */
function firstWords(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim()
  if (line.length <= EXCERPT_CHARS) return line
  return `${line.slice(0, line.lastIndexOf(' ', EXCERPT_CHARS))} …`
}

/** "Fri 18 Sep, 17:30, London": a time without its zone misleads. */
function when(instant: string, zone: string | null): string {
  const named = zone ?? 'UTC'
  return `${formatInstant(instant, named, 'day-time')}, ${zoneCity(named)}`
}
