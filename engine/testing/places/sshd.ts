import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { requirePrograms } from '../servers/debian-packages.ts'
import { freePort } from '../servers/free-port.ts'
import { startProcess } from '../servers/server-process.ts'

const run = promisify(execFile)

/** An OpenSSH server of the tests; files are reached by their absolute paths. */
export interface TestSshd extends AsyncDisposable {
  readonly port: number
  readonly user: string
  /** As `ssh-keygen -l` prints it. */
  readonly hostKey: string
  /** A key that is let in, and one that is not. */
  readonly privateKey: string
  readonly strangeKey: string
}

/** Starts the system's sshd for the current user alone, with keys of its own, on loopback. */
export async function startSshd(directory: string): Promise<TestSshd> {
  const program = await requirePrograms({ sshd: 'openssh-server', 'ssh-keygen': 'openssh-client' })
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o700)
  // Where its unprivileged half is shut in; sshd refuses to start as root without it.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  for (const name of ['host', 'user', 'strange']) {
    await run(program('ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', join(directory, name)])
  }
  const port = await freePort()
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(directory, 'host')}`,
    `AuthorizedKeysFile ${join(directory, 'user.pub')}`,
    `PidFile ${join(directory, 'sshd.pid')}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'Subsystem sftp internal-sftp',
  ]
  await writeFile(join(directory, 'sshd_config'), `${settings.join('\n')}\n`)
  const server = await startProcess({
    program: program('sshd'),
    arguments: ['-D', '-e', '-f', join(directory, 'sshd_config')],
    environment: {},
    directory,
    port,
  })
  const { stdout } = await run(program('ssh-keygen'), ['-l', '-f', join(directory, 'host.pub')])
  return {
    port,
    user: userInfo().username,
    hostKey: stdout.split(' ')[1] ?? '',
    privateKey: await readFile(join(directory, 'user'), 'utf8'),
    strangeKey: await readFile(join(directory, 'strange'), 'utf8'),
    [Symbol.asyncDispose]: () => server.stop(),
  }
}
