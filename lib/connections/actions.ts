'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { fromForm, memberAction } from '#lib/actions.ts'
import { platformAppId, siteUrl } from '#lib/config.ts'
import { RefusalError } from '#lib/errors.ts'
import { authorizeUrl } from '#lib/platforms/authorize.ts'
import { throughGateway } from '#lib/platforms/http.ts'
import { refusal } from '#lib/refusals.ts'
import { connecting, connectionChoice } from './schema.ts'

/** Opens an attempt and sends the browser to the network's own page; it answers at /api/oauth. */
export const startConnecting = memberAction
  .metadata({ name: 'connections.start' })
  .inputSchema(fromForm(connecting))
  .stateAction(async ({ parsedInput: { brandId, platform }, ctx: { db } }) => {
    const appId = platformAppId(platform)
    if (!appId) throw new RefusalError(refusal('platform_not_configured'))
    const redirectUri = siteUrl(`/api/oauth/${platform}`).href
    const { data: opened } = await db
      .rpc('begin_connect', { brand_id: brandId, platform, redirect_uri: redirectUri })
      .single()
      .throwOnError()
    redirect(throughGateway(authorizeUrl(platform, { appId, state: opened.state, redirectUri })))
  })

/** Forgets an account's keys; what waited for it stops, and can be sent again once it is back. */
export const disconnect = memberAction
  .metadata({ name: 'connections.disconnect' })
  .inputSchema(connectionChoice)
  .action(async ({ parsedInput: { connectionId }, ctx: { db } }) => {
    await db.rpc('disconnect', { connection_id: connectionId }).throwOnError()
    revalidatePath('/', 'layout')
    return { disconnected: true }
  })
