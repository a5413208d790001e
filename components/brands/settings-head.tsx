import type { ReactNode } from 'react'
import { PageHead } from '#components/ui/page-head.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import type { Brand } from '#lib/brands/queries.ts'

type SettingsHeadProps = { brand: Brand; title: string; current: 'people' | 'brand'; actions?: ReactNode }

export function SettingsHead({ brand, title, current, actions }: SettingsHeadProps) {
  const root = `/brands/${brand.slug}/settings`
  return (
    <>
      <PageHead title={title} actions={actions} className="mb-0.5!" />
      <TabLinks
        label="Settings"
        tabs={[
          { label: 'People', href: `${root}/members`, current: current === 'people' },
          { label: 'Brand and rules', href: root, current: current === 'brand' },
        ]}
      />
    </>
  )
}
