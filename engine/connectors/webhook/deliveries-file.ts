import { resolve } from 'node:path'
import type { WebhookConfig } from './config.ts'
import { type DeliveryStore, openDeliveries } from './deliveries.ts'

/** Opens where the deliveries of a connection are kept. @throws Failure `store.damaged`, `source.unavailable` */
export function deliveriesOf({ file }: Pick<WebhookConfig, 'file'>, baseDirectory: string): DeliveryStore {
  return openDeliveries(resolve(baseDirectory, file))
}
