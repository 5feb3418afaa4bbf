import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startQueueServers } from './queue-servers.ts'
import { addressOf, type ServerAddress } from './server-address.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** `host:port` of the broker. */
    kafka: string
    rabbitmq: ServerAddress
    /** Address that kills a server and starts it again: `${restart}/kafka`, answered when it accepts connections. */
    restart: string
  }
}

/**
 * Gives tests of queues their servers: Kafka, RabbitMQ, and PostgreSQL to bring messages into. A server that cannot be had fails the
 * run: tests are never skipped for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startQueueServers()
  const { kafka, rabbitmq, postgres } = servers
  const control = createServer((request, response) => {
    const restarted = request.url === '/kafka' ? kafka.restart() : rabbitmq.restart()
    restarted.then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(control, 'listening')
  const address = control.address()
  project.provide('postgres', addressOf(postgres))
  project.provide('kafka', `127.0.0.1:${kafka.port}`)
  project.provide('rabbitmq', addressOf(rabbitmq))
  project.provide('restart', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  return async () => {
    control.close()
    await servers[Symbol.asyncDispose]()
  }
}
