import { clsx } from 'clsx'
import Link from 'next/link'
import { monthAddress } from '#components/calendar/month-address.ts'
import { longDay } from '#components/calendar/month-geometry.ts'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { type PlanCell, planWeek, planWords } from '#lib/home/plan.ts'
import type { HomeBrand } from '#lib/home/queries.ts'
import { cut, type HomeScope } from './home-scope.ts'
import { WholeLink } from './whole-link.tsx'

const MOST = 10

type WeekPlanProps = { scope: HomeScope; homes: readonly HomeBrand[]; week: readonly string[] }

/** Next week, brand by brand and day by day: what is passed, what still waits, where nothing is. */
export function WeekPlan({ scope, homes, week }: WeekPlanProps) {
  const shown = cut(scope, 'plan', homes, MOST)
  return (
    <section aria-labelledby="plan" className="not-first:mt-3">
      <SectionHead
        title={<span id="plan">Next week’s plan</span>}
        link={<WholeLink list="plan" shown={shown.length} all={homes.length} path={scope.path} />}
      />
      <table className="w-full border-t border-rule-2">
        <caption className="sr-only">Posts planned for each day of next week</caption>
        <thead>
          <tr className="border-b border-rule text-xs text-ink-3">
            <th scope="col">
              <span className="sr-only">Brand</span>
            </th>
            {week.map((day) => (
              <th key={day} scope="col" className="w-[29px] py-1 font-text max-md:w-[27px]">
                <span aria-hidden>{longDay(day).charAt(0)}</span>
                <span className="sr-only">{longDay(day)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((home) => {
            const brand = scope.brandOf.get(home.id)
            return (
              brand && (
                <tr key={home.id} className="border-b border-rule">
                  <th scope="row" className="max-w-0 py-[7px] pr-2 text-left font-text">
                    <span className="flex items-center gap-2">
                      <BrandMark size="sm" code={brand.code} colour={brand.primaryColor} />
                      <span className="min-w-0 truncate">{brand.name}</span>
                    </span>
                  </th>
                  {planWeek(home.planned, week, scope.zone).map((cell) => (
                    <Cell key={cell.day} brand={brand} cell={cell} />
                  ))}
                </tr>
              )
            )
          })}
        </tbody>
      </table>
      <p className="pt-1.5 text-xs text-ink-3">
        Filled: all approved. Outlined: something waits for its yes. Dash: nothing planned.
      </p>
    </section>
  )
}

const looks: Record<PlanCell['standing'], string> = {
  ready: 'bg-pass-wash font-bold text-pass',
  waiting: 'border border-[color-mix(in_srgb,var(--warn)_70%,transparent)] font-bold text-warn',
  none: 'text-ink-3',
}

function Cell({ brand, cell }: { brand: Brand; cell: PlanCell }) {
  return (
    <td className="p-0 pl-[3px]">
      <Link
        href={monthAddress(brand.slug, { month: cell.day.slice(0, 7) })}
        aria-label={`${longDay(cell.day)}: ${planWords(cell)}`}
        className={clsx(
          'num grid h-6 place-items-center rounded-1 text-xs no-underline!',
          looks[cell.standing],
        )}
      >
        {cell.count === 0 ? '–' : cell.count}
      </Link>
    </td>
  )
}
