import { describe, expect, it } from 'vitest'
import { Failure } from '../contract/failure.ts'
import { literal, sql, trusted } from '../sql/sql.ts'
import { openDuck } from './open-duck.ts'

describe('duck', () => {
  it.each([
    ['9223372036854775807::BIGINT', '9223372036854775807'],
    ['1.10::DECIMAL(10,2)', '1.10'],
    ["TIMESTAMP '2024-01-02 03:04:05.678901'", '2024-01-02 03:04:05.678901'],
    ['true', true],
    ['42::INTEGER', 42],
    ["'NaN'::DOUBLE", 'NaN'],
    ["'a'", 'a'],
    ["'\uFEFF' || 'a'", '\uFEFFa'],
    ['NULL', null],
    ['[1,2]', [1, 2]],
  ])('gives %s as the wire has it', async (expression, cell) => {
    await using duck = await openDuck()
    expect((await duck.rows(sql`SELECT ${trusted(expression)} AS x`)).rows).toEqual([[cell]])
  })

  // Left alone the statement would take hours, so that only the cancelling can end it.
  it.each([
    ['at once', (abort: () => void): unknown => abort()],
    ['in the next turn', (abort: () => void): unknown => setImmediate(abort)],
    ['while it runs', (abort: () => void): unknown => setTimeout(abort, 200)],
  ])('ends a statement that is cancelled %s and stays usable', async (_case, soon) => {
    await using duck = await openDuck()
    const stop = new AbortController()
    const endless = sql`SELECT sum(hash(a.range, b.range)) FROM range(1000000000) a, range(1000000) b`
    const outcome = duck.value(endless, { signal: stop.signal }).catch((error: unknown) => error)
    soon(() => stop.abort())
    expect(await outcome).toMatchObject({ code: 'work.cancelled' })
    expect(await duck.value(sql`SELECT 1`)).toBe('1')
  })

  it('shows instants in UTC on every connection, also when its configuration is locked', async () => {
    await using duck = await openDuck({ allowedDirectories: [] })
    await using other = await duck.connect()
    const query = sql`SELECT current_setting('TimeZone'), TIMESTAMPTZ '2024-01-02 03:04:05+08'`
    for (const connection of [duck, other]) {
      expect((await connection.rows(query)).rows).toEqual([['UTC', '2024-01-01 19:04:05+00']])
    }
  })

  it('streams blocks', async () => {
    await using duck = await openDuck()
    let rows = 0
    for await (const block of duck.blocks(sql`SELECT range FROM range(10000)`)) rows += block.length
    expect(rows).toBe(10_000)
  })

  it('lets locked SQL read only what it may', async () => {
    await using duck = await openDuck({ allowedDirectories: [] })
    await expect(duck.rows(sql`SELECT * FROM read_text('/etc/passwd')`)).rejects.toThrow(Failure)
    await expect(duck.run(sql`SET enable_external_access = true`)).rejects.toThrow(Failure)
    const own = literal(`${duck.spillDirectory}/a.parquet`)
    await duck.run(sql`COPY (SELECT 41 + 1 AS x) TO ${own} (FORMAT parquet)`)
    expect(await duck.value(sql`SELECT x FROM read_parquet(${own})`)).toBe('42')
  })
})
