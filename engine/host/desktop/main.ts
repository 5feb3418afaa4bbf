import { openDesktopEngine } from './desktop-engine.ts'
import { parentPortOf } from './parent-port.ts'
import { toEngineSchema } from './protocol.ts'

// The engine of the studio, in a utility process of Electron: one process for all windows, one port for each.

const parent = parentPortOf(process)
let engine: ReturnType<typeof openDesktopEngine> | undefined

parent.on('message', ({ data, ports }) => {
  const message = toEngineSchema.parse(data)
  switch (message.kind) {
    case 'start':
      engine = openDesktopEngine(message, process.env)
      return parent.postMessage({ kind: 'serving' })
    case 'ping':
      return parent.postMessage({ kind: 'pong', id: message.id })
    case 'connect': {
      const [port] = ports
      if (port !== undefined) void engine?.connect(port, message)
    }
  }
})
