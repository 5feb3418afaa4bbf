import { execFile } from 'node:child_process'
import { access, constants, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chooseMariadb, type MariadbChoice } from './mariadb-choice.ts'

const run = promisify(execFile)

/** Debian keeps servers out of an ordinary user's PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec']

/** The first of `names` that can be executed, on PATH or where systems keep servers. */
export async function findProgram(...names: readonly string[]): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...SERVER_FOLDERS]
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name)
      const isExecutable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isExecutable) return path
    }
  }
  return undefined
}

/** What to do on this machine, see `chooseMariadb`. */
export async function lookAround(): Promise<MariadbChoice> {
  return chooseMariadb({
    server: await findProgram('mariadbd'),
    isRoot: process.getuid?.() === 0,
    hasAptGet: (await findProgram('apt-get')) !== undefined,
    hasDocker: (await findProgram('docker')) !== undefined,
  })
}

/** Installs the server with apt-get and gives its path. No service is started. */
export async function installMariadb(): Promise<string> {
  // The package manager refuses to work without the system's own folders on PATH.
  const path = [process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(delimiter)
  const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  const allowServices = await forbidServices()
  try {
    const packages = ['mariadb-server', 'mariadb-client']
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env })
  } finally {
    await allowServices()
  }
  const server = await findProgram('mariadbd')
  if (server === undefined) throw new Error('apt-get installed mariadb-server, but mariadbd is still not found')
  return server
}

/** Debian asks this script before a package starts its service; 101 means no. One that is already there decides itself. */
async function forbidServices(): Promise<() => Promise<void>> {
  const policy = '/usr/sbin/policy-rc.d'
  try {
    await writeFile(policy, '#!/bin/sh\nexit 101\n', { flag: 'wx', mode: 0o755 })
  } catch {
    return () => Promise.resolve()
  }
  return () => rm(policy)
}
