import type { PostgresConnection } from '@supabase/lite/postgres'

/**
 * lite answers 500 with a code of its own for errors it has no rule for, a function's `raise` among them;
 * PostgREST passes every SQLSTATE on (docs.postgrest.org, "Errors"). It does pass on what a function raises
 * as PGRST, status and all: such errors are handed to it in that form.
 */
export function passDatabaseErrorsOn(connection: PostgresConnection): void {
  const normalize = connection.normalizeDbError.bind(connection)
  connection.normalizeDbError = (error: unknown) => {
    const normal: unknown = normalize(error)
    const raised = asDatabaseError(normal)
    if (!raised || liteKnows(raised.code)) return normal
    const { code, message, detail = null, hint = null } = raised
    return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), {
      code: 'PGRST',
      detail: JSON.stringify({ status: statusOf(code), headers: {} }),
    })
  }
}

type DatabaseError = { code: string; message: string; detail?: string; hint?: string }

function asDatabaseError(error: unknown): DatabaseError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  if (!/^[0-9A-Z]{5}$/.test(error.code) || error.code.startsWith('PT') || error.code === 'PGRST') return null
  const text = (name: 'detail' | 'hint') => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? { [name]: value } : {}
  }
  return { code: error.code, message: error.message, ...text('detail'), ...text('hint') }
}

function liteKnows(code: string): boolean {
  return /^(42|22|21|55|53)/.test(code) || ['23502', '23503', '23505', '25006'].includes(code)
}

function statusOf(code: string): number {
  if (code.startsWith('08')) return 503
  if (/^(0L|0P|28)/.test(code)) return 403
  if (code === 'P0001') return 400
  return /^(09|25|2D|38|39|3B|40|54|57|58|F0|HV|P0|XX)/.test(code) ? 500 : 400
}
