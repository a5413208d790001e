import 'server-only'
import { cookies } from 'next/headers'
import { type Theme, theme } from './schema.ts'

const themeCookie = 'copydesk-theme'

/** Kept in the browser, not with the person: a phone at night and a desk by day may differ. */
export async function chosenTheme(): Promise<Theme> {
  const stored = theme.safeParse({ theme: (await cookies()).get(themeCookie)?.value })
  return stored.success ? stored.data.theme : 'system'
}

export async function keepTheme(choice: Theme): Promise<void> {
  const oneYear = 365 * 24 * 60 * 60
  ;(await cookies()).set(themeCookie, choice, { path: '/', sameSite: 'lax', maxAge: oneYear, httpOnly: true })
}
