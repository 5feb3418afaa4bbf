import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { Secret } from '../../../base/secret.ts'
import { sql } from '../../../sql/sql.ts'
import { mysqlConfigSchema } from '../config.ts'
import { MysqlConnection } from './mysql-connection.ts'

const packet = (sequence: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.of(body.length & 255, body.length >> 8, 0, sequence), body])

const OK = Buffer.of(0, 0, 0, 2, 0, 0, 0)

const GREETING = Buffer.concat([
  Buffer.of(10),
  Buffer.from('8.0.0\0'),
  Buffer.of(1, 0, 0, 0),
  Buffer.from('12345678\0'),
  Buffer.of(0xff, 0xf7, 45, 2, 0, 0x0f, 0x80, 21),
  Buffer.alloc(10),
  Buffer.from('123456789012\0'),
  Buffer.from('mysql_native_password\0'),
])

/** Speaks just enough of the protocol to log anyone in and to answer the second statement with a request for a file. */
async function openHostileServer(asked: string): Promise<{ port: number; received: () => Buffer; close: () => void }> {
  let received = Buffer.alloc(0)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.write(packet(0, GREETING))
    let messages = 0
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      messages++
      if (messages === 1) return void socket.write(packet(2, OK))
      if (messages === 2) return void socket.write(packet(1, OK))
      if (messages === 3) return void socket.write(packet(1, Buffer.from(`\xfb${asked}`, 'latin1')))
      received = Buffer.concat([received, bytes])
      socket.write(packet(3, OK))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  const close = (): void => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: address.port, received: () => received, close }
}

it('gives a server that asks for a file nothing', async () => {
  const hostile = await openHostileServer('/etc/passwd')
  const config = mysqlConfigSchema.parse({ host: '127.0.0.1', port: hostile.port, user: 'u', tls: 'off' })
  const access = { name: 'm', config, password: () => Promise.resolve(new Secret('p')) }
  const connection = await MysqlConnection.open(access)
  await expect(connection.rows(sql`SELECT 1`)).rejects.toMatchObject({ code: 'source.rejected' })
  await expect.poll(() => hostile.received().length).toBeGreaterThan(0)
  expect(hostile.received()).toEqual(Buffer.of(0, 0, 0, 2))
  connection.destroy()
  hostile.close()
})

it.each([
  ['a URL', { url: 'mysql://u@h/d?allowMultiQueries=true' }],
  ['several statements', { multipleStatements: true }],
  ['driver flags', { flags: ['LOCAL_FILES'] }],
  ['a socket path', { socketPath: '/tmp/s' }],
  ['a local file', { local_infile: 1 }],
])('takes no setting for %s', (_case, extra) => {
  expect(mysqlConfigSchema.safeParse({ host: 'h', user: 'u', ...extra }).success).toBe(false)
  expect(mysqlConfigSchema.parse({ host: 'h', user: 'u' }).tls).toBe('verify')
})

it('does not go on in clear where TLS was asked for', async () => {
  const hostile = await openHostileServer('x')
  const config = mysqlConfigSchema.parse({ host: '127.0.0.1', port: hostile.port, user: 'u' })
  const access = { name: 'm', config, password: () => Promise.resolve(new Secret('p')) }
  await expect(MysqlConnection.open(access)).rejects.toMatchObject({ code: 'source.unavailable' })
  hostile.close()
})
