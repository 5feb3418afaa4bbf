import '../../os/thread-pool.ts'
import { openDesktopEngine } from './desktop-engine.ts'
import { findParentPort } from './parent-port.ts'
import { type FromEngine, toEngineSchema } from './protocol.ts'
import { utilityWorkers } from './utility-workers.ts'

// The engine of the studio, in a utility process of Electron: one process for all windows, one port for each.

const parent = findParentPort(process)
if (parent === undefined) throw new Error('the desktop engine runs in a utility process of Electron only')
const tellMain = (message: FromEngine): void => parent.postMessage(message)
const workers = utilityWorkers(tellMain)
let engine: ReturnType<typeof openDesktopEngine> | undefined

parent.on('message', ({ data, ports }) => {
  const message = toEngineSchema.parse(data)
  switch (message.kind) {
    case 'start':
      engine = openDesktopEngine({ ...message, openWorker: workers.open }, process.env)
      return tellMain({ kind: 'serving' })
    case 'ping':
      return tellMain({ kind: 'pong', id: message.id })
    case 'connect': {
      const [port] = ports
      if (port !== undefined) void engine?.connect(port, message)
      return
    }
    case 'worker-opened':
    case 'worker-ended':
      workers.heard(message, ports)
  }
})
