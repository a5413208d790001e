'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { CopydeskMark } from '#components/ui/copydesk-mark.tsx'
import { brandPath, type RailRow } from './areas.ts'
import { BrandSwitcher } from './brand-switcher.tsx'
import { PersonMenu } from './person-menu.tsx'
import { railLabel, railRow } from './rail-class.ts'
import { useShell } from './shell-context.tsx'

/** The blotter at the left: brand, areas, and at its foot the inbox and you. */
export function Rail() {
  return (
    <nav
      aria-label="Main"
      className="no-scrollbar sticky top-0 z-(--z-rail) flex h-dvh flex-col gap-0.5 overflow-y-auto bg-blotter px-2 py-2.5 text-on-blotter-2 max-md:hidden group-data-[rail=slim]/desk:items-center group-data-[rail=slim]/desk:px-1.5"
    >
      <p className="mb-1.5 flex h-8 shrink-0 items-center gap-[9px] px-2 font-head text-[17px] tracking-[-0.01em] text-on-blotter font-stretch-[86%] group-data-[rail=slim]/desk:px-0">
        <CopydeskMark className="size-[22px] shrink-0" />
        <span className="group-data-[rail=slim]/desk:sr-only">Copydesk</span>
      </p>
      <BrandSwitcher />
      <RailRows />
    </nav>
  )
}

/** The rows themselves, shared by the rail and the phone's fold. */
export function RailRows() {
  const { rows, brands, current } = useShell()
  const groups = (name: RailRow['area']['group']) => rows.filter((row) => row.area.group === name)
  const machinery = groups('machinery')
  return (
    <>
      <Rows rows={groups('work')} />
      {machinery.length > 0 && (
        <>
          <RailSection>Machinery</RailSection>
          <Rows rows={machinery} />
        </>
      )}
      {!current && brands.length > 0 && (
        <>
          <RailSection>Brands</RailSection>
          <ul className="grid gap-0.5">
            {brands.map((brand) => (
              <li key={brand.id}>
                <Link href={brandPath(brand.slug)} className={railRow} title={brand.name}>
                  <BrandMark code={brand.code} colour={brand.primaryColor} size="sm" className="-mx-0.5" />
                  <span className={railLabel}>{brand.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="mt-auto grid gap-0.5 pt-4">
        <Rows rows={groups('foot')} />
        <PersonMenu />
      </div>
    </>
  )
}

function RailSection({ children }: { children: string }) {
  return (
    <h2 className="px-2.5 pt-3 pb-1 text-2xs font-text md:group-data-[rail=slim]/desk:sr-only">{children}</h2>
  )
}

function Rows({ rows }: { rows: readonly RailRow[] }) {
  const { area: at, counts } = useShell()
  return (
    <ul className="grid gap-0.5">
      {rows.map(({ area, href, label }) => {
        const count = counts[area.name] ?? 0
        return (
          <li key={area.name}>
            <Link
              href={href}
              title={label}
              aria-current={at?.name === area.name ? 'page' : undefined}
              className={clsx(
                railRow,
                'aria-[current]:bg-blotter-2 aria-[current]:font-mid aria-[current]:text-on-blotter aria-[current]:shadow-[inset_2px_0_0_var(--on-blotter)]',
              )}
            >
              <area.icon aria-hidden />
              <span className={railLabel}>{label}</span>
              {count > 0 && <Count count={count} hot={area.hot ?? false} />}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

function Count({ count, hot }: { count: number; hot: boolean }) {
  return (
    <span
      className={clsx(
        'num text-xs',
        hot
          ? 'rounded-1 bg-on-blotter px-[5px] leading-4 font-bold text-blotter md:group-data-[rail=slim]/desk:absolute md:group-data-[rail=slim]/desk:top-px md:group-data-[rail=slim]/desk:right-px md:group-data-[rail=slim]/desk:px-[3px] md:group-data-[rail=slim]/desk:text-[10px] md:group-data-[rail=slim]/desk:leading-[13px]'
          : 'md:group-data-[rail=slim]/desk:sr-only',
      )}
    >
      {count}
    </span>
  )
}
