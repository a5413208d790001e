import { latenessWords } from '#lib/publishing/lateness.ts'
import { punctualityOf } from '#lib/publishing/punctuality.ts'
import type { JobState } from '#lib/publishing/queries.ts'

/** How late posts went out, with where the figures come from; too few posts give none. */
export function Punctuality({ jobs }: { jobs: readonly JobState[] }) {
  const figures = punctualityOf(jobs.flatMap(({ latenessMs }) => latenessMs ?? []))
  return (
    <section className="border-b border-rule-2 py-3">
      <h2 className="text-xs text-ink-3">Lateness, last seven days</h2>
      {figures ? (
        <>
          <dl className="flex flex-wrap gap-x-8 gap-y-1 py-1">
            {[
              { name: 'half of them', ms: figures.p50Ms },
              { name: '19 of 20', ms: figures.p95Ms },
              { name: 'the latest', ms: figures.worstMs },
            ].map(({ name, ms }) => (
              <div key={name} className="flex flex-col-reverse">
                <dt className="text-xs text-ink-2">{name}</dt>
                <dd className="num text-xl font-head">{latenessWords(ms)}</dd>
              </div>
            ))}
          </dl>
          <p className="text-xs text-ink-3">
            {figures.posts} posts, from the minute promised to the moment we sent. Source: publishing log.
          </p>
        </>
      ) : (
        <p className="text-ink-2">Fewer than five posts went out, too few to say anything.</p>
      )}
    </section>
  )
}
