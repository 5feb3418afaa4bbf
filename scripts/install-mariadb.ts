/** Makes MariaDB available for the server tests: says what is there, installs it with apt-get when that is possible. */
import { installMariadb, lookAround } from '../engine/testing/servers/install-mariadb.ts'

const choice = await lookAround()
switch (choice.kind) {
  case 'program':
    console.log(`MariaDB is there: ${choice.server}`)
    break
  case 'install':
    console.log(`Installed ${await installMariadb()}`)
    break
  case 'docker':
    console.log('MariaDB will be run with Docker.')
    break
  case 'none':
    console.error(choice.reason)
    process.exitCode = 3
}
