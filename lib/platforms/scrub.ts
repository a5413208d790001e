/**
 * Takes secrets out of a text that may be stored, logged or shown: platforms repeat tokens in their error
 * messages ("Malformed access token EAAB…").
 */
export function scrub(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
}
