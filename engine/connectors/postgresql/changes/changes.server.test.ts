import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../../base/secret.ts'
import { missing, take } from '../../../testing/conformance/change-fixture.ts'
import { describeChangeSource } from '../../../testing/conformance/describe-change-source.ts'
import { POSTGRES_TYPE_CASES, POSTGRES_TYPE_SETUP } from '../../../testing/servers/postgres-type-cases.ts'
import { createTestDatabase, type TestDatabase } from '../../../testing/servers/test-database.ts'
import type { ChangeFeed, ChangeRequest, ChangeSource } from '../../api/changes.ts'
import type { Session } from '../../api/session.ts'
import { postgresConfigSchema } from '../config.ts'
import { postgresql } from '../connector.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
const { host, port, user } = server

function open({ name }: TestDatabase): Promise<Session> {
  return postgresql.open({
    name: 'pg',
    config: postgresConfigSchema.parse({ host, port, user, database: name, tls: { mode: 'disable' } }),
    baseDirectory: '/',
    secret: () => Promise.resolve(new Secret(server.password)),
  })
}

describeChangeSource('PostgreSQL', {
  openSite: async () => {
    const own = await createTestDatabase(server)
    const opened = await open(own)
    return {
      session: opened,
      run: async (...statements) => {
        let rows: (string | null)[][] = []
        for (const statement of statements) rows = await own.query(statement)
        return rows
      },
      dataset: (table) => `public.${table}`,
      text: (value) => `E'${value.replaceAll('\\', '\\\\')}'`,
      series: (count) => `generate_series(1, ${count}) AS s(i)`,
      async [Symbol.asyncDispose]() {
        await opened[Symbol.asyncDispose]()
        await own[Symbol.asyncDispose]()
      },
    }
  },
  tellWholeRows: (table) => [`ALTER TABLE ${table} REPLICA IDENTITY FULL`],
  retype: 'ALTER TABLE t ALTER COLUMN amount TYPE double precision',
  types: POSTGRES_TYPE_CASES,
  typeSetup: [POSTGRES_TYPE_SETUP],
  gone: '0000000000000001',
})

const session = await open(database)
const changes: ChangeSource = session.changes ?? missing('change capture')
let serial = 0
let reader: string
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

beforeEach(async () => {
  reader = `r${serial++}`
  await database.query(`
    DROP TABLE IF EXISTS t, pairs, loose, unknown CASCADE;
    CREATE TABLE t (id bigint PRIMARY KEY, name text, amount numeric(12,2));
    CREATE TABLE pairs (a text, b int, c text, PRIMARY KEY (a, b));
    CREATE TABLE loose (v text, n int);
    ALTER TABLE loose REPLICA IDENTITY FULL;
    CREATE TABLE unknown (v text)`)
})

afterEach(() => changes.forget(reader))

async function following(datasets: string[], more: Partial<ChangeRequest> = {}): Promise<ChangeFeed> {
  await changes.prepare({ reader, datasets })
  return changes.open({
    reader,
    datasets,
    flushMs: 5,
    idleMs: 500,
    mostChanges: 100_000,
    mostBytes: 8_000_000,
    ...more,
  })
}

describe('what happens to rows', () => {
  it.each([
    ['by key: it is named', '', [1]],
    ['by whole rows: it is filled in', 'ALTER TABLE t REPLICA IDENTITY FULL;', []],
  ])('leaves out a large value that did not change, %s', async (_case, setUp, unchanged) => {
    const large = 'x'.repeat(40_000)
    await database.query(`${setUp} ALTER TABLE t ALTER name SET STORAGE EXTERNAL`)
    await using feed = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, '${large}', 1); UPDATE t SET amount = 2`)
    const [, update] = (await take(feed, 2)).seen
    expect(update).toMatchObject({ kind: 'update', unchanged, key: '1' })
    const line = update !== undefined && 'line' in update ? update.line.toString() : ''
    expect(line).toBe(`1\t${unchanged.length > 0 ? '\\N' : large}\t2.00`)
  })
})

describe('batches', () => {
  it('come again from what was acknowledged last, and only from there', async () => {
    const first = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, 'a', 1)`)
    const { batches } = await take(first, 1)
    await database.query(`INSERT INTO t VALUES (2, 'b', 2)`)
    await take(first, 1)
    await first[Symbol.asyncDispose]()
    const position = batches.at(-1)?.position ?? missing('a position')
    await using again = await following(['t'], { from: position })
    expect((await take(again, 1)).seen).toMatchObject([{ kind: 'insert', key: '2' }])
  })

  it('move the position when only other tables change, so that the source can forget', async () => {
    await using feed = await following(['t'])
    const before = await changes.now()
    await database.query(`INSERT INTO unknown SELECT 'x' FROM generate_series(1, 1000)`)
    let position = ''
    while (position <= before) position = (await feed.next())?.position ?? position
    feed.acknowledge(position)
    await expect.poll(async () => (await changes.state(reader))?.position).toBe(position)
  })

  it('end without a word when they are no longer wanted', async () => {
    const stop = new AbortController()
    await using feed = await following(['t'], { signal: stop.signal })
    const waiting = feed.next()
    stop.abort()
    expect(await waiting).toBeUndefined()
  })
})

describe('what cannot be followed', () => {
  it('is refused before it is published: a table whose rows cannot be told apart', async () => {
    await expect(changes.prepare({ reader, datasets: ['unknown'] })).rejects.toMatchObject({
      code: 'changes.no_identity',
      detail: { datasets: ['public.unknown'] },
    })
    await database.query(`INSERT INTO unknown VALUES ('a'); UPDATE unknown SET v = 'b'`)
  })

  it('is a gap: what the source was told to forget', async () => {
    const feed = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, 'a', 1)`)
    const { batches } = await take(feed, 1)
    const position = batches.at(-1)?.position ?? missing('a position')
    feed.acknowledge(position)
    await expect.poll(async () => (await changes.state(reader))?.position).toBe(position)
    await feed[Symbol.asyncDispose]()
    await expect(following(['t'], { from: '0000000000000001' })).rejects.toMatchObject({ code: 'changes.gap' })
  })

  it('is refused when the server has no room for another reader', async () => {
    const room = Number((await database.query('SHOW max_replication_slots'))[0]?.[0])
    const taken = `SELECT pg_create_logical_replication_slot('other_' || i, 'pgoutput') 
      FROM generate_series(1, ${room} - (SELECT count(*)::int FROM pg_replication_slots)) i`
    await database.query(taken)
    await expect(changes.prepare({ reader, datasets: ['t'] })).rejects.toMatchObject({
      code: 'changes.unavailable',
      detail: { reason: expect.stringContaining('slots') },
    })
    await database.query(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE 'other_%'`,
    )
  })

  it('is a reader that is gone', async () => {
    await changes.prepare({ reader, datasets: ['t'] })
    await changes.forget(reader)
    await changes.forget(reader)
    expect(await changes.state(reader)).toBeUndefined()
    const request = { reader, datasets: ['t'], flushMs: 5, idleMs: 500, mostChanges: 10, mostBytes: 1_000 }
    await expect(changes.open(request)).rejects.toMatchObject({ code: 'changes.reader_lost' })
  })
})
