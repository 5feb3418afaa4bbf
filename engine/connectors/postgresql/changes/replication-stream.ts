import type { Duplex } from 'node:stream'
import type { Connection, Submittable } from 'pg'

type DataListener = (bytes: Buffer) => void

/** What the stream hands on, in order. The bytes are valid only during the call. */
export interface ReplicationSink {
  message(bytes: Buffer, start: number, end: number): void
  /** The server has nothing more before this position at the moment. */
  idle(serverEnd: bigint): void
  ended(error: unknown): void
}

const COPY_BOTH = 0x57
const COPY_DATA = 0x64
const NOTICE = 0x4e
const PARAMETER_STATUS = 0x53
const PASSED_OVER = new Set([COPY_BOTH, NOTICE, PARAMETER_STATUS])
const HEADER_BYTES = 5
const XLOG_DATA = 0x77
const KEEP_ALIVE = 0x6b
/** Kind, start of the data, end of the log at the server, clock. */
const XLOG_HEADER_BYTES = 25
const STATUS_EVERY_MS = 1_000
const EPOCH_2000_MS = 946_684_800_000

/**
 * START_REPLICATION … LOGICAL at the level of bytes (PostgreSQL documentation, "Streaming Replication Protocol"): a COPY in both
 * directions that never ends by itself. Reports the acknowledged position every few seconds and whenever it is asked.
 */
export class ReplicationStream implements Submittable {
  readonly #text: string
  readonly #sink: ReplicationSink
  #connection: Connection | undefined
  #driver: DataListener | undefined
  #rest: Buffer = Buffer.alloc(0)
  #pieces: Buffer[] = []
  #piecesBytes = 0
  #neededBytes = HEADER_BYTES
  #timer: NodeJS.Timeout | undefined
  #acknowledged: bigint
  #serverEnd = 0n
  #isOver = false

  constructor(text: string, from: bigint, sink: ReplicationSink) {
    this.#text = text
    this.#acknowledged = from
    this.#sink = sink
  }

  submit(connection: Connection): void {
    this.#connection = connection
    const { stream } = connection
    // The driver is the only listener; it gets its place back when the stream is over.
    this.#driver = stream.listeners('data')[0] as DataListener
    stream.removeListener('data', this.#driver)
    stream.on('data', this.#onData)
    connection.query(this.#text)
    // An idle server tells where it stands only when it is asked.
    this.#timer = setInterval(() => this.#report(true), STATUS_EVERY_MS)
  }

  get serverEnd(): bigint {
    return this.#serverEnd
  }

  get acknowledged(): bigint {
    return this.#acknowledged
  }

  acknowledge(position: bigint): void {
    if (position <= this.#acknowledged) return
    this.#acknowledged = position
    this.#report()
  }

  pause(): void {
    this.#connection?.stream.pause()
  }

  resume(): void {
    this.#connection?.stream.resume()
  }

  readonly #onData = (bytes: Buffer): void => {
    const { stream } = this.#connection ?? {}
    if (stream === undefined) return
    this.#pieces.push(bytes)
    this.#piecesBytes += bytes.length
    if (this.#rest.length + this.#piecesBytes < this.#neededBytes) return
    const buffer =
      this.#rest.length === 0 && this.#pieces.length === 1 ? bytes : Buffer.concat([this.#rest, ...this.#pieces])
    this.#pieces = []
    this.#piecesBytes = 0
    const end = this.#takeMessages(buffer)
    if (end.isOver) return this.#giveBack(stream, buffer.subarray(end.position))
    this.#rest = buffer.subarray(end.position)
  }

  #takeMessages(buffer: Buffer): { position: number; isOver: boolean } {
    let position = 0
    this.#neededBytes = HEADER_BYTES
    while (position + HEADER_BYTES <= buffer.length) {
      const code = buffer[position] ?? 0
      if (code !== COPY_DATA && !PASSED_OVER.has(code)) return { position, isOver: true }
      const end = position + 1 + buffer.readUInt32BE(position + 1)
      if (end > buffer.length) {
        this.#neededBytes = end - position
        break
      }
      if (code === COPY_DATA) this.#take(buffer, position + HEADER_BYTES, end)
      position = end
    }
    return { position, isOver: false }
  }

  #take(buffer: Buffer, start: number, end: number): void {
    const kind = buffer[start]
    if (kind === XLOG_DATA) {
      this.#seen(buffer.readBigUInt64BE(start + 9))
      this.#sink.message(buffer, start + XLOG_HEADER_BYTES, end)
    } else if (kind === KEEP_ALIVE) {
      const serverEnd = buffer.readBigUInt64BE(start + 1)
      this.#seen(serverEnd)
      this.#sink.idle(serverEnd)
      if (buffer[start + 17] === 1) this.#report()
    }
  }

  #seen(serverEnd: bigint): void {
    if (serverEnd > this.#serverEnd) this.#serverEnd = serverEnd
  }

  /** Standby status update: everything up to the position is written, flushed and applied. */
  #report(asksForAnswer = false): void {
    const stream = this.#connection?.stream
    if (stream === undefined || this.#isOver || !stream.writable) return
    const packet = Buffer.alloc(1 + 4 + 34)
    packet[0] = COPY_DATA
    packet.writeUInt32BE(4 + 34, 1)
    packet[5] = 0x72
    for (const at of [6, 14, 22]) packet.writeBigUInt64BE(this.#acknowledged, at)
    packet.writeBigInt64BE(BigInt(Date.now() - EPOCH_2000_MS) * 1000n, 30)
    if (asksForAnswer) packet[38] = 1
    stream.write(packet)
  }

  #giveBack(stream: Duplex, following: Buffer): void {
    this.#end()
    stream.removeListener('data', this.#onData)
    if (this.#driver === undefined) return
    stream.on('data', this.#driver)
    this.#driver(following)
    stream.resume()
  }

  #end(): void {
    this.#isOver = true
    clearInterval(this.#timer)
  }

  // What the driver calls once it has the socket again, or lost it.
  handleError(error: unknown): void {
    this.#end()
    this.#sink.ended(error)
  }

  handleCommandComplete(): void {
    // The server has stopped sending.
  }

  handleReadyForQuery(): void {
    this.#end()
    this.#sink.ended(undefined)
  }
}
