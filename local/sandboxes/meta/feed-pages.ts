import { html } from 'hono/html'
import { type Markup, showPage, showProblem, showTime } from '../page.ts'
import { INSTAGRAM_HOST, PICTURE_HOST, WWW_HOST } from './facts.ts'
import type { Meta } from './graph/call.ts'
import { fromCursor, toCursor } from './graph/paging.ts'
import type { Photo, Post } from './posts.ts'
import { commentList, timesSent, videoPlayer } from './show.ts'
import type { Video } from './videos.ts'
import { instagramOf, type Page } from './world.ts'

const POSTS_A_PAGE = 25

/** www.facebook.com/<page>: what visitors of the Page see. */
export function showFeed(meta: Meta, idOrUsername: string, cursor: string | null): Promise<Response> {
  const page = meta.world.page(idOrUsername)
  if (!page)
    return notFound(
      'There is no such Page',
      `No Page is called ${idOrUsername}. The Sandbox link lists them.`,
    )
  const after = readCursor(cursor)
  const found = meta.posts.list({ pageId: page.id, after, limit: POSTS_A_PAGE + 1 })
  const posts = found.slice(0, POSTS_A_PAGE)
  const last = found.length > POSTS_A_PAGE ? posts.at(-1) : undefined
  return showPage(
    { title: page.name, standsFor: WWW_HOST },
    html`<main>
${pageHead(page)}
${posts.length === 0 && html`<p class="quiet">Nothing was published here yet.</p>`}
${posts.map((post) => showPost(meta, page, post))}
${
  (after !== undefined || last) &&
  html`<nav aria-label="Older and newer">
${after !== undefined ? html`<a href="?">Newest posts</a>` : html`<span></span>`}
${last && html`<a href="?after=${toCursor(last.seq)}">Older posts</a>`}</nav>`
}
</main>`,
  )
}

/** A mangled address shows the newest posts rather than an error. */
function readCursor(cursor: string | null): number | undefined {
  try {
    return cursor === null ? undefined : Number(fromCursor(cursor))
  } catch {
    return undefined
  }
}

/** www.facebook.com/<page>/posts/<number>: the permalink. */
export function showPermalink(meta: Meta, idOrUsername: string, number: string): Promise<Response> {
  const page = meta.world.page(idOrUsername)
  const post = page && meta.posts.byNumber(page.id, number)
  if (!page || !post)
    return notFound('There is no such post', 'The address belongs to no post that was ever published here.')
  if (post.deleted_at !== null)
    return notFound('This post was deleted', `${page.name} published it and took it down again.`)
  return showPage(
    { title: `${page.name}: ${post.message.slice(0, 60) || 'a post'}`, standsFor: WWW_HOST },
    html`<main>${showPost(meta, page, post, html`<h1 class="small">${page.name}</h1>`)}<p><a href="/${WWW_HOST}/${page.username}">All posts of ${page.name}</a></p></main>`,
  )
}

/** www.facebook.com/reel/<id> and /<page>/videos/<id>: a film is shown in its post. */
export function showVideo(meta: Meta, videoId: string): Promise<Response> {
  const video = meta.videos.byId(videoId)
  const post = video?.post_id == null ? null : meta.posts.byId(video.post_id)
  return post
    ? showPermalink(meta, post.page_id, post.number)
    : notFound('There is no such video', 'It was never published, or it is still being worked on.')
}

/** www.facebook.com/stories/<page>/<id> */
export function showStory(meta: Meta, storyId: string): Promise<Response> {
  const story = meta.stories.byId(storyId)
  const page = story && meta.world.page(story.page_id)
  if (!story || !page)
    return notFound('There is no such story', 'The address belongs to no story of this sandbox.')
  const photo = story.photo_id === null ? null : meta.posts.photo(story.photo_id)
  const video = story.video_id === null ? null : meta.videos.byId(story.video_id)
  return showPage(
    { title: `Story of ${page.name}`, standsFor: WWW_HOST },
    html`<main><article class="sheet" aria-label="Story of ${page.name}">
<div class="pad"><div class="row"><img src="/${PICTURE_HOST}/p/${page.id}.png" alt="" width="40" height="40">
<div><h1 class="small"><a href="/${WWW_HOST}/${page.username}">${page.name}</a></h1><p class="quiet">${showTime(story.created_at)}</p></div></div></div>
${photo && html`<div class="pictures one">${picture(photo)}</div>`}
${video && player(video)}
<div class="foot"><span>Story</span>${timesSent(story.times_committed)}</div></article></main>`,
  )
}

function player(video: Video): Markup {
  const address = `/${PICTURE_HOST}/o/${video.id}`
  return videoPlayer({ file: `${address}.mp4`, poster: `${address}_poster.jpg`, media: video })
}

/** www.facebook.com/photo.php: a published picture is shown in its post. */
export async function showPhoto(meta: Meta, photoId: string): Promise<Response> {
  const photo = meta.posts.photo(photoId)
  const post = photo?.post_id ? meta.posts.byId(photo.post_id) : null
  if (!post) return notFound('There is no such picture', 'It was never published, or its post is gone.')
  return new Response(null, {
    status: 302,
    headers: { location: `/${WWW_HOST}/${post.page_id}/posts/${post.number}` },
  })
}

function notFound(title: string, sentence: string): Promise<Response> {
  return showProblem({ title, standsFor: WWW_HOST, status: 404 }, sentence)
}

/** On the sandbox's front page: every Page, and who holds it. */
export function showPages({ world, posts, media }: Meta): Markup {
  const people = world.people().map((person) => ({ ...person, holds: world.pagesOf(person.id) }))
  return html`<section class="sheet rows"><h2>Facebook Pages and Instagram</h2>
${world.pages().map((page) => {
  const holders = people.filter(({ holds }) => holds.some(({ id }) => id === page.id)).map(({ name }) => name)
  const count = posts.all({ pageId: page.id }).length
  return html`<div class="row"><img src="/${PICTURE_HOST}/p/${page.id}.png" alt="" width="40" height="40">
<div><a href="/${WWW_HOST}/${page.username}">${page.name}</a>
<p class="quiet">${count === 1 ? '1 post' : `${count} posts`}, managed by ${holders.join(', ')}</p>${instagramLine(page, media)}</div></div>`
})}</section>`
}

function instagramLine(page: Page, media: Meta['media']): Markup | '' {
  const account = instagramOf(page)
  if (!account) return ''
  const count = media.countShown(account.id)
  return html`<p class="quiet"><a href="/${INSTAGRAM_HOST}/${account.username}/">@${account.username}</a> on Instagram, ${count === 1 ? '1 post' : `${count} posts`}</p>`
}

function pageHead(page: Page): Markup {
  return html`<header class="row"><img src="/${PICTURE_HOST}/p/${page.id}.png" alt="" width="64" height="64">
<div><h1>${page.name}</h1><p class="quiet">${page.category} · ${page.followers.toLocaleString('en-GB')} followers</p>
${page.about && html`<p class="quiet">${page.about}</p>`}</div></header>`
}

function showPost(meta: Meta, page: Page, post: Post, heading: Markup = html`<h2>${page.name}</h2>`): Markup {
  const photos = meta.posts.photosOf(post.id)
  const video = meta.videos.ofPost(post.id)
  return html`<article class="sheet" aria-label="Post of ${page.name}">
<div class="pad">
<div class="row"><img src="/${PICTURE_HOST}/p/${page.id}.png" alt="" width="40" height="40">
<div>${heading}<p class="quiet"><a href="/${WWW_HOST}/${post.page_id}/posts/${post.number}">${showTime(post.created_at)}</a></p></div></div>
${post.message && html`<p class="message">${post.message}</p>`}
</div>
${post.link && linkCard(post.link)}
${photos.length > 0 && html`<div class="pictures${photos.length === 1 ? ' one' : ''}">${photos.map(picture)}</div>`}
${video && player(video)}
${commentList(meta.comments.on(post.id))}
<div class="foot"><span>${post.number}</span>${timesSent(post.times_committed)}</div>
</article>`
}

function linkCard(link: string): Markup {
  return html`<a class="linked" href="${link}" rel="noopener noreferrer"><b>${new URL(link).hostname}</b>${link}</a>`
}

function picture({ id, alt, width, height }: Photo): Markup {
  return html`<img src="/${PICTURE_HOST}/v/${id}_n.jpg" alt="${alt}" width="${width}" height="${height}" loading="lazy">`
}
