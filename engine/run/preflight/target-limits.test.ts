import { describe, expect, it } from 'vitest'
import { limitsOf } from './target-limits.ts'

describe('limits of a type', () => {
  // PostgreSQL 18 documentation 8; MySQL 8.4 reference manual 13; DuckDB documentation, data types.
  it.each([
    ['smallint', 'postgresql', { integers: [-32_768n, 32_767n] }],
    ['tinyint unsigned', 'mysql', { integers: [0n, 255n] }],
    ['mediumint', 'mysql', { integers: [-8_388_608n, 8_388_607n] }],
    ['bigint(20) unsigned', 'mysql', { integers: [0n, 18_446_744_073_709_551_615n] }],
    ['UTINYINT', 'duckdb', { integers: [0n, 255n] }],
    ['numeric(9,2)', 'postgresql', { decimal: { precision: 9, scale: 2 } }],
    ['decimal(5)', 'mysql', { decimal: { precision: 5, scale: 0 } }],
    ['character varying(20)', 'postgresql', { characters: 20, refusesNul: true }],
    [
      'varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci',
      'mysql',
      { characters: 20, charset: 'utf8mb3', collation: 'utf8mb3_general_ci' },
    ],
    ['varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', 'mysql', { characters: 20 }],
    ['text CHARACTER SET latin1 COLLATE latin1_swedish_ci', 'mysql', { bytes: 65_535, charset: 'latin1' }],
    ['varbinary(16)', 'mysql', { bytes: 16 }],
    ['datetime', 'mysql', { secondDigits: 0, hasZone: false, days: ['1000-01-01', '9999-12-31'] }],
    ['timestamp(3)', 'mysql', { secondDigits: 3, hasZone: true, days: ['1970-01-02', '2038-01-18'] }],
    ['timestamp(3) without time zone', 'postgresql', { secondDigits: 3, hasZone: false }],
    ['timestamp with time zone', 'postgresql', { secondDigits: 6, hasZone: true }],
    ['date', 'postgresql', { isDay: true }],
  ])('%s of %s', (type, kind, limits) => {
    expect(limitsOf(type, kind)).toMatchObject(limits)
  })

  it.each([
    ['numeric', 'postgresql'],
    ['VARCHAR', 'duckdb'],
    ['integer[]', 'postgresql'],
    ['uuid', 'postgresql'],
    ['STRUCT(a INTEGER)', 'duckdb'],
  ])('%s of %s has none that a number or a length would break', (type, kind) => {
    const { integers, decimal, characters, bytes } = limitsOf(type, kind)
    expect([integers, decimal, characters, bytes]).toEqual([undefined, undefined, undefined, undefined])
  })
})
