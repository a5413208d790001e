import { readFile } from 'node:fs/promises'
import path from 'node:path'

const templates = path.resolve(import.meta.dirname, '../../supabase/templates')

/** The mails of Supabase Auth, as supabase/config.toml names them for hosted projects. */
export const authMails = {
  confirmation: { subject: 'Confirm your address for Copydesk' },
  magic_link: { subject: 'Your sign-in link for Copydesk' },
  recovery: { subject: 'Choose a new Copydesk password' },
  invite: { subject: 'You are invited to Copydesk' },
  email_change: { subject: 'Confirm your new address for Copydesk' },
}
export type AuthMailKind = keyof typeof authMails

export function templateFile(kind: AuthMailKind): string {
  return path.join(templates, `${kind}.html`)
}

/** Fills a template's `{{ .Name }}` places, for the mails that lite cannot send itself. */
export async function renderAuthMail(kind: AuthMailKind, values: Record<string, string>) {
  const template = await readFile(templateFile(kind), 'utf8')
  const html = template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (place, name: string) => values[name] ?? place)
  return { subject: authMails[kind].subject, html }
}
