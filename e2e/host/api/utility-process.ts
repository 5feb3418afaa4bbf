import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type MessagePortMain, PortRelay, type PortTraffic } from './message-port.ts'

const ENTRY = join(import.meta.dirname, '../utility-entry.ts')

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly execArgv?: string[]
  readonly serviceName?: string
  readonly stdio?: Stdio | readonly Stdio[]
}

type Stdio = 'inherit' | 'ignore' | 'pipe'

/** As it was before `refuseNode` took it from the app. */
const forkNode = fork

/** What goes to the child: the app's own messages with the numbers of their ports, and what flows through handed-over ports. */
export type ToUtility =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | PortTraffic

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #relay = new PortRelay((traffic) => this.#send(traffic))

  constructor(child: ChildProcess) {
    super()
    this.#child = child
    child.on('spawn', () => this.emit('spawn'))
    // With the last of its messages and of its output, which Node may still hold when it tells of the exit.
    child.on('close', (code, signal) => {
      this.#relay.closeAll()
      this.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15))
    })
    child.on('message', (message: ToUtility) => {
      if (message.kind === 'message') this.emit('message', message.data)
      else this.#relay.receive(message)
    })
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  get stdout(): Readable | null {
    return this.#child.stdout
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.#relay.handOver(port))
    this.#send({ kind: 'message', data, ports })
    for (const port of ports) this.#relay.start(port)
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }

  #send(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }
}

/** Node's fork in place of Electron's utility process: the same Node, not Electron's. Only main has it, as in Electron. */
export function utilityProcessOf(isReady: () => boolean) {
  return {
    fork(modulePath: string, args: string[] = [], { env, execArgv, stdio = 'inherit' }: ForkOptions = {}) {
      if (!isReady()) throw new Error('utilityProcess cannot be used before the app is ready')
      const [, stdout, stderr] = typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio
      const child = forkNode(ENTRY, [modulePath, ...args], {
        serialization: 'advanced',
        execArgv: ['--disable-warning=ExperimentalWarning', ...(execArgv ?? [])],
        stdio: ['ignore', stdout ?? 'inherit', stderr ?? 'inherit', 'ipc'],
        env: { ...(env ?? process.env), RUNNEL_STANDIN_APP: process.env['RUNNEL_STANDIN_APP'] },
      })
      process.on('exit', () => child.kill('SIGKILL'))
      return new UtilityProcess(child)
    },
  }
}
