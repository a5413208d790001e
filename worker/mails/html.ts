import { type CSSProperties, createElement as h } from 'react'
import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Img,
  Link,
  Preview,
  Row,
  render,
  Section,
  Text,
} from 'react-email'
import type { Mail, Piece } from './mail.ts'
import { FEWER } from './text.ts'

/** One column of 560 px; the colours of design/look/mail.html, dark by color-scheme. */
const light = {
  ink: '#15211d',
  soft: '#4c5a54',
  rule: '#d9dfdb',
  ground: '#f1f5f2',
  sheet: '#ffffff',
  link: '#1d5a96',
}
const dark = {
  ink: '#eef3ef',
  soft: '#b4c0ba',
  rule: '#3a4540',
  ground: '#141b18',
  sheet: '#1c2421',
  link: '#8fc1f2',
}

// Written into the mail as it is: classes turn what the inline styles say for light.
const DARK_STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > table > tbody > tr > td { background-color: ${dark.ground} !important; }
  .sheet { background-color: ${dark.sheet} !important; }
  .ink, .ink td { color: ${dark.ink} !important; }
  .soft { color: ${dark.soft} !important; }
  .link { color: ${dark.link} !important; }
  .rule { border-color: ${dark.rule} !important; }
  .heavy { border-color: ${dark.ink} !important; }
  .act { background-color: ${dark.ink} !important; color: ${dark.sheet} !important; }
}
@media (max-width: 480px) { .sheet { padding: 16px 14px !important; } }`

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif'
const body: CSSProperties = { fontSize: 15, lineHeight: '22px', margin: '0 0 8px', color: light.ink }
const small: CSSProperties = { fontSize: 13, lineHeight: '18px', margin: 0, color: light.soft }

export const PICTURE_CID = 'piece@copydesk'
export const PICTURE_PX = 92

export function renderHtml(mail: Mail, { hasPicture }: { hasPicture: boolean }): Promise<string> {
  return render(
    h(
      Html,
      { lang: 'en-GB' },
      h(
        Head,
        null,
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
        h('style', null, DARK_STYLE),
      ),
      h(Preview, null, mail.preview),
      h(
        Body,
        {
          className: 'ground',
          style: { backgroundColor: light.ground, fontFamily: FONT, margin: 0, padding: 16 },
        },
        h(
          Container,
          {
            className: 'sheet',
            style: { maxWidth: 560, backgroundColor: light.sheet, padding: '18px 20px 16px' },
          },
          letterhead(mail.letterhead),
          h(Heading, { as: 'h1', className: 'ink', style: { ...heading, color: light.ink } }, mail.heading),
          ...mail.paragraphs.map((text) => h(Text, { className: 'ink', style: body }, text)),
          mail.piece ? pieceRow(mail.piece, hasPicture) : null,
          mail.quote ? quoted(mail.quote) : null,
          mail.facts ? factRows(mail.facts) : null,
          h(Button, { href: mail.action.url, className: 'act', style: button }, mail.action.label),
          mail.silence ? h(Text, { className: 'soft', style: small }, mail.silence) : null,
          h(Hr, { className: 'rule', style: { ...hairline, margin: '14px 0 10px' } }),
          h(Text, { className: 'soft', style: { ...small, fontSize: 12, lineHeight: '17px' } }, mail.footer),
          mail.preferencesUrl
            ? h(
                Text,
                { className: 'soft', style: { ...small, fontSize: 12, marginTop: 6 } },
                h(
                  Link,
                  {
                    href: mail.preferencesUrl,
                    className: 'link',
                    style: { color: light.link, textDecoration: 'underline' },
                  },
                  FEWER,
                ),
              )
            : null,
        ),
      ),
    ),
  )
}

const heading: CSSProperties = {
  fontSize: 21,
  lineHeight: '26px',
  fontWeight: 700,
  letterSpacing: '-0.01em',
  margin: '0 0 8px',
}
const hairline: CSSProperties = { border: 'none', borderTop: `1px solid ${light.rule}`, width: '100%' }
const button: CSSProperties = {
  display: 'block',
  backgroundColor: light.ink,
  color: light.sheet,
  textAlign: 'center',
  fontWeight: 600,
  fontSize: 15,
  lineHeight: '22px',
  padding: '13px 16px',
  borderRadius: 4,
  textDecoration: 'none',
  margin: '16px 0 10px',
}

function letterhead(name: string) {
  return h(
    Section,
    null,
    h(Text, { className: 'ink', style: { ...body, fontWeight: 700, margin: 0 } }, name),
    h(Hr, {
      className: 'heavy',
      style: {
        border: 'none',
        borderTop: `2px solid ${light.ink}`,
        borderBottom: `1px solid ${light.ink}`,
        height: 2,
        width: '100%',
        margin: '9px 0 14px',
      },
    }),
  )
}

function pieceRow(piece: Piece, hasPicture: boolean) {
  const words = h(
    Column,
    { style: { verticalAlign: 'top' } },
    h(Text, { className: 'ink', style: { ...body, fontWeight: 600, margin: '0 0 4px' } }, piece.title),
    piece.excerpt
      ? h(Text, { className: 'ink', style: { ...body, margin: '0 0 4px' } }, piece.excerpt)
      : null,
    h(Text, { className: 'soft', style: small }, piece.slugAndTime),
  )
  const picture = h(
    Column,
    { style: { width: PICTURE_PX + 12, verticalAlign: 'top' } },
    h(Img, {
      src: `cid:${PICTURE_CID}`,
      width: PICTURE_PX,
      height: PICTURE_PX,
      alt: '',
      style: { borderRadius: 2 },
    }),
  )
  return h(
    Section,
    {
      className: 'rule',
      style: { borderTop: `1px solid ${light.rule}`, padding: '12px 0', margin: '12px 0 0' },
    },
    h(Row, null, hasPicture ? picture : null, words),
  )
}

function quoted({ by, text }: { by: string; text: string }) {
  return h(
    Section,
    { className: 'rule', style: { borderTop: `1px solid ${light.rule}`, padding: '12px 0 0' } },
    h(Text, { className: 'soft', style: small }, `${by} wrote`),
    // The lines of a comment are part of it.
    h(Text, { className: 'ink', style: { ...body, whiteSpace: 'pre-line' } }, text),
  )
}

function factRows(facts: readonly { label: string; value: string }[]) {
  return h(
    Section,
    {
      className: 'rule',
      style: {
        borderTop: `1px solid ${light.rule}`,
        borderBottom: `1px solid ${light.rule}`,
        padding: '8px 0',
      },
    },
    ...facts.map(({ label, value }) =>
      h(
        Row,
        null,
        h(Column, { className: 'soft', style: { ...small, width: 98, verticalAlign: 'top' } }, label),
        h(Column, { className: 'ink', style: { ...small, color: light.ink } }, value),
      ),
    ),
  )
}
