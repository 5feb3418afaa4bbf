import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { requirePrograms } from './debian-packages.ts'
import { startKafka, type TestKafka } from './kafka.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { ownedFolder } from './test-servers.ts'

const PROGRAMS = {
  java: 'openjdk-17-jre-headless',
  mvn: 'maven',
}

export interface QueueServers extends AsyncDisposable {
  readonly kafka: TestKafka
  readonly postgres: TestPostgres
}

/** Starts Kafka and a PostgreSQL to bring messages into, side by side in a temporary folder; what is not installed is, where that is allowed. @throws Error that names what is missing */
export async function startQueueServers(): Promise<QueueServers> {
  const program = await requirePrograms(PROGRAMS)
  const directory = await ownedFolder()
  await using started = new AsyncDisposableStack()
  started.defer(() => rm(directory, { recursive: true, force: true }))
  const [kafka, postgres] = await Promise.allSettled([
    startKafka({ directory: join(directory, 'kafka'), java: program('java'), maven: program('mvn') }),
    startPostgres({ directory: join(directory, 'postgres') }),
  ])
  for (const one of [kafka, postgres]) if (one.status === 'fulfilled') started.defer(() => one.value.stop())
  if (kafka.status === 'rejected') throw kafka.reason
  if (postgres.status === 'rejected') throw postgres.reason
  const running = started.move()
  return {
    kafka: kafka.value,
    postgres: postgres.value,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
