import { html } from 'hono/html'
import { z } from 'zod'
import { isLoopback } from '../loopback.ts'
import { type Markup, showPage, showProblem } from '../page.ts'
import { META_SANDBOX_APP, PERMISSIONS, WWW_HOST } from './facts.ts'
import type { Meta } from './graph/call.ts'
import type { PageRole, Person } from './world.ts'

const dialogQuery = z.object({
  client_id: z.literal(
    META_SANDBOX_APP.id,
    'The app id is not known here. Compare META_APP_ID with the sandbox’s.',
  ),
  redirect_uri: z.url('The redirect address is missing or no whole URL.'),
  state: z.string('The parameter state is missing. It ties the answer to the person who asked.').min(1),
  response_type: z
    .literal('code', 'This sandbox answers with a code only: send response_type=code.')
    .default('code'),
  scope: z
    .string('The parameter scope is missing: name the permissions, with commas between them.')
    .transform((scope) => scope.split(/[,\s]+/).filter(Boolean)),
  as: z.string().optional(),
})
type DialogQuery = z.infer<typeof dialogQuery>

const SHOWN_AS = { title: 'Not connected', standsFor: WWW_HOST, status: 400 }

/** The consent dialog of www.facebook.com: who, which Pages, which permissions, yes or no. */
export async function answerDialog(meta: Meta, request: Request): Promise<Response> {
  const query = dialogQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  // Without a known app and address there is nobody to send an answer to: the platform shows these to the person.
  if (!query.success)
    return showProblem(SHOWN_AS, query.error.issues[0]?.message ?? 'The request is incomplete.')
  const unknown = query.data.scope.filter((permission) => !Object.hasOwn(PERMISSIONS, permission))
  if (unknown.length > 0) return showProblem(SHOWN_AS, `Invalid scopes: ${unknown.join(', ')}.`)
  if (!isRegistered(meta, query.data.redirect_uri))
    return showProblem(
      SHOWN_AS,
      `${query.data.redirect_uri} is not among the app’s redirect addresses. Loopback always is; name others under redirect_uris at /_sandbox/settings.`,
    )

  const people = meta.world.people()
  const person = people.find(({ id }) => id === query.data.as) ?? people[0]
  if (!person)
    return showProblem(SHOWN_AS, 'Nobody lives in this sandbox. POST /_sandbox/pages creates people.')
  if (request.method === 'POST') {
    const form = await request.formData().catch(() => null)
    return form
      ? decide(meta, query.data, person, form)
      : showProblem(SHOWN_AS, 'The answer was not sent as a form. Go back and choose again.')
  }
  return showDialog(meta, query.data, person, people)
}

function isRegistered(meta: Meta, redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri)
  return (
    (/^https?:$/.test(protocol) && isLoopback(hostname)) ||
    meta.ground.settings.values.redirect_uris.includes(redirectUri)
  )
}

function decide(meta: Meta, query: DialogQuery, person: Person, form: FormData): Response {
  if (form.get('decision') !== 'continue')
    return sendBack(query, {
      error: 'access_denied',
      error_code: '200',
      error_description: 'Permissions error',
      error_reason: 'user_denied',
    })
  const ticked = new Set(form.getAll('permission'))
  const asked = [...new Set(['public_profile', ...query.scope])]
  const granted = asked.filter((permission) => permission === 'public_profile' || ticked.has(permission))
  const declined = asked.filter((permission) => !granted.includes(permission))
  const chosen = new Set(form.getAll('page'))
  const pageIds = meta.world.pagesOf(person.id).flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  return meta.ground.store.transaction(() => {
    meta.tokens.allow(person.id, granted, declined, pageIds)
    return sendBack(query, { code: meta.tokens.newCode(person.id, query.redirect_uri) })
  })
}

/** Facebook ends its answer with this fragment, so a client must live with it. */
function sendBack({ redirect_uri, state }: DialogQuery, answer: Record<string, string>): Response {
  const separator = redirect_uri.includes('?') ? '&' : '?'
  const location = `${redirect_uri}${separator}${new URLSearchParams({ ...answer, state })}#_=_`
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
}

function showDialog(meta: Meta, query: DialogQuery, person: Person, people: Person[]): Promise<Response> {
  const pages = meta.world.pagesOf(person.id)
  const before = meta.tokens.grantOf(person.id)?.page_ids
  const app = META_SANDBOX_APP.name
  const others = people.filter(({ id }) => id !== person.id)
  return showPage(
    { title: `Connect ${app}`, standsFor: WWW_HOST, formTargets: [new URL(query.redirect_uri).origin] },
    html`<main class="narrow">
<h1>Connect ${app}</h1>
<p>You are signed in as <b>${person.name}</b>. Choose the Pages that ${app} may use.</p>
<form method="post" action="${addressAs(query, person)}" class="sheet">
<fieldset class="rows"><legend class="quiet">Pages that ${person.name} manages</legend>
${pages.length === 0 ? html`<p>${person.name} manages no Pages.</p>` : pages.map((page) => pageChoice(page, before?.includes(page.id) ?? true))}
</fieldset>
<details><summary>What ${app} may do</summary><div class="rows">${query.scope.map(permissionChoice)}</div></details>
<div class="pad"><div class="acts">
<button class="act" name="decision" value="continue">Continue</button>
<button name="decision" value="cancel">Cancel</button>
</div></div>
</form>
${
  others.length > 0 &&
  html`<nav aria-label="Sign in as someone else"><p class="quiet">Not ${person.name}? Sign in as
${others.map((other, index) => html`${index > 0 ? ', ' : ''}<a href="${addressAs(query, other)}">${other.name}</a>`)}.</p></nav>`
}
</main>`,
  )
}

function pageChoice(page: PageRole, isTicked: boolean): Markup {
  return html`<label class="row"><input type="checkbox" name="page" value="${page.id}" ${isTicked ? 'checked' : ''}>
<div><b>${page.name}</b><div class="quiet">${page.category}${page.instagram_username ? ` · Instagram @${page.instagram_username}` : ''}</div></div></label>`
}

function permissionChoice(permission: string): Markup {
  return html`<label class="row"><input type="checkbox" name="permission" value="${permission}" checked>
<div>${PERMISSIONS[permission]}<div class="quiet">${permission}</div></div></label>`
}

/** The same question, asked of somebody else. Relative, so that it holds behind any gateway. */
function addressAs(
  { client_id, redirect_uri, state, response_type, scope }: DialogQuery,
  { id }: Person,
): string {
  return `?${new URLSearchParams({ client_id, redirect_uri, state, response_type, scope: scope.join(','), as: id })}`
}
