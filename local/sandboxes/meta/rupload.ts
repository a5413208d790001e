import type { Conditions } from '../platform.ts'
import { GraphError } from './errors.ts'
import { fetchFile } from './fetching.ts'
import type { Meta } from './graph/call.ts'
import { filmStart, keepFilm } from './graph/containers.ts'
import { pageFilm } from './graph/films.ts'
import { graphAnswer, refusal } from './graph/respond.ts'
import { serveVersion } from './graph/versions.ts'
import type { Container } from './instagram/containers.ts'
import type { Session } from './tokens.ts'
import { isWhole, type Upload } from './uploads.ts'
import type { Video } from './videos.ts'

const PATH = /^\/(video-upload|ig-api-upload)\/(v\d+\.\d+)\/(\d+)$/

/** rupload.facebook.com: the bytes of films, in one piece or in several, or an address to fetch them from. */
export async function answerRupload(meta: Meta, request: Request, conditions: Conditions): Promise<Response> {
  const [, door, asked = null, id = ''] = PATH.exec(new URL(request.url).pathname) ?? []
  const version = serveVersion(null, meta.ground.clock.now())
  if (door === undefined || request.method !== 'POST')
    return debugInfo(404, false, 'NotFoundError', 'There is no such upload.')
  try {
    serveVersion(asked, meta.ground.clock.now())
    const session = sessionOf(meta, request)
    return door === 'video-upload'
      ? graphAnswer(await receiveVideo(meta, session, id, request, conditions), version)
      : await receiveContainer(meta, session, id, request, conditions)
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refusal(error, version)
  }
}

/** The token comes in the header alone, in this scheme. */
function sessionOf(meta: Meta, request: Request): Session {
  const token = /^OAuth (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!token) throw new GraphError('Send the access token as Authorization: OAuth.', { code: 2500 })
  return meta.tokens.session(token)
}

async function receiveVideo(
  meta: Meta,
  session: Session,
  id: string,
  request: Request,
  conditions: Conditions,
) {
  const video = meta.videos.byId(id)
  const upload = video?.upload_id == null ? null : meta.uploads.find(video.upload_id)
  if (!video || !upload || session.token.page_id !== video.page_id)
    throw new GraphError('The video upload session does not exist.', { code: 100, subcode: 1363041 })
  const received = await receive(meta, upload, request)
  if (received.kind === 'misplaced') throw wrongOffset(received.upload.received)
  if (received.kind === 'unfetched')
    throw new GraphError('The video could not be fetched.', {
      code: 6000,
      subcode: 1363030,
      isTransient: true,
    })
  if (isWhole(received.upload)) beginVideo(meta, video, received.upload, conditions)
  return { success: true }
}

/** The work on a film begins with its last byte. */
export function beginVideo(meta: Meta, video: Video, upload: Upload, conditions: Conditions): void {
  if (video.began_at !== null) return
  const { file, start } = pageFilm({ meta, conditions }, meta.uploads.bytesOf(upload.id), video.surface)
  meta.videos.begin(video.id, file, start)
}

/** Where to go on is told in error_data. */
export function wrongOffset(expected: number): GraphError {
  return new GraphError('The offset does not match what was received.', {
    code: 100,
    subcode: 1363037,
    isTransient: true,
    errorData: JSON.stringify({ start_offset: expected }),
  })
}

async function receiveContainer(
  meta: Meta,
  session: Session,
  id: string,
  request: Request,
  conditions: Conditions,
): Promise<Response> {
  const container = meta.containers.find(id)
  const upload = container?.upload_id == null ? null : meta.uploads.find(container.upload_id)
  if (!container || !upload || !mayReach(meta, session, container))
    return debugInfo(
      404,
      false,
      'NotAuthorizedError',
      'The upload does not exist or belongs to someone else.',
    )
  const received = await receive(meta, upload, request)
  if (received.kind === 'misplaced')
    return debugInfo(
      400,
      true,
      'OffsetInvalidError',
      `Request starting offset is invalid: ${received.upload.received} bytes are here.`,
    )
  if (received.kind === 'unfetched')
    return debugInfo(400, true, 'ProcessingFailedError', 'The video could not be fetched.')
  if (isWhole(received.upload) && container.began_at === null) {
    const { file, failure } = keepFilm(meta, meta.uploads.bytesOf(upload.id), container.kind)
    meta.containers.begin(container.id, file, filmStart({ meta, conditions }, failure))
  }
  return graphAnswer(
    { success: true, message: 'Upload successful.' },
    serveVersion(null, meta.ground.clock.now()),
  )
}

function mayReach({ world }: Meta, { token, may }: Session, { account_id }: Container): boolean {
  const page = world.instagram(account_id)?.page
  const isHeld = world.pagesOf(token.person_id).some(({ id }) => id === page?.id)
  return page !== undefined && isHeld && may('instagram_content_publish', page.id)
}

type Received =
  | { kind: 'received'; upload: Upload }
  | { kind: 'misplaced'; upload: Upload }
  | { kind: 'unfetched' }

async function receive({ uploads }: Meta, upload: Upload, request: Request): Promise<Received> {
  const address = request.headers.get('file_url')
  if (address !== null) {
    const fetched = await fetchFile(address)
    if (fetched.kind === 'failed') return { kind: 'unfetched' }
    return appended(uploads.append(upload.id, 0, fetched.bytes, fetched.bytes.byteLength), upload)
  }
  const [offset, size] = ['offset', 'file_size'].map((name) => numberIn(request.headers, name))
  const bytes = new Uint8Array(await request.arrayBuffer())
  return offset == null
    ? { kind: 'misplaced', upload }
    : appended(uploads.append(upload.id, offset, bytes, size ?? null), upload)
}

function appended(kept: Upload | null, before: Upload): Received {
  return kept ? { kind: 'received', upload: kept } : { kind: 'misplaced', upload: before }
}

export function numberIn(headers: Headers, name: string): number | null {
  const value = headers.get(name)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : null
}

/** Instagram's half of this host speaks another language than the Graph API. */
function debugInfo(status: number, isRetriable: boolean, type: string, message: string): Response {
  return Response.json({ debug_info: { retriable: isRetriable, type, message } }, { status })
}
