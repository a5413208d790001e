import { type GraphError, newTraceId } from '../errors.ts'
import { escaped } from '../webhooks.ts'

export function graphAnswer(body: unknown, version: string, headers: Record<string, string> = {}): Response {
  return graphResponse(200, body, newTraceId(), version, headers)
}

export function refusal(error: GraphError, version: string, headers: Record<string, string> = {}): Response {
  const traceId = newTraceId()
  return graphResponse(error.status, error.body(traceId), traceId, version, {
    ...headers,
    ...error.facts.headers,
    ...(error.facts.code === 190 && {
      'www-authenticate': `OAuth "Facebook Platform" "invalid_token" "${error.message.replaceAll('"', "'")}"`,
    }),
  })
}

function graphResponse(
  status: number,
  body: unknown,
  traceId: string,
  version: string,
  headers: Record<string, string>,
): Response {
  return new Response(escaped(JSON.stringify(body)), {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
      'facebook-api-version': version,
      'x-fb-trace-id': traceId,
      'x-fb-rev': '1031460517',
      ...headers,
    },
  })
}
