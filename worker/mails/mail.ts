/** What a mail says, once: the page and the plain text are both drawn from it, so they cannot differ. */
export type Mail = {
  /** Whose name stands in the inbox: "Halyard Studio, for Oat & Ember". */
  fromName: string
  subject: string
  /** What the inbox shows behind the subject. */
  preview: string
  /** Above the double rule. */
  letterhead: string
  heading: string
  paragraphs: readonly string[]
  piece?: Piece
  /** What somebody wrote, in their own words. */
  quote?: { by: string; text: string }
  facts?: readonly { label: string; value: string }[]
  action: { label: string; url: string }
  /** Below the button: what happens if nobody does anything. */
  silence?: string
  footer: string
  /** Where to have fewer of this kind; null for what one asked for or must know. */
  preferencesUrl: string | null
}

export type Piece = {
  title: string
  /** Its first words; empty where it has none. */
  excerpt: string
  /** "OE-318, version 2 · Fri 18 Sep, 17:30, London" */
  slugAndTime: string
  /** A path in storage; shown beside the title, and never the only carrier of a fact. */
  imagePath: string | null
}
