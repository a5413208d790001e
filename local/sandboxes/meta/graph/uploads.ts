import { invalidParameter, noSuchObject } from '../errors.ts'
import { META_SANDBOX_APP } from '../facts.ts'
import type { Params } from '../params.ts'
import { numberIn, wrongOffset } from '../rupload.ts'
import { isWhole } from '../uploads.ts'
import type { Meta } from './call.ts'

/** POST /{app}/uploads: announces a file of which `/videos` later takes the handle. */
export function startUpload({ uploads }: Meta, appId: string, params: Params) {
  if (appId !== META_SANDBOX_APP.id) throw noSuchObject(appId, 'POST')
  params.required('file_name')
  if (!/^video\//.test(params.required('file_type')))
    throw invalidParameter('Param file_type must be a video type')
  const size = Number(params.required('file_length'))
  if (!Number.isSafeInteger(size) || size < 1)
    throw invalidParameter('Param file_length must be a size in bytes')
  return { id: `upload:${uploads.start(size).id}` }
}

/** POST /upload:…: bytes from the offset on; the last ones are answered with the handle. */
export async function continueUpload({ uploads }: Meta, id: string, request: Request) {
  const upload = uploads.find(id)
  if (!upload) throw noSuchObject(`upload:${id}`, request.method)
  if (request.method === 'GET') return { id: `upload:${id}`, file_offset: upload.received }
  const offset = numberIn(request.headers, 'file_offset')
  const kept = uploads.append(id, offset ?? -1, new Uint8Array(await request.arrayBuffer()), null)
  if (!kept) throw wrongOffset(upload.received)
  return isWhole(kept) ? { h: `h:${id}` } : { id: `upload:${id}`, file_offset: kept.received }
}
