import type { GraphCall, Node } from './call.ts'
import {
  commentOnMedia,
  commentOnPost,
  deleteComment,
  listMediaComments,
  listPostComments,
  readComment,
} from './comments.ts'
import { createContainer, publishContainer, readContainer } from './containers.ts'
import { listMedia, readInstagram, readPublishingLimit } from './instagram.ts'
import { readAccountInsights, readMediaInsights } from './instagram-insights.ts'
import { changeMedia, deleteMedia, listChildren, readMedia } from './media.ts'
import { deletePhoto, deletePost, readPhoto, readPost } from './objects.ts'
import { readPageInsights, readPostInsights, readVideoInsights } from './page-insights.ts'
import { listPublishedPosts, readPage } from './pages.ts'
import { listAccounts, listPermissions, readPerson, revokePermissions } from './people.ts'
import { addPhoto, publishToFeed } from './publish.ts'
import { addPhasedVideo, addPhotoStory, listStories } from './reels.ts'
import { listSubscribedApps, subscribePage, unsubscribePage } from './subscriptions.ts'
import { deleteVideo, listVideos, readVideo } from './video-nodes.ts'
import { addVideo } from './videos.ts'

type Operation = (call: GraphCall) => unknown

/** What can be done with a node, by method and edge. */
export function operationsOn(target: Node): Readonly<Record<string, Operation>> {
  switch (target.type) {
    case 'user':
      return {
        'GET ': (call) => readPerson(call, target.node),
        'GET accounts': (call) => listAccounts(call, target.node),
        'GET permissions': (call) => listPermissions(call),
        'DELETE permissions': (call) => revokePermissions(call, target.node),
      }
    case 'page':
      return {
        'GET ': (call) => readPage(call, target.node),
        'GET feed': (call) => listPublishedPosts(call, target.node),
        'GET posts': (call) => listPublishedPosts(call, target.node),
        'GET published_posts': (call) => listPublishedPosts(call, target.node),
        'POST feed': (call) => publishToFeed(call, target.node),
        'POST photos': (call) => addPhoto(call, target.node),
        'GET videos': (call) => listVideos(call, target.node, null),
        'GET video_reels': (call) => listVideos(call, target.node, 'reel'),
        'GET stories': (call) => listStories(call, target.node),
        'GET insights': (call) => readPageInsights(call, target.node),
        'POST videos': (call) => addVideo(call, target.node),
        'POST video_reels': (call) => addPhasedVideo(call, target.node, 'reel'),
        'POST video_stories': (call) => addPhasedVideo(call, target.node, 'story'),
        'GET subscribed_apps': (call) => listSubscribedApps(call, target.node),
        'POST subscribed_apps': (call) => subscribePage(call, target.node),
        'DELETE subscribed_apps': (call) => unsubscribePage(call, target.node),
        'POST photo_stories': (call) => addPhotoStory(call, target.node),
      }
    case 'post':
      return {
        'GET ': (call) => readPost(call, target.node),
        'DELETE ': (call) => deletePost(call, target.node),
        'GET insights': (call) => readPostInsights(call, target.node),
        'GET comments': (call) => listPostComments(call, target.node),
        'POST comments': (call) => commentOnPost(call, target.node),
      }
    case 'photo':
      return {
        'GET ': (call) => readPhoto(call, target.node),
        'DELETE ': (call) => deletePhoto(call, target.node),
      }
    case 'video':
      return {
        'GET ': (call) => readVideo(call, target.node),
        'DELETE ': (call) => deleteVideo(call, target.node),
        'GET video_insights': (call) => readVideoInsights(call, target.node),
      }
    case 'instagram':
      return {
        'GET ': (call) => readInstagram(call, target.node),
        'GET media': (call) => listMedia(call, target.node, 'media'),
        'GET stories': (call) => listMedia(call, target.node, 'stories'),
        'GET content_publishing_limit': (call) => readPublishingLimit(call, target.node),
        'GET insights': (call) => readAccountInsights(call, target.node),
        'POST media': (call) => createContainer(call, target.node),
        'POST media_publish': (call) => publishContainer(call, target.node),
      }
    case 'container':
      return { 'GET ': (call) => readContainer(call, target.node) }
    case 'media':
      return {
        'GET ': (call) => readMedia(call, target.node),
        'POST ': (call) => changeMedia(call, target.node),
        'DELETE ': (call) => deleteMedia(call, target.node),
        'GET children': (call) => listChildren(call, target.node),
        'GET insights': (call) => readMediaInsights(call, target.node),
        'GET comments': (call) => listMediaComments(call, target.node),
        'POST comments': (call) => commentOnMedia(call, target.node),
      }
    case 'comment':
      return {
        'GET ': (call) => readComment(call, target.node),
        'DELETE ': (call) => deleteComment(call, target.node),
      }
  }
}
