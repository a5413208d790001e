import type { SqlFunction } from './catalog.ts'
import { respell, shortTypes } from './spelling.ts'
import { commentOn, grantText } from './table-text.ts'

const opening = /\nAS \$(?:function|procedure)\$/

/** A function as the migrations write it: head on a few lines, body untouched, then who may call it. */
export function functionText({ definition, body, signature, grants, comment }: SqlFunction): string[] {
  const head = definition.slice(0, opening.exec(definition)?.index)
  const quotes = body.includes('$$') ? '$function$' : '$$'
  const spelt = shortTypes(signature).replaceAll(',', ', ')
  return [
    `${functionHead(head)}\nas ${quotes}${body}${quotes};`,
    ...grantText(grants, `function ${spelt}`),
    ...commentOn(`function ${spelt}`, comment),
  ]
}

/** `create function private.now() returns timestamptz`, and a second line with what it is. */
function functionHead(head: string): string {
  const [create = '', returns = '', ...attributes] = head.split('\n')
  const first = `${create.replace('CREATE OR REPLACE', 'CREATE')}${returns}`
  return `${respell(first).replace(defaultCast, '$1')}\n${respell(attributes.join(''))
    .trim()
    .replace(/\bset (\w+) to /g, 'set $1 = ')}`
}

const defaultCast = /( default (?:'(?:[^']|'')*'|null))::\w+(?:\[\])?/g
