import type { Mail, Piece } from './mail.ts'

const COLUMNS = 72
export const FEWER = 'Choose which mails you get'

/** The whole mail as plain text, folded at 72 columns; addresses stay on a line of their own. */
export function renderText(mail: Mail): string {
  const parts: (string | null)[] = [
    `${fold(mail.letterhead.toUpperCase())}\n${'='.repeat(COLUMNS)}`,
    fold(mail.heading),
    ...mail.paragraphs.map((paragraph) => fold(paragraph)),
    mail.piece ? pieceText(mail.piece) : null,
    mail.quote ? `${mail.quote.by} wrote:\n${mail.quote.text.split('\n').map(quoteLine).join('\n')}` : null,
    mail.facts
      ? mail.facts.map(({ label, value }) => fold(`${label.padEnd(11)}${value}`, '           ')).join('\n')
      : null,
    `${mail.action.label}:\n${mail.action.url}`,
    mail.silence ? fold(mail.silence) : null,
    `--\n${fold(mail.footer)}`,
    mail.preferencesUrl ? `${FEWER}:\n${mail.preferencesUrl}` : null,
  ]
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`
}

function pieceText({ title, excerpt, slugAndTime }: Piece): string {
  return [title, slugAndTime, ...(excerpt ? [`"${excerpt}"`] : [])].map((line) => fold(line)).join('\n')
}

function quoteLine(line: string): string {
  return fold(`> ${line}`, '> ')
}

/** Breaks between words; a word longer than the line keeps its own. */
function fold(text: string, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > COLUMNS) {
      lines.push(line)
      line = indent + word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}
