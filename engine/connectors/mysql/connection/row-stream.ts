import type { EventEmitter } from 'node:events'
import type { Connection } from 'mysql2'
import { socketOf } from './watch-liveness.ts'

/** A packet of the text protocol as the driver cuts it from the stream. Only valid during the call. */
export interface RowPacket {
  readonly buffer: Buffer
  readonly offset: number
  readonly end: number
  isEOF(): boolean
}

/** The driver's query command: its states are methods, looked up on the object itself, so that one can be replaced. */
interface RowCommand extends EventEmitter {
  row: (packet: RowPacket) => unknown
  done: () => null
}

export interface RowStream {
  /** Settles after the last row, or with the error of the server or the connection. */
  readonly ended: Promise<void>
  /** Goes on after `onRow` gave false. */
  resume(): void
}

/**
 * Runs a query whose rows go to `onRow` as packets; the driver does handshake, login and framing, and makes no row of its own.
 *
 * `onRow` must copy what it keeps. It may return false to stop the flow: nothing more is read from the socket (what already
 * arrived, at most one chunk, still comes) until `resume` is called.
 */
export function streamRows(driver: Connection, text: string, onRow: (packet: RowPacket) => boolean): RowStream {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
  const command = driver.query({ sql: text }) as unknown as RowCommand
  let failed = false
  command.row = (packet) => {
    if (packet.isEOF()) return command.done()
    if (!failed) {
      try {
        if (!onRow(packet)) socketOf(driver).pause()
      } catch (error) {
        failed = true
        reject(error)
        socketOf(driver).destroy()
      }
    }
    return command.row
  }
  // A connection that breaks tells the connection, not a command without a callback.
  const onBroken = (error: Error): void => reject(error)
  driver.once('error', onBroken)
  command.once('error', reject)
  command.once('end', () => {
    driver.removeListener('error', onBroken)
    resolve()
  })
  return { ended, resume: () => void socketOf(driver).resume() }
}
