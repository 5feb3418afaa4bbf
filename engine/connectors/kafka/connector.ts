import { defineConnector, type OpenRequest } from '../api/connector.ts'
import type { Session } from '../api/session.ts'
import type { KafkaAccess } from './client/access.ts'
import { KafkaClient } from './client/kafka-client.ts'
import { type KafkaConfig, kafkaConfigSchema, kafkaSourceSchema, kafkaTargetSchema } from './config.ts'
import { SchemaRegistry } from './decode/schema-registry.ts'
import { diagnoseKafka } from './diagnose.ts'
import { kafkaForm } from './form.ts'
import { KafkaSession } from './session.ts'

/** Apache Kafka 3.1 and newer, and what speaks its protocol. */
export const kafka = defineConnector<KafkaConfig>({
  kind: 'kafka',
  title: { en: 'Kafka', zh: 'Kafka' },
  form: kafkaForm,
  config: kafkaConfigSchema,
  secrets: ['password', 'registryPassword'],
  source: kafkaSourceSchema,
  target: kafkaTargetSchema,
  open: openSession,
  diagnose: (request) => diagnoseKafka(request.config, { access: accessOf(request), registry: registryOf(request) }),
})

async function openSession(request: OpenRequest<KafkaConfig>): Promise<Session> {
  return new KafkaSession(await KafkaClient.open(accessOf(request)), registryOf(request))
}

function accessOf({ name, config, secret }: OpenRequest<KafkaConfig>): KafkaAccess {
  return { name, config, password: () => secret('password') }
}

function registryOf({ config, secret }: OpenRequest<KafkaConfig>): SchemaRegistry | undefined {
  const { registry: url, registryUser: user, connectTimeoutMs: timeoutMs } = config
  if (url === undefined) return undefined
  return new SchemaRegistry({ url, user, password: () => secret('registryPassword'), timeoutMs })
}
