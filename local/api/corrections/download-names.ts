import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

/** `?download=name` asks for a file to keep, under that name; lite ignores it. */
export const downloadNames: Correction = (_api, next) => async (request) => {
  const response = await next(request)
  const path = pathUnder('/storage/v1', request)
  if (request.method !== 'GET' || !response.ok || !path || !/^\/object\/(sign|public)\//.test(path))
    return response
  const wanted = new URL(request.url).searchParams.get('download')
  if (wanted === null) return response

  const name = wanted || decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
  const headers = new Headers(response.headers)
  headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return new Response(response.body, { status: response.status, headers })
}
