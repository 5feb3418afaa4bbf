import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { kafkaLibraries } from './kafka-files.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

export interface KafkaRequest {
  readonly directory: string
  readonly java: string
  readonly maven: string
}

/** A broker of the tests, on loopback. */
export interface TestKafka {
  readonly port: number
  stop(): Promise<void>
  /** Kills the broker and starts it again on the same folder and port. */
  restart(): Promise<void>
}

/** Small, started quickly, and one partition for each internal topic: fifty of each take seconds. */
const JAVA_OPTIONS = ['-Xmx384m', '-Xms128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto']

/** Starts one Kafka broker that is its own controller (KRaft). */
export async function startKafka({ directory, java, maven }: KafkaRequest): Promise<TestKafka> {
  const libraries = await kafkaLibraries(maven)
  const [port, controllerPort] = [await freePort(), await freePort()]
  const properties = join(directory, 'server.properties')
  await formatStorage(join(directory, 'data'))
  await writeFile(properties, settings(directory, port, controllerPort))
  const start = (): Promise<ServerProcess> =>
    startProcess({
      program: java,
      arguments: [...JAVA_OPTIONS, '-cp', `${libraries}/*`, 'kafka.Kafka', properties],
      environment: {},
      directory,
      port,
    })
  let broker = await start()
  await writeFile(join(directory, 'pid'), String(broker.child.pid))
  return {
    port,
    // What it holds is thrown away.
    stop: () => broker.kill(),
    async restart() {
      await broker.kill()
      broker = await start()
      await writeFile(join(directory, 'pid'), String(broker.child.pid))
    },
  }
}

/** What `kafka-storage.sh format` writes, without starting a Java machine for it. */
async function formatStorage(data: string): Promise<void> {
  await mkdir(data, { recursive: true })
  const [cluster, directoryId] = [randomId(), randomId()]
  const lines = ['version=1', `cluster.id=${cluster}`, 'node.id=1', `directory.id=${directoryId}`]
  await writeFile(join(data, 'meta.properties'), `${lines.join('\n')}\n`)
}

/** Sixteen bytes in Kafka's own writing of a UUID, which must not begin with a dash. */
function randomId(): string {
  return `R${randomBytes(16).toString('base64url').slice(1, 21)}A`
}

function settings(directory: string, port: number, controllerPort: number): string {
  const listeners = `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    `listeners=${listeners}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(directory, 'data')}`,
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'offsets.topic.num.partitions=1',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    // A broker that was killed comes back only when its session is over.
    'broker.session.timeout.ms=1000',
    'broker.heartbeat.interval.ms=200',
    'num.io.threads=2',
    'num.network.threads=2',
    'log.cleaner.dedupe.buffer.size=2097152',
    'log.cleaner.threads=1',
  ].join('\n')
}
