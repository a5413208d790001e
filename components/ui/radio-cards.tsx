import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type RadioCard<Value extends string> = {
  value: Value
  title: ReactNode
  /** What choosing it means. */
  hint?: ReactNode
  disabled?: boolean
}

type RadioCardsProps<Value extends string> = {
  legend: ReactNode
  name: string
  cards: readonly RadioCard<Value>[]
  defaultValue?: Value
  value?: Value
  onValueChange?: (value: Value) => void
  error?: ReactNode
  className?: string
}

/** One of a few, where each needs a sentence: native radios on bordered rows. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>) {
  const { legend, name, cards, defaultValue, value, onValueChange, error, className } = props
  return (
    <fieldset className={clsx('grid content-start gap-1.5', className)}>
      <legend className="mb-1 font-mid">{legend}</legend>
      {cards.map((card) => (
        <label
          key={card.value}
          className={clsx(
            'flex items-start gap-2.5 rounded-2 border border-rule-2 bg-sheet px-2.5 py-2',
            'has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)]',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-pencil',
            'has-disabled:bg-sunk has-disabled:text-ink-3 pointer-coarse:min-h-11',
          )}
        >
          <input
            type="radio"
            name={name}
            value={card.value}
            disabled={card.disabled}
            className="chk outline-none!"
            {...(value === undefined
              ? { defaultChecked: card.value === defaultValue }
              : { checked: card.value === value })}
            onChange={onValueChange && (() => onValueChange(card.value))}
          />
          <span>
            {card.title}
            {card.hint && <span className="block text-xs text-ink-3">{card.hint}</span>}
          </span>
        </label>
      ))}
      {error && <p className="text-stop">{error}</p>}
    </fieldset>
  )
}
