import { expect, it } from 'vitest'
import { keepsDigits, parseDecimal, printDecimal } from './decimal-text.ts'
import { fitLeaf } from './leaf-text.ts'
import { parseNestedType, printNestedType } from './nested-type.ts'

it.each([
  ['1', 'TINYINT', '1'],
  ['128', 'TINYINT', undefined],
  ['-1', 'UBIGINT', undefined],
  ['18446744073709551615', 'UBIGINT', '18446744073709551615'],
  ['9223372036854775808', 'BIGINT', undefined],
  ['170141183460469231731687303715884105728', 'HUGEINT', undefined],
  ['1e2', 'INTEGER', '100'],
  ['1.0', 'INTEGER', '1'],
  ['1.5', 'INTEGER', undefined],
  ['01', 'INTEGER', undefined],
  ['-0', 'INTEGER', '0'],
  ['', 'INTEGER', undefined],
  ['1.239', 'DECIMAL(5,2)', undefined],
  ['1.230', 'DECIMAL(5,2)', '1.23'],
  ['1000', 'DECIMAL(5,2)', undefined],
  ['12e-3', 'DECIMAL(5,3)', '0.012'],
  ['1e999999999', 'DECIMAL(38,0)', undefined],
  ['0.1', 'DOUBLE', '0.1'],
  ['9007199254740993', 'DOUBLE', undefined],
  ['1e400', 'DOUBLE', undefined],
  ['1e-400', 'DOUBLE', undefined],
  ['NaN', 'DOUBLE', 'NaN'],
  ['t', 'BOOLEAN', undefined],
  ['false', 'BOOLEAN', 'false'],
  ['2023-02-29', 'DATE', undefined],
  ['2024-02-29', 'DATE', '2024-02-29'],
  ['0001-02-29 (BC)', 'DATE', '0001-02-29 (BC)'],
  ['0000-00-00', 'DATE', undefined],
  ['24:00:01', 'TIME', undefined],
  ['23:59:60', 'TIME', undefined],
  ['2024-02-29T23:59:59.123456', 'TIMESTAMP', '2024-02-29T23:59:59.123456'],
  ['2024-02-29T23:59:59.1234567', 'TIMESTAMP', undefined],
  ['2024-02-29T23:59:59+08:00', 'TIMESTAMP', undefined],
  ['2024-02-29T23:59:59+08:00', 'TIMESTAMP WITH TIME ZONE', '2024-02-29T23:59:59+08:00'],
  ['2024-02-29T23:59:59', 'TIMESTAMP WITH TIME ZONE', undefined],
  ['infinity', 'TIMESTAMP', 'infinity'],
  ['0b0c7a5e-9d2c-4a54-8f2a-1f2e3d4c5b6a', 'UUID', '0b0c7a5e-9d2c-4a54-8f2a-1f2e3d4c5b6a'],
  ['qg=', 'BLOB', undefined],
  ['qg==', 'BLOB', 'qg=='],
])('%s as %s is %s', (text, type, expected) => {
  expect(fitLeaf(text, type)).toBe(expected)
})

it.each([
  ['-12.50', '-12.5'],
  ['1.5e3', '1500'],
  ['-0.0', '-0'],
  ['5e-7', '0.0000005'],
])('prints %s as %s', (text, plain) => {
  expect(printDecimal(parseDecimal(text) ?? { isNegative: false, digits: 'none', scale: 0 })).toBe(plain)
})

it.each([
  ['0.1', true],
  ['0.10000000000000001', true],
  ['0.1000000000000000055511151231257827021181583404541015625', true],
  ['0.100000000000000008', false],
  ['123456789012345678', false],
  ['123456789012345680', true],
])('a DOUBLE keeps the digits of %s: %s', (text, expected) => {
  expect(keepsDigits(text)).toBe(expected)
})

it.each([
  ['int', 'INTEGER'],
  ['decimal( 5 , 2 )[]', 'DECIMAL(5,2)[]'],
  [
    'STRUCT(a INTEGER, "b c" STRUCT("d""e" TIMESTAMP WITH TIME ZONE)[])[][]',
    'STRUCT("a" INTEGER, "b c" STRUCT("d""e" TIMESTAMP WITH TIME ZONE)[])[][]',
  ],
  ['MAP(VARCHAR, INTEGER)', undefined],
  ['INTEGER; DROP TABLE x', undefined],
  ['STRUCT(a)', undefined],
])('parses the type %s', (text, printed) => {
  const type = parseNestedType(text)
  expect(type === undefined ? undefined : printNestedType(type)).toBe(printed)
})
