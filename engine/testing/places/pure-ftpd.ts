import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { requirePrograms } from '../servers/debian-packages.ts'
import { freePort } from '../servers/free-port.ts'
import { startProcess } from '../servers/server-process.ts'

const run = promisify(execFile)
const PASSIVE_PORTS = '30100:30199'

/** A Pure-FTPd of the tests that refuses what is not encrypted; one account, shut into `root`. */
export interface TestFtpd extends AsyncDisposable {
  readonly port: number
  readonly user: string
  readonly password: string
  /** The certificate that it shows, for localhost, signed by itself. */
  readonly ca: string
  readonly root: string
}

export async function startPureFtpd(directory: string, password: string): Promise<TestFtpd> {
  const program = await requirePrograms({ 'pure-ftpd': 'pure-ftpd', 'pure-pw': 'pure-ftpd-common', openssl: 'openssl' })
  const root = join(directory, 'files')
  await mkdir(root, { recursive: true })
  await chmod(directory, 0o755)
  const path = (name: string): string => join(directory, name)
  await run(program('openssl'), [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    path('key.pem'),
    '-out',
    path('cert.pem'),
  ])
  const ca = await readFile(path('cert.pem'), 'utf8')
  await writeFile(path('both.pem'), `${await readFile(path('key.pem'), 'utf8')}${ca}`, { mode: 0o600 })
  const adding = run(program('pure-pw'), [
    'useradd',
    'runnel',
    '-u',
    String(process.getuid?.() || 65_534),
    '-g',
    String(process.getgid?.() || 65_534),
    '-d',
    root,
    '-f',
    path('passwd'),
    '-F',
    path('accounts.pdb'),
    '-m',
  ])
  adding.child.stdin?.end(`${password}\n${password}\n`)
  await adding
  await chmod(root, 0o777)
  const port = await freePort()
  const server = await startProcess({
    program: program('pure-ftpd'),
    arguments: [
      '-S',
      `127.0.0.1,${port}`,
      '-l',
      `puredb:${path('accounts.pdb')}`,
      '-p',
      PASSIVE_PORTS,
      '-P',
      '127.0.0.1',

      '-A',
      '-E',
      '-H',
      '-Y',
      '2',
      '-J',
      'HIGH',
      '-2',
      path('both.pem'),
      '-c',
      '40',
      '-C',
      '40',
      '-g',
      path('ftpd.pid'),
    ],
    environment: {},
    directory,
    port,
  })
  return { port, user: 'runnel', password, ca, root, [Symbol.asyncDispose]: () => server.stop() }
}
