import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** An address that is listened at before there is anyone to answer: whoever calls there waits. */
export interface Door {
  readonly url: string
  /** The calls that wait go to `server`, and all that come from now on. Once. */
  handTo(server: Server): void
}

/** @returns undefined where it cannot be listened at: whoever answers finds out why, and says it. */
export async function openDoor(address: string, port: number): Promise<Door | undefined> {
  const waiting: Socket[] = []
  const listener = createServer({ pauseOnConnect: true }, (socket) => {
    // Its caller may go away while it waits; whoever takes it listens for that.
    socket.on('error', ignore)
    waiting.push(socket)
  })
  try {
    listener.listen(port, address)
    await once(listener, 'listening')
  } catch {
    return undefined
  }
  const bound = listener.address()
  return {
    url: `http://${address}:${typeof bound === 'object' && bound !== null ? bound.port : port}`,
    handTo: (server) => {
      // Before it listens an HTTP server keeps no account of its connections, and could not end them.
      server.once('listening', () => {
        for (const socket of waiting.splice(0)) {
          if (socket.destroyed) continue
          server.emit('connection', socket)
          socket.off('error', ignore)
          socket.resume()
        }
      })
      // Listening on a listener takes its address over (`server.listen(handle)`).
      server.listen(listener)
    },
  }
}

function ignore(): void {}
