import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import type { ServerAddress } from './server-address.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const run = promisify(execFile)

/** The one on PATH wants to become another user. */
const PROGRAM = '/usr/lib/rabbitmq/bin/rabbitmq-server'

/** The server refuses its own distribution port, 20,000 above, beyond 65,535. */
const HIGHEST_PORT = 45_535

export interface TestRabbitmq extends ServerAddress {
  stop(): Promise<void>
  /** Kills the server and starts it again on the same folder and port. */
  restart(): Promise<void>
}

/** Starts a RabbitMQ of our own; no system service is touched. */
export async function startRabbitmq(directory: string): Promise<TestRabbitmq> {
  await mkdir(join(directory, 'home'), { recursive: true })
  const [port, distribution, epmd] = [await lowPort(), await lowPort(), await lowPort()]
  const password = randomBytes(12).toString('hex')
  const config = join(directory, 'rabbitmq.conf')
  await writeFile(
    config,
    [
      `listeners.tcp.default = 127.0.0.1:${port}`,
      'default_user = runnel',
      `default_pass = ${password}`,
      'loopback_users = none',
      'log.console = true',
      'log.console.level = warning',
      'vm_memory_high_watermark.absolute = 1GB',
      'disk_free_limit.absolute = 50MB',
    ].join('\n'),
  )
  await writeFile(join(directory, 'enabled_plugins'), '[].')
  const environment = {
    HOME: join(directory, 'home'),
    RABBITMQ_NODENAME: `runnel${port}@localhost`,
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(epmd),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: join(directory, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(directory, 'pid'),
    // Few schedulers: the machine is shared, and a server of the tests has little to do.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none',
  }
  const pidFile = join(directory, 'pid')
  const start = (): Promise<ServerProcess> =>
    startProcess({ program: PROGRAM, arguments: [], environment, directory, port, pidFile })
  let server = await start()
  return {
    host: '127.0.0.1',
    port,
    user: 'runnel',
    password,
    async stop() {
      await server.kill()
      // The server started a registry of names on a port of its own, which stays.
      await run('epmd', ['-port', String(epmd), '-kill']).catch(() => undefined)
    },
    async restart() {
      await server.kill()
      server = await start()
    },
  }
}

async function lowPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port <= HIGHEST_PORT) return port
  }
}
