import { clsx } from 'clsx'

/** What a slim rail keeps for readers only. */
export const railLabel = 'min-w-0 flex-1 truncate md:group-data-[rail=slim]/desk:sr-only'

export const railRow = clsx(
  'relative flex h-8 w-full items-center gap-2.5 rounded-2 px-2.5 text-left text-on-blotter-2 no-underline! outline-on-blotter!',
  'hover:bg-blotter-2 hover:text-on-blotter pointer-coarse:h-11',
  'md:group-data-[rail=slim]/desk:h-9 md:group-data-[rail=slim]/desk:w-10 md:group-data-[rail=slim]/desk:justify-center md:group-data-[rail=slim]/desk:px-0',
)
