import type { ReactNode } from 'react'
import { Wordmark } from './wordmark.tsx'

type DoorProps = {
  /** What the desk is for, on the blotter side. */
  motto: string
  note: string
  title: string
  children: ReactNode
}

/** A way into the desk: the blotter says whose it is, the sheet beside it asks. */
export function Door({ motto, note, title, children }: DoorProps) {
  return (
    <main className="grid min-h-dvh grid-rows-[auto_1fr] bg-sheet md:grid-cols-[minmax(0,1fr)_minmax(380px,460px)] md:grid-rows-1">
      <div className="flex flex-col bg-blotter px-[18px] py-5 text-on-blotter md:p-9 lg:p-14">
        <Wordmark />
        <div className="mt-10 md:mt-auto">
          <p className="max-w-[15ch] font-head text-[2.125rem]/9 tracking-[-0.02em] text-balance font-stretch-[82%] md:text-3xl/[1.05]">
            {motto}
          </p>
          <div className="double-rule mt-[18px] mb-3 max-w-[420px]" />
          <p className="max-w-[46ch] text-pretty text-on-blotter-2">{note}</p>
        </div>
      </div>
      <div className="grid content-start gap-4 px-[18px] py-6 md:content-center md:px-10 [--control:44px]">
        <h1 className="head-1">{title}</h1>
        {children}
      </div>
    </main>
  )
}
