import { EndingNote } from '#components/brands/ending-note.tsx'
import { requireBrand } from '#lib/brands/queries.ts'

export default async function BrandLayout({ children, params }: LayoutProps<'/brands/[brand]'>) {
  const brand = await requireBrand((await params).brand)
  return (
    <>
      <EndingNote brand={brand} />
      {children}
    </>
  )
}
