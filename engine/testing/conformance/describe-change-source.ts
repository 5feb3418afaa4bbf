import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeBatch, ChangeFeed, ChangeRequest, ChangeSource, RowChange } from '../../connectors/api/changes.ts'
import { registerCaptureTypes } from './capture-types.ts'
import { type ChangeSite, type ChangeSourceFixture, LIMITS, missing, take } from './change-fixture.ts'

let serial = 0

/** What every `Session.changes` promises (`ChangeSource`), against a real server. */
export function describeChangeSource(name: string, fixture: ChangeSourceFixture): void {
  describe(`changes of ${name}`, () => {
    let site: ChangeSite
    let changes: ChangeSource
    let reader: string
    beforeAll(async () => {
      site = await fixture.openSite()
      changes = site.session.changes ?? missing('change capture')
    })
    afterAll(async () => {
      await changes.forget(reader)
      await site[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      if (serial > 0) await changes.forget(reader)
      reader = `r${serial++}`
      await site.run(
        'DROP TABLE IF EXISTS t, pairs, loose, other',
        'CREATE TABLE t (id bigint PRIMARY KEY, name text, amount numeric(12,2))',
        'CREATE TABLE pairs (a varchar(40), b int, c text, PRIMARY KEY (a, b))',
        'CREATE TABLE loose (v varchar(20), n int)',
        'CREATE TABLE other (v text)',
        ...fixture.tellWholeRows('loose'),
      )
    })

    async function following(tables: string[], more: Partial<ChangeRequest> = {}): Promise<ChangeFeed> {
      const datasets = tables.map((table) => site.dataset(table))
      const known = more.from === undefined ? {} : { known: more.from }
      const { position: from } = await changes.prepare({ reader, datasets, ...known })
      return changes.open({ reader, datasets, from, ...LIMITS, ...more })
    }

    const told = (change: RowChange): unknown[] => {
      const table = change.table.dataset === site.dataset('t') ? [] : [change.table.dataset.split('.').at(-1)]
      if (change.kind === 'truncate') return [change.kind, ...table]
      const line = 'line' in change ? [change.line.toString()] : []
      const old = change.kind === 'update' && change.oldKey !== undefined ? [`was ${change.oldKey}`] : []
      return [change.kind, ...table, change.key, ...line, ...old]
    }

    it('tells what happens to rows in order, with keys and lines', async () => {
      await using feed = await following(['t', 'pairs'])
      const wild = site.text('tab\there, line\nthere, back\\slash, return\r')
      await site.run(
        `INSERT INTO t VALUES (1, ${wild}, 1.50), (2, NULL, NULL), (3, '', 0)`,
        'UPDATE t SET amount = 7 WHERE id = 1',
        'UPDATE t SET id = 30 WHERE id = 3',
        'DELETE FROM t WHERE id = 2',
        `INSERT INTO other VALUES ('not asked for')`,
        `INSERT INTO pairs VALUES (${site.text('a\tb')}, 1, '汇')`,
        'TRUNCATE TABLE pairs',
        'BEGIN',
        `INSERT INTO t VALUES (9, 'gone', 1)`,
        'ROLLBACK',
        `INSERT INTO t VALUES (8, 'last', -0.01)`,
      )
      const { seen } = await take(feed, 9)
      expect(seen.map(told)).toEqual([
        ['insert', '1', '1\ttab\\there, line\\nthere, back\\\\slash, return\\r\t1.50'],
        ['insert', '2', '2\t\\N\t\\N'],
        ['insert', '3', '3\t\t0.00'],
        ['update', '1', '1\ttab\\there, line\\nthere, back\\\\slash, return\\r\t7.00'],
        ['update', '30', '30\t\t0.00', 'was 3'],
        ['delete', '2'],
        ['insert', 'pairs', 'a\\tb\t1', 'a\\tb\t1\t汇'],
        ['truncate', 'pairs'],
        ['insert', '8', '8\tlast\t-0.01'],
      ])
      expect(seen[0]?.table).toMatchObject({
        dataset: site.dataset('t'),
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
      await site.run(
        `INSERT INTO loose VALUES ('a', 1), ('a', 1)`,
        `UPDATE loose SET n = NULL WHERE v = 'a'`,
        `DELETE FROM loose WHERE v = 'a'`,
      )
      expect((await take(feed, 6)).seen.map(told)).toEqual([
        ['insert', 'loose', 'a\t1', 'a\t1'],
        ['insert', 'loose', 'a\t1', 'a\t1'],
        ['update', 'loose', 'a\t\\N', 'a\t\\N', 'was a\t1'],
        ['update', 'loose', 'a\t\\N', 'a\t\\N', 'was a\t1'],
        ['delete', 'loose', 'a\t\\N'],
        ['delete', 'loose', 'a\t\\N'],
      ])
    })

    it('follows a column that is added, renamed, gets another type, or goes', async () => {
      await using feed = await following(['t'])
      await site.run(
        `INSERT INTO t VALUES (1, 'a', 1)`,
        'ALTER TABLE t ADD born date',
        `INSERT INTO t VALUES (2, 'b', 2, '2024-02-29')`,
        'ALTER TABLE t RENAME COLUMN name TO title',
        `INSERT INTO t VALUES (3, 'c', 3, NULL)`,
        fixture.retype,
        `INSERT INTO t VALUES (4, 'd', 4.25, NULL)`,
        'ALTER TABLE t DROP COLUMN born',
        `INSERT INTO t VALUES (5, 'e', 5)`,
      )
      const { seen } = await take(feed, 5)
      expect(
        seen.map(({ table }) => table.columns.map(({ name: column, type }) => `${column} ${type}`).join(', ')),
      ).toEqual([
        'id BIGINT, name VARCHAR, amount DECIMAL(12,2)',
        'id BIGINT, name VARCHAR, amount DECIMAL(12,2), born DATE',
        'id BIGINT, title VARCHAR, amount DECIMAL(12,2), born DATE',
        'id BIGINT, title VARCHAR, amount DOUBLE, born DATE',
        'id BIGINT, title VARCHAR, amount DOUBLE',
      ])
    })

    it('hands a transaction over whole, and one above the limits in pieces that say so', async () => {
      await using feed = await following(['t'], { mostChanges: 1_000 })
      await site.run(
        `INSERT INTO t SELECT i, 'x', i FROM ${site.series(5_500)}`,
        `INSERT INTO t SELECT i + 6000, 'y', i FROM ${site.series(500)}`,
      )
      const batches: ChangeBatch[] = []
      while (batches.reduce((sum, { transactions }) => sum + transactions, 0) < 2) {
        batches.push((await feed.next()) ?? missing('a batch'))
      }
      expect(batches.flatMap(({ changes: rows }) => rows)).toHaveLength(6_000)
      const firstEnd = batches.findIndex(({ isOpen }) => !isOpen)
      expect(firstEnd).toBeGreaterThan(1)
      const inside = batches.slice(0, firstEnd)
      expect(inside.every(({ position, changes: rows }) => position === undefined && rows.length >= 1_000)).toBe(true)
      expect(batches.slice(firstEnd).every(({ position, isOpen }) => position !== undefined && !isOpen)).toBe(true)
    })

    it('goes on from every position that it gave', async () => {
      const places: { readonly position: string; readonly before: number }[] = []
      const feed = await following(['t', 'pairs'])
      for (let i = 0; i < 6; i++) {
        const statements =
          i % 2 === 0 ? [`INSERT INTO t VALUES (${i}, 'n', ${i})`] : [`INSERT INTO pairs VALUES ('p', ${i}, 'c')`]
        await site.run('BEGIN', ...statements, `INSERT INTO t VALUES (${i + 10}, 'm', ${i})`, 'COMMIT')
        const { batches } = await take(feed, 2)
        places.push({ position: batches.at(-1)?.position ?? missing('a position'), before: (i + 1) * 2 })
      }
      const positions = places.map(({ position }) => position)
      expect(positions).toEqual(positions.toSorted())
      expect(new Set(positions.map(({ length }) => length)).size).toBe(1)
      await feed[Symbol.asyncDispose]()
      const all: unknown[][] = []
      for (const { position, before } of places.slice(0, -1)) {
        await using again = await following(['t', 'pairs'], { from: position })
        const { seen } = await take(again, 12 - before)
        all.push(seen.map((change) => ('key' in change ? change.key : '')))
      }
      const [first = []] = all
      expect(first).toHaveLength(10)
      expect(all).toEqual(places.slice(0, -1).map(({ before }) => first.slice(before - 2)))
    })

    it('moves the position when only other tables change, and ends when it is told to', async () => {
      const stop = new AbortController()
      await using feed = await following(['t'], { signal: stop.signal })
      const before = await changes.now()
      await site.run(`INSERT INTO other SELECT 'x' FROM ${site.series(100)}`)
      for (let position = ''; position < before; ) {
        const batch = (await feed.next()) ?? missing('a batch')
        expect(batch.changes).toEqual([])
        position = batch.position ?? missing('a position')
        feed.acknowledge(position)
      }
      const waiting = feed.next()
      stop.abort()
      expect(await waiting.then((batch) => batch?.changes ?? [])).toEqual([])
    })

    it('holds a moment whose rows and position belong together', async () => {
      await site.run(`INSERT INTO loose VALUES ('before', 1)`)
      const datasets = [site.dataset('loose')]
      const { position: from } = await changes.prepare({ reader, datasets })
      await site.run(`INSERT INTO loose VALUES ('between', 2)`)
      await using held = await changes.hold()
      await site.run(`INSERT INTO loose VALUES ('after', 3)`)
      const copied = new Map(datasets.map((dataset) => [dataset, held.position]))
      await using feed = await changes.open({ reader, datasets, from, notBefore: copied, ...LIMITS })
      expect((await take(feed, 1)).seen.map(told)).toEqual([['insert', 'loose', 'after\t3', 'after\t3']])
    })

    it('refuses a position that the source has no more', async () => {
      await expect(following(['t'], { from: fixture.gone })).rejects.toMatchObject({ code: 'changes.gap' })
    })

    registerCaptureTypes(fixture, () => site)
  })
}
