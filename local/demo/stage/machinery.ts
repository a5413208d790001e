import { Temporal } from 'temporal-polyfill'
import { assemblePorts } from '#worker/assemble.ts'
import type { WorkerEnvironment } from '#worker/environment.ts'
import { createLog } from '#worker/log.ts'
import type { Mailer } from '#worker/mails/mailer.ts'
import type { PublishingTimes } from '#worker/ports.ts'
import type { Jobs } from '#worker/records/jobs.ts'
import type { Sql } from '#worker/records/sql.ts'
import { runDueOnce } from '#worker/run-due.ts'
import { createTasks, type Tasks } from '#worker/tasks/tasks.ts'
import type { StoryClock } from './clock.ts'

/** As in production, whatever this stack is set to: the past is written by its times. */
const usualTimes: PublishingTimes = {
  leaseMs: 30_000,
  httpTimeoutMs: 10_000,
  settleScale: 1,
  earlyLooksMs: [15_000, 60_000],
}

/** How long the unknown one stays so: four hours, in multiples of Facebook's three minutes. */
const LONG_SETTLE_SCALE = 80

/** The worker's own tasks in this process, at the story's time. */
export class Machinery {
  readonly #sql: Sql
  readonly #clock: StoryClock
  readonly #tasks: Tasks
  readonly #mailer: Mailer
  readonly #publishing = { ...usualTimes }
  readonly #invitations: { to: string; from: string; token: string }[] = []

  constructor(environment: WorkerEnvironment, sql: Sql, clock: StoryClock) {
    // Only what breaks is of interest here, and it goes where errors go.
    const log = createLog({
      write: (line) => {
        if (line.includes('"level":50')) process.stderr.write(line)
      },
    })
    const ports = assemblePorts(environment, sql, log)
    this.#sql = sql
    this.#clock = clock
    this.#mailer = ports.mailer
    this.#tasks = createTasks(
      {
        ...ports,
        clock,
        publishing: this.#publishing,
        mailer: this.#mailbag(ports.mailer),
        records: { ...ports.records, jobs: inStoryTime(ports.records.jobs, clock) },
      },
      'demo',
    )
  }

  /** Everything that is due now: mails, pictures, exchanges, posts. */
  async work(): Promise<void> {
    await runDueOnce(this.#sql, this.#tasks)
  }

  /** Everything that falls due until then, each at its own time. */
  async workUntil(end: Temporal.Instant): Promise<void> {
    for (let previous: string | null = null; ; ) {
      const due = await this.#nextPublication(end)
      if (!due) return
      if (due.state === previous) throw new Error(`Publish job ${due.jobId} is due and does not move.`)
      previous = due.state
      await this.#clock.moveTo(due.at.add({ milliseconds: wakingMs(due.at) }))
      await this.#clock.tellSandbox()
      await this.work()
    }
  }

  async withLongSettling<T>(deed: () => Promise<T>): Promise<T> {
    this.#publishing.settleScale = LONG_SETTLE_SCALE
    // Nobody looks before that: a look would find it.
    this.#publishing.earlyLooksMs = []
    try {
      return await deed()
    } finally {
      Object.assign(this.#publishing, usualTimes)
    }
  }

  /** The token in the invitation to a brand: the mail alone carries it. */
  joinToken(email: string, brandName: string): string {
    const mail = this.#invitations.findLast(
      ({ to, from }) => to === email && from.endsWith(` for ${brandName}`),
    )
    if (!mail) throw new Error(`No invitation to ${brandName} was mailed to ${email}.`)
    return mail.token
  }

  close(): void {
    this.#mailer.close()
  }

  /** Each mail goes out, dated by the story; invitations are read on the way. */
  #mailbag(mailer: Mailer): Mailer {
    return {
      deliver: async (message) => {
        const { from, to, text } = message
        const token = /\/join\/([\w-]{43})/.exec(String(text))?.[1]
        if (token && typeof to === 'string' && typeof from === 'object' && 'name' in from) {
          this.#invitations.push({ to, from: from.name ?? '', token })
        }
        await mailer.deliver({ ...message, date: this.#clock.now() })
      },
      close: () => mailer.close(),
    }
  }

  async #nextPublication(end: Temporal.Instant) {
    const [next] = await this.#sql<{ job_id: string; at: Date; state: string }[]>`
      select j.id as job_id, d.at, concat_ws(' ', j.id, j.status, j.fence, d.at) as state
      from public.publish_jobs j
      cross join lateral (select case j.status when 'scheduled' then greatest(j.scheduled_for, j.next_retry_at) else j.next_look_at end as at) d
      join public.connections n on n.id = j.connection_id
      where j.status in ('scheduled', 'outcome_unknown') and d.at <= ${end.toString()}
        and (j.status = 'outcome_unknown' or private.pause_of(n) is null)
      order by d.at, j.id limit 1`
    return (
      next && {
        jobId: next.job_id,
        at: Temporal.Instant.fromEpochMilliseconds(next.at.getTime()),
        state: next.state,
      }
    )
  }
}

/** A worker needs a moment to wake up, a little longer here and there. */
function wakingMs(due: Temporal.Instant): number {
  return 240 + (Math.floor(due.epochMilliseconds / 60_000) % 17) * 90
}

/** A send and its result lie as far apart as they did: the database learns the time before each record. */
function inStoryTime(jobs: Jobs, clock: StoryClock): Jobs {
  const timed =
    <Args extends unknown[], Result>(record: (...facts: Args) => Promise<Result>) =>
    async (...facts: Args) => {
      await clock.tellDatabase()
      return record(...facts)
    }
  return {
    preview: timed(jobs.preview),
    begin: timed(jobs.begin),
    handBack: timed(jobs.handBack),
    claim: timed(jobs.claim),
    recordIntent: timed(jobs.recordIntent),
    recordResult: timed(jobs.recordResult),
    recordLook: timed(jobs.recordLook),
  }
}
