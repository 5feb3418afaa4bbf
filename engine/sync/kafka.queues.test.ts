import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { Secret } from '../base/secret.ts'
import type { ChangeApplier } from '../connectors/api/change-applier.ts'
import { postgresConfigSchema } from '../connectors/postgresql/config.ts'
import { postgresql } from '../connectors/postgresql/connector.ts'
import type { SyncStatus } from '../contract/sync.ts'
import { syncFileSchema } from '../contract/sync-file.ts'
import { openDuck } from '../duck/open-duck.ts'
import { spawnRunnel } from '../host/cli/testing/spawn-runnel.ts'
import { openStore } from '../store/open-store.ts'
import { type KafkaSettings, openKafkaSite } from '../testing/kafka/kafka-site.ts'
import { createTestDatabase } from '../testing/servers/test-database.ts'
import type { SyncPorts, SyncRequest } from './ports.ts'
import { runSync } from './run-sync.ts'

const server = inject('postgres')
const site = await openKafkaSite(inject('kafka'))
const dw = await createTestDatabase(server)
const folder = await mkdtemp(join(tmpdir(), 'runnel-sync-'))
const store = openStore(join(folder, 'state.sqlite'))
let settings: KafkaSettings = {}
let told: SyncStatus[] = []
let serial = 0

const ports: SyncPorts = {
  openSession: (connection, signal) => {
    if (connection === 'events') return site.open(settings)
    const { host, port, user } = server
    return postgresql.open({
      name: connection,
      config: postgresConfigSchema.parse({ host, port, user, database: dw.name, tls: { mode: 'disable' } }),
      baseDirectory: '/',
      secret: () => Promise.resolve(new Secret(server.password)),
      signal,
    })
  },
  kindOf: (connection) => (connection === 'events' ? 'kafka' : 'postgresql'),
  openDuck: () => openDuck({ memoryLimitMb: 256, spillParent: folder }),
  tables: store.syncTables,
  tell: (status) => told.push(status),
}

afterAll(async () => {
  store[Symbol.dispose]()
  await rm(folder, { recursive: true })
  await dw[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

interface Asked extends Partial<Omit<SyncRequest, 'file'>> {
  readonly topic: string
  readonly file?: object
}

function request({ topic, file, ...more }: Asked): SyncRequest {
  const parts = { version: 1, source: 'events', target: 'dw', tables: { include: [topic] }, ...file }
  return { name: 's', signal: new AbortController().signal, ...more, file: syncFileSchema.parse(parts) }
}

const workspace = join(folder, 'workspace')

async function writeWorkspace(topic: string): Promise<void> {
  const { host, port, user } = server
  const password = '${env:PASSWORD}'
  const dwSettings = { host, port, user, database: dw.name, password, tls: { mode: 'disable' } }
  const files = {
    'runnel.yaml': { version: 1, name: 'queues' },
    'connections/events.yaml': { version: 1, kind: 'kafka', settings: { brokers: [inject('kafka')], tls: 'off' } },
    'connections/dw.yaml': { version: 1, kind: 'postgresql', settings: dwSettings },
    'syncs/disturbed.yaml': { version: 1, source: 'events', target: 'dw', tables: { include: [topic] } },
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true })
    await writeFile(join(workspace, path), JSON.stringify(content))
  }
}

/** The real program, to be killed. */
function startRunnel(args: readonly string[]): Disposable & { kill(): void } {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PASSWORD: server.password }
  const main = join(import.meta.dirname, '../host/cli/main.ts')
  const child = spawn(process.execPath, [main, ...args], { cwd: workspace, env, stdio: 'ignore' })
  const kill = (): void => void child.kill('SIGKILL')
  return { kill, [Symbol.dispose]: kill }
}

const sync = (asked: Asked): Promise<void> => runSync(ports, request({ untilCaughtUp: true, ...asked }))
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const table = (topic: string): string => `"${topic}"`

describe('a topic that is followed into a table', () => {
  it('has a row for each message, once, wherever it is stopped', async () => {
    const [topic, name] = [await site.topic('orders', 3), `s${serial++}`]
    const put = (from: number, to: number): Promise<void> =>
      site.put(
        topic,
        Array.from({ length: to - from }, (_, i) => ({
          key: Buffer.from(`k${(from + i) % 7}`),
          value: json({ id: from + i, amount: (from + i) / 4 }),
        })),
      )
    await put(0, 1_000)
    await sync({ topic, name })
    await put(1_000, 1_500)
    await sync({ topic, name })
    expect(await dw.query(`SELECT count(*), count(DISTINCT id), sum(id), sum(amount) FROM ${table(topic)}`)).toEqual([
      ['1500', '1500', '1124250', '281062.5'],
    ])
    expect(told.at(-1)?.state).toBe('stopped')
  })

  it('gets columns and wider types as fields come, also after a restart', async () => {
    const [topic, name] = [await site.topic('wide'), `s${serial++}`]
    await site.put(topic, [{ value: json({ id: 1, n: 1 }) }])
    await sync({ topic, name })
    await site.put(topic, [
      { value: json({ id: 2, n: 1.5, nested: { a: [1, 'x'] } }) },
      {
        value: Buffer.from('{"id":12345678901234567890,"n":null,"text":"tab\\there 汇","long":0.1234567890123456789}'),
      },
    ])
    await sync({ topic, name })
    await site.put(topic, [{ value: json({ id: 3, n: 'now a text' }) }])
    await sync({ topic, name })
    expect(await dw.query(`SELECT id, n, nested, text, long FROM ${table(topic)} ORDER BY _offset`)).toEqual([
      ['1', '1', null, null, null],
      ['2', '1.5', '{"a":[1,"x"]}', null, null],
      ['12345678901234567890', null, null, 'tab\there 汇', '0.1234567890123456789'],
      ['3', 'now a text', null, null, null],
    ])
  })

  it('keeps what cannot be read aside, with its place, and brings it in when it can', async () => {
    const [topic, dead, name] = [await site.topic('odd'), await site.topic('dead'), `s${serial++}`]
    settings = { deadLetterTopic: dead }
    await site.put(topic, [
      { value: json({ id: 1 }) },
      { key: Buffer.from('k'), value: Buffer.from('{"id": 2'), headers: new Map([['trace', 'abc']]) },
      { value: Buffer.from('[4]') },
      { value: json({ id: 5, name: 'with \0 inside' }) },
      { value: json({ id: 6 }) },
    ])
    await sync({ topic, name })
    expect(await dw.query(`SELECT id FROM ${table(topic)} ORDER BY id`)).toEqual([['1'], ['6']])
    const kept = store.syncTables.listRefused(name, { most: 10, skip: 0 })
    expect(kept.map(({ locator, reason }) => `${locator} ${reason}`)).toEqual([
      expect.stringContaining(`${topic}[0]@1 not JSON`),
      `${topic}[0]@2 [4] is no record`,
      `${topic}[0]@3 a text holds NUL`,
    ])
    expect(await site.values(dead)).toEqual(['{"id": 2', '[4]', expect.stringContaining('inside')])
    const [letter] = await site.client.fetch(new Map([[dead, [0n]]]), 500)
    expect(letter?.messages[0]?.headers.map((pair) => pair.map(String))).toEqual([
      ['trace', 'abc'],
      ['runnel.from', `${topic}[0]@1`],
      ['runnel.reason', expect.stringContaining('not JSON')],
    ])
    // As they are, they can all be read but the one that no database holds.
    settings = { format: 'raw' }
    await sync({ topic, name, replay: true })
    expect(await dw.query(`SELECT _offset, _value FROM ${table(topic)} WHERE _value IS NOT NULL ORDER BY 1`)).toEqual([
      ['1', '{"id": 2'],
      ['2', '[4]'],
      ['3', expect.stringContaining('inside')],
    ])
    expect(store.syncTables.countRefused(name)).toBe(0)
    settings = {}
  })

  it('ends rather than pass over messages that are gone, and begins anew when told', async () => {
    const [topic, name] = [await site.topic('gone'), `s${serial++}`]
    await site.put(topic, [{ value: json({ id: 1 }) }])
    await sync({ topic, name })
    await site.remake(topic)
    await site.put(topic, [{ value: json({ id: 7 }) }, { value: json({ id: 8 }) }])
    await expect(sync({ topic, name })).rejects.toMatchObject({ code: 'changes.gap' })
    await sync({ topic, name, resync: 'all' })
    expect(await dw.query(`SELECT id FROM ${table(topic)} ORDER BY id`)).toEqual([['7'], ['8']])
  })
})

describe('a topic of changes', () => {
  const change = (op: string, id: number, row: object | null): { key: Buffer; value: Buffer } => ({
    key: json({ id }),
    value: json({ before: op === 'd' ? row : null, after: op === 'd' ? null : row, op, source: {}, ts_ms: 1 }),
  })

  it('makes the table be as the changes say, by key', async () => {
    const [topic, name] = [await site.topic('shop.public.people', 2), `s${serial++}`]
    await site.put(topic, [
      change('r', 1, { id: 1, name: 'Ann', age: 30 }),
      change('c', 2, { id: 2, name: 'Bob', age: null }),
      change('c', 3, { id: 3, name: 'Cy', age: 9 }),
      change('u', 1, { id: 1, name: 'Anna', age: 31 }),
      change('d', 3, { id: 3 }),
      { key: json({ id: 3 }), value: null },
    ])
    const target = topic.split('.').at(-1) ?? ''
    await sync({ topic, name })
    await site.put(topic, [
      change('u', 2, { id: 2, name: '__debezium_unavailable_value', age: 40 }),
      { key: json({ id: 1 }), value: null },
      change('c', 4, { id: 4, name: 'Di', age: 1 }),
    ])
    await sync({ topic, name })
    expect(await dw.query(`SELECT * FROM "${target}" ORDER BY id`)).toEqual([
      ['2', 'Bob', '40'],
      ['4', 'Di', '1'],
    ])
  })

  it('takes the types of a schema that stands beside the payload', async () => {
    const [topic, name] = [await site.topic('typed'), `s${serial++}`]
    const field = (column: string, type: string, more: object = {}): object => ({
      field: column,
      type,
      optional: true,
      ...more,
    })
    const columns = [
      field('id', 'int64'),
      field('price', 'bytes', {
        name: 'org.apache.kafka.connect.data.Decimal',
        parameters: { scale: '2', 'connect.decimal.precision': '10' },
      }),
      field('born', 'int32', { name: 'io.debezium.time.Date' }),
      field('at', 'int64', { name: 'io.debezium.time.MicroTimestamp' }),
      field('seen', 'string', { name: 'io.debezium.time.ZonedTimestamp' }),
      field('ok', 'boolean'),
      field('doc', 'string', { name: 'io.debezium.data.Json' }),
      field('pic', 'bytes'),
    ]
    const row = { type: 'struct', optional: true, fields: columns }
    const schema = {
      type: 'struct',
      fields: [{ ...row, field: 'before' }, { ...row, field: 'after' }, field('op', 'string')],
    }
    const after = {
      id: 1,
      price: Buffer.from([0xff, 0x38]).toString('base64'),
      born: 19_783,
      at: 1_700_000_000_123_456,
      seen: '2024-02-29T12:00:00.5+08:00',
      ok: true,
      doc: '{"a":1}',
      pic: Buffer.from([0, 255]).toString('base64'),
    }
    const keySchema = { type: 'struct', fields: [field('id', 'int64')] }
    await site.put(topic, [
      {
        key: json({ schema: keySchema, payload: { id: 1 } }),
        value: json({ schema, payload: { before: null, after, op: 'c' } }),
      },
    ])
    await sync({ topic, name })
    expect(await dw.query(`SELECT *, pg_typeof(price), pg_typeof(at) FROM ${table(topic)}`)).toEqual([
      [
        '1',
        '-2.00',
        '2024-03-01',
        '2023-11-14 22:13:20.123456',
        '2024-02-29 04:00:00.5+00',
        't',
        '{"a":1}',
        '\\x00ff',
        'numeric',
        'timestamp without time zone',
      ],
    ])
  })
})

describe('a topic that follows a table', () => {
  const outward = (topic: string, more: Partial<SyncRequest> = {}): Promise<void> => {
    const file = {
      version: 1,
      source: 'dw',
      target: 'events',
      tables: { include: ['public.people'] },
      rename: { suffix: topic },
    }
    const signal = new AbortController().signal
    return runSync(ports, {
      name: `out${topic.replace(/\W/g, '_')}`,
      file: syncFileSchema.parse(file),
      untilCaughtUp: true,
      signal,
      ...more,
    })
  }

  it('tells every change once, keys and position with it, and makes an equal table elsewhere', async () => {
    const suffix = `_${serial++}`
    await dw.query(`
      DROP TABLE IF EXISTS people;
      CREATE TABLE people (id bigint PRIMARY KEY, name text, amount numeric(12,2), ok boolean, at timestamptz, doc jsonb, pic bytea);
      INSERT INTO people SELECT i, 'n' || i || E'\t汇', i * 1.10, i % 2 = 0, timestamptz '2026-01-01 00:00:00+00' + i * interval '1 s', '{"a": 1}', '\\x00ff' FROM generate_series(1, 200) i`)
    await outward(suffix)
    await dw.query(
      `UPDATE people SET name = NULL WHERE id <= 20; DELETE FROM people WHERE id > 190; INSERT INTO people (id) VALUES (999)`,
    )
    await outward(suffix)
    const topic = `people${suffix}`
    const changes = (await site.values(topic)).map((text) => (text === null ? null : JSON.parse(text)))
    expect(changes).toHaveLength(200 + 20 + 10 * 2 + 1)
    expect(changes[0]).toMatchObject({ op: 'u', after: { id: 1, name: 'n1\t汇', amount: 1.1, ok: false, pic: 'AP8=' } })
    expect(changes.filter((change) => change?.op === 'd')).toHaveLength(10)
    await outward(suffix)
    expect(await site.values(topic)).toHaveLength(changes.length)
    await sync({ topic, name: `back${suffix}`, file: { rename: { prefix: 'back_' } } })
    const content =
      'count(*), sum(id), round(sum(amount)::numeric, 2), count(name), max(at::text::timestamptz), count(*) FILTER (WHERE ok)'
    expect(await dw.query(`SELECT ${content} FROM "back_${topic}"`)).toEqual(
      await dw.query(`SELECT ${content} FROM people`),
    )
    await dw.query(`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active`)
  })

  it('is not written to any more by who was overtaken', async () => {
    const topic = await site.topic('fenced')
    await using session = await site.open()
    if (session.openApplier === undefined) throw new Error('Kafka takes changes')
    const row = {
      table: { dataset: 't', columns: [{ name: 'id', type: 'BIGINT' }], keys: [0] },
      isTruncated: false,
      deleted: [],
      moved: new Map(),
      copies: new Map(),
    }
    const applier = async (id: string, claim?: string): Promise<ChangeApplier> => {
      const opened = await session.openApplier?.({ reader: topic, ...(claim === undefined ? {} : { claim }) })
      if (opened === undefined) throw new Error('Kafka takes changes')
      await opened.fit(row.table, { dataset: topic, ddl: 'never' })
      await opened.apply({ ...row, written: new Map([[id, { line: Buffer.from(id), unchanged: [] }]]) }, topic)
      return opened
    }
    await using old = await applier('1')
    await old.commit('A')
    await using overtaken = await applier('2')
    await using next = await applier('3')
    expect(await next.position()).toBe('A')
    await next.assertOwned()
    await expect(overtaken.assertOwned()).rejects.toMatchObject({ code: 'sync.taken_over' })
    await expect(overtaken.commit('B')).rejects.toMatchObject({ code: 'sync.taken_over' })
    await expect(applier('5', overtaken.claim)).rejects.toMatchObject({ code: 'sync.taken_over' })
    await next.commit('C')
    await using again = await applier('6', next.claim)
    await again.commit('C2')
    await using last = await applier('4')
    expect(await last.position()).toBe('C2')
    expect((await site.values(topic)).map((text) => JSON.parse(text ?? '').after.id)).toEqual([1, 3, 6])
  })
})

describe('a sync that is disturbed', () => {
  it('brings every message once though it is killed and the broker is started again', async () => {
    const [topic, name] = [await site.topic('disturbed', 3), 'disturbed']
    await writeWorkspace(topic)
    let written = 0
    const writing = (async () => {
      for (; written < 6_000; written += 50) {
        const batch = Array.from({ length: 50 }, (_, i) => ({
          key: Buffer.from(String(i)),
          value: json({ id: written + i }),
        }))
        await site.put(topic, batch)
      }
    })()
    const present = async (): Promise<number> =>
      Number((await dw.query(`SELECT count(*) FROM ${table(topic)}`).catch(() => [['0']]))[0]?.[0])
    {
      using runner = startRunnel(['sync', name])
      await expect.poll(present).toBeGreaterThan(100)
      await fetch(inject('restart'))
      const before = await present()
      await expect.poll(present).toBeGreaterThan(before)
      runner.kill()
    }
    await writing
    const { exit, error } = await spawnRunnel(['sync', name, '--once'], {
      directory: workspace,
      variables: { PASSWORD: server.password },
    })
    expect([exit, error]).toEqual([0, ''])
    expect(await dw.query(`SELECT count(*), count(DISTINCT id), min(id), max(id) FROM ${table(topic)}`)).toEqual([
      ['6000', '6000', '0', '5999'],
    ])
  })
})
