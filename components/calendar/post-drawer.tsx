'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Drawer } from '#components/ui/drawer.tsx'

type PostDrawerProps = {
  label: string
  slug: ReactNode
  title: ReactNode
  meta: ReactNode
  footer: ReactNode
  children: ReactNode
  closeHref: string
  previousHref: string | null
  nextHref: string | null
}

/** The drawer of one piece: closing it and going on are moves of the address. */
export function PostDrawer({ closeHref, previousHref, nextHref, ...drawer }: PostDrawerProps) {
  const router = useRouter()
  const to = (href: string) => () => router.push(href, { scroll: false })
  return (
    <Drawer
      {...drawer}
      onClose={to(closeHref)}
      onPrevious={previousHref === null ? undefined : to(previousHref)}
      onNext={nextHref === null ? undefined : to(nextHref)}
    />
  )
}
