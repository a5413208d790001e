import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createVault,
  parseSecretsKeys,
  type SealedSecret,
  type SecretBinding,
  SecretRefused,
} from './secrets.ts'

const keys = new Map([
  ['2026-11', randomBytes(32)],
  ['2026-05', randomBytes(32)],
])
const vault = createVault(keys)
const binding: SecretBinding = {
  tenantId: '6f0c0a52-0000-4000-8000-000000000001',
  connectionId: '6f0c0a52-0000-4000-8000-000000000002',
  secretType: 'access_token',
  version: 3,
}
const token = 'EAABsbCS1iHgBO0ZCq9'
const bindingParts = ['tenantId', 'connectionId', 'secretType', 'version'] as const
const columns = ['wrappedKey', 'encryptedValue', 'iv', 'authTag'] as const

function refusal(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (error instanceof SecretRefused) return error.code
    throw error
  }
  return 'opened'
}

describe('a sealed token', () => {
  test('opens where it was sealed, and holds nothing of the token in clear', () => {
    const sealed = vault.seal(token, binding)
    expect(vault.open(sealed, binding)).toBe(token)
    expect(JSON.stringify(sealed)).not.toContain(token)
    expect(Buffer.from(sealed.encryptedValue, 'base64').toString('latin1')).not.toContain(token)
  })

  test('never reads the same twice', () => {
    const [one, other] = [vault.seal(token, binding), vault.seal(token, binding)]
    expect(one.encryptedValue).not.toBe(other.encryptedValue)
    expect(one.wrappedKey).not.toBe(other.wrappedKey)
  })

  test.each<[string, Partial<SecretBinding>]>([
    ['tenant', { tenantId: '6f0c0a52-0000-4000-8000-000000000009' }],
    ['connection', { connectionId: '6f0c0a52-0000-4000-8000-000000000009' }],
    ['type', { secretType: 'refresh_token' }],
    ['version', { version: 2 }],
  ])('does not open as a row of another %s', (_what, other) => {
    const sealed = vault.seal(token, binding)
    expect(refusal(() => vault.open(sealed, { ...binding, ...other }))).toBe('not_authentic')
  })

  test('does not open with the data key of another row', () => {
    const [one, other] = [vault.seal(token, binding), vault.seal('another token', binding)]
    expect(refusal(() => vault.open({ ...one, wrappedKey: other.wrappedKey }, binding))).toBe('not_authentic')
  })

  test.each<keyof SealedSecret>(['wrappedKey', 'encryptedValue', 'iv', 'authTag'])(
    'does not open after one flipped bit in %s, wherever it is',
    (column) => {
      const sealed = vault.seal(token, binding)
      const length = Buffer.from(sealed[column], 'base64').length
      for (let byte = 0; byte < length; byte++) {
        const bytes = Buffer.from(sealed[column], 'base64')
        bytes.writeUInt8(bytes.readUInt8(byte) ^ (1 << (byte % 8)), byte)
        const altered = { ...sealed, [column]: bytes.toString('base64') }
        expect(
          refusal(() => vault.open(altered, binding)),
          `byte ${byte}`,
        ).toBe('not_authentic')
      }
    },
  )

  test('does not open with a cut tag', () => {
    const sealed = vault.seal(token, binding)
    const authTag = Buffer.from(sealed.authTag, 'base64').subarray(0, 8).toString('base64')
    expect(refusal(() => vault.open({ ...sealed, authTag }, binding))).toBe('not_authentic')
  })

  test('opens under a kept old key, and says so when its key is gone', () => {
    const [, old] = [...keys]
    if (!old) throw new Error('two keys are above')
    const sealed = createVault(new Map([old])).seal(token, binding)
    expect(sealed.keyId).toBe('2026-05')
    expect(vault.open(sealed, binding)).toBe(token)
    const withoutOld = createVault(new Map([['2026-11', randomBytes(32)]]))
    expect(refusal(() => withoutOld.open(sealed, binding))).toBe('key_missing')
  })

  test('does not open when it claims another key', () => {
    const sealed = vault.seal(token, binding)
    expect(refusal(() => vault.open({ ...sealed, keyId: '2026-05' }, binding))).toBe('not_authentic')
  })
})

describe('whatever is sealed', () => {
  const bindings = fc.record<SecretBinding>({
    tenantId: fc.uuid(),
    connectionId: fc.uuid(),
    secretType: fc.constantFrom('access_token', 'refresh_token', 'api_key', 'webhook_secret'),
    version: fc.integer({ min: 1, max: 1_000_000 }),
  })
  const values = fc.string({ unit: 'binary', maxLength: 600 })

  test('opens as it was, before and after its key is wrapped anew', () => {
    fc.assert(
      fc.property(values, bindings, (value, at) => {
        const sealed = createVault(new Map([...keys].reverse())).seal(value, at)
        expect(sealed.keyId).toBe('2026-05')
        expect(vault.open(sealed, at)).toBe(value)
        const rotated = { ...sealed, ...vault.rewrap(sealed, at) }
        expect(rotated).toEqual({ ...sealed, keyId: '2026-11', wrappedKey: rotated.wrappedKey })
        expect(rotated.wrappedKey).not.toBe(sealed.wrappedKey)
        expect(vault.open(rotated, at)).toBe(value)
      }),
    )
  })

  test('does not open, nor let itself be wrapped anew, with another binding', () => {
    fc.assert(
      fc.property(values, bindings, bindings, fc.constantFrom(...bindingParts), (value, at, other, part) => {
        fc.pre(at[part] !== other[part])
        const sealed = vault.seal(value, at)
        const moved = { ...at, [part]: other[part] }
        expect(refusal(() => vault.open(sealed, moved))).toBe('not_authentic')
        expect(refusal(() => vault.rewrap(sealed, moved))).toBe('not_authentic')
      }),
    )
  })

  test('does not open with any column of any other row', () => {
    fc.assert(
      fc.property(values, values, bindings, fc.constantFrom(...columns), (value, other, at, column) => {
        const [sealed, foreign] = [vault.seal(value, at), vault.seal(other, at)]
        const swapped = { ...sealed, [column]: foreign[column] }
        fc.pre(swapped[column] !== sealed[column])
        expect(refusal(() => vault.open(swapped, at))).toBe('not_authentic')
      }),
    )
  })

  // In the text as it stands in the column, so that no second spelling of the same bytes passes either.
  test('does not open after any one bit of any column was flipped', () => {
    const everyColumn = fc.constantFrom(...columns, 'keyId' as const)
    fc.assert(
      fc.property(values, bindings, everyColumn, fc.nat(), fc.nat(6), (value, at, column, place, bit) => {
        const sealed = vault.seal(value, at)
        fc.pre(sealed[column].length > 0)
        const text = Buffer.from(sealed[column], 'latin1')
        const index = place % text.length
        text.writeUInt8(text.readUInt8(index) ^ (1 << bit), index)
        const altered = { ...sealed, [column]: text.toString('latin1') }
        expect(['not_authentic', 'key_missing']).toContain(refusal(() => vault.open(altered, at)))
      }),
      { numRuns: 2000 },
    )
  })

  test('never uses a nonce or a data key twice', () => {
    const sealed = Array.from({ length: 2000 }, () => vault.seal(token, binding))
    for (const column of columns) expect(new Set(sealed.map((s) => s[column])).size).toBe(2000)
  })
})

describe('SECRETS_KEYS', () => {
  const key = randomBytes(32).toString('base64')

  test('names its keys, the current one first', () => {
    expect([...parseSecretsKeys(`b:${key}, a:${key}`).keys()]).toEqual(['b', 'a'])
  })

  test.each([
    ['is empty', ''],
    ['has no name', `:${key}`],
    ['is too short', `a:${randomBytes(16).toString('base64')}`],
    ['stands there twice', `a:${key},a:${key}`],
  ])('refuses a key that %s, and does not show it', (_what, text) => {
    expect(() => parseSecretsKeys(text)).toThrow(/^SECRETS_KEYS: entry \d is not/)
    try {
      parseSecretsKeys(text)
    } catch (error) {
      expect(String(error)).not.toContain(key)
    }
  })
})
