import type { Mail, Mailbox } from './mailbox.ts'

const style = `
:root { color-scheme: light dark; --paper: light-dark(#f1f5f2, #141b18); --sheet: light-dark(#fff, #1c2421);
  --ink: light-dark(#15211d, #eef3ef); --ink-2: light-dark(#4c5a54, #b4c0ba); --rule: light-dark(#d9dfdb, #3a4540);
  --pencil: light-dark(#1d5a96, #8fc1f2); --wash: light-dark(#e7eff8, #22303d) }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/22px system-ui, sans-serif }
a { color: var(--pencil) }
:focus-visible { outline: 2px solid var(--pencil); outline-offset: 2px }
header, main { max-width: 1100px; margin: 0 auto; padding: 16px 20px 0 }
header { display: flex; gap: 16px; align-items: baseline; justify-content: space-between }
h1 { margin: 0; font-size: 21px; line-height: 26px; letter-spacing: -.01em }
h1 + p, .quiet { color: var(--ink-2); font-size: 13px; margin: 0 }
.double { max-width: 1060px; height: 5px; margin: 9px auto 0; border-top: 2px solid; border-bottom: 1px solid }
.columns { display: grid; grid-template-columns: 260px minmax(0, 1fr); gap: 24px; padding-bottom: 40px }
nav ul, .mails { list-style: none; margin: 0; padding: 0 }
nav a { display: flex; justify-content: space-between; gap: 8px; padding: 6px 8px; border-radius: 4px;
  color: inherit; text-decoration: none; overflow-wrap: anywhere }
nav a[aria-current] { background: var(--wash) }
.mails { background: var(--sheet); border: 1px solid var(--rule); border-radius: 4px }
.mails li + li { border-top: 1px solid var(--rule) }
.mails a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding: 10px 14px;
  color: inherit; text-decoration: none }
.mails a:hover, nav a:hover { background: var(--wash) }
.mails strong, .mails .quiet { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
time { font-variant-numeric: tabular-nums }
button { font: inherit; padding: 4px 12px; border: 1px solid var(--ink-2); border-radius: 4px;
  background: none; color: inherit; cursor: pointer }
dl { display: grid; grid-template-columns: 88px minmax(0, 1fr); gap: 2px 10px; margin: 12px 0; font-size: 14px }
dt { color: var(--ink-2) } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 70vh; border: 1px solid var(--rule); border-radius: 4px; background: var(--sheet) }
pre { margin: 0; padding: 14px 16px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/19px ui-monospace, monospace;
  background: var(--sheet); border: 1px solid var(--rule); border-radius: 4px }
.tabs { display: flex; gap: 16px; margin: 0 0 10px }
.tabs a[aria-current] { color: inherit; font-weight: 600; text-decoration: none }
@media (max-width: 799px) { .columns, .mails a { grid-template-columns: minmax(0, 1fr) } button { flex: none } }
`

/** The list, of everyone or of one recipient. It shows new mail by itself. */
export function listPage(mailbox: Mailbox, to: string | undefined): string {
  const mails = mailbox.list(to)
  const everyone = { href: '/', name: 'Everyone', count: mailbox.list().length, current: to === undefined }
  const people = mailbox.recipients().map(({ address, count }) => ({
    href: `/?to=${encodeURIComponent(address)}`,
    name: address,
    count,
    current: address === to,
  }))
  const empty =
    '<p class="quiet">No mail yet. What Copydesk sends appears here; none of it leaves this machine.</p>'
  return page(
    'Caught mail',
    `<header><div><h1>Caught mail</h1><p>Sent by Copydesk on this machine; nothing is delivered.</p></div>
      ${mails.length > 0 ? '<button id="clear" type="button">Throw all away</button>' : ''}</header>
    <div class="double"></div>
    <main class="columns">
      <nav aria-label="Recipients"><ul>${[everyone, ...people].map(recipientLink).join('')}</ul></nav>
      <div>${mails.length > 0 ? `<ul class="mails">${mails.map(mailLink).join('')}</ul>` : empty}</div>
    </main>
    <script>
      new EventSource('/events').onmessage = () => location.reload()
      document.getElementById('clear')?.addEventListener('click', () => fetch('/api/mails', { method: 'DELETE' }))
    </script>`,
  )
}

function recipientLink(person: { href: string; name: string; count: number; current: boolean }): string {
  const current = person.current ? ' aria-current="page"' : ''
  return `<li><a href="${person.href}"${current}><span>${escaped(person.name)}</span><span>${person.count}</span></a></li>`
}

function mailLink(mail: Mail): string {
  return `<li><a href="/mails/${mail.id}"><strong>${escaped(mail.subject || '(no subject)')}</strong>${clock(mail)}
    <span class="quiet">to ${escaped(mail.to.join(', '))}</span></a></li>`
}

/** One mail, as HTML or as the plain text beside it. */
export function mailPage(mail: Mail, view: 'html' | 'text'): string {
  const tab = (name: 'html' | 'text', label: string) =>
    `<a href="/mails/${mail.id}?view=${name}"${name === view ? ' aria-current="page"' : ''}>${label}</a>`
  const attachments = mail.attachments.map(
    ({ filename, type, sizeBytes }) =>
      `<dt>Attached</dt><dd>${escaped(`${filename} (${type}, ${sizeBytes} bytes)`)}</dd>`,
  )
  return page(
    mail.subject,
    `<header><h1>${escaped(mail.subject || '(no subject)')}</h1><a href="/">All mail</a></header>
    <div class="double"></div>
    <main>
      <dl><dt>From</dt><dd>${escaped(mail.from)}</dd><dt>To</dt><dd>${escaped(mail.to.join(', '))}</dd>
        <dt>Caught</dt><dd>${clock(mail)}</dd>${attachments.join('')}</dl>
      ${mail.html === null ? '' : `<p class="tabs">${tab('html', 'As designed')}${tab('text', 'As text')}</p>`}
      ${view === 'html' ? designed(mail) : `<pre>${linked(mail.text)}</pre>`}
    </main>`,
  )
}

function designed(mail: Mail): string {
  // Links open beside it; scripts and forms of a mail stay dead, as in a mail program.
  return `<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"
    src="/mails/${mail.id}/html"></iframe>`
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)} · Copydesk mail</title><style>${style}</style>${body}</html>`
}

function clock(mail: Mail): string {
  const local = new Date(mail.receivedAt).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  })
  return `<time datetime="${mail.receivedAt}">${local}</time>`
}

function linked(text: string): string {
  return escaped(text).replace(/https?:\/\/[^\s&<>"'\]]+(?:&amp;[^\s&<>"'\]]+)*/g, '<a href="$&">$&</a>')
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('&#38;', '&amp;')
}
