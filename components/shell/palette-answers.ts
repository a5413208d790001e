type Answering = { label: string; also?: string }

/** Every typed word begins some word of the entry. */
export function answers({ label, also = '' }: Answering, typed: string): boolean {
  const words = `${label} ${also}`.toLocaleLowerCase().split(/\s+/)
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}
