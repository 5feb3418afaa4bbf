import { expect, it } from 'vitest'
import { LineBuilder } from '../../shared/changes/row-line.ts'
import { decimalWords, writeDecimal, writeLong } from './number-cells.ts'
import { writeAddress, writeUuid } from './special-cells.ts'
import { statementKind } from './statement-kind.ts'

function written(write: (line: LineBuilder) => void): string {
  const line = new LineBuilder()
  line.begin()
  write(line)
  return line.take().toString()
}

const address = (hex: string): string => written((line) => writeAddress(Buffer.from(hex, 'hex'), line))

it.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['00000000000000000000ffffc0000280', '::ffff:192.0.2.128'],
  ['00010000000000020000000000000003', '1:0:0:2::3'],
  ['00010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
  ['00000000000000000000000001020304', '::1.2.3.4'],
  ['00010000000000000000000000000000', '1::'],
  ['00000000000100000000000000000000', '0:0:1::'],
  ['00000000000000000000000000010002', '::0.1.0.2'],
  ['00010000000200000003000000040000', '1::2:0:3:0:4:0'],
  ['00010000000000020003000000000004', '1::2:3:0:0:4'],
  ['00000000000000000000ffff00000000', '::ffff:0.0.0.0'],
  ['c0000201', '192.0.2.1'],
])('the address %s is written as MariaDB does', (hex, text) => {
  expect(address(hex)).toBe(text)
})

it('writes a UUID', () => {
  const bytes = Buffer.from('6ccd780cbaba102695645b8c656024db', 'hex')
  expect(written((line) => writeUuid(bytes, line))).toBe('6ccd780c-baba-1026-9564-5b8c656024db')
})

it.each([
  ['1234567890.1234', '810dfb38d204d2', 14, 4],
  ['-1234567890.1234', '7ef204c72dfb2d', 14, 4],
  ['0.05', '8005', 4, 2],
  ['0', '80', 2, 0],
  ['-99', '1c', 2, 0],
])('the decimal %s', (text, hex, precision, scale) => {
  const bytes = Buffer.from(hex, 'hex')
  expect(written((line) => writeDecimal(bytes, 0, decimalWords(precision, scale), line))).toBe(text)
})

it.each([
  0n,
  -1n,
  2n ** 53n,
  -(2n ** 53n),
  2n ** 53n - 1n,
  -(2n ** 53n) + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  10n ** 15n,
])('the number %s', (value) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  expect(written((line) => writeLong(bytes, 0, false, line))).toBe(value.toString())
})

it.each([
  ['BEGIN', { kind: 'begin' }],
  ['/* a */ -- b\n START TRANSACTION', { kind: 'begin' }],
  ['COMMIT', { kind: 'commit' }],
  ['SAVEPOINT `a`', { kind: 'savepoint' }],
  ['ROLLBACK TO `a`', { kind: 'undone' }],
  ['truncate t', { kind: 'truncate', table: 't' }],
  ['TRUNCATE TABLE `a``b`.`c.d` /* x */', { kind: 'truncate', schema: 'a`b', table: 'c.d' }],
  ['truncate table d . t', { kind: 'truncate', schema: 'd', table: 't' }],
  ['ALTER TABLE t TRUNCATE PARTITION p0', { kind: 'unsafe' }],
  ['CREATE TABLE t (id int)', { kind: 'other' }],
  ['ALTER TABLE t DROP COLUMN a', { kind: 'other' }],
  ["XA COMMIT X'61'", { kind: 'other' }],
  ['update t set a = 1', { kind: 'unsafe' }],
])('the statement %s', (text, kind) => {
  expect(statementKind(text)).toEqual(kind)
})
