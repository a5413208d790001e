import { createVault, parseSecretsKeys, type Vault } from '#lib/connections/secrets.ts'
import { readRotationEnvironment } from '../environment.ts'
import { createRotation, type Rotation } from '../records/rotation.ts'
import { connectRecords } from '../records/sql.ts'
import { rotateSecrets } from './rotate.ts'

/** `npm run secrets:rotate`: every secret under the first key of SECRETS_KEYS. `--check` only counts. */
async function main(flags: readonly string[]): Promise<number> {
  const unknown = flags.filter((flag) => flag !== '--check')
  if (unknown.length > 0) {
    console.error(`secrets:rotate knows --check alone, not ${unknown.join(' ')}.`)
    return 2
  }
  const environment = readRotationEnvironment(process.env)
  const vault = createVault(parseSecretsKeys(environment.SECRETS_KEYS))
  const sql = connectRecords(environment.DATABASE_URL, { max: 2 })
  try {
    const rotation = createRotation(sql)
    return flags.includes('--check') ? await check(rotation, vault) : await rotate(rotation, vault)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function check(rotation: Rotation, vault: Vault): Promise<number> {
  let left = 0
  for (const { keyId, secrets } of await rotation.countByKey()) {
    const isCurrent = keyId === vault.currentKeyId
    if (!isCurrent) left += secrets
    const here = isCurrent ? 'current' : vault.keyIds.includes(keyId) ? 'opens' : 'NOT in SECRETS_KEYS'
    console.log(`${keyId}: ${secrets} secrets (${here})`)
  }
  console.log(`${left} left under another key than ${vault.currentKeyId}.`)
  return 0
}

async function rotate(rotation: Rotation, vault: Vault): Promise<number> {
  const blind = await rotation.workersWithout(vault.currentKeyId)
  if (blind.length > 0) {
    console.error(
      `Nothing was changed: these workers do not hold the key ${vault.currentKeyId} and could not open what it wraps: ${blind.join(', ')}. Restart them with it in SECRETS_KEYS.`,
    )
    return 1
  }
  const startedAt = performance.now()
  let saidAt = startedAt
  const report = await rotateSecrets(rotation, vault, {
    onProgress(rewrapped) {
      if (performance.now() - saidAt < 2_000) return
      saidAt = performance.now()
      console.log(`${rewrapped} wrapped anew`)
    },
  })
  for (const { row, reason } of report.unopened) {
    console.error(`${row.secretType} ${row.version} of connection ${row.connectionId}: ${reason}`)
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `${report.rewrapped} secrets wrapped anew with ${vault.currentKeyId} in ${seconds} s, ${report.left} left.`,
  )
  return report.left === 0 ? 0 : 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
