'use client'

import { Keyboard, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { brandPath } from './areas.ts'
import { useShell } from './shell-context.tsx'

export type PaletteEntry = {
  id: string
  label: string
  /** Other words it answers to: a brand's code. */
  also?: string
  icon: ReactNode
  end?: ReactNode
  run: () => void
}

/** What can be gone to or made from anywhere: acts, areas, brands. */
export function usePaletteEntries(): { ways: PaletteEntry[]; brands: PaletteEntry[] } {
  const { rows, brands, writable, openNewPost, openKeys } = useShell()
  const router = useRouter()
  const newPost: PaletteEntry = {
    id: 'new-post',
    label: 'New post',
    also: 'write',
    icon: <Plus aria-hidden />,
    end: <Kbd aria-hidden>N</Kbd>,
    run: openNewPost,
  }
  const keys: PaletteEntry = {
    id: 'keys',
    label: 'Keys',
    also: 'shortcuts',
    icon: <Keyboard aria-hidden />,
    end: <Kbd aria-hidden>?</Kbd>,
    run: openKeys,
  }
  return {
    ways: [
      ...(writable.length > 0 ? [newPost] : []),
      ...rows.map(({ area, href, label }) => ({
        id: area.name,
        label,
        icon: <area.icon aria-hidden />,
        run: () => router.push(href),
      })),
      keys,
    ],
    brands: brands.map((brand) => ({
      id: brand.id,
      label: brand.name,
      also: brand.code,
      icon: <BrandMark code={brand.code} colour={brand.primaryColor} />,
      run: () => router.push(brandPath(brand.slug)),
    })),
  }
}
