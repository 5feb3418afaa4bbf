/** One message of a topic. Headers keep their order; a name may stand several times. */
export interface KafkaMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  /** Milliseconds since 1970: given by the producer or by the broker, as the topic is set up. */
  readonly timestamp: bigint
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [Buffer | null, Buffer | null])[]
}

/** A message to be written. Without partition the key chooses it as Kafka's own clients do, or chance where there is no key. */
export interface OutgoingMessage {
  readonly topic: string
  readonly partition?: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: ReadonlyMap<string, string>
}

/** Next offsets to read, by topic and partition. */
export type Offsets = ReadonlyMap<string, readonly bigint[]>

/** What a partition gave: only messages of committed transactions. */
export interface Fetched {
  readonly topic: string
  readonly partition: number
  readonly messages: readonly KafkaMessage[]
  /** Where to go on. */
  readonly next: bigint
  /** Where the partition ended at that moment. */
  readonly end: bigint
}
