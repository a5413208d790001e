import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { ReasonTip } from './reason-tip.tsx'

export type ButtonLook = 'act' | 'pass' | 'stop' | 'plain' | 'bare' | 'client' | 'internal'
export type ButtonSize = 'sm' | 'md' | 'lg'

const looks: Record<ButtonLook, string> = {
  act: 'border-act bg-act text-on-act hover:bg-[color-mix(in_oklch,var(--act)_88%,var(--sheet))]',
  pass: 'border-pass bg-pass text-on-pass hover:bg-[color-mix(in_oklch,var(--pass)_88%,var(--ink))]',
  stop: 'border-stop bg-stop text-on-stop hover:bg-[color-mix(in_oklch,var(--stop)_88%,var(--ink))]',
  plain: 'border-rule-2 bg-sheet text-ink hover:border-edge active:bg-sunk',
  bare: 'border-transparent text-ink-2 hover:bg-sunk hover:text-ink',
  client: 'border-client bg-client text-sheet hover:bg-[color-mix(in_oklch,var(--client)_88%,var(--ink))]',
  internal:
    'border-dashed border-internal-edge bg-sheet text-internal hover:border-internal active:bg-internal-wash',
}
const sizes: Record<ButtonSize, string> = {
  sm: 'h-[26px] px-2 text-xs pointer-coarse:h-11 pointer-coarse:px-3 pointer-coarse:text-sm',
  md: 'h-(--control) px-3 text-sm',
  lg: 'h-12 px-[18px] text-md',
}

/** The clothes of a button, for links and popup triggers that act as one. */
export function buttonClass({ look = 'plain', size = 'md' }: { look?: ButtonLook; size?: ButtonSize } = {}) {
  return clsx(
    'relative inline-flex shrink-0 items-center justify-center gap-1.5 overflow-hidden rounded-2 border font-mid',
    'whitespace-nowrap no-underline! transition-colors duration-(--dur-1) select-none',
    looks[look],
    sizes[size],
    look === 'bare' && size !== 'lg' && 'px-2',
  )
}

const refused = 'cursor-not-allowed border-rule! bg-sunk! text-ink-3!'

type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook
  size?: ButtonSize
  /** At work: stays as wide as it is, takes no second press, and says so to readers. */
  busy?: boolean
  /** Why it cannot be pressed, and who may: the button stays in reach and tells on hover, focus and tap. */
  disabledReason?: string | null | undefined
}

export function Button({
  look,
  size,
  busy = false,
  disabledReason,
  className,
  disabled,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const clothes = clsx(buttonClass({ ...(look && { look }), ...(size && { size }) }), className)
  if (disabledReason) {
    return (
      <ReasonTip reason={disabledReason}>
        <button {...rest} type="button" aria-disabled="true" className={clsx(clothes, refused)} />
      </ReasonTip>
    )
  }
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={clsx(clothes, busy && 'running cursor-progress', disabled && refused)}
    />
  )
}

type ButtonLinkProps = ComponentProps<typeof Link> & { look?: ButtonLook; size?: ButtonSize }

export function ButtonLink({ look, size, className, ...rest }: ButtonLinkProps) {
  return (
    <Link
      {...rest}
      className={clsx(buttonClass({ ...(look && { look }), ...(size && { size }) }), className)}
    />
  )
}
