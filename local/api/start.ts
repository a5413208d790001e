import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Answer } from './correction.ts'
import { mailerWithRedirects } from './corrections/mail-redirects.ts'
import { reloadSchemaOnChange } from './corrections/schema-reload.ts'
import { correctLite } from './gateway.ts'
import type { ApiKeys } from './keys.ts'
import { createLite } from './lite.ts'
import type { Mailer } from './mailer.ts'

export type ApiOptions = {
  /** Of role `authenticator`, on a prepared database. */
  databaseUrl: string
  /** Of role `postgres`, on the same. */
  ownerUrl: string
  /** 0 takes a free one. */
  port: number
  keys: ApiKeys
  siteUrl: string
  storageFolder: string
  mailer: Mailer
}

export type Api = { url: string; stop(): Promise<void> }

/** Serves Auth, Data API and Storage of one database, in this process. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { keys, siteUrl } = options
  const mailer = mailerWithRedirects(options.mailer, siteUrl)
  const { app, connection, stop } = createLite({ ...options, mailer })
  await app.init()
  await reloadSchemaOnChange(connection)

  let answer: Answer = async () => new Response('starting', { status: 503 })
  const server = createServer(getRequestListener((request) => answer(request)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The API listens on no port.')
  const url = `http://127.0.0.1:${address.port}`

  answer = correctLite({ sql: connection.driver, keys, url, siteUrl, mailer }, async (request) =>
    app.fetch(request),
  )
  return {
    url,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await stop()
    },
  }
}
