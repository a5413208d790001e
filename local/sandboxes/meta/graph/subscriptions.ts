import { GraphError, invalidParameter, noSuchObject } from '../errors.ts'
import { META_SANDBOX_APP } from '../facts.ts'
import type { Params } from '../params.ts'
import { WEBHOOK_FIELDS, type WebhookObject } from '../webhooks.ts'
import type { Page } from '../world.ts'
import type { GraphCall, Meta } from './call.ts'
import { mustBePage } from './pages.ts'

/** `/{app}/subscriptions`, by the app's own token. */
export async function answerSubscriptions(meta: Meta, method: string, params: Params, accessToken: string) {
  if (!meta.tokens.isAppToken(accessToken))
    throw new GraphError('This method must be called with an app access token.', { code: 15 })
  const { webhooks } = meta
  switch (method) {
    case 'GET':
      return {
        data: Object.entries(webhooks.subscriptions()).map(([object, { callback_url, fields }]) => ({
          object,
          callback_url,
          active: true,
          fields: fields.map((name) => ({ name, version: 'v26.0' })),
        })),
      }
    case 'POST': {
      const object = readObject(params)
      const callback_url = params.required('callback_url')
      const fields = readFields(params, 'fields', WEBHOOK_FIELDS[object])
      const problem = await webhooks.shakeHands(callback_url, params.text('verify_token') ?? '')
      if (problem !== null)
        throw new GraphError(`(#2200) Callback verification failed with the following errors: ${problem}`, {
          code: 2200,
        })
      webhooks.subscribe(object, { callback_url, fields })
      return { success: true }
    }
    case 'DELETE':
      webhooks.unsubscribe(readObject(params))
      return { success: true }
    default:
      throw noSuchObject(META_SANDBOX_APP.id, method)
  }
}

function readObject(params: Params): WebhookObject {
  const object = params.required('object')
  if (object !== 'page' && object !== 'instagram')
    throw invalidParameter('Param object must be one of page, instagram')
  return object
}

function readFields(params: Params, name: string, known: readonly string[]): string[] {
  const fields = params
    .required(name)
    .split(',')
    .map((field) => field.trim())
  const wrong = fields.find((field) => !known.includes(field))
  if (wrong !== undefined) throw invalidParameter(`Param ${name} must be one of ${known.join(', ')}`)
  return fields
}

/** `/{page}/subscribed_apps`: whether this Page's events are sent to the app, and which. */
export function listSubscribedApps(call: GraphCall, page: Page) {
  mustBePage(call, page, 'pages_manage_metadata')
  const fields = call.meta.webhooks.fieldsOfPage(page.id)
  const { id, name } = META_SANDBOX_APP
  return { data: fields.length > 0 ? [{ id, name, subscribed_fields: fields }] : [] }
}

export function subscribePage(call: GraphCall, page: Page) {
  mustBePage(call, page, 'pages_manage_metadata')
  call.meta.webhooks.subscribePage(page.id, readFields(call.params, 'subscribed_fields', WEBHOOK_FIELDS.page))
  return { success: true }
}

export function unsubscribePage(call: GraphCall, page: Page) {
  mustBePage(call, page, 'pages_manage_metadata')
  call.meta.webhooks.subscribePage(page.id, [])
  return { success: true }
}
