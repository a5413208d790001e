import { clsx } from 'clsx'

/** Only what floats has a shadow; it comes and goes by opacity and a hair of movement. */
export const popupClass = clsx(
  'rounded-3 border border-rule bg-raised text-ink shadow-2 outline-none',
  'origin-(--transform-origin) transition-[opacity,transform] duration-(--dur-2) ease-out',
  'data-starting-style:-translate-y-1 data-starting-style:opacity-0',
  'data-ending-style:opacity-0',
)
