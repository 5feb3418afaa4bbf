import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { DiagnosisStage } from '../../contract/diagnosis.ts'
import { Failure } from '../../contract/failure.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import type { KafkaAccess } from './client/access.ts'
import { KafkaClient } from './client/kafka-client.ts'
import type { KafkaConfig } from './config.ts'
import type { SchemaRegistry } from './decode/schema-registry.ts'

interface Reached {
  readonly access: KafkaAccess
  readonly registry: SchemaRegistry | undefined
}

/** The self-test. TLS and login are one exchange in the client, so `authentication` reports on both. */
export async function* diagnoseKafka(
  config: KafkaConfig,
  { access, registry }: Reached,
): AsyncGenerator<DiagnosisStage> {
  const brokers = config.brokers.map((text) => {
    const colon = text.lastIndexOf(':')
    return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) }
  })
  const box: { client?: KafkaClient } = {}
  const client = (): KafkaClient => {
    if (box.client === undefined) throw new TypeError('a stage ran without a connection')
    return box.client
  }
  try {
    yield* stagedDiagnosis({
      dns: async () => (await Promise.all(brokers.map(({ host }) => addressOf(host)))).join(', '),
      tcp: async () => {
        await Promise.any(brokers.map((broker) => reach(broker, config.connectTimeoutMs))).catch(() =>
          unreachable(config),
        )
        return config.brokers.join(', ')
      },
      authentication: async () => {
        // A self-test answers soon; it does not wait for brokers to come back.
        box.client = await KafkaClient.open({ ...access, config: { ...config, patienceMs: 0 } })
        return config.login === 'none' ? 'no login' : `${config.login}, ${config.user ?? ''}`
      },
      privileges: async () => `${(await client().topics()).length} topics`,
      read: async () => {
        const [first] = await client().topics()
        const end = first === undefined ? [] : await client().end(first)
        if (registry !== undefined) await registry.schema(0)
        return first === undefined ? 'there is no topic to read' : `${first}: ${end.length} partitions`
      },
      change_log: () => Promise.resolve('topics are followed by their offsets'),
    })
  } finally {
    await box.client?.[Symbol.asyncDispose]()
  }
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address
  } catch (error) {
    throw new Failure('source.unavailable', { source: host, reason: 'the name is not known here' }, { cause: error })
  }
}

function reach({ host, port }: { host: string; port: number }, timeout: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ host, port, timeout })
  socket.once('connect', () => resolve())
  socket.once('timeout', () => reject(new Error('no answer in time')))
  socket.once('error', reject)
  return promise.finally(() => socket.destroy())
}

function unreachable({ brokers }: KafkaConfig): never {
  throw new Failure('source.unavailable', { source: brokers.join(', '), reason: 'no broker accepts connections' })
}
