import { HealthWord } from '#components/status/health-word.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { Time } from '#components/ui/time.tsx'
import type { WorkerHealth } from '#lib/publishing/machinery.ts'

/** A due post that no worker took within this is worth saying. */
const BOUND_MS = 60_000

type WorkersProps = { health: WorkerHealth | null; now: Date; zone: string }

/** Whether anyone works, and how long the oldest due post has waited. */
export function Workers({ health, now, zone }: WorkersProps) {
  if (!health) return null
  const { workers, due, oldestDueAt, lastBeatAt } = health
  const waitsMs = oldestDueAt ? now.getTime() - Date.parse(oldestDueAt) : 0
  const isBehind = due > 0 && waitsMs > BOUND_MS
  return (
    <section>
      <SectionHead title="Workers" />
      <p className="flex flex-wrap items-center gap-x-2 border-t border-rule-2 py-2.5">
        <HealthWord health={workers === 0 ? 'lost' : isBehind ? 'ending' : 'healthy'}>
          {workers === 0 ? 'None running' : `${workers} running`}
        </HealthWord>
        <span className="text-xs text-ink-2">
          {workers === 0 ? (
            <>
              {lastBeatAt ? (
                <>
                  last sign of life <Time instant={lastBeatAt} zone={zone} form="day-seconds" />.{' '}
                </>
              ) : (
                'none was ever seen. '
              )}
              Nothing leaves until one runs; nothing is lost.
            </>
          ) : isBehind && oldestDueAt ? (
            <>
              {due} due, the oldest since <Time instant={oldestDueAt} zone={zone} form="day-seconds" />
            </>
          ) : (
            'nothing is past its bound'
          )}
        </span>
      </p>
    </section>
  )
}
