import { describe, expect, it } from 'vitest'
import { flavourOf } from './flavour.ts'
import { fitColumn } from './load-column.ts'
import { newType } from './write-type.ts'

const flavour = flavourOf('10.11.6-MariaDB')

it.each([
  ['10.11.6-MariaDB-log', true, true],
  ['10.5.9-MariaDB', true, false],
  ['11.4.2-MariaDB', true, true],
  ['8.0.36', false, false],
  ['5.7.44-log', false, false],
])('%s', (version, isMariadb, hasUuid) => {
  expect(flavourOf(version)).toEqual({ isMariadb, hasUuid })
})

describe('a new column', () => {
  it.each([
    ['BIGINT', 'BIGINT', 'exact'],
    ['UBIGINT', 'BIGINT UNSIGNED', 'exact'],
    ['HUGEINT', 'DECIMAL(39,0)', 'exact'],
    ['BOOLEAN', 'TINYINT(1)', 'widening'],
    ['DECIMAL(38,10)', 'DECIMAL(38,10)', 'exact'],
    ['VARCHAR', 'LONGTEXT', 'exact'],
    ['BLOB', 'LONGBLOB', 'exact'],
    ['UUID', 'UUID', 'exact'],
    ['TIMESTAMP', 'DATETIME(6)', 'exact'],
    ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP(6)', 'exact'],
    ['TIMESTAMP_NS', 'LONGTEXT', 'widening'],
    ['INTERVAL', 'LONGTEXT', 'widening'],
    ["ENUM('a', 'b')", 'LONGTEXT', 'widening'],
    ['INTEGER[]', 'JSON', 'widening'],
    ['STRUCT(a INTEGER)', 'JSON', 'widening'],
    ['MAP(VARCHAR, INTEGER)', 'JSON', 'widening'],
  ])('for %s is %s', (type, expected, kind) => {
    expect(newType({ name: 'c', type }, { flavour, isKey: false })).toMatchObject({
      type: expected,
      fidelity: { kind },
    })
  })

  it('for a text key can be indexed and tells apart what DuckDB tells apart', () => {
    const { type } = newType({ name: 'c', type: 'VARCHAR' }, { flavour, isKey: true })
    expect(type).toBe('VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin')
  })

  it.each(['DECIMAL(38,31)', 'UNKNOWN'])('for %s is refused', (type) => {
    expect(() => newType({ name: 'c', type }, { flavour, isKey: false })).toThrow(
      expect.objectContaining({ code: 'type.unsupported' }),
    )
  })
})

describe('an existing column', () => {
  it.each([
    ['BIGINT', 'bigint(20)', 'exact'],
    ['BIGINT', 'int(11)', 'exact'],
    ['BIGINT', 'varchar(20)', 'widening'],
    ['BIGINT', 'double', 'lossy'],
    ['DOUBLE', 'float', 'lossy'],
    ['FLOAT', 'float', 'exact'],
    ['VARCHAR', 'char(5)', 'lossy'],
    ['VARCHAR', 'longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', 'exact'],
    ['VARCHAR', 'time(6)', 'widening'],
    ['TIMESTAMP', 'datetime', 'lossy'],
    ['TIMESTAMP', 'datetime(6)', 'exact'],
    ['TIMESTAMP WITH TIME ZONE', 'datetime(6)', 'lossy'],
    ['BLOB', 'geometry', 'widening'],
    ['USMALLINT', 'year(4)', 'widening'],
    ['BOOLEAN', 'tinyint(1)', 'widening'],
  ])('%s into %s', (from, type, kind) => {
    const target = { name: 'c', type, nullable: true, hasDefault: false }
    expect(fitColumn({ name: 'c', type: from }, target).fidelity.kind).toBe(kind)
  })

  it.each([
    ['VARCHAR', 'int(11)'],
    ['VARCHAR', 'double'],
    ['BLOB', 'text'],
    ['DATE', 'int(11)'],
    ['DOUBLE', 'decimal(10,2)'],
    ['VARCHAR', 'strange'],
  ])('%s into %s is refused', (from, type) => {
    const target = { name: 'c', type, nullable: true, hasDefault: false }
    expect(() => fitColumn({ name: 'c', type: from }, target)).toThrow(
      expect.objectContaining({ code: 'type.unsupported' }),
    )
  })
})
