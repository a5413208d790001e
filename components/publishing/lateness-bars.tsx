import { LATENESS_RANGES } from '#lib/publishing/punctuality.ts'

const HEIGHT = 52
const STEP = 64
const BAR = 56
const inks = ['fill-pass', 'fill-pass', 'fill-pass', 'fill-pass', 'fill-(--warn)', 'fill-(--stop)']

/** How many posts were how late. Square root, so that the few late ones are seen beside the many on time. */
export function LatenessBars({ within }: { within: readonly number[] }) {
  const most = Math.sqrt(Math.max(1, ...within))
  const words = LATENESS_RANGES.map((range, place) => `${range}: ${within[place] ?? 0}`).join(', ')
  return (
    <figure className="min-w-0">
      <figcaption className="text-xs text-ink-3">
        Seconds late, number of posts (square-root scale)
      </figcaption>
      <svg
        role="img"
        aria-label={`Posts by lateness. ${words}`}
        viewBox={`0 0 ${STEP * LATENESS_RANGES.length} ${HEIGHT + 34}`}
        className="mt-1 w-full max-w-[400px]"
      >
        {LATENESS_RANGES.map((range, place) => {
          const count = within[place] ?? 0
          const tall = count === 0 ? 0 : Math.max(2, (Math.sqrt(count) / most) * HEIGHT)
          const x = place * STEP
          return (
            <g key={range}>
              <rect x={x} y={16 + HEIGHT - tall} width={BAR} height={tall} className={inks[place]} />
              <text
                x={x + BAR / 2}
                y={12 + HEIGHT - tall}
                textAnchor="middle"
                className="num fill-ink text-2xs font-bold"
              >
                {count.toLocaleString('en-GB')}
              </text>
              <text x={x + BAR / 2} y={HEIGHT + 31} textAnchor="middle" className="fill-ink-3 text-2xs">
                {SHORT[place]}
              </text>
            </g>
          )
        })}
        <line
          x1={0}
          x2={STEP * LATENESS_RANGES.length}
          y1={16.5 + HEIGHT}
          y2={16.5 + HEIGHT}
          className="stroke-rule-2"
        />
      </svg>
      <details className="text-xs">
        <summary className="cursor-pointer text-pencil">As a table</summary>
        <table className="mt-1">
          <caption className="sr-only">Posts by lateness</caption>
          <tbody>
            {LATENESS_RANGES.map((range, place) => (
              <tr key={range}>
                <th scope="row" className="pr-4 text-left font-text text-ink-2">
                  {range}
                </th>
                <td className="num text-right">{(within[place] ?? 0).toLocaleString('en-GB')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const SHORT = ['0\u20131', '1\u20132', '2\u20135', '5\u201315', '15\u201360', '60 s +']
