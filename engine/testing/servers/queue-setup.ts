import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startQueueServers } from './queue-servers.ts'
import { addressOf } from './server-address.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** `host:port` of the broker. */
    kafka: string
    /** Address that kills the broker and starts it again, answered when it accepts connections. */
    restart: string
  }
}

/**
 * Gives tests of queues their servers: Kafka, and PostgreSQL to bring messages into. A server that cannot be had fails the
 * run: tests are never skipped for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startQueueServers()
  const { kafka, postgres } = servers
  const control = createServer((_request, response) => {
    kafka.restart().then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(control, 'listening')
  const address = control.address()
  project.provide('postgres', addressOf(postgres))
  project.provide('kafka', `127.0.0.1:${kafka.port}`)
  project.provide('restart', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  return async () => {
    control.close()
    await servers[Symbol.asyncDispose]()
  }
}
