import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import { postgresConfigSchema } from '../connectors/postgresql/config.ts'
import { postgresql } from '../connectors/postgresql/connector.ts'
import { webhook } from '../connectors/webhook/connector.ts'
import { openDeliveries } from '../connectors/webhook/deliveries.ts'
import { syncFileSchema } from '../contract/sync-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { openStore } from '../store/open-store.ts'
import { createTestDatabase } from '../testing/servers/test-database.ts'
import type { SyncPorts } from './ports.ts'
import { runSync } from './run-sync.ts'

const server = inject('postgres')
const target = await createTestDatabase(server)
const folder = await mkdtemp(join(tmpdir(), 'runnel-webhook-sync-'))
const store = openStore(join(folder, 'state.sqlite'))
const deliveries = openDeliveries(join(folder, 'hook.sqlite'))

afterAll(async () => {
  store[Symbol.dispose]()
  deliveries[Symbol.dispose]()
  await target[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const ports: SyncPorts = {
  openSession: (connection, signal) => {
    if (connection === 'hook') {
      const config = webhook.config.parse({ file: 'hook.sqlite' })
      return webhook.open({ name: connection, config, baseDirectory: folder, secret: async () => undefined })
    }
    const { host, port, user, password } = server
    const config = postgresConfigSchema.parse({ host, port, user, database: target.name, tls: { mode: 'disable' } })
    return postgresql.open({
      name: connection,
      config,
      baseDirectory: '/',
      secret: async () => new Secret(password),
      signal,
    })
  },
  kindOf: (connection) => connection,
  openDuck: () => openDuck({ memoryLimitMb: 256, spillParent: folder }),
  tables: store.syncTables,
  tell: () => undefined,
}

async function sync(): Promise<string[]> {
  const file = syncFileSchema.parse({ version: 1, source: 'hook', target: 'dw', rename: { schema: 'public' } })
  await runSync(ports, { name: 'hooks', file, untilCaughtUp: true, signal: new AbortController().signal })
  const rows = await target.query(
    `SELECT string_agg(id || ' ' || body::text, ',' ORDER BY sequence) FROM public.deliveries`,
  )
  return String(rows[0]?.[0]).split(',')
}

it('carries deliveries to a database, those that were there and those that come, each once', async () => {
  const deliver = (id: string): boolean => deliveries.add({ id, receivedAt: 1, headers: {}, body: `{"id":"${id}\\t"}` })
  deliver('a')
  deliver('b')
  expect(await sync()).toEqual(['a {"id":"a\\t"}', 'b {"id":"b\\t"}'])
  deliver('b')
  deliver('c')
  expect(await sync()).toEqual(['a {"id":"a\\t"}', 'b {"id":"b\\t"}', 'c {"id":"c\\t"}'])
  expect(deliveries.reader('hooks')).toBe(3n)
})
