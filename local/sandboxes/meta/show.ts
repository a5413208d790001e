import { html } from 'hono/html'
import type { Markup } from '../page.ts'
import type { Comment } from './comments.ts'

/** Parts that the pages of both networks show alike. */
export function timesSent(times: number): Markup {
  return times === 1 ? html`<span>Sent once</span>` : html`<span class="again">Sent ${times} times</span>`
}

export function videoPlayer({
  file,
  poster,
  media,
}: {
  file: string
  poster: string
  media: { width: number | null; height: number | null; duration_ms: number | null }
}): Markup {
  const seconds = Math.round((media.duration_ms ?? 0) / 1000)
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return html`<figure class="film"><video controls preload="none" poster="${poster}" src="${file}" width="${media.width ?? 16}" height="${media.height ?? 9}" aria-label="Video, ${length}"></video><figcaption>${length}</figcaption></figure>`
}

/** Oldest first, as they are read below a post. */
export function commentList(comments: readonly Comment[]): Markup | '' {
  if (comments.length === 0) return ''
  return html`<ul class="comments">${comments.toReversed().map(({ author, message }) => html`<li><b>${author}</b> ${message}</li>`)}</ul>`
}
