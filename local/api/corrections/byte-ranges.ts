import { askedRange, rangeIn } from '../asked-range.ts'
import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

/** lite gives the whole object whatever part is asked for; players seek by ranges, and some play nothing without. */
export const byteRanges: Correction = (_api, next) => async (request) => {
  const range = rangeIn(request.headers.get('range'))
  const path = pathUnder('/storage/v1', request)
  if (!range || request.method !== 'GET' || !path?.startsWith('/object/')) return next(request)
  const response = await askedRange.run(range, () => next(request))
  const contentRange = response.headers.get('content-range')
  if (response.status !== 200 || !contentRange) return response
  const { headers, body } = response
  return contentRange.startsWith('bytes */')
    ? new Response(null, { status: 416, headers })
    : new Response(body, { status: 206, headers })
}
