'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { browserDb } from '#lib/supabase/browser.ts'
import type { Db } from '#lib/supabase/db.ts'

export type BrowserConfig = { siteUrl: string; supabaseUrl: string; publishableKey: string }

const Config = createContext<BrowserConfig | null>(null)

/** Addresses are read at run time on the server and handed on here, so that one build serves any port. */
export function BrowserConfigProvider({ config, children }: { config: BrowserConfig; children: ReactNode }) {
  useEffect(() => leaveLocalhost(config.siteUrl), [config.siteUrl])
  return <Config value={config}>{children}</Config>
}

/**
 * People type localhost; to a browser it is another site than 127.0.0.1, with other cookies and another Origin.
 * (Next makes a redirect of middleware between the two relative, and so endless.)
 */
function leaveLocalhost(siteUrl: string) {
  const site = new URL(siteUrl)
  if (site.hostname !== '127.0.0.1' || window.location.host !== `localhost:${site.port}`) return
  const { pathname, search, hash } = window.location
  window.location.replace(`${site.origin}${pathname}${search}${hash}`)
}

export function useSite(): BrowserConfig {
  const config = useContext(Config)
  if (!config) throw new Error('useSite needs the BrowserConfigProvider of app/layout.tsx')
  return config
}

/** The Data API and Storage as the signed-in person. */
export function useBrowserDb(): Db {
  const config = useSite()
  return useMemo(() => browserDb(config), [config])
}
