import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { fontClass } from '#app/fonts.ts'
import { Providers } from '#components/session/providers.tsx'
import { siteConfig } from '#lib/config.ts'
import { chosenTheme } from '#lib/identity/theme.ts'
import { requestFacts } from '#lib/supabase/request-facts.ts'

export const metadata: Metadata = {
  title: { default: 'Copydesk', template: '%s · Copydesk' },
  description: 'The marketing desk: posts from idea, through the client’s yes, to published.',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eff4f0' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1411' },
  ],
}

/** Reads the nonce of the request, which makes every page dynamic: docs/decisions/0004. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(requestFacts.nonce) ?? ''
  const theme = await chosenTheme()
  return (
    <html lang="en-GB" className={fontClass} data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <Providers config={siteConfig()} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
