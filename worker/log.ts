import { type DestinationStream, type Logger, pino } from 'pino'
import { scrub } from '#lib/platforms/scrub.ts'

export type Log = Logger

const SECRET_NAMES = [
  'access_token',
  'accessToken',
  'refreshToken',
  'appsecret_proof',
  'authorization',
  'bearer',
  'client_secret',
  'password',
  'secret',
  'token',
]

/** Nothing below these names is written, at whichever of the depths our records have. */
const redact = {
  paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  censor: '[secret]',
}

/** What tokens look like inside a sentence: Meta's own, and whatever follows a scheme or a parameter's name. */
const TOKENS = [
  /\bEAA[A-Za-z0-9]{16,}/g,
  /(?<=\b(?:Bearer|OAuth) )[\w.~+/=|-]{16,}/g,
  /(?<=\b(?:access_token|input_token|fb_exchange_token|client_secret|appsecret_proof)=)[^&\s"\\]+/g,
]

/** Shorter ones are words, or nothing to protect. */
const MIN_SECRET_CHARS = 12

/** Lines of JSON. What fields do not give away, sentences might: each line is searched for `secrets` as it is written. */
export function createLog(destination?: DestinationStream, secrets: readonly string[] = []): Log {
  const named = secrets
    .filter((secret) => secret.length >= MIN_SECRET_CHARS)
    // As it stands, and as JSON writes it.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
  const streamWrite = (line: string) =>
    TOKENS.reduce((clean, token) => clean.replace(token, '[secret]'), scrub(line, named))
  const options = { name: 'worker', redact, hooks: { streamWrite } }
  return destination ? pino(options, destination) : pino(options)
}
