import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'

type AccountMarkProps = {
  brand: { code: string; primaryColor: string | null }
  network: string
  size?: 'md' | 'lg'
}

/** A brand's mark with the network at its corner: whose account, and where. */
export function AccountMark({ brand, network, size = 'md' }: AccountMarkProps) {
  return (
    <span className="relative block w-fit">
      <BrandMark code={brand.code} colour={brand.primaryColor} size={size} />
      {isNetwork(network) && (
        <span className="absolute -right-1.5 -bottom-1.5 rounded-[3px] bg-sheet p-px text-ink">
          <NetworkGlyph network={network} silent />
        </span>
      )}
    </span>
  )
}
