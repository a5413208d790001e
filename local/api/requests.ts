/** The path below one of the API's three parts, or undefined for another part's. */
export function pathUnder(
  part: '/auth/v1' | '/rest/v1' | '/storage/v1',
  request: Request,
): string | undefined {
  const { pathname } = new URL(request.url)
  return pathname.startsWith(`${part}/`) ? pathname.slice(part.length) : undefined
}

/** The same request with another address. */
export function withUrl(request: Request, url: URL): Request {
  return new Request(url, request)
}

/** The same request with another body. */
export function withBody(
  request: Request,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Request {
  const changed = new Headers(request.headers)
  changed.set('content-length', String(Buffer.byteLength(body)))
  for (const [name, value] of Object.entries(headers)) changed.set(name, value)
  return new Request(request.url, { method: request.method, headers: changed, body })
}
