'use client'

import { Dialog } from '#components/ui/dialog.tsx'
import { newPostPath } from './areas.ts'
import { BrandList } from './brand-list.tsx'
import { useShell } from './shell-context.tsx'

/** New post while all brands are open: for which one? */
export function BrandChoice({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { writable } = useShell()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="A new post for which brand?">
      <div className="-mx-[18px] -mb-3.5 border-t border-rule">
        <BrandList
          label="Brand of the new post"
          brands={writable}
          hrefOf={(brand) => newPostPath(brand.slug)}
          onChosen={() => onOpenChange(false)}
        />
      </div>
    </Dialog>
  )
}
