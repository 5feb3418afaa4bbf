import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RowsFrom } from '../../../contract/api/data.ts'
import { cellText } from '../../../contract/cell-text.ts'
import type { Arrangement, CursorPage, Opened } from '../../../contract/cursor.ts'
import { openDuck } from '../../../duck/open-duck.ts'
import { literal, type Sql, sql } from '../../../sql/sql.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const ROWS = sql`SELECT i AS id, 9007199254740993 + i AS big, CAST(i / 4 AS DECIMAL(12,2)) AS price, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'x' || i END AS note, TIMESTAMP '2026-01-01' + to_minutes(i) AS at FROM range(1000) t(i)`
const CSV = `name,note,size\n${Array.from({ length: 50 }, (_, i) => `n${i},${i % 2 === 0 ? '""' : ''},${(i * 7) % 50}`).join('\n')}\nbad,row,with,too,many\n`

let host: TestEngine

beforeAll(async () => {
  host = await openTestEngine({
    'data/plain.csv': CSV,
    'data/objects.ndjson': Array.from({ length: 20 }, (_, i) => `{"id":${i},"tags":["a","b${i}"]}\n`).join(''),
    'data/hostile.csv': 'rowid,"_runnel_position ",<img onerror=1>\n1,2,3\n',
    'data/empty.csv': '',
  })
  await copyTo('data/rows.parquet', ROWS)
  for (const [name, from, to] of [
    ['a', 0, 400],
    ['b', 400, 401],
    ['c', 401, 1000],
  ] as const) {
    await copyTo(
      `data/parts/${name}.parquet`,
      sql`SELECT * FROM (${ROWS}) WHERE id >= ${literal(from)} AND id < ${literal(to)}`,
    )
  }
  await using duck = await openDuck({ path: join(host.directory, 'data/store.duckdb') })
  await duck.run(sql`CREATE TABLE whole AS ${ROWS}`)
  await duck.run(sql`CREATE TABLE holes AS ${ROWS}`)
  await duck.run(sql`DELETE FROM holes WHERE id % 10 = 0`)
  await duck.run(sql`CREATE VIEW seen AS SELECT * FROM whole WHERE id < 300`)
})
afterAll(() => host[Symbol.asyncDispose]())

async function copyTo(file: string, rows: Sql): Promise<void> {
  await using duck = await openDuck()
  const path = await host.write(file, '')
  await duck.run(sql`COPY (${rows}) TO ${literal(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`)
}

type Request = Arrangement & { from: RowsFrom; offline?: boolean }

async function opened<Result>(request: Request, work: (cursor: Opened) => Promise<Result>): Promise<Result> {
  const cursor = await host.engine.data.open(request)
  try {
    return await work(cursor)
  } finally {
    await host.engine.data.close({ cursor: cursor.cursor })
  }
}

/** A page of what is there when nothing is read any more. */
async function settled(cursor: string, offset = 0, limit = 100): Promise<CursorPage> {
  for (;;) {
    const page = await host.engine.data.rows({ cursor, offset, limit })
    if (!page.isReading) return page
  }
}

const first = (from: RowsFrom, arrangement: Arrangement = {}, limit = 100): Promise<CursorPage> =>
  opened({ from, ...arrangement }, ({ cursor }) => settled(cursor, 0, limit))

describe('pages', () => {
  it.each([
    ['a Parquet file', 'lake:rows.parquet', 1000],
    ['several Parquet files', 'lake:parts/*.parquet', 1000],
    ['a DuckDB table', 'store:whole', 1000],
    ['a DuckDB table with deleted rows', 'store:holes', 900],
    ['a DuckDB view', 'store:seen', 300],
  ])('of %s are the same wherever they begin', async (_case, dataset, rows) => {
    await opened({ from: { dataset } }, async ({ cursor }) => {
      const all = (await settled(cursor, 0, 2000)).rows
      expect(all.length).toBe(rows)
      for (const offset of [0, 1, 250, 399, 400, rows - 2, rows]) {
        const page = await settled(cursor, offset, 3)
        expect([page.rowCount, page.rows]).toEqual([rows, all.slice(offset, offset + 3)])
      }
    })
  })

  it('keep NULL apart from empty text, and wide numbers, decimals and times as text', async () => {
    const { rows } = await first({ dataset: 'lake:rows.parquet' }, {}, 3)
    expect(rows).toEqual([
      ['0', '9007199254740993', '0.00', null, '2026-01-01 00:00:00'],
      ['1', '9007199254740994', '0.25', '', '2026-01-01 00:01:00'],
      ['2', '9007199254740995', '0.50', 'x2', '2026-01-01 00:02:00'],
    ])
  })

  it('of a CSV file say how many rows could not be read, and which', async () => {
    await opened({ from: { dataset: 'files:plain.csv' } }, async ({ cursor, encoding }) => {
      const page = await settled(cursor)
      expect([encoding, page.rowCount, page.rejected, page.rows[1]]).toEqual(['utf-8', 50, 1, ['n1', null, '7']])
      const { rejects, total } = await host.engine.data.rejects({ cursor })
      expect([total, rejects[0]?.rule, rejects[0]?.locator]).toEqual([1, 'csv.columns', 'plain.csv:52'])
    })
  })

  it('take column names as they are', async () => {
    const { rows } = await first(
      { dataset: 'files:hostile.csv' },
      { sort: [{ column: 'rowid', direction: 'descending' }] },
    )
    expect(rows).toEqual([['1', '2', '3']])
  })

  it('of an empty file are empty', async () => {
    expect(await first({ dataset: 'files:empty.csv' })).toMatchObject({ rows: [], rowCount: 0 })
  })

  it('of a large CSV file begin before it is read to its end', async () => {
    const line = `${'x'.repeat(180)}\n`
    await host.write('data/large.csv', `id,text\n${Array.from({ length: 30_000 }, (_, i) => `${i},${line}`).join('')}`)
    await opened({ from: { dataset: 'files:large.csv' } }, async ({ cursor, rowCount }) => {
      expect(rowCount).toBeNull()
      expect((await host.engine.data.rows({ cursor, offset: 0, limit: 2 })).rows.map(([id]) => id)).toEqual(['0', '1'])
      const end = await settled(cursor, 29_999, 10)
      expect([end.rowCount, end.rows.map(([id]) => id)]).toEqual([30_000, ['29999']])
    })
  })

  it('cut long values, which a cell gives whole', async () => {
    const long = '长'.repeat(100_000)
    await host.write('data/long.ndjson', `${JSON.stringify({ text: long, list: Array(5_000).fill('item') })}\n`)
    await opened({ from: { dataset: 'notes:long.ndjson' } }, async ({ cursor }) => {
      const { rows, cut } = await settled(cursor)
      expect([cellText(rows[0]?.[0]).length, cut]).toEqual([
        1_000,
        [
          { row: 0, column: 0, characters: 100_000 },
          { row: 0, column: 1, characters: 35_001 },
        ],
      ])
      expect(await host.engine.data.cell({ cursor, row: 0, column: 0 })).toEqual({ value: long, type: 'VARCHAR' })
      expect((await host.engine.data.cell({ cursor, row: 0, column: 1 })).value).toHaveLength(5_000)
      expect(await codeOf(host.engine.data.cell({ cursor, row: 1, column: 0 }))).toBe('cursor.row_missing')
    })
  })
})

describe('order and filter', () => {
  it.each([
    ['a table in DuckDB', 'files:plain.csv'],
    ['a Parquet file', 'lake:rows.parquet'],
    ['a view', 'store:seen'],
  ])('sort %s stably, NULLs last both ways', async (_case, dataset) => {
    for (const direction of ['ascending', 'descending'] as const) {
      const sort = [{ column: 'note', direction }]
      const { rows, rowCount } = await first({ dataset }, { sort }, 1000)
      const notes = rows.map((row) => row[dataset === 'files:plain.csv' ? 1 : 3])
      const nulls = notes.filter((note) => note === null).length
      expect([rows.length, nulls > 0]).toEqual([rowCount, true])
      expect(notes.slice(-nulls).every((note) => note === null)).toBe(true)
      const texts = notes.slice(0, -nulls).map(String)
      const sorted = texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect(texts).toEqual(direction === 'ascending' ? sorted : sorted.toReversed())
    }
  })

  it.each([
    [{ column: 'id', operator: 'equal', value: '7' }, ['7']],
    [{ column: 'id', operator: 'equal', value: 'seven' }, []],
    [{ column: 'price', operator: 'equal', value: '1.75' }, ['7']],
    [{ column: 'big', operator: 'equal', value: '9007199254740996' }, ['3']],
    [{ column: 'id', operator: 'at_least', value: 998 }, ['998', '999']],
    [{ column: 'id', operator: 'less', value: 2 }, ['0', '1']],
    [{ column: 'at', operator: 'greater', value: '2026-01-01 16:38:00' }, ['999']],
    [{ column: 'note', operator: 'contains', value: 'X99' }, ['992', '995', '998']],
    [{ column: 'note', operator: 'starts_with', value: 'x98' }, ['98', '980', '983', '986', '989']],
    [{ column: 'note', operator: 'ends_with', value: '77' }, ['77', '377', '677', '977']],
    [{ column: 'note', operator: 'matches', value: '^x5.$' }, ['50', '53', '56', '59']],
    [{ column: 'id', operator: 'in', value: ['3', '4', 'x'] }, ['3', '4']],
    [{ column: 'note', operator: 'contains', value: "'; DROP TABLE rows; --" }, []],
    [{ sql: 'id BETWEEN 5 AND 6 -- both' }, ['5', '6']],
  ] satisfies [NonNullable<Arrangement['filter']>[number], string[]][])('chooses by %j', async (filter, ids) => {
    const page = await first({ dataset: 'lake:rows.parquet' }, { filter: [filter] })
    expect(page.rows.map(([id]) => id).slice(0, 5)).toEqual(ids.slice(0, 5))
  })

  it.each([
    ['is_null', 334],
    ['is_not_null', 666],
    ['is_empty', 333],
    ['is_not_empty', 333],
  ] as const)('tells %s', async (operator, count) => {
    const page = await first({ dataset: 'lake:rows.parquet' }, { filter: [{ column: 'note', operator }] })
    expect(page.rowCount).toBe(count)
  })

  it.each([
    ['not_equal', 'x2', 999],
    ['not_contains', 'x', 667],
  ] as const)('lets rows without a value pass with %s', async (operator, value, count) => {
    const page = await first({ dataset: 'lake:rows.parquet' }, { filter: [{ column: 'note', operator, value }] })
    expect(page.rowCount).toBe(count)
  })

  it.each([
    ['an unknown column', { sort: [{ column: 'nota', direction: 'ascending' }] }, 'cursor.column_unknown'],
    ['two statements', { filter: [{ sql: '1 = 1); DROP TABLE x; SELECT (1' }] }, 'sql.invalid'],
    ['another file', { filter: [{ sql: "id IN (SELECT 1 FROM read_text('/etc/passwd'))" }] }, 'sql.invalid'],
    ['no pattern', { filter: [{ column: 'note', operator: 'matches', value: '(' }] }, 'sql.invalid'],
  ] satisfies [string, Arrangement, string][])('refuses %s', async (_case, arrangement, code) => {
    expect(await codeOf(host.engine.data.open({ from: { dataset: 'lake:rows.parquet' }, ...arrangement }))).toBe(code)
  })

  it('changes on an open cursor and back', async () => {
    await opened({ from: { dataset: 'lake:rows.parquet' } }, async ({ cursor }) => {
      const { data } = host.engine
      await data.arrange({ cursor, sort: [{ column: 'id', direction: 'descending' }] })
      expect((await settled(cursor, 0, 1)).rows[0]?.[0]).toBe('999')
      await data.arrange({ cursor, filter: [{ column: 'id', operator: 'at_least', value: 990 }] })
      expect(await settled(cursor, 9, 5)).toMatchObject({
        rowCount: 10,
        rows: [['999', expect.anything(), '249.75', null, expect.anything()]],
      })
      await data.arrange({ cursor })
      expect(await settled(cursor, 0, 1)).toMatchObject({
        rowCount: 1000,
        rows: [['0', expect.anything(), '0.00', null, expect.anything()]],
      })
    })
  })
})

describe('lifetime', () => {
  it('forgets a cursor that was closed', async () => {
    const { cursor } = await host.engine.data.open({ from: { dataset: 'files:plain.csv' } })
    expect(await host.engine.data.close({ cursor })).toEqual({ closed: true })
    expect(await host.engine.data.close({ cursor })).toEqual({ closed: false })
    expect(await codeOf(host.engine.data.rows({ cursor, offset: 0, limit: 1 }))).toBe('cursor.unknown')
  })

  it('ends the oldest call when too many wait', async () => {
    const from = { sql: 'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000) b' }
    await opened({ from }, async ({ cursor }) => {
      const calls = Array.from({ length: 6 }, () => codeOf(host.engine.data.rows({ cursor, offset: 0, limit: 1 })))
      expect((await Promise.all(calls)).slice(0, 2)).toEqual(['work.cancelled', 'work.cancelled'])
    })
  })

  it('stops opening when the caller goes away', async () => {
    const stop = new AbortController()
    stop.abort()
    const call = host.engine.data.open({ from: { dataset: 'lake:rows.parquet' } }, { signal: stop.signal })
    expect(await codeOf(call)).toBe('work.cancelled')
  })

  it('lets a table go that a pipeline may want to load, and shows what came into it', async () => {
    const path = join(host.directory, 'data/store.duckdb')
    const { cursor } = await host.engine.data.open({ from: { dataset: 'store:whole' } })
    const result = await host.engine.sql.run({ sql: 'SELECT count(*) FROM store.whole' })
    expect((await settled(result.cursor)).rows).toEqual([['1000']])
    const writer = join(host.outside, 'writer.mjs')
    await writeFile(
      writer,
      `const { DuckDBInstance } = await import(${JSON.stringify(import.meta.resolve('@duckdb/node-api'))})
       for (let i = 0; ; i++) try {
         const db = await DuckDBInstance.create(${JSON.stringify(path)})
         await (await db.connect()).run('INSERT INTO whole (id, note) VALUES (1000, NULL)')
         break
       } catch (error) {
         if (i === 100) throw error
         await new Promise((resolve) => setTimeout(resolve, 100))
       }`,
    )
    // Longer than a source is kept after its last use.
    await setTimeout(2_000)
    await promisify(execFile)(process.execPath, [writer])
    expect(await settled(cursor, 1000, 5)).toMatchObject({ rowCount: 1001, rows: [['1000', null, null, null, null]] })
    await host.engine.data.arrange({ cursor, sort: [{ column: 'id', direction: 'descending' }] })
    expect((await settled(cursor, 0, 1)).rows[0]?.[0]).toBe('1000')
    await host.engine.data.close({ cursor })
  })

  it('reads a snapshot when offline, and says when it was taken', async () => {
    const dataset = 'files:plain.csv'
    expect(await codeOf(host.engine.data.open({ from: { dataset }, offline: true }))).toBe('run.snapshot_missing')
    await host.engine.snapshots.take({ dataset })
    await opened({ from: { dataset }, offline: true }, async ({ cursor, snapshotTakenAt }) => {
      expect([typeof snapshotTakenAt, (await settled(cursor, 49, 5)).rows]).toEqual(['string', [['n49', null, '43']]])
    })
    expect(await host.engine.snapshots.refresh({ dataset })).toMatchObject({ dataset, rows: '50' })
    expect(await host.engine.snapshots.remove({ dataset })).toEqual({ removed: true })
    expect(await host.engine.snapshots.list()).toEqual([])
    expect(await host.engine.snapshots.remove({ dataset })).toEqual({ removed: false })
  })
})
