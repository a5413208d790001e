import { randomBytes } from 'node:crypto'
import { z } from 'zod'

interface GraphErrorFacts {
  status?: number
  code: number
  subcode?: number
  type?: 'OAuthException' | 'GraphMethodException'
  isTransient?: boolean
  userTitle?: string
  userMessage?: string
  /** JSON in a string, as the platform writes it. */
  errorData?: string
  headers?: Record<string, string>
}

/** A refusal in the Graph API's form. */
export class GraphError extends Error {
  readonly facts: GraphErrorFacts

  constructor(message: string, facts: GraphErrorFacts) {
    super(message)
    this.facts = facts
  }

  get status(): number {
    return this.facts.status ?? 400
  }

  body(traceId: string) {
    const {
      code,
      subcode,
      type = 'OAuthException',
      isTransient,
      userTitle,
      userMessage,
      errorData,
    } = this.facts
    return {
      error: {
        message: this.message,
        type,
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(isTransient !== undefined && { is_transient: isTransient }),
        ...(userTitle !== undefined && { error_user_title: userTitle }),
        ...(userMessage !== undefined && { error_user_msg: userMessage }),
        ...(errorData !== undefined && { error_data: errorData }),
        fbtrace_id: traceId,
      },
    }
  }
}

export function newTraceId(): string {
  return `A${randomBytes(16).toString('base64url').replaceAll(/[-_]/g, 'x')}`
}

const errorBody = z.object({ error: z.object({ code: z.number(), error_subcode: z.number().optional() }) })

export function errorIn(body: unknown) {
  const read = errorBody.safeParse(body)
  return read.success ? { code: read.data.error.code, subcode: read.data.error.error_subcode ?? null } : null
}

export function invalidParameter(message: string, facts: Partial<GraphErrorFacts> = {}): GraphError {
  return new GraphError(`(#100) ${message}`, { code: 100, ...facts })
}

export function noSuchObject(id: string, method: string): GraphError {
  return new GraphError(
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    { code: 100, subcode: 33, type: 'GraphMethodException' },
  )
}

export function unreadablePhoto(): GraphError {
  return new GraphError('Invalid parameter', {
    code: 100,
    subcode: 1366046,
    isTransient: false,
    userTitle: 'Can’t read files',
    userMessage:
      'Your photos couldn’t be uploaded. Photos should be less than 4 MB and saved as JPG, PNG, GIF, BMP or TIFF files.',
  })
}

/** Why a token stopped working, by the subcode of error 190. */
const ENDED: Readonly<Record<number, string>> = {
  458: 'The user has not authorized the application.',
  459: 'The user is enrolled in a blocking, logged-in checkpoint.',
  460: 'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  463: 'Session has expired.',
  464: 'Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'The session is invalid because the user logged out.',
  492: 'The user must be an administrator, editor, or moderator of the page in order to impersonate it.',
}

export function tokenEnded(subcode: number): GraphError {
  const reason = ENDED[subcode] ?? 'The session is not valid.'
  return new GraphError(`Error validating access token: ${reason}`, { code: 190, subcode })
}

export function tokenUnreadable(): GraphError {
  return new GraphError('Invalid OAuth access token - Cannot parse access token', { code: 190 })
}

/** Reading a Page without the permission; Meta answers 10. */
export function mayNotRead(permission: string): GraphError {
  return new GraphError(
    `(#10) This endpoint requires the '${permission}' permission or the 'Page Public Content Access' feature.`,
    { status: 403, code: 10 },
  )
}

/** Instagram without the permission, the task, or a token that reaches the account; Meta answers 10. */
export function mayNotUseInstagram(): GraphError {
  return new GraphError('(#10) Application does not have permission for this action', {
    status: 403,
    code: 10,
  })
}

/** Publishing without the permission, the task or a Page token; Meta answers 200. */
export function mayNotPublish(): GraphError {
  return new GraphError(
    '(#200) Posting to a Page requires both pages_read_engagement and pages_manage_posts with a Page token, by someone with sufficient administrative permission.',
    { status: 403, code: 200 },
  )
}
