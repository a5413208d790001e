import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

/**
 * Before a browser calls a function of the Data API it asks whether it may. lite looks for the function
 * first, finds none without its arguments, and answers 404, which browsers take for a no.
 */
export const callPreflights: Correction = (_api, next) => async (request) => {
  const response = await next(request)
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
  if (!isPreflight || response.ok || !pathUnder('/rest/v1', request)?.startsWith('/rpc/')) return response

  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-type')
  return new Response(null, { status: 204, headers })
}
