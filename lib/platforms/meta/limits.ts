/** What Facebook Pages take and how long they may take; platforms/meta.md 9, 10 and meta.limits.yaml. */
export const facebook = {
  messageChars: 63_206, // practice of public connectors; Meta states no number
  /** One picture a post. */
  photos: 1,
  photo: {
    mimeTypes: ['image/jpeg', 'image/png', 'image/gif'], // BMP and TIFF too, which the desk does not take
    maxBytes: 4 * 1024 * 1024, // by its error text; older pages say 10 MB
    maxEdgePx: 2048, // the largest Facebook shows
  },
  /** An unpublished photo is dropped after about 24 h. */
  stagedPhotoMs: 20 * 3_600_000,
  /** Advice of meta.md 9: FB text and photo commit within 60 s; lists lag by up to 120 s. */
  lateCommitMs: 60_000,
  listLagMs: 120_000,
  /** How far two clocks may stand apart when a post is matched by its time. */
  clockSkewMs: 120_000,
} as const

/** What Instagram takes; the shapes and lengths of media stand in the catalogue. platforms/meta.md 10. */
export const instagram = {
  captionChars: 2_200,
  hashtags: 30,
  mentions: 20,
} as const
