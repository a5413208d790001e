import { z } from 'zod'
import { jsonAnswer, withJson } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

const many = z.object({ expiresIn: z.number(), paths: z.array(z.string()) })
const signedByLite = z.looseObject({ signedUrl: z.string(), token: z.string().optional() })
const refusedByLite = z.looseObject({ message: z.string() })

/** lite answers with a field name and an address that supabase-js does not read, and signs only one at a time. */
export const signedUrls: Correction = (_api, next) => async (request) => {
  const path = pathUnder('/storage/v1', request)
  if (request.method !== 'POST' || !path) return next(request)

  if (/^\/object\/sign\/[^/]+$/.test(path)) return signMany(request)
  const response = await next(request)
  if (!response.ok) return response
  if (path.startsWith('/object/upload/sign/')) {
    return withJson(response, (body) => {
      const { signedUrl, token } = signedByLite.parse(body)
      return { url: belowStorage(signedUrl), token }
    })
  }
  if (path.startsWith('/object/sign/')) {
    return withJson(response, (body) => ({ signedURL: belowStorage(signedByLite.parse(body).signedUrl) }))
  }
  return response

  async function signMany(wanted: Request): Promise<Response> {
    const { expiresIn, paths } = many.parse(await wanted.json())
    const headers = new Headers(wanted.headers)
    headers.delete('content-length')
    const signed = paths.map(async (objectPath) => {
      const url = `${wanted.url}/${objectPath.split('/').map(encodeURIComponent).join('/')}`
      const answer = await next(
        new Request(url, { method: 'POST', headers, body: JSON.stringify({ expiresIn }) }),
      )
      const body = await answer.json()
      return answer.ok
        ? { path: objectPath, error: null, signedURL: belowStorage(signedByLite.parse(body).signedUrl) }
        : { path: objectPath, error: refusedByLite.parse(body).message, signedURL: null }
    })
    return jsonAnswer(await Promise.all(signed))
  }
}

function belowStorage(url: string): string {
  return url.replace(/^\/storage\/v1/, '')
}
