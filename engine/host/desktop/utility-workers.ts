import { fromWorkerSchema, type ToWorker } from '../worker/protocol.ts'
import type { OpenWorkerProcess, WorkerListeners } from '../worker/worker-process.ts'
import type { EnginePort } from './parent-port.ts'
import type { FromEngine, ToEngine } from './protocol.ts'

type AboutWorker = Extract<ToEngine, { readonly worker: number }>

export interface UtilityWorkers {
  readonly open: OpenWorkerProcess
  /** What main says about a worker; `ports` come with `worker-opened`. */
  heard(message: AboutWorker, ports: readonly EnginePort[]): void
}

interface Worker extends WorkerListeners {
  port: EnginePort | undefined
  /** What was sent before the port was there. */
  waiting: ToWorker[]
}

/**
 * Workers as utility processes of Electron: main starts and ends them, a port leads to each.
 *
 * Only main may start a process of Electron, and a packaged app is no Node that could be forked (fuse `runAsNode`).
 */
export function utilityWorkers(tellMain: (message: FromEngine) => void): UtilityWorkers {
  const workers = new Map<number, Worker>()
  let lastWorker = 0
  return {
    open: (variables, listeners) => {
      lastWorker += 1
      const worker = lastWorker
      const entry: Worker = { ...listeners, port: undefined, waiting: [] }
      workers.set(worker, entry)
      tellMain({ kind: 'worker-open', worker, variables: definedOnly(variables) })
      return {
        send: (message) => {
          if (entry.port === undefined) entry.waiting.push(message)
          else entry.port.postMessage(message)
        },
        kill: () => {
          if (workers.has(worker)) tellMain({ kind: 'worker-kill', worker })
        },
      }
    },
    heard: (message, [port]) => {
      const entry = workers.get(message.worker)
      if (entry === undefined) return port?.close()
      if (message.kind === 'worker-ended') {
        workers.delete(message.worker)
        entry.port?.close()
        return entry.onEnd(message.how, message.lastWords)
      }
      if (port !== undefined) connect(entry, port, () => workers.has(message.worker))
    },
  }
}

function connect(entry: Worker, port: EnginePort, isOpen: () => boolean): void {
  entry.port = port
  // Its end was told already: what comes late belongs to nobody.
  port.on('message', ({ data }) => {
    if (isOpen()) entry.onMessage(fromWorkerSchema.parse(data))
  })
  port.start()
  for (const message of entry.waiting.splice(0)) port.postMessage(message)
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
