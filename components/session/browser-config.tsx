'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { browserDb } from '#lib/supabase/browser.ts'
import type { Db } from '#lib/supabase/db.ts'

export type BrowserConfig = { siteUrl: string; supabaseUrl: string; publishableKey: string }

const Config = createContext<BrowserConfig | null>(null)

/** Addresses are read at run time on the server and handed on here, so that one build serves any port. */
export function BrowserConfigProvider({ config, children }: { config: BrowserConfig; children: ReactNode }) {
  return <Config value={config}>{children}</Config>
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
