import { redirect } from 'next/navigation'

export default async function BrandPage({ params }: PageProps<'/brands/[brand]'>) {
  redirect(`/brands/${(await params).brand}/calendar`)
}
