import { networkName } from '#components/status/network-name.ts'
import { sentenceFor } from '#lib/errors.ts'
import type { Job } from '#lib/publishing/jobs.ts'

export type UnknownStep = { key: string; at: string; sign: 'sent' | 'lost' | 'looked'; text: string }

/** What was sent, why nothing is known, and what each look saw: the story of an answer that never came. */
export function unknownSteps(job: Job): UnknownStep[] {
  const network = networkName(job.network)
  const lastIntent = job.logs.findLast((log) => log.kind === 'intent')
  return job.logs.flatMap((log): UnknownStep[] => {
    const step = { key: log.id, at: log.at }
    if (log === lastIntent) return [{ ...step, sign: 'sent', text: sentWords(job) }]
    if (lastIntent && log.at < lastIntent.at) return []
    if (log.kind === 'result' && log.status === 'unknown') {
      const text = sentenceFor(log.code ?? 'publish_unknown', { network: job.network, reason: log.reason })
      return [{ ...step, sign: 'lost', text }]
    }
    if (log.kind !== 'look') return []
    const text =
      log.code === 'publish_ambiguous'
        ? sentenceFor(log.code, { network: job.network })
        : log.status === 'unreadable'
          ? `Could not look on ${network}: ${sentenceFor(log.code ?? 'publish_transient', { network: job.network })}`
          : `Looked on ${network}: not there yet`
    return [{ ...step, sign: 'looked', text }]
  })
}

function sentWords(job: Job): string {
  const letters = [...job.text].length
  const text = letters === 0 ? 'no text' : `text of ${letters} ${letters === 1 ? 'letter' : 'letters'}`
  const pictures =
    job.pictures === 0 ? '' : job.pictures === 1 ? ', one picture' : `, ${job.pictures} pictures`
  return `Sent: ${text}${pictures}, version ${job.version}, seal ${job.digest.slice(0, 4)}`
}
