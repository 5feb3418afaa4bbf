import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { Secret } from '../base/secret.ts'
import { Failure } from '../contract/failure.ts'
import type { SecretStore } from '../workspace/secrets/secret-store.ts'

/** Name of the signing key among the secrets. */
export const SIGNING_KEY_SECRET = 'runnel.signing-key'

const PREFIX = 'ed25519:'

export interface SigningKey {
  readonly keyId: string
  /** `ed25519:<base64>` of the 32 bytes: what a server is told to trust. */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

/**
 * The user's signing key, made when there is none yet.
 * @throws Failure `bundle.key_invalid` and those of the store.
 */
export async function openSigningKey(secrets: SecretStore, name = SIGNING_KEY_SECRET): Promise<SigningKey> {
  const kept = await secrets.get(name)
  if (kept !== undefined) return signingKeyOf(readPrivateKey(kept))
  const { privateKey } = generateKeyPairSync('ed25519')
  const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  await secrets.set(name, new Secret(text))
  return signingKeyOf(privateKey)
}

/** @throws Failure `bundle.key_invalid` when it is not a private Ed25519 key. */
export function signingKeyOf(privateKey: KeyObject): SigningKey {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') throw invalidKey()
  const { x } = z.object({ x: z.string() }).parse(createPublicKey(privateKey).export({ format: 'jwk' }))
  const publicKey = `${PREFIX}${Buffer.from(x, 'base64url').toString('base64')}`
  return { keyId: keyIdOf(publicKey), publicKey, privateKey }
}

/**
 * First 16 hexadecimal digits of the SHA-256 of the key's 32 bytes.
 * @throws Failure `bundle.key_invalid`
 */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(rawKey(publicKey)).digest('hex').slice(0, 16)
}

/** @throws Failure `bundle.key_invalid` */
export function parsePublicKey(publicKey: string): KeyObject {
  const x = rawKey(publicKey).toString('base64url')
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
  } catch (error) {
    throw invalidKey(error)
  }
}

function rawKey(publicKey: string): Buffer {
  const raw = Buffer.from(publicKey.slice(PREFIX.length), 'base64')
  // Base64 has several spellings of the same bytes; one key must have one text.
  if (raw.length !== 32 || `${PREFIX}${raw.toString('base64')}` !== publicKey) throw invalidKey()
  return raw
}

function readPrivateKey(kept: Secret): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(kept.reveal(), 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    // Without the cause: a parser's message may quote what it read.
    throw invalidKey()
  }
}

function invalidKey(cause?: unknown): Failure {
  return new Failure('bundle.key_invalid', {}, { cause })
}
