import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Failure } from '../../contract/failure.ts'
import type { Mask } from '../../contract/mask.ts'
import { requireCipher, requireDigest } from './algorithms.ts'
import { derivedKey, type MaskKey } from './keyring.ts'

export type SealChoice = Pick<Extract<Mask, { method: 'encrypt' }>, 'algorithm' | 'deterministic'>

const MARK = 'rnl1'
const FORM = /^rnl1\.(a|s)\.([^.]+)\.(\d+)\.([\w-]+)$/
const GCM_NONCE = 12
const GCM_TAG = 16
const SM4_NONCE = 16
const SM4_TAG = 32

/**
 * `rnl1.<algorithm>.<key>.<version>.<base64url of nonce, ciphertext, tag>`: which key opens it stands in front and is authenticated.
 *
 * `aes-256-gcm`: NIST SP 800-38D. `sm4`: SM4-CTR (GB/T 32907) and then HMAC-SM3 (GB/T 32905) over head, nonce and ciphertext.
 * `deterministic` takes the nonce from an HMAC of the value, so that equal values, and only those, have equal texts.
 */
export function seal(key: MaskKey, choice: SealChoice, value: string): string {
  const head = `${MARK}.${choice.algorithm === 'sm4' ? 's' : 'a'}.${key.name}.${key.current}`
  const secret = key.version(key.current)
  const plain = Buffer.from(value)
  const nonce = choice.deterministic
    ? createHmac('sha256', cached(secret, `nonce:${choice.algorithm}`))
        .update(plain)
        .digest()
    : randomBytes(32)
  const box = choice.algorithm === 'sm4' ? sealSm4(secret, head, nonce, plain) : sealAes(secret, head, nonce, plain)
  return `${head}.${box.toString('base64url')}`
}

/**
 * The value that `seal` made the text of.
 * @throws Failure `mask.not_sealed`, `mask.key_version_unknown`; `mask.wrong_key` also for a changed text.
 */
export function unseal(key: MaskKey, text: string): string {
  const [, kind, name, version, body] = FORM.exec(text) ?? []
  if (kind === undefined || version === undefined || body === undefined || name === undefined) {
    throw new Failure('mask.not_sealed', {})
  }
  if (name !== key.name) throw new Failure('mask.wrong_key', { key: key.name, sealedWith: name })
  const head = text.slice(0, text.lastIndexOf('.'))
  const box = Buffer.from(body, 'base64url')
  const secret = key.version(version)
  const plain = kind === 's' ? openSm4(secret, head, box) : openAes(secret, head, box)
  if (plain === undefined) throw new Failure('mask.wrong_key', { key: key.name, sealedWith: name })
  return plain.toString('utf8')
}

function sealAes(secret: Buffer, head: string, drawn: Buffer, plain: Buffer): Buffer {
  const nonce = drawn.subarray(0, GCM_NONCE)
  const cipher = createCipheriv('aes-256-gcm', cached(secret, 'aes-256-gcm'), nonce).setAAD(Buffer.from(head))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openAes(secret: Buffer, head: string, box: Buffer): Buffer | undefined {
  if (box.length < GCM_NONCE + GCM_TAG) return undefined
  const decipher = createDecipheriv('aes-256-gcm', cached(secret, 'aes-256-gcm'), box.subarray(0, GCM_NONCE), {
    authTagLength: GCM_TAG,
  })
  decipher.setAAD(Buffer.from(head)).setAuthTag(box.subarray(-GCM_TAG))
  try {
    return Buffer.concat([decipher.update(box.subarray(GCM_NONCE, -GCM_TAG)), decipher.final()])
  } catch {
    return undefined
  }
}

function sealSm4(secret: Buffer, head: string, drawn: Buffer, plain: Buffer): Buffer {
  requireCipher('sm4-ctr')
  const nonce = drawn.subarray(0, SM4_NONCE)
  const cipher = createCipheriv('sm4-ctr', cached(secret, 'sm4-ctr').subarray(0, 16), nonce)
  const body = Buffer.concat([nonce, cipher.update(plain), cipher.final()])
  return Buffer.concat([body, sm4Tag(secret, head, body)])
}

function openSm4(secret: Buffer, head: string, box: Buffer): Buffer | undefined {
  requireCipher('sm4-ctr')
  if (box.length < SM4_NONCE + SM4_TAG) return undefined
  const body = box.subarray(0, -SM4_TAG)
  if (!timingSafeEqual(sm4Tag(secret, head, body), box.subarray(-SM4_TAG))) return undefined
  const nonce = body.subarray(0, SM4_NONCE)
  const decipher = createDecipheriv('sm4-ctr', cached(secret, 'sm4-ctr').subarray(0, 16), nonce)
  return Buffer.concat([decipher.update(body.subarray(SM4_NONCE)), decipher.final()])
}

function sm4Tag(secret: Buffer, head: string, body: Buffer): Buffer {
  requireDigest('sm3')
  return createHmac('sm3', cached(secret, 'hmac-sm3')).update(head).update(body).digest()
}

const derived = new WeakMap<Buffer, Map<string, Buffer>>()

function cached(secret: Buffer, purpose: string): Buffer {
  let keys = derived.get(secret)
  if (keys === undefined) derived.set(secret, (keys = new Map()))
  let key = keys.get(purpose)
  if (key === undefined) keys.set(purpose, (key = derivedKey(secret, purpose)))
  return key
}
