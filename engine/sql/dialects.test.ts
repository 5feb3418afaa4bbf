import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDuck } from '../duck/open-duck.ts'
import { duckDialect, mysqlDialect, postgresDialect, sqliteDialect } from './dialects.ts'
import { id, literal, printSql, sql } from './sql.ts'

describe('quoting', () => {
  it.each([
    [duckDialect, `SELECT "a""b", 'it''s\\n'`],
    [sqliteDialect, `SELECT "a""b", 'it''s\\n'`],
    [postgresDialect, `SELECT "a""b", E'it''s\\\\n'`],
    [mysqlDialect, "SELECT `a\"b`, 'it''s\\\\n'"],
  ])('of names and texts, case %#', (dialect, expected) => {
    expect(printSql(sql`SELECT ${id('a"b')}, ${literal("it's\\n")}`, dialect)).toBe(expected)
  })

  it('refuses names no system can hold', () => {
    for (const dialect of [duckDialect, sqliteDialect, postgresDialect, mysqlDialect]) {
      expect(() => printSql(id('a\0b'), dialect)).toThrow(RangeError)
      expect(() => printSql(id(''), dialect)).toThrow(RangeError)
    }
  })

  it('brings any text back from DuckDB as it was', async () => {
    await using duck = await openDuck()
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'))
    await fc.assert(
      fc.asyncProperty(
        text,
        text.filter((name) => name !== ''),
        async (value, name) => {
          const page = await duck.rows(sql`SELECT ${literal(value)} AS ${id(name)}`)
          expect([page.columns[0]?.name, page.rows[0]?.[0]]).toEqual([name, value])
        },
      ),
      { numRuns: 200 },
    )
  })
})
