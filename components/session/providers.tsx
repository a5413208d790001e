'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Toaster } from '#components/ui/toaster.tsx'
import { RefusalError } from '#lib/errors.ts'
import { type BrowserConfig, BrowserConfigProvider } from './browser-config.tsx'

type ProvidersProps = { config: BrowserConfig; nonce: string; children: ReactNode }

/** What every client component may count on: addresses, the nonce, live queries, toasts. */
export function Providers({ config, nonce, children }: ProvidersProps) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry } } }),
  )
  return (
    <CSPProvider nonce={nonce}>
      <BrowserConfigProvider config={config}>
        <QueryClientProvider client={queries}>
          {children}
          <Toaster />
        </QueryClientProvider>
      </BrowserConfigProvider>
    </CSPProvider>
  )
}

/** A refusal is an answer, not a fault: asking again gives the same. */
function retry(failures: number, error: Error): boolean {
  return !(error instanceof RefusalError) && failures < 2
}
