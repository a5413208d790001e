import { Meter } from '#components/ui/meter.tsx'
import type { Quota } from '#lib/media/queries.ts'
import { weight } from '#lib/media/schema.ts'

/** How full the brand's storage is; a word is added once it begins to matter. */
export function QuotaBar({ quota: { usedBytes, limitBytes } }: { quota: Quota }) {
  const share = limitBytes === 0 ? 1 : usedBytes / limitBytes
  const text = `${weight(usedBytes)} of ${weight(limitBytes)}`
  return (
    <footer className="sticky bottom-0 z-1 grid items-center gap-x-3.5 gap-y-1.5 border-t border-rule-2 bg-paper px-3.5 py-2 max-md:bottom-[58px] md:grid-cols-[auto_minmax(120px,1fr)_auto] md:px-6">
      <p>
        <b className="num font-bold">{text}</b> <span className="text-ink-3">this brand</span>
      </p>
      <Meter
        label="Storage used"
        value={usedBytes}
        max={limitBytes}
        text={text}
        tone={share >= 1 ? 'stop' : share > 0.9 ? 'warn' : 'ink'}
      />
      {share > 0.9 && (
        <p className="text-warn">
          {share >= 1 ? 'Full: nothing more can be added.' : `${weight(limitBytes - usedBytes)} left.`}
        </p>
      )}
    </footer>
  )
}
