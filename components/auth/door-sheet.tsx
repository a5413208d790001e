import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

type DoorSheetProps = {
  title: string
  /** The agency whose page this opens: its name on its bar takes the place of ours. */
  agencyName?: string | null | undefined
  children: ReactNode
}

/** One sheet in the middle of the desk: an invitation, a client's link, a link that grew old. */
export function DoorSheet({ title, agencyName, children }: DoorSheetProps) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center gap-5 px-3.5 py-6 md:content-center md:py-12">
      {!agencyName && <Wordmark className="w-full max-w-[480px]" />}
      <div className="w-full max-w-[480px] overflow-hidden rounded-3 border border-rule-2 bg-sheet [--control:44px]">
        {agencyName && (
          <p className="bg-agency-bar px-6 py-3 text-md font-bold text-on-agency-bar">{agencyName}</p>
        )}
        <div className="grid gap-3.5 px-[18px] py-5 md:px-6 md:py-[22px]">
          <h1 className="head-1">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  )
}
