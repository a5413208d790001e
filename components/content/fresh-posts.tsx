'use client'

import { useFreshPosts } from './changed-posts.ts'

/** Stands in a page of posts and draws nothing. */
export function FreshPosts() {
  useFreshPosts()
  return null
}
