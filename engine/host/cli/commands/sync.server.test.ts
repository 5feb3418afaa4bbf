import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { runRecorded } from '../testing/recording-terminal.ts'
import { spawnRunnel } from '../testing/spawn-runnel.ts'

const server = inject('postgres')
const [erp, dw] = [await createTestDatabase(server), await createTestDatabase(server)]
const folder = await mkdtemp(join(tmpdir(), 'runnel-cli-sync-'))
const variables = { PASSWORD: server.password }

beforeAll(async () => {
  await Promise.all(['connections', 'syncs'].map((name) => mkdir(join(folder, name))))
  const { host, port, user } = server
  for (const [name, { name: database }] of Object.entries({ erp, dw })) {
    const settings = { host, port, user, database, password: '${env:PASSWORD}', tls: { mode: 'disable' } }
    const text = JSON.stringify({ version: 1, kind: 'postgresql', settings })
    await writeFile(join(folder, `connections/${name}.yaml`), text)
  }
  await writeFile(join(folder, 'runnel.yaml'), 'version: 1\nname: synced\n')
  await writeFile(
    join(folder, 'syncs/erp-to-dw.yaml'),
    'version: 1\nsource: erp\ntarget: dw\ntables: { include: ["public.o*"] }\nrename: { prefix: ods_ }\n',
  )
  await erp.query(`
    CREATE TABLE orders (id int PRIMARY KEY, note text); INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 50) i;
    CREATE TABLE others (id int PRIMARY KEY)`)
})
afterAll(async () => {
  await erp.query(
    `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()`,
  )
  for (const database of [erp, dw]) await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const runnel = (...args: string[]) => runRecorded(args, { directory: folder, variables })

it('copies, catches up, and tells how every table stands', async () => {
  const { exit, out, error } = await runnel('sync', 'erp-to-dw', '--once', '--json')
  expect(error).toBe('')
  expect(exit).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    state: 'stopped',
    tables: [
      { dataset: 'public.orders', target: 'ods_orders', state: 'copied', copiedRows: '50' },
      { dataset: 'public.others', target: 'ods_others', state: 'copied', copiedRows: '0' },
    ],
  })
  await erp.query('DELETE FROM orders WHERE id > 10')
  const again = await runnel('sync', 'erp-to-dw', '--once')
  expect(again.out).toMatch(/public\.orders .*copied/)
  expect(await dw.query('SELECT count(*) FROM ods_orders')).toEqual([['10']])
  expect((await runnel('sync')).out).toMatch(/erp-to-dw .*erp .*dw .*2/)
})

it('names the sync that was meant', async () => {
  const { exit, error } = await runnel('sync', 'erp-to-dv')
  expect([exit, error]).toEqual([2, expect.stringContaining('erp-to-dw')])
})

it('shows the password nowhere, not even when the login fails', async () => {
  const secret = 'canary-8f31'
  const { exit, out, error } = await spawnRunnel(['sync', 'erp-to-dw', '--once', '--json'], {
    directory: folder,
    variables: { PASSWORD: secret },
  })
  expect(exit).toBe(3)
  expect(out + error).not.toContain(secret)
})
