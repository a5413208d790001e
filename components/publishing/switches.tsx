import Link from 'next/link'
import type { ReactNode } from 'react'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Note } from '#components/ui/note.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { Time } from '#components/ui/time.tsx'
import { type Agency, makesBrands } from '#lib/brands/queries.ts'
import type { PauseSwitch as Held } from '#lib/publishing/machinery.ts'
import { PauseSwitch } from './pause-switch.tsx'
import type { Places } from './places.ts'
import { pauseRefused } from './who-may.ts'

type SwitchesProps = { switches: readonly Held[]; places: Places; agencies: readonly Agency[] }

/** What is held back as a whole, told at the head of the page. */
export function PausedNotes({ switches, places, agencies }: SwitchesProps) {
  const widest = widestOf(switches, places, agencies)
  const paused = switches.filter(({ scope, pausedAt }) => pausedAt !== null && scope !== 'connection')
  return paused.map((one) => (
    <Note
      key={one.id}
      tone="warn"
      className="mb-2"
      title={one.scope === 'tenant' ? 'Publishing is paused for every brand' : `${one.name} is paused`}
      actions={one !== widest && <PauseSwitch {...control(one, places, agencies)} />}
    >
      <PausedWords held={one} zone={places.zone} />
    </Note>
  ))
}

/** The widest switch of the page, for its head: on or off it stays the same button, so that the focus stays too. */
export function MainSwitch({ switches, places, agencies }: SwitchesProps) {
  const widest = widestOf(switches, places, agencies)
  return widest && <PauseSwitch {...control(widest, places, agencies)} isMain />
}

/** What of all that this page shows is held back together: "Publishing", "Oat & Ember"; null: nothing is. */
export function pausedAsAWhole(switches: readonly Held[], { isOne }: Places): string | null {
  const off = switches.filter(({ pausedAt }) => pausedAt !== null)
  const tenants = switches.filter(({ scope }) => scope === 'tenant')
  if (tenants.length > 0 && tenants.every(({ pausedAt }) => pausedAt !== null)) return 'Publishing'
  return isOne ? (off.find(({ scope }) => scope === 'brand')?.name ?? null) : null
}

function widestOf(
  switches: readonly Held[],
  { isOne }: Places,
  agencies: readonly Agency[],
): Held | undefined {
  return isOne
    ? switches.find(({ scope }) => scope === 'brand')
    : switches.find(({ scope, id }) => scope === 'tenant' && agencies.some((one) => one.id === id))
}

/** Agency, brands and accounts, each with what waits there and its switch. */
export function PauseSwitches({
  switches,
  places,
  agencies,
  shown,
}: SwitchesProps & { shown?: string | undefined }) {
  const row = (one: Held) => (
    <SwitchRow key={one.id} held={one} places={places} agencies={agencies} isShown={one.id === shown} />
  )
  return (
    <section aria-label="Pause switches">
      <SectionHead
        title="Pause switches"
        note="on resume, what came due leaves one after the other; what is over a day late waits for you"
      />
      {places.isOne ? (
        <RuleList>{switches.filter(({ scope }) => scope !== 'tenant').map(row)}</RuleList>
      ) : (
        <>
          <RuleList>{switches.filter(({ scope }) => scope === 'tenant').map(row)}</RuleList>
          {switches
            .filter(({ scope }) => scope === 'brand')
            .map((brand) => (
              <BrandSwitches
                key={brand.id}
                accounts={switches.filter((one) => one.scope === 'connection' && one.brandId === brand.id)}
                shown={shown}
                row={row}
              >
                {row(brand)}
              </BrandSwitches>
            ))}
        </>
      )}
    </section>
  )
}

type BrandSwitchesProps = {
  accounts: readonly Held[]
  shown: string | undefined
  row: (one: Held) => ReactNode
  children: ReactNode
}

/** A brand's own switch; its accounts lie folded below where all of them run. */
function BrandSwitches({ accounts, shown, row, children }: BrandSwitchesProps) {
  const isOpen = accounts.some(({ id, pausedAt, isLost }) => pausedAt !== null || isLost || id === shown)
  return (
    <>
      <RuleList>{children}</RuleList>
      {accounts.length > 0 && (
        <details open={isOpen} className="border-b border-rule">
          <summary className="cursor-pointer py-2 pl-5 text-xs text-pencil">
            {accounts.length === 1 ? 'Its account' : `Its ${accounts.length} accounts`}
          </summary>
          <RuleList>{accounts.map(row)}</RuleList>
        </details>
      )}
    </>
  )
}

type SwitchRowProps = { held: Held; places: Places; agencies: readonly Agency[]; isShown: boolean }

function SwitchRow({ held, places, agencies, isShown }: SwitchRowProps) {
  const brand = held.brandId ? places.brands.get(held.brandId) : undefined
  return (
    <RuleRow className={held.scope === 'connection' ? 'pl-5' : ''}>
      {held.scope === 'brand' && brand && (
        <BrandMark code={brand.code} colour={brand.primaryColor} size="sm" />
      )}
      {held.network && isNetwork(held.network) && <NetworkGlyph network={held.network} />}
      <div className="min-w-0 flex-1">
        <span className={held.scope === 'connection' ? '' : 'font-bold'}>{held.name}</span>
        {held.scope === 'tenant' && <span className="text-ink-2">, every brand</span>}{' '}
        <span className="text-xs text-ink-3">
          {held.isLost && <span className="text-stop">access lost, </span>}
          {held.pausedAt ? (
            <PausedWords held={held} zone={places.zone} />
          ) : held.waiting > 0 && held.nextAt ? (
            <>
              {held.scope === 'connection' && !isShown ? (
                <Link href={`${places.path}?account=${held.id}`}>
                  {held.waiting.toLocaleString('en-GB')} waiting
                  <span className="sr-only"> through {held.name}</span>
                </Link>
              ) : (
                `${held.waiting.toLocaleString('en-GB')} waiting`
              )}
              , next <Time instant={held.nextAt} zone={places.zone} />
            </>
          ) : (
            'nothing waits'
          )}
        </span>
      </div>
      <PauseSwitch {...control(held, places, agencies)} />
    </RuleRow>
  )
}

function PausedWords({ held, zone }: { held: Held; zone: string }) {
  if (!held.pausedAt) return null
  return (
    <>
      {held.byName ? `Paused by ${held.byName}` : 'Paused'} <Time instant={held.pausedAt} zone={zone} />
      {held.reason && `, “${held.reason}”`}. {held.waiting.toLocaleString('en-GB')}{' '}
      {held.waiting === 1 ? 'post waits' : 'posts wait'}.
    </>
  )
}

/** What the switch needs to know, and why this person may not turn it. */
function control(
  { scope, id, name, pausedAt, brandId, waiting }: Held,
  places: Places,
  agencies: readonly Agency[],
) {
  const brand = brandId ? places.brands.get(brandId) : undefined
  const agency = agencies.find((one) => one.id === id)
  const refused =
    scope === 'tenant'
      ? agency && makesBrands(agency)
        ? null
        : 'Owners and admins of the agency pause every brand.'
      : brand
        ? pauseRefused(brand)
        : 'This brand is not here.'
  return {
    scope,
    id,
    name: scope === 'tenant' ? 'every brand' : name,
    isPaused: pausedAt !== null,
    waiting,
    refused,
  }
}
