import { isUtf8 } from 'node:buffer'
import type { Secret } from '../../base/secret.ts'
import { Failure } from '../../contract/failure.ts'
import type { WebhookConfig } from './config.ts'
import type { DeliveryStore } from './deliveries.ts'
import { deliveryId, isSigned, type WebhookRequest } from './signature.ts'

export interface Receiving {
  /** The connection's name. */
  readonly webhook: string
  readonly config: WebhookConfig
  readonly secret: Secret | undefined
  readonly store: DeliveryStore
  readonly nowMs: number
}

export interface Received {
  readonly id: string
  /** False for a delivery that came before. */
  readonly isNew: boolean
}

const DAY_MS = 86_400_000

/**
 * Takes a delivery: it is on the disk when this returns, once, however often it is sent.
 * @throws Failure `webhook.unsigned`, `webhook.refused`
 */
export function receive(request: WebhookRequest, { webhook, config, secret, store, nowMs }: Receiving): Received {
  if (secret === undefined || !isSigned(request, config, { secret, nowMs })) {
    throw new Failure('webhook.unsigned', { webhook })
  }
  const { headers, body } = request
  if (!isUtf8(body)) throw new Failure('webhook.refused', { webhook, reason: 'the body is not UTF-8' })
  const text = Buffer.from(body).toString('utf8')
  if (text.includes('\0')) throw new Failure('webhook.refused', { webhook, reason: 'a text contains a NUL character' })
  if (config.body === 'json' && !isJson(text)) {
    throw new Failure('webhook.refused', { webhook, reason: 'the body is not JSON' })
  }
  const id = deliveryId(request, config)
  const kept = config.keepHeaders.map((name) => name.toLowerCase())
  const isNew = store.add({
    id,
    receivedAt: nowMs,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => kept.includes(name))),
    body: text,
  })
  if (isNew) store.prune(nowMs - config.keepDays * DAY_MS)
  return { id, isNew }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
