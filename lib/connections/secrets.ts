import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * Tokens at rest. Each secret has a data key of its own, wrapped by the key that `keyId` names; both layers
 * are AES-256-GCM and bound to the tenant, the connection, the type and the version, so that a row copied
 * to another place does not open there. docs/decisions/0007.
 */

export type SecretBinding = {
  tenantId: string
  connectionId: string
  secretType: 'access_token' | 'refresh_token' | 'api_key' | 'webhook_secret'
  version: number
}

/** Columns of encrypted_secrets; all but the key's name in base64. */
export type SealedSecret = {
  keyId: string
  wrappedKey: string
  encryptedValue: string
  iv: string
  authTag: string
}

export type Vault = {
  seal(value: string, binding: SecretBinding): SealedSecret
  /** Throws SecretRefused where the row was altered, moved, or sealed under a key that is not here. */
  open(sealed: SealedSecret, binding: SecretBinding): string
}

export class SecretRefused extends Error {
  readonly code: 'key_missing' | 'not_authentic'
  constructor(code: 'key_missing' | 'not_authentic', message: string) {
    super(message)
    this.code = code
  }
}

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** The first key seals; every key opens, so that an old one may be kept until all is sealed anew. */
export function createVault(keys: ReadonlyMap<string, Buffer>): Vault {
  const [current] = keys
  if (!current) throw new Error('SECRETS_KEYS holds no key.')
  const [currentId, currentKey] = current

  return {
    seal(value, binding) {
      const dataKey = randomBytes(KEY_BYTES)
      const sealed = encrypt(dataKey, Buffer.from(value, 'utf8'), associatedData('value', binding))
      const wrapped = encrypt(currentKey, dataKey, associatedData(`key ${currentId}`, binding))
      return {
        keyId: currentId,
        wrappedKey: Buffer.concat([wrapped.iv, wrapped.tag, wrapped.bytes]).toString('base64'),
        encryptedValue: sealed.bytes.toString('base64'),
        iv: sealed.iv.toString('base64'),
        authTag: sealed.tag.toString('base64'),
      }
    },

    open(sealed, binding) {
      const key = keys.get(sealed.keyId)
      if (!key) {
        throw new SecretRefused('key_missing', `No key named ${sealed.keyId} in SECRETS_KEYS.`)
      }
      const wrapped = Buffer.from(sealed.wrappedKey, 'base64')
      const dataKey = decrypt(
        key,
        {
          iv: wrapped.subarray(0, IV_BYTES),
          tag: wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
          bytes: wrapped.subarray(IV_BYTES + TAG_BYTES),
        },
        associatedData(`key ${sealed.keyId}`, binding),
      )
      return decrypt(
        dataKey,
        {
          iv: Buffer.from(sealed.iv, 'base64'),
          tag: Buffer.from(sealed.authTag, 'base64'),
          bytes: Buffer.from(sealed.encryptedValue, 'base64'),
        },
        associatedData('value', binding),
      ).toString('utf8')
    },
  }
}

/** `keyid:base64(32 bytes)`, comma separated. A faulty key is named, never shown. */
export function parseSecretsKeys(text: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const colon = entry.indexOf(':')
    const id = entry.slice(0, Math.max(0, colon))
    const key = Buffer.from(entry.slice(colon + 1), 'base64')
    if (!/^[\w.-]{1,40}$/.test(id) || key.length !== KEY_BYTES || keys.has(id)) {
      throw new Error(
        `SECRETS_KEYS: entry ${keys.size + 1} is not "name:base64 of 32 bytes", or its name stands there twice.`,
      )
    }
    keys.set(id, key)
  }
  return keys
}

type Encrypted = { iv: Buffer; tag: Buffer; bytes: Buffer }

/** JSON, so that no two bindings can ever read the same. */
function associatedData(purpose: string, binding: SecretBinding): Buffer {
  const { tenantId, connectionId, secretType, version } = binding
  return Buffer.from(
    JSON.stringify(['copydesk secret', purpose, tenantId, connectionId, secretType, version]),
  )
}

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Encrypted {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(aad)
  const bytes = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, tag: cipher.getAuthTag(), bytes }
}

function decrypt(key: Buffer, { iv, tag, bytes }: Encrypted, aad: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(aad)
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch {
    // Node names no reason for a failed tag, and every malformed row comes to the same.
    throw new SecretRefused('not_authentic', 'The sealed secret was altered, or belongs to another row.')
  }
}
