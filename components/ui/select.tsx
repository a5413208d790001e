'use client'

import { Select as Base } from '@base-ui/react/select'
import { clsx } from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFieldWiring } from './field.tsx'
import { popupClass } from './popup-class.ts'

export type SelectItem<Value extends string> = {
  value: Value
  label: ReactNode
  /** A second, quieter line: what choosing it means. */
  hint?: ReactNode
  disabled?: boolean
}

type SelectProps<Value extends string> = {
  items: readonly SelectItem<Value>[]
  name?: string
  value?: Value
  defaultValue?: Value
  onValueChange?: (value: Value) => void
  /** Needed outside a Field. */
  label?: string
  placeholder?: string
  size?: 'sm' | 'md'
  disabled?: boolean
  className?: string
}

/** One of a few. Letters jump, arrows move; posts its value under `name` like any field. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { items, label, placeholder = 'Choose', size = 'md', className, onValueChange, ...root } = props
  const field = useFieldWiring()
  return (
    <Base.Root
      {...root}
      items={items}
      id={field?.controlId}
      required={field?.required}
      onValueChange={(next) => next !== null && onValueChange?.(next)}
    >
      <Base.Trigger
        aria-label={field ? undefined : label}
        aria-labelledby={field?.labelId}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        className={clsx(
          'inline-flex w-full min-w-0 items-center justify-between gap-2 rounded-2 border border-edge bg-sheet pr-2 pl-2.5 text-left',
          'aria-invalid:border-stop data-disabled:border-rule-2 data-disabled:bg-sunk data-disabled:text-ink-3',
          size === 'md' ? 'h-(--control)' : 'h-[26px] text-xs pointer-coarse:h-11 pointer-coarse:text-sm',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <Base.Value placeholder={placeholder} />
        </span>
        <Base.Icon>
          <ChevronDown aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-(--z-popover) outline-none">
          <Base.Popup
            className={clsx(
              popupClass,
              'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto py-1',
            )}
          >
            {items.map((item) => (
              <Base.Item
                key={item.value}
                value={item.value}
                disabled={item.disabled ?? false}
                className="grid min-h-8 cursor-default grid-cols-[16px_minmax(0,1fr)] items-center gap-x-2 px-2 py-1 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-pencil-wash pointer-coarse:min-h-11"
              >
                <Base.ItemIndicator className="col-start-1">
                  <Check aria-hidden />
                </Base.ItemIndicator>
                <Base.ItemText className="col-start-2">{item.label}</Base.ItemText>
                {item.hint && <span className="col-start-2 text-xs text-ink-3">{item.hint}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
