import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../../base/secret.ts'
import { USUAL_HMAC, type WebhookConfig } from './config.ts'

/** A request as it came; names of headers in lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Whether a request was signed with the secret, and not too long ago where the signature tells the time. */
export function isSigned(
  { headers, body }: WebhookRequest,
  config: WebhookConfig,
  { secret, nowMs }: { readonly secret: Secret; readonly nowMs: number },
): boolean {
  if (config.scheme === 'hmac') return isPlainlySigned({ headers, body }, config, secret)
  const { id, time, signatures, encoding, key } = signedParts(headers, config.scheme, secret)
  const isFresh = /^\d{1,12}$/.test(time) && Math.abs(nowMs / 1_000 - Number(time)) <= config.toleranceSeconds
  if (!isFresh || signatures.length === 0) return false
  const head = id === undefined ? `${time}.` : `${id}.${time}.`
  const expected = createHmac('sha256', key).update(head).update(body).digest()
  return signatures.some((signature) => isEqual(Buffer.from(signature, encoding), expected))
}

/** What tells a delivery from others: the sender's id, or its body. */
export function deliveryId({ headers, body }: WebhookRequest, { idHeader, scheme }: WebhookConfig): string {
  const header = idHeader ?? (scheme === 'standard-webhooks' ? 'webhook-id' : undefined)
  const id = header === undefined ? undefined : headers[header.toLowerCase()]
  return id === undefined || id === '' ? `sha256:${createHash('sha256').update(body).digest('hex')}` : id
}

function isPlainlySigned(
  { headers, body }: WebhookRequest,
  { hmac = USUAL_HMAC }: WebhookConfig,
  secret: Secret,
): boolean {
  const { header, prefix, encoding, algorithm } = hmac
  const value = headers[header.toLowerCase()] ?? ''
  if (!value.startsWith(prefix)) return false
  const expected = createHmac(algorithm, secret.reveal()).update(body).digest()
  return isEqual(Buffer.from(value.slice(prefix.length), encoding), expected)
}

interface SignedParts {
  readonly id: string | undefined
  readonly time: string
  readonly signatures: readonly string[]
  readonly encoding: 'hex' | 'base64'
  readonly key: Buffer
}

/** Several signatures stand in a header while the sender changes its secret. */
function signedParts(
  headers: WebhookRequest['headers'],
  scheme: 'standard-webhooks' | 'stripe',
  secret: Secret,
): SignedParts {
  if (scheme === 'stripe') {
    const pairs = (headers['stripe-signature'] ?? '').split(',').map((pair) => pair.split('='))
    const valuesOf = (wanted: string): string[] =>
      pairs.flatMap(([name, value]) => (name?.trim() === wanted && value !== undefined ? [value] : []))
    const key = Buffer.from(secret.reveal())
    return { id: undefined, time: valuesOf('t')[0] ?? '', signatures: valuesOf('v1'), encoding: 'hex', key }
  }
  const signatures = (headers['webhook-signature'] ?? '')
    .split(' ')
    .flatMap((signature) => (signature.startsWith('v1,') ? [signature.slice(3)] : []))
  return {
    id: headers['webhook-id'] ?? '',
    time: headers['webhook-timestamp'] ?? '',
    signatures,
    encoding: 'base64',
    key: Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64'),
  }
}

function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected)
}
