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

/** What a rotation reads and writes: the data key alone, never the token. */
export type WrappedKey = Pick<SealedSecret, 'keyId' | 'wrappedKey'>

export type Vault = {
  /** The key that seals. */
  currentKeyId: string
  /** Every key that opens. */
  keyIds: readonly string[]
  seal(value: string, binding: SecretBinding): SealedSecret
  /** Throws SecretRefused where the row was altered, moved, or sealed under a key that is not here. */
  open(sealed: SealedSecret, binding: SecretBinding): string
  /** The same data key under the current key; the sealed value stays as it is. Throws as `open` does. */
  rewrap(wrapped: WrappedKey, binding: SecretBinding): WrappedKey
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

  function wrap(dataKey: Buffer, binding: SecretBinding): WrappedKey {
    const wrapped = encrypt(currentKey, dataKey, associatedData(`key ${currentId}`, binding))
    return { keyId: currentId, wrappedKey: asText(wrapped.iv, wrapped.tag, wrapped.bytes) }
  }

  function unwrap({ keyId, wrappedKey }: WrappedKey, binding: SecretBinding): Buffer {
    const key = keys.get(keyId)
    if (!key) throw new SecretRefused('key_missing', `No key named ${keyId} in SECRETS_KEYS.`)
    const wrapped = bytesOf(wrappedKey)
    const parts = {
      iv: wrapped.subarray(0, IV_BYTES),
      tag: wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
      bytes: wrapped.subarray(IV_BYTES + TAG_BYTES),
    }
    return decrypt(key, parts, associatedData(`key ${keyId}`, binding))
  }

  return {
    currentKeyId: currentId,
    keyIds: [...keys.keys()],

    seal(value, binding) {
      const dataKey = randomBytes(KEY_BYTES)
      const sealed = encrypt(dataKey, Buffer.from(value, 'utf8'), associatedData('value', binding))
      return {
        ...wrap(dataKey, binding),
        encryptedValue: asText(sealed.bytes),
        iv: asText(sealed.iv),
        authTag: asText(sealed.tag),
      }
    },

    open(sealed, binding) {
      const parts = {
        iv: bytesOf(sealed.iv),
        tag: bytesOf(sealed.authTag),
        bytes: bytesOf(sealed.encryptedValue),
      }
      return decrypt(unwrap(sealed, binding), parts, associatedData('value', binding)).toString('utf8')
    },

    rewrap: (wrapped, binding) => wrap(unwrap(wrapped, binding), binding),
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

function asText(...parts: Buffer[]): string {
  return Buffer.concat(parts).toString('base64')
}

/** Base64 has several spellings of the same bytes and Node reads them all: only the one we write is ours. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw notAuthentic()
  return bytes
}

function notAuthentic(): SecretRefused {
  return new SecretRefused('not_authentic', 'The sealed secret was altered, or belongs to another row.')
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
    throw notAuthentic()
  }
}
