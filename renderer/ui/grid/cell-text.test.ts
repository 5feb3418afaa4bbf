import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../engine/contract/page.ts'
import { cellKind, cellLine, isNumeric } from './cell-text.ts'

describe('the kind of a cell', () => {
  it.each<[Cell, string, string]>([
    [null, 'VARCHAR', 'null'],
    ['', 'VARCHAR', 'empty'],
    ['9007199254740993', 'BIGINT', 'number'],
    [1.5, 'DOUBLE', 'number'],
    ['1.50', 'DECIMAL(10,2)', 'number'],
    [[1], 'INTEGER[]', 'nested'],
    [{ a: 1 }, 'STRUCT(a INTEGER)', 'nested'],
    ['\\x00', 'BLOB', 'binary'],
    [true, 'BOOLEAN', 'boolean'],
    ['2026-01-01', 'DATE', 'text'],
    ['1 day', 'INTERVAL', 'text'],
  ])('%j of %s is %s', (value, type, expected) => {
    expect(cellKind(value, type)).toBe(expected)
  })
})

it.each(['TINYINT', 'UBIGINT', 'INTEGER', 'HUGEINT', 'DECIMAL(18,3)', 'FLOAT'])('%s is a number', (type) => {
  expect(isNumeric(type)).toBe(true)
})
it.each(['INTERVAL', 'INTEGER[]', 'VARCHAR', 'DATE'])('%s is none', (type) => {
  expect(isNumeric(type)).toBe(false)
})
it('stays on one line whatever it holds', () => {
  expect(cellLine('a\r\nb\tc')).toBe('a␍↵b→c')
})
