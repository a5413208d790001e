import { clsx } from 'clsx'
import { hexColour, inkOn } from './colour.ts'

type BrandMarkProps = {
  /** Two or three letters: "OE", "O&E". */
  code: string
  colour: string | null
  size?: 'sm' | 'md' | 'lg'
  /** Give the brand's name where it is not written beside the mark. */
  name?: string
  className?: string
}

const sizes = {
  sm: 'size-5 rounded-[3px] text-[9px]',
  md: 'size-[26px] rounded-2 text-[12px]',
  lg: 'size-9 rounded-2 text-[15px]',
}

/** A brand's colour with its code on it, in the ink that reads there. */
export function BrandMark({ code, colour, size = 'md', name, className }: BrandMarkProps) {
  const ground = hexColour(colour)
  return (
    <span
      {...(name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true })}
      className={clsx(
        'grid shrink-0 place-items-center font-head tracking-normal font-stretch-[86%]',
        !ground && 'bg-blotter-2 text-on-blotter',
        sizes[size],
        code.length > 2 && size === 'md' && 'text-[11px]!',
        className,
      )}
      style={ground ? { backgroundColor: ground, color: inkOn(ground) } : undefined}
    >
      {code}
    </span>
  )
}
