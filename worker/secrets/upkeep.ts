import { SecretRefused } from '#lib/connections/secrets.ts'
import type { RefreshOutcome } from '#lib/platforms/contract.ts'
import type { Ports } from '../ports.ts'
import type { Tokens } from '../records/secrets.ts'
import type { UpkeepClaim, UpkeepResult } from '../records/upkeep.ts'

/** Longer than the calls of one renewal take together; a worker that dies keeps others off for no longer. */
export const UPKEEP_LEASE_MS = 120_000

/** Renews tokens that end within a week and looks at accounts whose turn it is, until none is due. */
export async function takeCareOfConnections(ports: Ports, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const claim = await ports.records.upkeep.claim(UPKEEP_LEASE_MS)
    if (!claim) return
    await takeCareOf(claim, ports)
  }
}

/** Asks the network once and files the answer; between the two no transaction is open. */
export async function takeCareOf(claim: UpkeepClaim, ports: Ports): Promise<UpkeepResult | null> {
  const tokens = await openTokens(claim, ports)
  // What does not open here is the operator's to mend, and a send says so; the lease ends by itself.
  if (!tokens) return null
  const result =
    claim.kind === 'refresh' ? await renew(claim, tokens, ports) : await check(claim, tokens, ports)
  const kept = await ports.records.upkeep.record(claim, tokens.version, result)
  ports.log.info(
    {
      connection: claim.connectionId,
      upkeep: claim.kind,
      result: result.kind,
      ...(result.kind === 'failed' ? { code: result.error.code } : {}),
      kept,
    },
    'looked after an account',
  )
  return result
}

async function openTokens(claim: UpkeepClaim, ports: Ports): Promise<Tokens | null> {
  try {
    return await ports.records.secrets.tokens(claim)
  } catch (error) {
    if (!(error instanceof SecretRefused)) throw error
    ports.log.error({ err: error, connection: claim.connectionId }, 'a sealed token did not open')
    return null
  }
}

async function check(claim: UpkeepClaim, tokens: Tokens, ports: Ports): Promise<UpkeepResult> {
  const { network, accountId, platform } = claim
  const answer = await ports
    .connectors(platform)
    .checkAccount({ network, accountId, token: tokens.accessToken })
  return answer.kind === 'usable' ? answer : { kind: 'failed', error: answer.error }
}

async function renew(claim: UpkeepClaim, tokens: Tokens, ports: Ports): Promise<UpkeepResult> {
  const { network, accountId, platform } = claim
  const { accessToken, refreshToken, expiresAt } = tokens
  const answer = await ports
    .connectors(platform)
    .refresh({ network, accountId, accessToken, refreshToken, expiresAt })
  return answer.kind === 'refreshed' ? seal(answer, claim, tokens, ports) : answer
}

function seal(
  answer: Extract<RefreshOutcome, { kind: 'refreshed' }>,
  { tenantId, connectionId }: UpkeepClaim,
  { version }: Tokens,
  { vault }: Ports,
): UpkeepResult {
  const sealAs = (secretType: 'access_token' | 'refresh_token', token: string) => ({
    secretType,
    sealed: vault.seal(token, { tenantId, connectionId, secretType, version: version + 1 }),
  })
  return {
    kind: 'refreshed',
    tokenExpiresAt: answer.expiresAt,
    secrets: [
      sealAs('access_token', answer.accessToken),
      ...(answer.refreshToken === null ? [] : [sealAs('refresh_token', answer.refreshToken)]),
    ],
  }
}
