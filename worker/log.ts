import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

const SECRET_NAMES = [
  'access_token',
  'accessToken',
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

export function createLog(destination?: DestinationStream): Log {
  const options = { name: 'worker', redact }
  return destination ? pino(options, destination) : pino(options)
}
