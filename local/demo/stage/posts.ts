import type { JSONValue } from 'postgres'
import type { BrandKey, PersonKey } from '#local/demo/cast.ts'
import type { PostStory, PostText, Step } from '#local/demo/story/post.ts'
import { addPicture } from './library.ts'
import { lookTooEarly, misbehave } from './mishaps.ts'
import { type Happening, known, type Stage } from './stage.ts'

/** Turns a post's story into what its people do, through the functions that the desk calls. */
export function happeningsOf(brand: BrandKey, { steps, ...text }: PostStory): Happening[] {
  const post: Post = { brand, id: null, text, mediaId: null }
  return steps.map((step) => ({ at: step.at, act: (stage) => perform(step, post, stage) }))
}

type Post = { brand: BrandKey; id: string | null; text: PostText; mediaId: string | null }

async function perform(step: Step, post: Post, stage: Stage): Promise<void> {
  const { people } = stage
  switch (step.does) {
    case 'write':
      return write(step.by, post, stage)
    case 'edit':
      return edit(step.by, post, { ...post.text, ...step.to }, stage)
    case 'plan':
      return people.as(step.by, async (sql) => {
        const time = step.slot.toPlainDateTime().toString()
        await sql`select public.schedule_post(${idOf(post)}, ${time}::text::timestamp, ${step.slot.timeZoneId})`
      })
    case 'send':
      return people.as(step.by, async (sql) => {
        await sql`
          select public.submit_post(i.id, i.revision) from public.content_items i where i.id = ${idOf(post)}`
      })
    case 'withdraw':
      return people.as(step.by, async (sql) => {
        await sql`select public.withdraw_post(${idOf(post)})`
      })
    case 'archive':
      return people.as(step.by, async (sql) => {
        await sql`select public.archive_post(${idOf(post)})`
      })
    case 'decide':
      return people.as(step.by, async (sql) => {
        // On what they see: the version that lies before them.
        const [seen] = await sql<{ content_digest: string }[]>`
          select v.content_digest from public.content_versions v
          where v.content_id = ${idOf(post)} order by v.version desc limit 1`
        await sql`
          select public.decide_approval(
            ${idOf(post)}, ${seen?.content_digest ?? null}, ${step.outcome}, ${step.comment ?? null})`
      })
    case 'say':
      return people.as(step.by, async (sql) => {
        await sql`
          insert into public.content_comments (content_id, brand_id, audience, body)
          values (${idOf(post)}, ${known(stage.brandIds, post.brand)}, ${step.audience}, ${step.text})`
      })
    case 'retry':
      return people.as(step.by, async (sql) => {
        await sql`
          select public.retry_job(j.id) from public.publish_jobs j
          where j.content_id = ${idOf(post)} and j.connection_id = ${known(stage.connectionIds, step.page)}
            and j.status in ('failed', 'dlq')`
      })
    case 'look_too_early':
      return lookTooEarly(step, idOf(post), stage)
    case 'misbehave':
      return misbehave(step, stage)
  }
}

async function write(by: PersonKey, post: Post, stage: Stage): Promise<void> {
  if (post.text.picture) post.mediaId = await addPicture(by, post.brand, post.text.picture, stage)
  const { title, body, link = null } = post.text
  post.id = await stage.people.as(by, async (sql) => {
    const [created] = await sql<{ id: string }[]>`
      select id from public.create_post(
        ${known(stage.brandIds, post.brand)}, ${title}, ${body}, ${link}, null, ${mediaOf(post)}::uuid[], ${sql.json(channelsOf(post, stage))})`
    return created?.id ?? null
  })
}

async function edit(by: PersonKey, post: Post, text: PostText, stage: Stage): Promise<void> {
  post.text = text
  const { title, body, link = null } = text
  await stage.people.as(by, async (sql) => {
    await sql`
      select public.save_post(
        i.id, i.revision, ${title}, ${body}, ${link}, null, ${mediaOf(post)}::uuid[], ${sql.json(channelsOf(post, stage))})
      from public.content_items i where i.id = ${idOf(post)}`
  })
}

function idOf({ id, text }: Post): string {
  if (!id) throw new Error(`“${text.title}” is not written yet.`)
  return id
}

function mediaOf({ mediaId }: Post): string[] {
  return mediaId ? [mediaId] : []
}

function channelsOf({ text }: Post, { connectionIds }: Stage): JSONValue {
  return text.pages.map((page) => ({
    connection_id: known(connectionIds, page),
    body: text.own?.[page] ?? null,
    first_comment: null,
  }))
}
