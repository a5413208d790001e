import type { PostgresType } from 'postgres'

/**
 * lite hands JSON over as finished text, and its driver would encode that text once more; it gives numeric(12,2)
 * as "12.50", times without their T, and bytea as a list of numbers. PostgREST gives what row_to_json gives.
 */
export const valueFormats: Record<string, PostgresType> = {
  json: { to: 114, from: [114], serialize: toJson, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: toJson, parse: JSON.parse },
  numeric: { to: 1700, from: [1700], serialize: String, parse: finiteNumber },
  timestamp: { to: 1114, from: [1114], serialize: (value: unknown) => value, parse: isoTime },
  timestamptz: { to: 1184, from: [1184], serialize: (value: unknown) => value, parse: isoTime },
  bytea: { to: 17, from: [17], serialize: hexBytes, parse: (text: string) => text },
}

function toJson(value: unknown): string {
  return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function finiteNumber(text: string): number | string {
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

/** `2026-01-02 10:11:12+00` becomes `2026-01-02T10:11:12+00:00`; infinity and BC stay as they are. */
function isoTime(text: string): string {
  if (!/^\d{4,}-/.test(text) || text.endsWith('BC')) return text
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
}

function hexBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value
}
