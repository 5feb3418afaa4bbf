import type { Secret } from '../../../base/secret.ts'
import type { KafkaConfig } from '../config.ts'

/** What it takes to reach the brokers. */
export interface KafkaAccess {
  /** The connection's name. */
  readonly name: string
  readonly config: KafkaConfig
  readonly password: () => Promise<Secret | undefined>
}
