import { type PublishWork, UnreadableMedia } from '../contract.ts'
import { validatePost } from '../validate.ts'
import type { Tools } from './client.ts'
import { prepareFacebookFeed } from './facebook-feed.ts'
import { prepareFacebookReel, prepareFacebookVideo } from './facebook-video.ts'
import { prepareInstagram } from './instagram.ts'
import { blocked, type Prepared, refused } from './step.ts'

/** What comes next is read from the post and the memo alone, so that any worker can go on from there. */
export async function prepareMetaStep(work: PublishWork, tools: Tools): Promise<Prepared> {
  const { network, format, body, link, media } = work.post
  const problem = validatePost(network, {
    body,
    link,
    media,
    firstComment: null,
    format: format === 'reel' || format === 'story' ? format : 'feed',
  }).find(({ severity }) => severity === 'error')
  if (problem) return refused(problem.code, problem.message)
  try {
    return await stepOf(work, tools)
  } catch (error) {
    if (!(error instanceof UnreadableMedia)) throw error
    const { code, message } = error
    // What was approved is what is published: other bytes need a new yes, an unreachable store only time.
    return code === 'publish_media_unreachable'
      ? blocked({ kind: 'unsent', code, message })
      : refused(code, message)
  }
}

async function stepOf(work: PublishWork, tools: Tools): Promise<Prepared> {
  const { network, format } = work.post
  const steps = network === 'facebook' ? facebookSteps : instagramSteps
  const prepare = steps[format]
  if (prepare) return prepare(work, tools)
  return refused('format_refused', `A ${format} cannot go to ${network} from here.`)
}

type Steps = Partial<Record<PublishWork['post']['format'], typeof prepareFacebookFeed>>

const facebookSteps: Steps = {
  text: prepareFacebookFeed,
  link: prepareFacebookFeed,
  image: prepareFacebookFeed,
  carousel: prepareFacebookFeed,
  video: prepareFacebookVideo,
  reel: prepareFacebookReel,
}
const instagramSteps: Steps = {
  image: prepareInstagram,
  carousel: prepareInstagram,
  reel: prepareInstagram,
  story: prepareInstagram,
}
