/** A domain as people write it, with or without a path: no scheme, at least one dot, no blank. */
const BARE_ADDRESS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?$/i

/** What was typed as a link, made whole; empty for none, null where it cannot be one. */
export function linkFrom(typed: string): string | null {
  const address = typed.trim()
  if (address === '') return ''
  const whole = BARE_ADDRESS.test(address) ? `https://${address}` : address
  return /^https?:\/\/\S+$/i.test(whole) && URL.canParse(whole) ? whole : null
}
