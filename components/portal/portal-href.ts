export function portalHref(
  brandSlug: string,
  page: '' | '/upcoming' | '/published' | '/preferences' = '',
): string {
  return `/portal/${brandSlug}${page}`
}

export function portalPostHref(brandSlug: string, postId: string): string {
  return `/portal/${brandSlug}/posts/${postId}`
}
