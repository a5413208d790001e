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

/** A caption is the whole text: Instagram shows no links under posts. */
export function instagramCaption(body: string): string {
  return body.trim()
}

/** Captions come back without their `@` unless the reader may manage the account (platforms/meta.md 5.1). */
export function sameCaption(a: string, b: string): boolean {
  return bare(a) === bare(b)
}

function bare(caption: string): string {
  return normalise(caption).replaceAll('@', '').replaceAll(/\s+/g, ' ').trim()
}
