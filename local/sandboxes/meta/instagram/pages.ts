import { html } from 'hono/html'
import { type Markup, showPage, showProblem, showTime } from '../../page.ts'
import { INSTAGRAM_HOST, PICTURE_HOST, WWW_HOST } from '../facts.ts'
import type { Meta } from '../graph/call.ts'
import { mediaType } from '../graph/media-fields.ts'
import { commentList, timesSent, videoPlayer } from '../show.ts'
import type { InstagramAccount } from '../world.ts'
import type { Media } from './media.ts'
import { idOfShortcode, mediaPermalink, shortcode } from './urls.ts'

const TILES_A_PAGE = 60

/** www.instagram.com: a profile's grid, one post, one story. */
export function answerInstagram(meta: Meta, pathname: string): Promise<Response> {
  const [, first = '', second = '', third = ''] = pathname.split('/')
  if (first === 'p' || first === 'reel') return showMedia(meta, idOfShortcode(second) ?? '')
  if (first === 'stories') return showMedia(meta, third)
  const account = meta.world.instagram(first)
  return account
    ? showProfile(meta, account)
    : notFound('There is no such profile', `Nobody is called ${first}.`)
}

function showProfile(meta: Meta, account: InstagramAccount): Promise<Response> {
  const { page, username, name } = account
  const posts = meta.media.list({ accountId: account.id, limit: TILES_A_PAGE })
  const stories = meta.media.list({ accountId: account.id, isOfStories: true, limit: 20 })
  const count = meta.media.countShown(account.id)
  return showPage(
    { title: `${name} (@${username})`, standsFor: INSTAGRAM_HOST },
    html`<main class="wide">
<header class="profile"><img src="/${PICTURE_HOST}/p/${account.id}.png" alt="" width="96" height="96">
<div><h1>${username}</h1>
<p><b>${count}</b> ${count === 1 ? 'post' : 'posts'} · <b>${page.followers.toLocaleString('en-GB')}</b> followers</p>
<p><b>${name}</b><br><span class="quiet">${page.about || page.category}</span></p>
<p class="quiet"><a href="/${WWW_HOST}/${page.username}">${page.name} on Facebook</a></p></div></header>
${
  stories.length > 0 &&
  html`<nav aria-label="Stories" class="stories">${stories.map(
    (story) =>
      html`<a href="/${INSTAGRAM_HOST}/stories/${username}/${story.id}"><img src="${stillOf(story)}" alt="" width="56" height="56"><span>${showTime(story.created_at)}</span></a>`,
  )}</nav>`
}
${posts.length === 0 ? html`<p class="quiet">Nothing was published here yet.</p>` : html`<ul class="grid">${posts.map((post) => tile(post, username))}</ul>`}
${count > TILES_A_PAGE && html`<p class="quiet">The newest ${TILES_A_PAGE} of ${count} are shown.</p>`}
</main>`,
  )
}

const MARKS = { carousel: 'Several', reel: 'Reel', image: '', video: '', story: '' } as const

function tile(post: Media, username: string): Markup {
  const name = post.caption.slice(0, 80) || post.alt || 'Without a caption'
  return html`<li><a href="${localAddress(post, username)}"><img src="${stillOf(post)}" alt="${name}" loading="lazy">
${MARKS[post.kind] && html`<span class="mark">${MARKS[post.kind]}</span>`}
${post.times_committed > 1 && html`<span class="mark again-mark">Sent ${post.times_committed} times</span>`}</a></li>`
}

/** What stands still for a media: its picture, a film's poster, a carousel's first item. */
function stillOf(media: Media): string {
  const suffix =
    media.kind === 'carousel'
      ? `${media.id}_first`
      : mediaType(media) === 'VIDEO'
        ? `${media.id}_poster`
        : media.id
  return `/${PICTURE_HOST}/m/${suffix}.jpg`
}

function showMedia(meta: Meta, id: string): Promise<Response> {
  const media = meta.media.byId(id)
  const account = media && meta.world.instagram(media.account_id)
  if (!media || !account || media.parent_id !== null)
    return notFound('There is no such post', 'The address belongs to nothing that was ever published here.')
  if (media.deleted_at !== null)
    return notFound('This post was deleted', `${account.name} published it and took it down again.`)
  const { username } = account
  const profile = `/${INSTAGRAM_HOST}/${username}/`
  return showPage(
    { title: `${username}: ${media.caption.slice(0, 60) || 'a post'}`, standsFor: INSTAGRAM_HOST },
    html`<main><article class="sheet" aria-label="${media.kind === 'story' ? 'Story' : 'Post'} of ${username}">
<div class="pad"><div class="row"><img src="/${PICTURE_HOST}/p/${account.id}.png" alt="" width="40" height="40">
<div><h1 class="small"><a href="${profile}">${username}</a></h1><p class="quiet">${showTime(media.created_at)}</p></div></div></div>
${frames(meta, media)}
${media.caption && html`<div class="pad"><p class="message">${media.caption}</p></div>`}
${commentList(meta.comments.on(media.id))}
<div class="foot"><span>${media.kind === 'story' ? 'Story' : shortcode(media.id)}</span>${timesSent(media.times_committed)}</div>
</article><p><a href="${profile}">All posts of ${username}</a></p></main>`,
  )
}

function frames(meta: Meta, media: Media): Markup {
  const items = media.kind === 'carousel' ? meta.media.childrenOf(media.id) : [media]
  if (items.length === 1) return frame(items[0] ?? media)
  return html`<div class="strip" role="region" aria-label="${items.length} items, side by side" tabindex="0">${items.map(frame)}</div>`
}

function frame(media: Media): Markup {
  const { id, alt, width, height } = media
  if (mediaType(media) === 'VIDEO')
    return videoPlayer({
      file: `/${PICTURE_HOST}/m/${id}.mp4`,
      poster: `/${PICTURE_HOST}/m/${id}_poster.jpg`,
      media,
    })
  return html`<img class="frame" src="/${PICTURE_HOST}/m/${id}.jpg" alt="${alt}" width="${width ?? 1}" height="${height ?? 1}">`
}

function localAddress(media: Media, username: string): string {
  return mediaPermalink(media, username).replace('https://', '/')
}

function notFound(title: string, sentence: string): Promise<Response> {
  return showProblem({ title, standsFor: INSTAGRAM_HOST, status: 404 }, sentence)
}
