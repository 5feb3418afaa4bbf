import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { Secret } from '../../../base/secret.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import type { ChangeBatch, ChangeFeed, ChangeRequest, ChangeSource, RowChange } from '../../api/changes.ts'
import type { Session } from '../../api/session.ts'
import { postgresConfigSchema } from '../config.ts'
import { postgresql } from '../connector.ts'

function missing(what: string): never {
  throw new Error(`there is no ${what}`)
}

const server = inject('postgres')
const database = await createTestDatabase(server)
const { host, port, user } = server

const session: Session = await postgresql.open({
  name: 'pg',
  config: postgresConfigSchema.parse({ host, port, user, database: database.name, tls: { mode: 'disable' } }),
  baseDirectory: '/',
  secret: () => Promise.resolve(new Secret(server.password)),
})
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

/** Batches until this many changes were seen. */
async function take(
  feed: ChangeFeed,
  count: number,
): Promise<{ batches: ChangeBatch[]; changes: readonly RowChange[] }> {
  const batches: ChangeBatch[] = []
  while (batches.flatMap((batch) => batch.changes).length < count)
    batches.push((await feed.next()) ?? missing('a batch'))
  return { batches, changes: batches.flatMap((batch) => batch.changes) }
}

function told(change: RowChange): unknown[] {
  if (change.kind === 'truncate') return [change.kind, change.table.dataset]
  const line = 'line' in change ? [change.line.toString()] : []
  const old = change.kind === 'update' && change.oldKey !== undefined ? [`was ${change.oldKey}`] : []
  return [change.kind, change.table.dataset, change.key, ...line, ...old]
}

describe('what happens to rows', () => {
  it('is told in order, with keys and lines', async () => {
    await using feed = await following(['public.t', 'pairs'])
    await database.query(`
      INSERT INTO t VALUES (1, E'tab\\there, line\\nthere, back\\\\slash, return\\r', 1.50), (2, NULL, NULL), (3, '', 0);
      UPDATE t SET amount = 7 WHERE id = 1;
      UPDATE t SET id = 30 WHERE id = 3;
      DELETE FROM t WHERE id = 2;
      INSERT INTO pairs VALUES (E'a\\tb', 1, '汇');
      TRUNCATE pairs`)
    const { changes: seen } = await take(feed, 8)
    expect(seen.map(told)).toEqual([
      ['insert', 'public.t', '1', '1\ttab\\there, line\\nthere, back\\\\slash, return\\r\t1.50'],
      ['insert', 'public.t', '2', '2\t\\N\t\\N'],
      ['insert', 'public.t', '3', '3\t\t0.00'],
      ['update', 'public.t', '1', '1\ttab\\there, line\\nthere, back\\\\slash, return\\r\t7.00'],
      ['update', 'public.t', '30', '30\t\t0.00', 'was 3'],
      ['delete', 'public.t', '2'],
      ['insert', 'public.pairs', 'a\\tb\t1', 'a\\tb\t1\t汇'],
      ['truncate', 'public.pairs'],
    ])
    expect(seen[0]?.table).toMatchObject({
      keys: [0],
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'name', type: 'VARCHAR' },
        { name: 'amount', type: 'DECIMAL(12,2)' },
      ],
    })
  })

  it('has whole rows for keys where the table has none', async () => {
    await using feed = await following(['loose'])
    await database.query(
      `INSERT INTO loose VALUES ('a', 1), ('a', 1); UPDATE loose SET n = 2 WHERE ctid = '(0,1)'; DELETE FROM loose WHERE n = 1`,
    )
    expect((await take(feed, 4)).changes.map(told)).toEqual([
      ['insert', 'public.loose', 'a\t1', 'a\t1'],
      ['insert', 'public.loose', 'a\t1', 'a\t1'],
      ['update', 'public.loose', 'a\t2', 'a\t2', 'was a\t1'],
      ['delete', 'public.loose', 'a\t1'],
    ])
  })

  it.each([
    ['by key: it is named', '', [1]],
    ['by whole rows: it is filled in', 'ALTER TABLE t REPLICA IDENTITY FULL;', []],
  ])('leaves out a large value that did not change, %s', async (_case, setUp, unchanged) => {
    const large = 'x'.repeat(40_000)
    await database.query(`${setUp} ALTER TABLE t ALTER name SET STORAGE EXTERNAL`)
    await using feed = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, '${large}', 1); UPDATE t SET amount = 2`)
    const [, update] = (await take(feed, 2)).changes
    expect(update).toMatchObject({ kind: 'update', unchanged, key: '1' })
    const line = update !== undefined && 'line' in update ? update.line.toString() : ''
    expect(line).toBe(`1\t${unchanged.length > 0 ? '\\N' : large}\t2.00`)
  })

  it('follows a column that is added, renamed, or gets another type', async () => {
    await using feed = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, 'a', 1)`)
    await database.query(`ALTER TABLE t ADD born date; INSERT INTO t VALUES (2, 'b', 2, '2024-02-29')`)
    await database.query(`ALTER TABLE t RENAME name TO title; INSERT INTO t VALUES (3, 'c', 3)`)
    await database.query(`ALTER TABLE t ALTER amount TYPE double precision; INSERT INTO t VALUES (4, 'd', 4.25)`)
    const { changes: seen } = await take(feed, 4)
    expect(seen.map(({ table }) => table.columns.map(({ name, type }) => `${name} ${type}`).join(', '))).toEqual([
      'id BIGINT, name VARCHAR, amount DECIMAL(12,2)',
      'id BIGINT, name VARCHAR, amount DECIMAL(12,2), born DATE',
      'id BIGINT, title VARCHAR, amount DECIMAL(12,2), born DATE',
      'id BIGINT, title VARCHAR, amount DOUBLE, born DATE',
    ])
  })
})

describe('batches', () => {
  it('hand a transaction over whole, and one above the limits in pieces that say so', async () => {
    await using feed = await following(['t'], { mostChanges: 1_000 })
    await database.query(`INSERT INTO t SELECT i, 'x', i FROM generate_series(1, 5500) i`)
    await database.query(`INSERT INTO t SELECT i, 'y', i FROM generate_series(6001, 6500) i`)
    const batches: ChangeBatch[] = []
    while (batches.reduce((sum, { transactions }) => sum + transactions, 0) < 2) {
      batches.push((await feed.next()) ?? missing('a batch'))
    }
    const applied = batches.flatMap((batch) => batch.changes)
    expect(applied).toHaveLength(6_000)
    const firstEnd = batches.findIndex(({ isOpen }) => !isOpen)
    expect(firstEnd).toBeGreaterThan(1)
    expect(
      batches.slice(0, firstEnd).every(({ position, changes: rows }) => position === undefined && rows.length >= 1_000),
    ).toBe(true)
    expect(batches.slice(firstEnd).every(({ position, isOpen }) => position !== undefined && !isOpen)).toBe(true)
  })

  it('come again from what was acknowledged last, and only from there', async () => {
    const first = await following(['t'])
    await database.query(`INSERT INTO t VALUES (1, 'a', 1)`)
    const { batches } = await take(first, 1)
    await database.query(`INSERT INTO t VALUES (2, 'b', 2)`)
    await take(first, 1)
    await first[Symbol.asyncDispose]()
    const position = batches.at(-1)?.position ?? missing('a position')
    await using again = await following(['t'], { from: position })
    expect((await take(again, 1)).changes.map(told)).toEqual([['insert', 'public.t', '2', '2\tb\t2.00']])
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
