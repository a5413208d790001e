import { networkName } from '#components/status/network-name.ts'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { LATENESS_DAYS, type Punctuality } from '#lib/publishing/punctuality.ts'
import { LatenessBars } from './lateness-bars.tsx'
import type { Places } from './places.ts'

/** Fewer posts than this give no percentile worth the name. */
const ENOUGH = 5

type PunctualityProps = { figures: readonly Punctuality[]; places: Places }

/** How late posts went out: all of them, by brand and network, and spread out; too few posts give no figures. */
export function PunctualityFigures({ figures, places }: PunctualityProps) {
  const [only] = places.isOne ? [...places.brands.keys()] : []
  const whole = figures.find((one) => one.network === null && one.brandId === (only ?? null))
  const cap = `Lateness, last ${LATENESS_DAYS} days`
  if (!whole || whole.posts < ENOUGH) {
    return (
      <section aria-label={cap} className="border-b border-rule-2 py-3">
        <h2 className="text-xs text-ink-3">{cap}</h2>
        <p className="text-ink-2">Fewer than five posts went out, too few to say anything.</p>
      </section>
    )
  }
  return (
    <section
      aria-label={cap}
      className="grid gap-x-5 border-b border-rule-2 py-3 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1.5fr)_minmax(0,1.3fr)] max-lg:gap-y-4"
    >
      <div>
        <h2 className="text-xs text-ink-3">
          {cap}, {whole.posts.toLocaleString('en-GB')} posts
        </h2>
        <dl className="flex flex-wrap gap-x-7 py-1">
          {[
            { name: 'p50, half', ms: whole.p50Ms },
            { name: 'p95', ms: whole.p95Ms },
            { name: 'p99', ms: whole.p99Ms },
          ].map(({ name, ms }) => (
            <div key={name} className="flex flex-col-reverse">
              <dt className="text-xs text-ink-2">{name}</dt>
              <dd className="num text-2xl font-head">{inSeconds(ms)}</dd>
            </div>
          ))}
        </dl>
        <p className="text-xs text-ink-3">
          From the minute promised to the moment we sent. Source: publishing log.
        </p>
      </div>
      <LatenessBars within={whole.within} />
      <ByPlace figures={figures.filter((one) => isRow(one, places))} places={places} />
    </section>
  )
}

/** Of one brand its networks; of all each brand's networks. */
function isRow({ brandId, network }: Punctuality, { brands }: Places): boolean {
  return network !== null && brandId !== null && brands.has(brandId)
}

function ByPlace({ figures, places }: PunctualityProps) {
  const slowest = [...figures].sort((one, other) => other.p95Ms - one.p95Ms)
  return (
    <div className="max-h-44 overflow-y-auto">
      <Table caption={places.isOne ? 'Lateness by network' : 'Lateness by brand and network'}>
        <thead>
          <tr>
            <Th>{places.isOne ? 'By network' : 'By brand and network'}</Th>
            <Th numeric>Posts</Th>
            <Th numeric>p50</Th>
            <Th numeric>p95</Th>
            <Th numeric>p99</Th>
          </tr>
        </thead>
        <tbody>
          {slowest.map((one) => (
            <tr key={`${one.brandId} ${one.network}`}>
              <Td className="w-full max-w-0 truncate">
                {!places.isOne && `${places.brands.get(one.brandId ?? '')?.name}, `}
                {networkName(one.network ?? '')}
              </Td>
              <Td numeric>{one.posts.toLocaleString('en-GB')}</Td>
              {[one.p50Ms, one.p95Ms, one.p99Ms].map((ms, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                <Td key={place} numeric className="whitespace-nowrap">
                  {one.posts < ENOUGH ? 'too few' : inSeconds(ms)}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function inSeconds(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`
}
