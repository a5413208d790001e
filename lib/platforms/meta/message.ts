/** The text exactly as it goes out: with a picture there is no link preview, so the address follows the text. */
export function facebookMessage({
  body,
  link,
  media,
}: {
  body: string
  link: string | null
  media: readonly unknown[]
}): string {
  const text = body.trim()
  if (!link || media.length === 0 || text.includes(link)) return text
  return text ? `${text}\n\n${link}` : link
}

/** Equal texts, whatever the platform did to their line ends and composed letters. */
export function sameMessage(a: string, b: string): boolean {
  return normalise(a) === normalise(b)
}

function normalise(text: string): string {
  return text.normalize('NFC').replaceAll('\r\n', '\n').trim()
}
