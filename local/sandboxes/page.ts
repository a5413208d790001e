import { randomBytes } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

interface PageFacts {
  title: string
  /** Whose place the page takes, e.g. `www.facebook.com`; none for the sandbox's own pages. */
  standsFor?: string
  status?: number
  /** Where a form on this page may lead: browsers hold redirects after a form against it too. */
  formTargets?: readonly string[]
}

/** A page to look at. Without scripts, and plainly no page of the platform's own. */
export async function showPage(
  { title, standsFor, status = 200, formTargets = [] }: PageFacts,
  body: Markup,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const markup = await html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Sandbox</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${raw(STYLE)}</style>
</head>
<body>
<header class="band"><a href="/">Sandbox</a><span>${
    standsFor
      ? `Stands in for ${standsFor}. Everything here is invented and stays on this machine.`
      : 'Stands in for the platforms. Everything here is invented and stays on this machine.'
  }</span></header>
${body}
</body>
</html>`
  return new Response(String(markup), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        "img-src 'self' data:",
        "media-src 'self'",
        `style-src 'nonce-${nonce}'`,
        ["form-action 'self'", ...formTargets].join(' '),
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** A page of one sentence: what happened, and what now. */
export function showProblem(facts: PageFacts & { status: number }, sentence: string): Promise<Response> {
  return showPage(facts, html`<main class="narrow"><h1>${facts.title}</h1><p>${sentence}</p></main>`)
}

/** `Tue 24 Nov 2026, 09:30 UTC` */
export function showTime(ms: number): Markup {
  const at = new Date(ms)
  const words = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(at)
  return html`<time datetime="${at.toISOString()}">${words} UTC</time>`
}

const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#eceff1, #14181b);
  --sheet: light-dark(#fff, #1d2226);
  --ink: light-dark(#1c2429, #e8edf0);
  --ink-2: light-dark(#55626b, #a3b0b8);
  --rule: light-dark(#d5dce0, #323a40);
  --edge: light-dark(#7b8890, #7b8890);
  --link: light-dark(#1b5fa8, #85b9f0);
  --band: light-dark(#ffd65c, #5a4600);
  --on-band: light-dark(#2b2200, #ffeab0);
  --act: light-dark(#1c2429, #e8edf0);
  --on-act: light-dark(#fff, #14181b);
  --stop: light-dark(#b3261e, #ff9d94);
}
* { box-sizing: border-box; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 10px 16px; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1, h2, p, ul, figure { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.band { background: var(--band); color: var(--on-band); padding: 8px 16px; display: flex; flex-wrap: wrap; gap: 2px 12px; font-size: 13px; }
.band a { color: inherit; font-weight: 700; }
main { max-width: 640px; margin: 0 auto; padding: 24px 16px 64px; display: grid; gap: 16px; }
main > * { min-width: 0; }
main.narrow { max-width: 480px; }
h1 { font-size: 24px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 15px; line-height: 1.3; }
.sheet { background: var(--sheet); border: 1px solid var(--rule); border-radius: 6px; overflow: hidden; }
.pad { padding: 14px 16px; display: grid; gap: 10px; }
.quiet { color: var(--ink-2); font-size: 13px; }
.row { display: flex; gap: 12px; align-items: center; }
.row > div { min-width: 0; flex: 1; }
.row img { border-radius: 50%; display: block; }
.rows > * + * { border-top: 1px solid var(--rule); }
.rows > * { padding: 10px 16px; }
.rows > legend + * { border-top: 1px solid var(--rule); }
label.row { cursor: pointer; min-height: 44px; }
input[type=checkbox] { width: 20px; height: 20px; margin: 0; accent-color: var(--link); flex: none; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 16px; }
.pictures { display: grid; gap: 2px; grid-template-columns: 1fr 1fr; background: var(--rule); }
.pictures img { width: 100%; height: 100%; aspect-ratio: 1; object-fit: cover; display: block; background: var(--ground); }
.pictures img:last-child:nth-child(odd) { grid-column: 1 / -1; aspect-ratio: 2; }
.pictures.one { grid-template-columns: 1fr; }
.pictures.one img:last-child { height: auto; aspect-ratio: auto; }
.film { position: relative; background: #000; display: grid; justify-items: center; }
.film video { display: block; max-width: 100%; max-height: 80vh; width: auto; height: auto; }
.film figcaption { position: absolute; top: 10px; right: 10px; padding: 1px 8px; border-radius: 3px; background: #000c; color: #fff; font-size: 13px; }
.frame { display: block; width: 100%; height: auto; }
.strip { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; gap: 2px; background: var(--rule); }
.strip > * { flex: 0 0 92%; scroll-snap-align: center; align-self: center; min-width: 0; }
.comments { border-top: 1px solid var(--rule); padding: 10px 16px; display: grid; gap: 6px; font-size: 14px; overflow-wrap: anywhere; }
h1.small { font-size: 15px; line-height: 1.3; letter-spacing: 0; }
main.wide { max-width: 760px; }
.profile { display: flex; gap: 16px 24px; align-items: center; flex-wrap: wrap; padding-bottom: 8px; }
.profile img { border-radius: 50%; display: block; }
.profile > div { display: grid; gap: 4px; min-width: 0; flex: 1 1 180px; }
.stories { justify-content: start; overflow-x: auto; padding: 4px; }
.stories a { display: grid; justify-items: center; gap: 4px; font-size: 12px; width: 96px; flex: none; text-align: center; }
.stories img { border-radius: 50%; object-fit: cover; border: 2px solid var(--sheet); outline: 2px solid var(--link); }
.grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3px; }
.grid a { position: relative; display: block; }
.grid img { display: block; width: 100%; aspect-ratio: 4 / 5; object-fit: cover; background: var(--rule); }
.grid .mark { position: absolute; top: 6px; right: 6px; padding: 1px 7px; border-radius: 3px; background: #000c; color: #fff; font-size: 12px; }
.grid .again-mark { top: auto; bottom: 6px; background: #b3261e; }
.linked { display: block; padding: 12px 16px; border-top: 1px solid var(--rule); text-decoration: none; overflow-wrap: anywhere; }
.linked b { display: block; color: var(--ink); }
.foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 10px 16px; border-top: 1px solid var(--rule); font-size: 13px; color: var(--ink-2); }
.again { color: var(--stop); font-weight: 700; }
.acts { display: flex; gap: 8px; flex-wrap: wrap; }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 20px; border-radius: 4px; border: 1px solid var(--edge); background: none; color: inherit; cursor: pointer; }
button.act { background: var(--act); border-color: var(--act); color: var(--on-act); }
details { border-top: 1px solid var(--rule); }
details .rows { border-block: 1px solid var(--rule); }
summary { cursor: pointer; padding: 10px 16px; min-height: 44px; font-size: 14px; }
nav { display: flex; justify-content: space-between; gap: 16px; }
`
