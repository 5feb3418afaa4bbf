import type { LineBuilder } from '../shared/changes/row-line.ts'
import type { WebhookConfig } from './config.ts'
import type { StoredDelivery } from './deliveries.ts'

export const DATASET = 'deliveries'
export const KEY = 'sequence'

/** The columns of a delivery and their types, the key first. */
export function columnsOf({ body }: Pick<WebhookConfig, 'body'>): readonly (readonly [name: string, type: string])[] {
  return [
    [KEY, 'BIGINT'],
    ['id', 'VARCHAR'],
    ['received_at', 'TIMESTAMP WITH TIME ZONE'],
    ['headers', 'JSON'],
    ['body', body === 'json' ? 'JSON' : 'VARCHAR'],
  ]
}

/** The values of a delivery as text, in the order of its columns. */
export function textsOf({ sequence, id, receivedAt, headers, body }: StoredDelivery): string[] {
  return [String(sequence), id, new Date(receivedAt).toISOString(), JSON.stringify(headers), body]
}

/** A line and its key as appliers of changes take them. */
export function lineOf(
  builder: LineBuilder,
  delivery: StoredDelivery,
): { readonly key: string; readonly line: Buffer } {
  builder.begin()
  textsOf(delivery).forEach((text, i) => {
    if (i > 0) builder.separator()
    const bytes = Buffer.from(text)
    builder.value(bytes, 0, bytes.length)
  })
  return { key: String(delivery.sequence), line: builder.take() }
}
