/** A JSON answer that a browser on another origin may read, as all of Supabase's are. */
export function jsonAnswer(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}) {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*', ...init.headers },
  })
}

/** A refusal in the form of Supabase Auth. */
export function authRefusal(status: number, code: string, message: string): Response {
  return jsonAnswer(
    { code: status, error_code: code, msg: message },
    { status, headers: { 'x-sb-error-code': code } },
  )
}

/** A refusal in the form of Supabase Storage: HTTP says 400 and the body holds the real status. */
export function storageRefusal(statusCode: string, error: string, message: string): Response {
  return jsonAnswer({ statusCode, error, message }, { status: 400 })
}

/** The same answer with its JSON body changed. */
export async function withJson(response: Response, change: (body: unknown) => unknown): Promise<Response> {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  const body = JSON.stringify(change(await response.json()))
  return new Response(body, { status: response.status, headers })
}
