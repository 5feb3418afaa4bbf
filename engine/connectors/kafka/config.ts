import { z } from 'zod'

/**
 * What values are: `auto` looks at them. `json` and `avro` have a column for each field, `debezium` for each column of the table
 * whose changes it tells, `raw` is the value as it is.
 */
const TOPIC_FORMATS = ['auto', 'json', 'avro', 'debezium', 'raw'] as const

/** Settings of `connections/<name>.yaml`. Structured fields only: no driver options. */
export const kafkaConfigSchema = z.strictObject({
  /** `host:port` of some brokers; the others are learnt from them. */
  brokers: z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'a broker is written host:port')).min(1),
  /** `verify` checks the certificate and the host name; `require` encrypts without checking; `off` sends plain text. */
  tls: z.enum(['verify', 'require', 'off']).default('verify'),
  login: z.enum(['none', 'plain', 'scram-sha-256', 'scram-sha-512']).default('none'),
  user: z.string().min(1).optional(),
  /** Address of a schema registry that speaks Confluent's HTTP API. */
  registry: z.url({ protocol: /^https?$/ }).optional(),
  registryUser: z.string().min(1).optional(),
  /** What values are where a source node or a sync does not say it. */
  format: z.enum(TOPIC_FORMATS).default('auto'),
  connectTimeoutMs: z.int().min(100).max(120_000).default(10_000),
  /** How long brokers that are gone are waited for before a read or load fails. */
  patienceMs: z.int().min(0).max(600_000).default(30_000),
  /** Topic that gets a copy of every message that could not be read while changes are followed. */
  deadLetterTopic: z.string().min(1).optional(),
})
export type KafkaConfig = z.infer<typeof kafkaConfigSchema>

/** What a source node says about a topic. */
export const kafkaSourceSchema = z.strictObject({
  /** `auto`: as the connection says. */
  format: z.enum(TOPIC_FORMATS).default('auto'),
  /** Columns that say where a message stood: topic, partition, offset, timestamp, key, headers. */
  metadata: z.boolean().default(true),
  /** Only messages of this time (ISO, with zone) or later. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Only messages before this time. */
  until: z.iso.datetime({ offset: true }).optional(),
  /** First offset to read, by partition. Others are read from their beginning. */
  fromOffsets: z.record(z.string().regex(/^\d+$/), z.string().regex(/^\d+$/)).optional(),
  /** Offset to stop before, by partition. Others are read to their end. */
  toOffsets: z.record(z.string().regex(/^\d+$/), z.string().regex(/^\d+$/)).optional(),
})
export type KafkaSource = z.infer<typeof kafkaSourceSchema>

/** What a target node says about a topic. */
export const kafkaTargetSchema = z.strictObject({
  /** `json` writes the row; `debezium` an envelope with the row in it. Loads with keys are `debezium` unless it is said. */
  format: z.enum(['auto', 'json', 'debezium']).default('auto'),
  /** Columns that make the message's key, and so its partition. Loads with keys take theirs. */
  keyColumns: z.array(z.string().min(1)).optional(),
  /** Of a topic that is made; as the brokers are set up when not said. */
  partitions: z.int().min(1).max(10_000).optional(),
  replicas: z.int().min(1).max(100).optional(),
})
export type KafkaTarget = z.infer<typeof kafkaTargetSchema>
