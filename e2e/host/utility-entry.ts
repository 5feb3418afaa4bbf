import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import { MessageChannelMain, PortRelay } from './api/message-port.ts'
import type { ToUtility } from './api/utility-process.ts'
import { limitToArchive } from './archive-limits.ts'
import { refuseNode } from './refuse-node.ts'

// Gives a forked Node the `process.parentPort` of a utility process, then becomes the module that was asked for.

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown): void => void process.send?.({ kind: 'message', data, ports: [] }),
})
Object.defineProperty(process, 'parentPort', { value: parentPort })

/** The numbers are the parent's: each gets a channel whose far end is relayed. */
const relays = new Map<number, PortRelay>()

process.on('message', (message: ToUtility) => {
  if (message.kind !== 'message') return relays.get(message.port)?.receive({ ...message, port: 1 })
  const ports = message.ports.map((port) => {
    const { port1, port2 } = new MessageChannelMain()
    const relay = new PortRelay((traffic) => void process.send?.({ ...traffic, port }))
    relays.set(port, relay)
    relay.start(relay.handOver(port1))
    return port2
  })
  deliver({ data: message.data, ports })
})
process.on('disconnect', () => process.exit(0))

/** Messages wait for the first listener, as Electron has them do. */
const early: unknown[] = []
function deliver(event: unknown): void {
  if (parentPort.listenerCount('message') === 0) early.push(event)
  else parentPort.emit('message', event)
}
parentPort.on('newListener', (name) => {
  if (name === 'message') setImmediate(() => early.splice(0).forEach((event) => parentPort.emit('message', event)))
})

refuseNode()
limitToArchive(process.env['RUNNEL_STANDIN_APP'] ?? '')
const [, , modulePath = ''] = process.argv
process.argv.splice(1, 1)
await import(pathToFileURL(modulePath).href)
