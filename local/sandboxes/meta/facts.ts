/** Meta’s facts as data; where its sources differ, local/sandboxes/README.md says what was chosen. */

/** The app that Copydesk is registered as, in this sandbox and nowhere else. */
export const META_SANDBOX_APP = {
  id: '1284470199127316',
  secret: '5a9db0c6e1f24387b1d0e4a7c93f6b28',
  name: 'Copydesk',
} as const

/** A version lives about two years; a dead one is served by the oldest that lives. */
export const VERSIONS: readonly { major: number; ends: string | null }[] = [
  { major: 20, ends: '2026-09-24' },
  { major: 21, ends: '2027-01-21' },
  { major: 22, ends: '2027-05-20' },
  { major: 23, ends: '2027-10-08' },
  { major: 24, ends: '2028-02-18' },
  { major: 25, ends: '2028-07-29' },
  { major: 26, ends: null },
]
/** Documented without a version; everything else must name one, so that a forgotten pin shows. */
export const UNVERSIONED_PATHS: ReadonlySet<string> = new Set(['/oauth/access_token', '/debug_token'])

export const LIFETIMES_S = {
  code: 600, // uncertain: about ten minutes, one use
  shortUserToken: 3600, // 1 to 2 h
  longUserToken: 60 * 86_400,
  dataAccess: 90 * 86_400,
  stagedPhoto: 86_400,
} as const

export const LIMITS = {
  messageChars: 63_206,
  photoBytes: 4 * 1024 * 1024, // by the error text; older pages say 10 MB
  attachedMedia: 10, // practice: Meta documents no cap
  pageSize: 100,
  defaultPageSize: 25,
} as const

/** Permissions the app may ask for, in the dialog's words. */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  public_profile: 'Receive your name',
  email: 'Receive your e-mail address',
  pages_show_list: 'See the Pages you manage',
  pages_read_engagement: 'Read posts and followers of your Pages',
  pages_read_user_content: 'Read what people write on your Pages',
  pages_manage_posts: 'Create and delete posts on your Pages',
  pages_manage_engagement: 'Answer comments on your Pages',
  pages_manage_metadata: 'Receive events of your Pages',
  read_insights: 'Read the insights of your Pages',
  business_management: 'See the business portfolios you work in',
  instagram_basic: 'See Instagram accounts linked to your Pages',
  instagram_content_publish: 'Publish on linked Instagram accounts',
  instagram_manage_insights: 'Read the insights of linked Instagram accounts',
  instagram_manage_comments: 'Answer comments on linked Instagram accounts',
  instagram_manage_contents: 'Delete posts on linked Instagram accounts',
}

export const GRAPH_HOST = 'graph.facebook.com'
/** The older host for films; the plain one takes them too. */
export const GRAPH_VIDEO_HOST = 'graph-video.facebook.com'
export const WWW_HOST = 'www.facebook.com'
export const PICTURE_HOST = 'scontent.xx.fbcdn.net'
export const RUPLOAD_HOST = 'rupload.facebook.com'
export const INSTAGRAM_HOST = 'www.instagram.com'
