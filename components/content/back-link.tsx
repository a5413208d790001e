import { ChevronLeft } from 'lucide-react'
import { ButtonLink } from '#components/ui/button.tsx'

export function BackToPosts({ brandSlug }: { brandSlug: string }) {
  return (
    <ButtonLink
      look="bare"
      href={`/brands/${brandSlug}/content`}
      aria-label="Back to all posts"
      className="w-(--control) px-0!"
    >
      <ChevronLeft aria-hidden />
    </ButtonLink>
  )
}
