'use client'

import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { keepBrand } from '#lib/brands/actions.ts'

export function KeepBrandButton({ brandId, name }: { brandId: string; name: string }) {
  const { busy, run } = useDeed()
  return (
    <Button busy={busy} onClick={() => run(() => keepBrand({ brandId }), `${name} stays.`)}>
      Keep {name}
    </Button>
  )
}
