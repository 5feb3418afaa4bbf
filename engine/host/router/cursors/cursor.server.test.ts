import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Arrangement, CursorPage } from '../../../contract/cursor.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
/** More than a cursor reads of a server. */
const ROWS = 200_500

let host: TestEngine

beforeAll(async () => {
  const { host: address, port, user } = server
  const settings = {
    host: address,
    port,
    user,
    database: database.name,
    password: '${env:PASSWORD}',
    tls: { mode: 'disable' },
  }
  host = await openTestEngine({
    'connections/erp.yaml': `version: 1\nkind: postgresql\nsettings: ${JSON.stringify(settings)}\n`,
  })
  await database.query(
    `CREATE TABLE orders AS SELECT i AS id, CASE WHEN i % 4 = 0 THEN NULL WHEN i % 4 = 1 THEN '' ELSE 'Name ' || i END AS name, (i % 1000)::numeric(9,2) / 4 AS price, i % 2 = 0 AS even FROM generate_series(1, ${ROWS}) AS i`,
  )
  await database.query('CREATE TABLE few AS SELECT i AS id FROM generate_series(1, 30) AS i')
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function settled(cursor: string, offset = 0, limit = 10): Promise<CursorPage> {
  const { data } = host.as({ variables: { PASSWORD: server.password } })
  for (;;) {
    const page = await data.rows({ cursor, offset, limit })
    if (!page.isReading) return page
  }
}

async function first(dataset: string, arrangement: Arrangement): Promise<CursorPage> {
  const { data } = host.as({ variables: { PASSWORD: server.password } })
  const { cursor } = await data.open({ from: { dataset: `erp:${dataset}` }, ...arrangement })
  const page = await settled(cursor)
  await data.close({ cursor })
  return page
}

describe('a table of a server', () => {
  it('is read in part, and says so', async () => {
    const { rowCount, warnings } = await first('orders', {})
    expect([rowCount, warnings]).toEqual([200_000, [expect.stringContaining('200000')]])
    expect(await first('few', {})).toMatchObject({ rowCount: 30, warnings: [] })
  })

  it('is sorted by the server, so that what was not read comes first when it should', async () => {
    const { rows } = await first('orders', { sort: [{ column: 'id', direction: 'descending' }] })
    expect(rows.slice(0, 2).map(([id]) => Number(id))).toEqual([ROWS, ROWS - 1])
    const byName = await first('orders', { sort: [{ column: 'name', direction: 'descending' }] })
    expect(byName.rows.every(([, name]) => name !== null)).toBe(true)
  })

  it.each([
    [{ column: 'id', operator: 'equal', value: String(ROWS) }, [ROWS]],
    [{ column: 'id', operator: 'equal', value: 'none' }, []],
    [{ column: 'id', operator: 'equal', value: '1; DROP TABLE orders' }, []],
    [{ column: 'id', operator: 'greater', value: ROWS - 2 }, [ROWS - 1, ROWS]],
    [{ column: 'id', operator: 'in', value: [3, ROWS] }, [3, ROWS]],
    [{ column: 'name', operator: 'equal', value: "x' OR '1'='1" }, []],
    [{ column: 'name', operator: 'contains', value: 'NAME 200499' }, [200_499]],
    [{ column: 'name', operator: 'contains', value: '%' }, []],
    [
      { column: 'name', operator: 'starts_with', value: 'name 20049' },
      [200_490, 200_491, 200_494, 200_495, 200_498, 200_499],
    ],
    [{ column: 'name', operator: 'ends_with', value: '200499' }, [200_499]],
    [{ column: 'name', operator: 'matches', value: '^name 2004[89]9$' }, [200_499]],
  ] satisfies [NonNullable<Arrangement['filter']>[number], number[]][])(
    'is searched whole for %j',
    async (filter, ids) => {
      const { rows } = await first('orders', { filter: [filter] })
      expect(rows.map(([id]) => Number(id)).toSorted((a, b) => a - b)).toEqual(ids)
    },
  )

  it.each([
    ['is_null', { column: 'name', operator: 'is_null' }],
    ['is_empty', { column: 'name', operator: 'is_empty' }],
    ['even', { column: 'even', operator: 'equal', value: 'false' }],
    ['not_equal', { column: 'name', operator: 'not_equal', value: 'Name 2' }],
    ['not_contains', { column: 'name', operator: 'not_contains', value: 'name' }],
  ] satisfies [string, NonNullable<Arrangement['filter']>[number]][])(
    'means the same as here: %s',
    async (_case, filter) => {
      const small = { column: 'id', operator: 'at_most', value: 1_000 } as const
      const pushed = await first('orders', { filter: [small, filter] })
      const here = await first('orders', { filter: [small, filter, { sql: 'true' }] })
      expect(pushed.rowCount).toBeGreaterThan(0)
      expect(pushed.rowCount).toBe(here.rowCount)
    },
  )

  it('is asked in SQL under its schema or without', async () => {
    const { sql, data } = host.as({ variables: { PASSWORD: server.password } })
    for (const name of ['erp.few', 'erp.public.few']) {
      const { cursor } = await sql.run({ sql: `SELECT count(*), max(id) FROM ${name}` })
      expect((await data.rows({ cursor, offset: 0, limit: 1 })).rows).toEqual([['30', 30]])
    }
    expect(await codeOf(sql.run({ sql: 'SELECT * FROM erp.nothing' }))).toBe('source.dataset_missing')
  })

  it('shows its tree', async () => {
    const { connections } = host.as({ variables: { PASSWORD: server.password } })
    const { items } = await connections.tree({ connection: 'erp' })
    expect(items.map(({ id }) => id)).toEqual(['public.few', 'public.orders'])
  })
})
