import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Mailbox } from './mailbox.ts'
import { listPage, mailPage } from './pages.ts'

/**
 * The web inbox, for people at / and for programs:
 * GET /api/mails?to=address · GET /api/mails/:id · DELETE /api/mails
 */
export function createInbox(mailbox: Mailbox): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://inbox')
    const to = url.searchParams.get('to') ?? undefined
    if (url.pathname === '/') return sendPage(response, listPage(mailbox, to))
    if (url.pathname === '/events') return sendChanges(mailbox, request, response)
    if (url.pathname === '/api/mails') {
      if (request.method === 'DELETE') mailbox.clear()
      return sendJson(response, 200, mailbox.list(to))
    }

    const [, kind, id, part] = /^\/(mails|api\/mails)\/(\d+)(\/html)?$/.exec(url.pathname) ?? []
    const mail = mailbox.find(Number(id))
    if (!mail)
      return sendJson(response, 404, { error: 'No such mail. The catcher forgets all when it stops.' })
    if (kind === 'api/mails') return sendJson(response, 200, mail)
    if (part) return sendMailBody(response, mail.html ?? '')
    const view = mail.html === null || url.searchParams.get('view') === 'text' ? 'text' : 'html'
    return sendPage(response, mailPage(mail, view))
  })
}

function sendPage(response: ServerResponse, html: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(html)
}

function sendMailBody(response: ServerResponse, html: string): void {
  response.setHeader('content-security-policy', "script-src 'none'; form-action 'none'")
  sendPage(
    response,
    html.replace(/<head[^>]*>|$/i, (head) => `${head}<base target="_blank">`),
  )
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
  response.end(JSON.stringify(body))
}

function sendChanges(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const tell = () => response.write('data: changed\n\n')
  mailbox.changes.on('change', tell)
  request.on('close', () => mailbox.changes.off('change', tell))
}
