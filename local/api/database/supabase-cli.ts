import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const command = path.resolve(import.meta.dirname, '../../../node_modules/.bin/supabase')

/** Runs the Supabase CLI and gives what it prints; a failure carries all it said. */
export async function supabaseCli(given: string[]): Promise<string> {
  const env = { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  try {
    const { stdout } = await promisify(execFile)(command, given, { env, maxBuffer: 64 * 1024 ** 2 })
    return stdout
  } catch (error) {
    throw new Error(`supabase ${given.slice(0, 2).join(' ')} failed.\n${outputOf(error)}`)
  }
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const output = ['stdout' in error ? error.stdout : '', 'stderr' in error ? error.stderr : '']
  return output.filter(Boolean).join('\n') || error.message
}
