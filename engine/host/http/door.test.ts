import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { openDoor } from './door.ts'

it('answers who called before there was anyone, and who calls afterwards; who went away meanwhile harms nobody', async () => {
  const door = await openDoor('127.0.0.1', 0)
  if (door === undefined) throw new Error('there is a free port')
  const early = fetch(`${door.url}/early`).then((reply) => reply.text())
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  const leaving = connect(Number(new URL(door.url).port), '127.0.0.1', () => leaving.resetAndDestroy())
  leaving.on('close', () => resolve())
  await gone
  const server = createServer((request, response) => response.end(`you asked for ${request.url}`))
  door.handTo(server)
  expect(await early).toBe('you asked for /early')
  expect(await (await fetch(`${door.url}/late`)).text()).toBe('you asked for /late')
  await expect(openDoor('127.0.0.1', Number(new URL(door.url).port))).resolves.toBeUndefined()
  server.closeAllConnections()
  await new Promise((ended) => server.close(ended))
  await expect(fetch(door.url)).rejects.toThrow('fetch failed')
})

it.each([[Number.NaN], [70_000]])('cannot listen at port %s', async (port) => {
  await expect(openDoor('127.0.0.1', port)).resolves.toBeUndefined()
})
