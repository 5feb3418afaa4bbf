import type { Socket } from 'node:net'
import type { Connection } from 'mysql2'

const QUIET_MS = 8_000
const PROBE_TIMEOUT_MS = 5_000
const CHECK_EVERY_MS = 2_000

/**
 * Breaks a connection whose other end is gone although the network never said so, within 30 s.
 *
 * A slow statement is silent too, so silence alone proves nothing: after 8 s of it a second connection asks the server
 * what became of the first. It is dead when the server cannot be asked, does not know it, or is itself waiting for us
 * (sleeping, reading from the net, writing to the net) while nothing moves, seen twice.
 */
export function watchLiveness(
  driver: Connection,
  isBusy: () => boolean,
  openProbe: () => Promise<Connection>,
): () => void {
  let seenBytes = -1
  let movedAt = Date.now()
  let suspicions = 0
  let isProbing = false
  const movedBytes = (): number => socketOf(driver).bytesRead + socketOf(driver).bytesWritten
  const probe = async (): Promise<void> => {
    const hasUnsent = socketOf(driver).writableLength > 0
    const isSuspicious = await isWaitingForUs({ threadId: driver.threadId, hasUnsent }, openProbe)
    suspicions = isSuspicious ? suspicions + 1 : 0
    if (suspicions < 2 || movedBytes() !== seenBytes) return
    const message = 'the connection is dead: the server waits for us and nothing arrives'
    socketOf(driver).destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
  }
  const check = async (): Promise<void> => {
    if (movedBytes() !== seenBytes || !isBusy() || socketOf(driver).isPaused()) {
      seenBytes = movedBytes()
      movedAt = Date.now()
      suspicions = 0
    } else if (!isProbing && Date.now() - movedAt >= QUIET_MS) {
      isProbing = true
      await probe()
      isProbing = false
    }
  }
  const timer = setInterval(() => void check(), CHECK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** A statement as seen from here. A load that has sent all it has is rightly read from by the server. */
interface Silent {
  readonly threadId: number
  readonly hasUnsent: boolean
}

async function isWaitingForUs(silent: Silent, openProbe: () => Promise<Connection>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<true>()
  const timeout = setTimeout(() => resolve(true), PROBE_TIMEOUT_MS)
  let probe: Connection | undefined
  try {
    return await Promise.race([
      tooLate,
      openProbe().then((opened) => {
        probe = opened
        opened.on('error', () => undefined)
        return askAbout(silent, opened)
      }),
    ])
  } catch {
    return true
  } finally {
    clearTimeout(timeout)
    probe?.destroy()
  }
}

function askAbout({ threadId, hasUnsent }: Silent, probe: Connection): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const text = `SELECT COMMAND, STATE FROM information_schema.PROCESSLIST WHERE ID = ${threadId}`
  probe.query<[][]>({ sql: text, rowsAsArray: true }, (error: Error | null, rows: (string | null)[][]) => {
    if (error !== null) return reject(error)
    const [command, state] = rows[0] ?? []
    const isWriting = /writing to net/i.test(state ?? '')
    const isReading = /reading from net/i.test(state ?? '')
    resolve(command === undefined || command === 'Sleep' || isWriting || (isReading && hasUnsent))
  })
  return promise
}

/** The driver's socket, which TLS replaces during the handshake; the driver's typings leave it out. */
export function socketOf(driver: Connection): Socket {
  return (driver as unknown as { readonly stream: Socket }).stream
}
