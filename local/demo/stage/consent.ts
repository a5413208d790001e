import { throughGateway } from '#lib/platforms/http.ts'

/**
 * Facebook's consent dialog as a person goes through it in a browser: signs in as the holder of the Pages,
 * ticks the ones that the desk may use, continues.
 * @returns the address the browser is sent back to
 */
export async function consent(
  dialogUrl: string,
  { gateway, holder, pages }: { gateway: string; holder: string; pages: readonly string[] },
): Promise<URL> {
  const opened = throughGateway(dialogUrl, gateway)
  let { address, text } = await open(opened)
  if (!text.includes(`signed in as <b>${holder}</b>`)) {
    const other = links(text).find((link) => link.words === holder)
    if (!other) throw new Error(`The consent dialog does not know ${holder}.`)
    ;({ address, text } = await open(new URL(other.href, address).href))
  }

  const answer = new URLSearchParams({ decision: 'continue' })
  for (const { name, value, label } of checkboxes(text)) {
    if (name === 'permission' || pages.includes(label)) answer.append(name, value)
  }
  const action = /<form[^>]*action="([^"]*)"/.exec(text)?.[1]
  if (action === undefined) throw new Error('The consent dialog has no form.')
  const response = await fetch(new URL(unescapeHtml(action), address), {
    method: 'POST',
    body: answer,
    redirect: 'manual',
  })
  const location = response.headers.get('location')
  if (!location) throw new Error(`The consent dialog answered ${response.status}: ${await response.text()}`)
  return new URL(location)
}

async function open(address: string): Promise<{ address: string; text: string }> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The consent dialog did not open: ${response.status}.`)
  return { address, text: await response.text() }
}

function links(html: string): { href: string; words: string }[] {
  return [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href = '', words = '']) => ({
    href: unescapeHtml(href),
    words: unescapeHtml(words),
  }))
}

/** Each checkbox with the bold words of its label. */
function checkboxes(html: string): { name: string; value: string; label: string }[] {
  return html
    .split('<label')
    .slice(1)
    .flatMap((part) => {
      const [, name, value] = /<input type="checkbox" name="([^"]*)" value="([^"]*)"/.exec(part) ?? []
      const label = /<b>([^<]*)<\/b>/.exec(part)?.[1] ?? ''
      return name && value ? [{ name, value: unescapeHtml(value), label: unescapeHtml(label) }] : []
    })
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
