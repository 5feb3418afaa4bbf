import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { findProgram } from './debian-packages.ts'
import { installMariadb, lookAround } from './install-mariadb.ts'

const run = promisify(execFile)
const START_TIMEOUT_MS = 90_000

/** Large enough that loads are not throttled by the smallest defaults, small enough for a shared machine. */
const OPTIONS = [
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
  '--local-infile=1',
  '--log-bin=binlog',
  '--binlog-format=ROW',
  '--binlog-row-metadata=FULL',
  '--server-id=1',
  '--innodb-buffer-pool-size=256M',
  '--innodb-log-file-size=256M',
  '--innodb-flush-log-at-trx-commit=2',
  '--skip-name-resolve',
]

export interface MariadbRequest {
  /** Empty or absent folder for data, socket and log. */
  readonly directory: string
  readonly port: number
  /** More server options, `--name=value`. */
  readonly options?: readonly string[]
}

/** A running MariaDB that belongs to the tests. */
export interface TestMariadb {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** The server's process, when it is a child of this one: tests kill it. */
  readonly process?: ChildProcess
  stop(): Promise<void>
}

/**
 * Starts a MariaDB of our own: data in `directory`, listening on loopback only, no system service touched.
 * @throws Error that names what is missing when this machine can neither run, install nor pull one.
 */
export async function startMariadb(request: MariadbRequest): Promise<TestMariadb> {
  const choice = await lookAround()
  switch (choice.kind) {
    case 'program':
      return startProgram(choice.server, request)
    case 'install':
      return startProgram(await installMariadb(), request)
    case 'docker':
      return startContainer(request)
    case 'none':
      throw new Error(choice.reason)
  }
}

/** Starts a server again on a folder that `startMariadb` made before, for tests that crash it. */
export async function restartMariadb(server: TestMariadb, request: MariadbRequest): Promise<TestMariadb> {
  const program = await findProgram('mariadbd')
  if (program === undefined) throw new Error('only a server that runs as a program can be restarted')
  const child = await spawnServer(program, request)
  await waitUntilReady(server, { child, directory: request.directory })
  return { ...server, process: child, stop: () => stopProcess(child) }
}

async function startProgram(program: string, request: MariadbRequest): Promise<TestMariadb> {
  await mkdir(request.directory, { recursive: true })
  const installer = await findProgram('mariadb-install-db', 'mysql_install_db')
  if (installer === undefined) throw new Error('mariadbd is there, but mariadb-install-db is not')
  await run(installer, [
    '--no-defaults',
    `--datadir=${join(request.directory, 'data')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...runAs(),
  ])
  const child = await spawnServer(program, request)
  const fresh = { host: '127.0.0.1', port: request.port, user: 'root', password: '' }
  await waitUntilReady(fresh, { child, directory: request.directory })
  const account = await createAccount(fresh)
  return { ...fresh, ...account, process: child, stop: () => stopProcess(child) }
}

async function spawnServer(program: string, { directory, port, options = [] }: MariadbRequest): Promise<ChildProcess> {
  const log = await open(join(directory, 'server.log'), 'a')
  const child = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${join(directory, 'data')}`,
      `--socket=${join(directory, 's')}`,
      `--pid-file=${join(directory, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      ...OPTIONS,
      ...options,
      ...runAs(),
    ],
    { stdio: ['ignore', log.fd, log.fd] },
  )
  await log.close()
  return child
}

/** The server refuses to run as root unless told so by name. */
function runAs(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : []
}

async function startContainer({ directory, port, options = [] }: MariadbRequest): Promise<TestMariadb> {
  await mkdir(directory, { recursive: true })
  const password = randomBytes(12).toString('hex')
  const container = `runnel-mariadb-${port}`
  const published = `127.0.0.1:${port}:3306`
  const settings = ['--rm', '-d', '--name', container, '-p', published, '-e', `MARIADB_ROOT_PASSWORD=${password}`]
  await run('docker', ['run', ...settings, 'mariadb:10.11', ...OPTIONS, ...options])
  const server = { host: '127.0.0.1', port, user: 'root', password }
  await waitUntilReady(server)
  return {
    ...server,
    async stop() {
      await run('docker', ['stop', container])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function waitUntilReady(
  server: { host: string; port: number; user: string; password: string },
  program?: { child: ChildProcess; directory: string },
): Promise<void> {
  for (const started = Date.now(); ; ) {
    if (program !== undefined && program.child.exitCode !== null) {
      const log = await readFile(join(program.directory, 'server.log'), 'utf8')
      throw new Error(`mariadbd ended with code ${program.child.exitCode}: ${log.slice(-2_000)}`)
    }
    try {
      const { host, port, user, password } = server
      const connection = await mysql.createConnection({ host, port, user, password, connectTimeout: 2_000 })
      await connection.end()
      return
    } catch (error) {
      if (Date.now() - started > START_TIMEOUT_MS) throw new Error('MariaDB did not start', { cause: error })
      await sleep(100)
    }
  }
}

/** A password login over TCP, as people have; root keeps none and is reachable on loopback only. */
async function createAccount(server: { host: string; port: number; user: string }): Promise<{
  user: string
  password: string
}> {
  const user = 'runnel'
  const password = randomBytes(12).toString('hex')
  const connection = await mysql.createConnection({ host: server.host, port: server.port, user: server.user })
  await connection.query('CREATE USER ?@? IDENTIFIED BY ?', [user, '%', password])
  await connection.query('GRANT ALL ON *.* TO ?@? WITH GRANT OPTION', [user, '%'])
  await connection.end()
  return { user, password }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const { promise: exited, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await exited
  clearTimeout(force)
}
