import Link from 'next/link'
import { HealthWord } from '#components/status/health-word.tsx'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { healthWord } from '#lib/connections/health.ts'
import type { HomeAccount } from '#lib/home/queries.ts'
import type { HomeScope } from './home-scope.ts'
import { WholeLink } from './whole-link.tsx'

const MOST = 6

/** Accounts that ask for someone; the healthy ones are counted, unless all were asked for. */
export function AccountsList({ scope, accounts }: { scope: HomeScope; accounts: readonly HomeAccount[] }) {
  const asking = accounts.filter(({ health }) => health !== 'healthy').sort(byUrgency)
  const healthy = accounts.filter(({ health }) => health === 'healthy')
  const all = [...asking, ...healthy]
  const shown = scope.whole === 'accounts' || all.length <= MOST ? all : asking.slice(0, MOST)
  const left = all.length - shown.length
  return (
    <section aria-labelledby="accounts" className="not-first:mt-3">
      <SectionHead
        title={<span id="accounts">Connections</span>}
        link={<WholeLink list="accounts" shown={shown.length} all={all.length} path={scope.path} />}
      />
      {all.length === 0 ? (
        <p className="border-t border-rule-2 py-2 text-ink-2">No account is connected yet.</p>
      ) : (
        <RuleList>
          {shown.map((account) => (
            <AccountRow key={account.id} scope={scope} account={account} />
          ))}
          {left > 0 && (
            <RuleRow className="justify-between">
              <span className="text-ink-2">{left} more</span>
              {left === healthy.length && <HealthWord health="healthy">Healthy</HealthWord>}
            </RuleRow>
          )}
        </RuleList>
      )}
    </section>
  )
}

function AccountRow({ scope, account }: { scope: HomeScope; account: HomeAccount }) {
  const brand = scope.brandOf.get(account.brandId)
  if (!brand) return null
  return (
    <RuleRow className="gap-2!">
      {scope.marksBrands && (
        <BrandMark size="sm" code={brand.code} colour={brand.primaryColor} name={brand.name} />
      )}
      {isNetwork(account.network) && <NetworkGlyph network={account.network} />}
      <span className="min-w-0 flex-1 truncate">
        <AccountName brand={brand} name={account.name} />
      </span>
      <HealthWord health={account.health === 'disconnected' ? 'paused' : account.health}>
        {words(account, scope.now)}
      </HealthWord>
    </RuleRow>
  )
}

/** "Reconnect, 4 posts wait", else its health word. */
function words({ health, waiting, keyEndsAt }: HomeAccount, now: Date): string {
  if (health !== 'lost') return healthWord(health, keyEndsAt, now)
  if (waiting.length === 0) return 'Reconnect'
  return `Reconnect, ${waiting.length} ${waiting.length === 1 ? 'post waits' : 'posts wait'}`
}

/** Analysts have no connections page. */
function AccountName({ brand, name }: { brand: Brand; name: string }) {
  if (brand.role === 'analyst') return name
  return (
    <Link href={`/brands/${brand.slug}/connections`} className="text-ink">
      {name}
    </Link>
  )
}

const urgency: Record<HomeAccount['health'], number> = {
  lost: 0,
  ending: 1,
  paused: 2,
  disconnected: 3,
  healthy: 4,
}

function byUrgency(one: HomeAccount, other: HomeAccount): number {
  return urgency[one.health] - urgency[other.health] || other.waiting.length - one.waiting.length
}
