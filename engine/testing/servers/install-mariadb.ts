import { findProgram, installPackages } from './debian-packages.ts'
import { chooseMariadb, type MariadbChoice } from './mariadb-choice.ts'

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
  await installPackages(['mariadb-server', 'mariadb-client'])
  const server = await findProgram('mariadbd')
  if (server === undefined) throw new Error('apt-get installed mariadb-server, but mariadbd is still not found')
  return server
}
