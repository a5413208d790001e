import { Note } from '#components/ui/note.tsx'
import { sentenceFor } from '#lib/errors.ts'
import { leadingNumberWord } from '#lib/number-words.ts'
import type { PauseSwitch } from '#lib/publishing/machinery.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import type { Places } from './places.ts'
import { ReconnectLink } from './reconnect-link.tsx'

type LostAccountsProps = { switches: readonly PauseSwitch[]; places: Places }

/** Accounts whose key the network no longer takes, brand by brand: what waits for them, and the one remedy. */
export function LostAccounts({ switches, places }: LostAccountsProps) {
  const lost = switches.filter(({ isLost }) => isLost)
  const byBrand = Map.groupBy(lost, ({ brandId }) => brandId ?? '')
  return [...byBrand].map(([brandId, accounts]) => {
    const brand = places.brands.get(brandId)
    if (!brand) return null
    const waiting = accounts.reduce((sum, one) => sum + one.waiting, 0)
    const [only] = accounts
    return (
      <Note
        key={brandId}
        tone="stop"
        className="mb-2"
        title={
          accounts.length === 1 && only
            ? `${only.name} must be connected again`
            : `${leadingNumberWord(accounts.length)} accounts of ${brand.name} must be connected again`
        }
        actions={<ReconnectLink brand={brand} />}
      >
        {accounts.length === 1 && only?.lostCode
          ? sentenceFor(only.lostCode, { network: only.network, account_name: only.name })
          : `${new Intl.ListFormat('en-GB').format(accounts.map(({ name }) => name))}.`}{' '}
        {waiting === 0
          ? 'No post waits.'
          : `${waiting.toLocaleString('en-GB')} ${waiting === 1 ? 'post waits' : 'posts wait'}.`}
      </Note>
    )
  })
}

/** The network refuses the whole desk: no account is at fault, and nothing goes out. */
export function RefusedDesk({ jobs }: { jobs: readonly JobState[] }) {
  if (!jobs.some(({ errorCode }) => errorCode === 'platform_not_configured')) return null
  return (
    <Note tone="stop" className="mb-2" title="Facebook does not accept this desk as an app">
      Every account stays connected, and posts wait. Whoever runs the desk checks META_APP_ID and
      META_APP_SECRET; we try again every ten minutes.
    </Note>
  )
}
