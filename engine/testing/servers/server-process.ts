import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_TIMEOUT_MS = 90_000
const FORCE_AFTER_MS = 20_000

export interface ServerCommand {
  readonly program: string
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Gets `server.log` and `pid`. */
  readonly directory: string
  readonly port: number
}

/** A server of the tests as a process of this one. */
export interface ServerProcess {
  readonly child: ChildProcess
  stop(): Promise<void>
  /** Ends it at once, as a power failure does. */
  kill(): Promise<void>
}

/** Starts a server and waits until its port accepts connections. @throws Error with the end of the server's own log */
export async function startProcess(command: ServerCommand): Promise<ServerProcess> {
  const { program, directory, port } = command
  await mkdir(directory, { recursive: true })
  const log = await open(join(directory, 'server.log'), 'a')
  const child = spawn(program, command.arguments, {
    cwd: directory,
    env: { ...process.env, ...command.environment },
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  const stopWith = async (signal: NodeJS.Signals): Promise<void> => {
    if (isOver()) return
    child.kill(signal)
    const force = setTimeout(() => child.kill('SIGKILL'), FORCE_AFTER_MS)
    await ended
    clearTimeout(force)
  }
  for (const started = Date.now(); !(await accepts(port)); await sleep(50)) {
    if (!isOver() && Date.now() - started < START_TIMEOUT_MS) continue
    await stopWith('SIGKILL')
    const told = (await readFile(join(directory, 'server.log'), 'utf8')).slice(-2_000)
    throw new Error(`${program} did not start: ${told}`)
  }
  return { child, stop: () => stopWith('SIGTERM'), kill: () => stopWith('SIGKILL') }
}

function accepts(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  socket.once('timeout', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
