import type { Trigger } from '../catalog/routines.ts'
import { code, ended, prose } from '../markdown.ts'
import { readableSql } from './expression.ts'

/** "`touch`, before update, runs `private.touch_updated_at`: Sets updated_at." */
export function wordsOfTrigger(trigger: Trigger): string {
  const [, time = '', condition] =
    /(?:TRIGGER) \S+ (.*?) ON .*? FOR EACH \w+(?: WHEN \((.*)\))? EXECUTE/.exec(trigger.when) ?? []
  const deferred = trigger.when.includes('INITIALLY DEFERRED') ? ', at the end of the transaction' : ''
  const where = condition === undefined ? '' : `, where ${code(readableSql(condition))}`
  const about = trigger.comment === null ? '.' : `: ${ended(prose(trigger.comment))}`
  return `${code(trigger.name)}, ${events(time)}${deferred}${where}, runs ${code(trigger.routine)}${about}`
}

function events(time: string): string {
  return time.replace(/\b[A-Z]+\b/g, (word) => word.toLowerCase())
}
