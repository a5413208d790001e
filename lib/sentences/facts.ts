import { runningTime } from '../media/running-time.ts'
import { formatInstant, zoneAbbreviation } from '../time/format.ts'

/** What a refusal knows beside its code: JSON from the database or from a platform, so nothing is taken for granted. */
export type Facts = Record<string, unknown>
export type Sentence = string | ((facts: Facts) => string)

/** A fact as text, or what to say without it. */
export function fact(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  if (typeof value === 'number') return amount(value)
  return typeof value === 'string' && value !== '' ? value : otherwise
}

export function amount(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value)
}

export function megabytes(facts: Facts, name: string, otherwise: string): string {
  const bytes = facts[name]
  return typeof bytes === 'number' ? `${amount(Math.round((bytes / (1024 * 1024)) * 10) / 10)} MB` : otherwise
}

export function duration(facts: Facts, name: string, otherwise: string): string {
  const ms = facts[name]
  return typeof ms === 'number' ? runningTime(ms) : otherwise
}

/** A day and hour with its zone; facts bring both, since an instant alone misleads. */
export function moment(facts: Facts, name: string, otherwise: string): string {
  const instant = facts[name]
  if (typeof instant !== 'string' || Number.isNaN(Date.parse(instant))) return otherwise
  const timeZone = typeof facts.time_zone === 'string' ? facts.time_zone : 'UTC'
  return `${formatInstant(instant, timeZone, 'day-time')} ${zoneAbbreviation(instant, timeZone)}`
}

const networks: Record<string, string> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  gbp: 'Google',
  mailchimp: 'Mailchimp',
}

export function network(facts: Facts): string {
  const name = fact(facts, 'network', '')
  return networks[name] ?? (name || 'The network')
}

/** The platform's own words, quoted, so that nobody takes them for ours. */
export function reason(facts: Facts): string {
  const words = fact(facts, 'reason', fact(facts, 'message', ''))
  return words ? `: “${words}”` : ''
}
