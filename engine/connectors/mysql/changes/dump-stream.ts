import type { Socket } from 'node:net'
import { crc32 } from 'node:zlib'
import { Failure } from '../../../contract/failure.ts'
import { type BinlogEvent, CHECKSUM_BYTES, EVENT, eventAt } from './binlog-event.ts'

const BINLOG_DUMP = 0x12
const LARGEST_PACKET = 0xff_ffff
const PACKET_HEADER = 4
const MOST_WAITING_BYTES = 8 * 1024 * 1024
/** An idle server is asked to say so this often. */
export const HEARTBEAT_MS = 3_000
const SILENCE_MS = 4 * HEARTBEAT_MS

interface DumpRequest {
  readonly file: string
  readonly offset: number
  readonly hasChecksums: boolean
  /** Something arrived, or the stream ended. */
  readonly onChange: () => void
}

/** What the server said instead of an event. */
export interface DumpError {
  readonly errno: number
  readonly message: string
}

/**
 * COM_BINLOG_DUMP on a socket whose login is done (MySQL source, "Binlog Network Stream"): packets become events, whole and with their
 * checksums verified. What is not taken stops the server from sending.
 */
export class DumpStream {
  readonly #socket: Socket
  readonly #request: DumpRequest
  readonly #events: Buffer[] = []
  #waitingBytes = 0
  #rest: Buffer = Buffer.alloc(0)
  #pieces: Buffer[] = []
  #piecesBytes = 0
  #neededBytes = PACKET_HEADER
  /** Parts of an event that is larger than a packet. */
  #parts: Buffer[] = []
  #hasChecksums: boolean
  #heardAt = Date.now()
  readonly #timer: NodeJS.Timeout
  /** Set once nothing more will come. */
  ended: { readonly error: Error | DumpError | undefined } | undefined

  constructor(socket: Socket, request: DumpRequest) {
    this.#socket = socket
    this.#request = request
    this.#hasChecksums = request.hasChecksums
    socket.on('data', (bytes: Buffer) => this.#take(bytes))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(new Error('the stream of changes ended')))
    this.#timer = setInterval(() => this.#listen(), HEARTBEAT_MS)
    socket.write(dumpCommand(request))
    socket.resume()
  }

  /** The next event; undefined when none has arrived. @throws Failure `changes.undecodable` when it was damaged on its way */
  next(): BinlogEvent | undefined {
    const packet = this.#events.shift()
    if (packet === undefined) return undefined
    this.#waitingBytes -= packet.length
    if (this.#waitingBytes < MOST_WAITING_BYTES && this.#socket.isPaused()) {
      this.#heardAt = Date.now()
      this.#socket.resume()
    }
    const event = eventAt(packet, 0, packet.length)
    if (event.type === EVENT.formatDescription) this.#hasChecksums = packet[packet.length - 5] === 1
    if (!this.#hasChecksums) return event
    const end = packet.length - CHECKSUM_BYTES
    if (crc32(packet.subarray(0, end)) !== packet.readUInt32LE(end)) {
      throw new Failure('changes.undecodable', { what: `an event of type ${event.type} whose checksum is wrong` })
    }
    return { ...event, end }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#socket.destroy()
  }

  /** Cuts packets out of what arrived, without copying those that came whole. */
  #take(bytes: Buffer): void {
    this.#heardAt = Date.now()
    this.#pieces.push(bytes)
    this.#piecesBytes += bytes.length
    if (this.#rest.length + this.#piecesBytes < this.#neededBytes) return
    const isWhole = this.#rest.length === 0 && this.#pieces.length === 1
    const buffer = isWhole ? bytes : Buffer.concat([this.#rest, ...this.#pieces])
    this.#pieces = []
    this.#piecesBytes = 0
    let at = 0
    this.#neededBytes = PACKET_HEADER
    while (at + PACKET_HEADER <= buffer.length) {
      const length = buffer.readUIntLE(at, 3)
      const end = at + PACKET_HEADER + length
      if (end > buffer.length) {
        this.#neededBytes = end - at
        break
      }
      this.#packet(buffer.subarray(at + PACKET_HEADER, end))
      at = end
    }
    this.#rest = buffer.subarray(at)
    if (this.#waitingBytes >= MOST_WAITING_BYTES) this.#socket.pause()
    this.#request.onChange()
  }

  #packet(packet: Buffer): void {
    if (packet.length === LARGEST_PACKET || this.#parts.length > 0) {
      this.#parts.push(packet)
      if (packet.length === LARGEST_PACKET) return
      const whole = Buffer.concat(this.#parts)
      this.#parts = []
      return this.#event(whole)
    }
    this.#event(packet)
  }

  /** Before each event stands a byte that says whether there is one. */
  #event(packet: Buffer): void {
    if (packet[0] === 0) {
      this.#events.push(packet.subarray(1))
      this.#waitingBytes += packet.length - 1
    } else if (packet[0] === 0xff) {
      // Behind the number stand `#` and five letters of the SQL state.
      this.#end({ errno: packet.readUInt16LE(1), message: packet.toString('utf8', 9) })
    } else this.#end(undefined)
  }

  /** A peer that is gone may never say so. */
  #listen(): void {
    if (this.#socket.isPaused() || Date.now() - this.#heardAt < SILENCE_MS) return
    const message = 'the connection is dead: the server was asked to show that it is there, and nothing arrives'
    this.#socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
  }

  #end(error: Error | DumpError | undefined): void {
    clearInterval(this.#timer)
    this.ended ??= { error }
    this.#request.onChange()
  }
}

/** The server takes one reader of each number: a random one, above those that people give to their servers. */
function dumpCommand({ file, offset }: DumpRequest): Buffer {
  const name = Buffer.from(file)
  const body = Buffer.alloc(11)
  body[0] = BINLOG_DUMP
  body.writeUInt32LE(offset, 1)
  body.writeUInt32LE(0x8000_0000 + Math.floor(Math.random() * 0x7fff_ffff), 7)
  const header = Buffer.alloc(PACKET_HEADER)
  header.writeUIntLE(body.length + name.length, 0, 3)
  return Buffer.concat([header, body, name])
}
