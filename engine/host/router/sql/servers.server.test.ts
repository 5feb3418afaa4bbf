import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { EngineClient } from '../../../contract/api.ts'
import type { Cell } from '../../../contract/page.ts'
import { createTestDatabase } from '../../../testing/servers/test-database.ts'
import { codeOf, openTestEngine, type TestEngine } from '../testing/test-engine.ts'

const server = inject('postgres')
const database = await createTestDatabase(server)
/** More than was ever read of a server's table at once. */
const ROWS = 1_100_000

let host: TestEngine
let engine: EngineClient

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
  engine = host.as({ variables: { PASSWORD: server.password } })
  await database.query(
    `CREATE TABLE orders AS SELECT i AS id, 'Name ' || (i % 10) AS name, (i % 1000)::numeric(9,2) AS price, DATE '2026-01-01' + (i % 365)::int AS day FROM generate_series(1, ${ROWS}) AS i`,
  )
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

async function answer(sql: string): Promise<{ rows: Cell[][]; warnings: string[] }> {
  const { cursor, warnings } = await engine.sql.run({ sql })
  for (;;) {
    const page = await engine.data.rows({ cursor, offset: 0, limit: 5 })
    if (page.isReading) continue
    await engine.data.close({ cursor })
    return { rows: page.rows, warnings }
  }
}

describe('a statement over a table of a server', () => {
  it('reads all of it where it must', async () => {
    const { rows, warnings } = await answer('SELECT count(*), sum(id)::VARCHAR FROM erp.orders')
    expect([rows, warnings]).toEqual([[[String(ROWS), String((BigInt(ROWS) * BigInt(ROWS + 1)) / 2n)]], []])
  })

  it.each([
    ['rows that it chooses by a number', 'id BETWEEN 10 AND 19', '10', 'id'],
    ['rows that it chooses by a text and a day', "name = 'Name 3' AND day = DATE '2026-01-04'", '1507', 'name, day'],
    ['what DuckDB has to choose further', 'id <= 1000 AND length(name) + id % 2 = 6', '500', 'id'],
  ])('reads only %s', async (_case, where, count, columns) => {
    const [chosen] = await database.query(`SELECT count(*) FROM orders WHERE ${where}`)
    const { rows, warnings } = await answer(`SELECT count(*) FROM erp.orders WHERE ${where}`)
    expect(rows).toEqual([[count]])
    expect(String(Object.values(Object(chosen))[0])).toBe(count)
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^\\d{2,4} rows .* the server chose them by ${columns}$`)),
    ])
  })

  it('reads no more than LIMIT wants', async () => {
    const { rows, warnings } = await answer('SELECT * FROM erp.orders LIMIT 3')
    expect(rows).toHaveLength(3)
    expect(warnings).toEqual(['3 rows of erp:orders were read: the statement needs no more'])
  })

  it('plans without reading it', async () => {
    expect((await engine.sql.explain({ sql: 'SELECT sum(price) FROM erp.orders' })).text).toContain('price')
  })

  it('tells how far it has read, and is stopped', async () => {
    // More rows than anybody waits for: the statement cannot end before it is stopped.
    await database.query(`CREATE VIEW pairs AS SELECT a.id, repeat('x', 200) AS filler FROM orders a, orders b`)
    const stop = new AbortController()
    const statement = 'SELECT sum(id + length(filler)) FROM erp.pairs'
    const running = codeOf(engine.sql.run({ sql: statement, watch: 'mine' }, { signal: stop.signal }))
    const told: number[] = []
    for await (const read of await engine.sql.progress({ watch: 'mine' })) {
      const rows = Number(read['erp:pairs'] ?? 0)
      told.push(rows)
      if (rows > 0) stop.abort()
    }
    expect(await running).toBeDefined()
    expect(told.at(-1)).toBeGreaterThan(0)
    expect(told.at(-1)).toBeLessThan(ROWS * ROWS)
  })
})
