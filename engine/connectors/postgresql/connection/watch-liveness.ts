import type { Socket } from 'node:net'
import pg from 'pg'

const QUIET_MS = 8_000
const PROBE_TIMEOUT_MS = 5_000
const CHECK_EVERY_MS = 2_000

/** What a connection is waiting for: the server's answer; more rows of our own, or what becomes of all of them; the stream of changes. */
export type Waiting = 'nothing' | 'answer' | 'sending' | 'sent' | 'stream'

/** A connection as its watch sees it. */
export interface WatchedLine {
  readonly socket: () => Socket
  readonly backendPid: () => number
  readonly waitsFor: () => Waiting
  /** Settings of a second connection to the same server. */
  readonly probe: () => Promise<pg.ClientConfig>
}

/**
 * Breaks a connection whose other end is gone although the network never said so, within 30 s. Keep-alive packets of TCP do not notice it
 * behind a proxy or a load balancer that answers them.
 *
 * A slow statement is silent too, so silence alone proves nothing: after 8 s of it a second connection asks the server what became of
 * the first. It is dead when the server cannot be asked, does not know it, or is itself waiting for us while nothing moves, seen twice.
 */
export function watchLiveness(line: WatchedLine): () => void {
  let seenBytes = -1
  let movedAtMs = performance.now()
  let suspicions = 0
  let isProbing = false
  let copiedBytes: string | undefined
  const probe = async (): Promise<void> => {
    const seen = await look(line)
    const isMoving = seen !== 'unreachable' && seen.copiedBytes !== copiedBytes
    copiedBytes = seen === 'unreachable' ? undefined : seen.copiedBytes
    suspicions = !isMoving && (seen === 'unreachable' || waitsForUs(seen, line)) ? suspicions + 1 : 0
    if (suspicions < 2 || movedBytes(line) !== seenBytes) return
    const message = 'the connection is dead: the server waits for us and nothing arrives'
    line.socket().destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
  }
  const timer = setInterval(() => {
    if (movedBytes(line) !== seenBytes || line.waitsFor() === 'nothing' || line.socket().isPaused()) {
      seenBytes = movedBytes(line)
      movedAtMs = performance.now()
      suspicions = 0
    } else if (!isProbing && performance.now() - movedAtMs >= QUIET_MS) {
      isProbing = true
      void probe().finally(() => {
        isProbing = false
      })
    }
  }, CHECK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Positions are reported into a dead stream for as long as the network takes them: there, only what arrives counts. */
function movedBytes({ socket, waitsFor }: WatchedLine): number {
  const { bytesRead, bytesWritten, writableLength } = socket()
  return waitsFor() === 'stream' ? bytesRead : bytesRead + bytesWritten - writableLength
}

interface Seen {
  /** Undefined when the server does not know the connection. */
  readonly state: string | undefined
  readonly wait: string
  /** What a COPY has taken; servers before version 14 do not say. */
  readonly copiedBytes: string | undefined
}

async function look(line: WatchedLine): Promise<Seen | 'unreachable'> {
  const limits = { connectionTimeoutMillis: PROBE_TIMEOUT_MS, query_timeout: PROBE_TIMEOUT_MS }
  const client = new pg.Client({ ...(await line.probe()), ...limits })
  client.on('error', () => undefined)
  const ask = async (text: string): Promise<readonly string[] | undefined> => {
    const { rows } = await client.query<string[]>({
      text: `${text} WHERE pid = ${line.backendPid()}`,
      rowMode: 'array',
    })
    return rows[0]
  }
  try {
    await client.connect()
    const activity = await ask(`SELECT coalesce(state, ''), coalesce(wait_event, '') FROM pg_catalog.pg_stat_activity`)
    const copied = await ask('SELECT bytes_processed::text FROM pg_catalog.pg_stat_progress_copy').catch(
      () => undefined,
    )
    return { state: activity?.[0], wait: activity?.[1] ?? '', copiedBytes: copied?.[0] }
  } catch {
    return 'unreachable'
  } finally {
    client.connection.stream.destroy()
  }
}

/** What a walsender does when it has nothing to send, or cannot send: it would answer the position that is reported every second. */
const WALSENDER_WAITS = new Set(['WalSenderMain', 'WalSenderWaitForWAL', 'WalSenderWaitForWal', 'WalSenderWriteData'])

function waitsForUs({ state, wait, copiedBytes }: Seen, { socket, waitsFor }: WatchedLine): boolean {
  // Idle, in or out of a transaction: what it was asked has been answered, or has never arrived.
  if (state === undefined || state.startsWith('idle') || wait === 'ClientWrite' || WALSENDER_WAITS.has(wait))
    return true
  if (wait !== 'ClientRead') return false
  // In a COPY it rightly waits for what we have not sent yet. What was sent may be on a slow way, which only `copiedBytes` tells.
  switch (waitsFor()) {
    case 'sending':
      return copiedBytes !== undefined && socket().writableLength > 0
    case 'sent':
      return copiedBytes !== undefined
    case 'answer':
    case 'stream':
    case 'nothing':
      return true
  }
}
