import { Button, ButtonLink } from '#components/ui/button.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { connectRefused } from './who-may.ts'

/** The one remedy for everything that a lost account failed: what it failed can then be sent again together. */
export function ReconnectLink({ brand }: { brand: Brand }) {
  const refused = connectRefused(brand)
  return refused ? (
    <Button size="sm" disabledReason={refused}>
      Connect it again
    </Button>
  ) : (
    <ButtonLink size="sm" href={`/brands/${brand.slug}/connections`}>
      Connect it again
    </ButtonLink>
  )
}
