import { once } from 'node:events'
import { type EnginePort, findParentPort } from '../desktop/parent-port.ts'
import { type FromWorker, type ToWorker, toWorkerSchema } from './protocol.ts'

/** Who supervises this process, over whatever leads to it. */
export interface Supervisor {
  /** Dropped when it is gone. */
  send(message: FromWorker): void
  /** Messages wait for this. What is no message of ours is dropped. `onGone` is called once. */
  listen(listeners: { readonly onMessage: (message: ToWorker) => void; readonly onGone: () => void }): void
}

/** In a utility process of Electron main hands over a port that leads to the engine; elsewhere it is the process that forked this one. */
export async function findSupervisor(): Promise<Supervisor> {
  const parent = findParentPort(process)
  if (parent === undefined) return forkingProcess()
  const { promise, resolve } = Promise.withResolvers<EnginePort>()
  parent.on('message', ({ ports: [port] }) => {
    if (port !== undefined) resolve(port)
  })
  return behindPort(await promise)
}

function forkingProcess(): Supervisor {
  return {
    send: (message) => void (process.connected && process.send?.(message)),
    listen: ({ onMessage, onGone }) => {
      process.on('message', (message) => passOn(message, onMessage))
      void once(process, 'disconnect').then(onGone)
    },
  }
}

function behindPort(port: EnginePort): Supervisor {
  return {
    send: (message) => port.postMessage(message),
    listen: ({ onMessage, onGone }) => {
      port.on('message', ({ data }) => passOn(data, onMessage))
      port.on('close', onGone)
      port.start()
    },
  }
}

function passOn(message: unknown, onMessage: (message: ToWorker) => void): void {
  const parsed = toWorkerSchema.safeParse(message)
  if (parsed.success) onMessage(parsed.data)
}
