import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from './free-port.ts'
import { startMariadb } from './mariadb.ts'
import { postmasterPid, startPostgres } from './postgres.ts'
import { addressOf, serverAddressSchema } from './server-address.ts'

const serversFileSchema = z.object({ pid: z.int(), postgres: serverAddressSchema, mariadb: serverAddressSchema })

export type ServerAddresses = Omit<z.infer<typeof serversFileSchema>, 'pid'>

export interface TestServers extends AsyncDisposable {
  readonly addresses: ServerAddresses
}

/** Written by `scripts/test-servers.ts`, which keeps servers running between test runs. */
export const SERVERS_FILE = join(import.meta.dirname, '../../../.cache/servers.json')

const FOLDER_PREFIX = 'runnel-servers-'
const OWNER_FILE = 'owner.pid'

/**
 * Starts PostgreSQL and MariaDB on free ports in a temporary folder.
 *
 * Clears away servers and folders whose owner was killed. @throws Error that names what is missing.
 */
export async function startTestServers(): Promise<TestServers> {
  const directory = await ownedFolder()
  await using started = new AsyncDisposableStack()
  started.defer(() => rm(directory, { recursive: true, force: true }))
  const postgres = await startPostgres({ directory: join(directory, 'postgres') })
  started.defer(() => postgres.stop())
  const mariadb = await startMariadb({ directory: join(directory, 'mariadb'), port: await freePort() })
  started.defer(() => mariadb.stop())
  const running = started.move()
  return {
    addresses: { postgres: addressOf(postgres), mariadb: addressOf(mariadb) },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** A folder for servers that is found and cleared away when its owner was killed. */
export async function ownedFolder(): Promise<string> {
  await removeAbandoned()
  const directory = await mkdtemp(join(tmpdir(), FOLDER_PREFIX))
  await writeFile(join(directory, OWNER_FILE), String(process.pid))
  await chmod(directory, 0o755)
  return directory
}

/** Servers that `scripts/test-servers.ts` keeps, if it is still running. */
export async function keptServers(): Promise<ServerAddresses | undefined> {
  const text = await readFile(SERVERS_FILE, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { pid, ...addresses } = serversFileSchema.parse(JSON.parse(text))
  return isAlive(pid) ? addresses : undefined
}

/** A killed run leaves its servers running: they are found by the folder they left. */
async function removeAbandoned(): Promise<void> {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX))
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    const owner = Number(await readFile(join(folder, OWNER_FILE), 'utf8').catch(() => Number.NaN))
    // A folder without its owner's name is one that is being made right now.
    if (Number.isNaN(owner) || isAlive(owner)) continue
    endProcess(await postmasterPid(join(folder, 'postgres')).catch(() => undefined))
    for (const server of ['mariadb', 'kafka']) {
      endProcess(Number(await readFile(join(folder, server, 'pid'), 'utf8').catch(() => undefined)))
    }
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

function endProcess(pid: number | undefined): void {
  if (pid !== undefined && pid > 1 && isAlive(pid)) process.kill(pid, 'SIGQUIT')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
