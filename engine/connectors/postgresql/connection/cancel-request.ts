import { once } from 'node:events'
import { connect } from 'node:net'

const CANCEL_REQUEST_CODE = 80_877_102
const ANSWER_TIMEOUT_MS = 2_000

/**
 * Asks the server to cancel what the backend is doing. Sent in clear on a connection of its own, as libpq did before version 17: the
 * request holds no credentials. Never throws; the server gives no answer.
 */
export async function sendCancelRequest(
  address: { readonly host: string; readonly port: number },
  backend: { readonly processId: number; readonly secretKey: number },
): Promise<void> {
  const packet = Buffer.alloc(16)
  packet.writeInt32BE(packet.length, 0)
  packet.writeInt32BE(CANCEL_REQUEST_CODE, 4)
  packet.writeInt32BE(backend.processId, 8)
  packet.writeInt32BE(backend.secretKey, 12)
  const socket = connect({ ...address, timeout: ANSWER_TIMEOUT_MS })
  socket.on('timeout', () => socket.destroy())
  socket.on('error', () => undefined)
  socket.end(packet)
  socket.resume()
  await once(socket, 'close').catch(() => undefined)
}
