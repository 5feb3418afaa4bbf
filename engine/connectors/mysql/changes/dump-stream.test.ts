import { createConnection, createServer, type Socket } from 'node:net'
import { crc32 } from 'node:zlib'
import { afterEach, expect, it, vi } from 'vitest'
import { EVENT } from './binlog-event.ts'
import { DumpStream, HEARTBEAT_MS } from './dump-stream.ts'

const open: AsyncDisposable[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]()
})

/** A stream, and the server's end of its socket after the command has arrived. */
async function streaming(): Promise<{ stream: DumpStream; server: Socket; command: Buffer }> {
  const listening = createServer()
  const accepted = new Promise<Socket>((resolve) => listening.on('connection', resolve))
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const socket = createConnection({ host: '127.0.0.1', port })
  const server = await accepted
  const command = new Promise<Buffer>((resolve) => server.once('data', resolve))
  const stream = new DumpStream(socket, {
    file: 'log.000007',
    offset: 4,
    hasChecksums: true,
    onChange: () => undefined,
  })
  open.push({
    async [Symbol.asyncDispose]() {
      stream.close()
      server.destroy()
      await new Promise((resolve) => listening.close(resolve))
    },
  })
  return { stream, server, command: await command }
}

function event(body: Buffer, isGood = true): Buffer {
  const bytes = Buffer.alloc(19 + body.length + 4)
  bytes[4] = EVENT.xid
  bytes.writeUInt32LE(bytes.length, 9)
  body.copy(bytes, 19)
  const sum = crc32(bytes.subarray(0, -4))
  bytes.writeUInt32LE(isGood ? sum : (sum ^ 1) >>> 0, bytes.length - 4)
  return bytes
}

function packet(content: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUIntLE(content.length, 0, 3)
  return Buffer.concat([header, content])
}

const ok = (bytes: Buffer): Buffer => packet(Buffer.concat([Buffer.of(0), bytes]))

it('asks for the log from a place, and reads events however they are cut', async () => {
  const { stream, server, command } = await streaming()
  expect(command.subarray(4, 9).toString('hex')).toBe('1204000000')
  expect(command.subarray(15).toString()).toBe('log.000007')
  const bytes = Buffer.concat([ok(event(Buffer.from('one'))), ok(event(Buffer.from('two')))])
  for (const byte of bytes) server.write(Buffer.of(byte))
  const seen: string[] = []
  await expect
    .poll(() => {
      for (let next = stream.next(); next !== undefined; next = stream.next())
        seen.push(next.bytes.toString('utf8', next.start, next.end))
      return seen
    })
    .toEqual(['one', 'two'])
})

it('refuses an event that was damaged on its way', async () => {
  const { stream, server } = await streaming()
  server.write(ok(event(Buffer.from('one'), false)))
  await expect
    .poll(() => {
      try {
        return stream.next()
      } catch (error) {
        return error
      }
    })
    .toMatchObject({ code: 'changes.undecodable' })
})

it('tells what the server says instead of an event', async () => {
  const { stream, server } = await streaming()
  server.write(packet(Buffer.concat([Buffer.of(0xff, 0xd4, 0x04), Buffer.from('#HY000Could not find first log file')])))
  await expect.poll(() => stream.ended).toEqual({ error: { errno: 1236, message: 'Could not find first log file' } })
})

it('ends when the other end has gone without a word', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  const { stream, server } = await streaming()
  server.write(ok(event(Buffer.from('one'))))
  await vi.waitFor(() => expect(stream.next()).toBeDefined())
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS * 3)
  expect(stream.ended).toBeUndefined()
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS * 2)
  await vi.waitFor(() => expect(stream.ended).toMatchObject({ error: { code: 'ETIMEDOUT' } }))
})
