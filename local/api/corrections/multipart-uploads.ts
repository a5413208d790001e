import type { Correction } from '../correction.ts'
import { pathUnder, withBody } from '../requests.ts'

/**
 * supabase-js sends a File or Blob as a form whose file field has an empty name. lite wants it named `file`
 * in a POST and takes no form in a PUT: hand it the bytes themselves.
 */
export const multipartUploads: Correction = (_api, next) => async (request) => {
  const isUpload = request.method === 'POST' || request.method === 'PUT'
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data')
  if (!isUpload || !isForm || !pathUnder('/storage/v1', request)?.startsWith('/object/')) return next(request)

  const form = await request.formData()
  const file = [...form.values()].find((value) => typeof value !== 'string')
  const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
  const cacheControl = form.get('cacheControl')
  return next(
    withBody(request, bytes, {
      'content-type': file?.type || 'application/octet-stream',
      'cache-control': typeof cacheControl === 'string' ? `max-age=${cacheControl}` : 'max-age=3600',
    }),
  )
}
