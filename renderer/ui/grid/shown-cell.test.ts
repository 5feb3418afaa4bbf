import { describe, expect, it } from 'vitest'
import { kindOfType, shownCell, textOfCell } from './shown-cell.ts'

describe('the kind of a type', () => {
  it.each([
    ['INTEGER', 'number'],
    ['UBIGINT', 'number'],
    ['DECIMAL(18,3)', 'number'],
    ['DOUBLE', 'number'],
    ['DATE', 'time'],
    ['TIMESTAMP WITH TIME ZONE', 'time'],
    ['INTERVAL', 'time'],
    ['BOOLEAN', 'boolean'],
    ['BLOB', 'binary'],
    ['VARCHAR', 'text'],
    ['UUID', 'text'],
    ["ENUM('a', 'b')", 'text'],
    ['INTEGER[]', 'json'],
    ['STRUCT(a INTEGER)', 'json'],
    ['MAP(VARCHAR, INTEGER)', 'json'],
    ['JSON', 'json'],
    ['DOUBLE[3]', 'json'],
  ])('%s', (type, kind) => {
    expect(kindOfType(type)).toBe(kind)
  })
})

describe('a cell', () => {
  it.each([
    ['NULL', null, 'VARCHAR', { kind: 'null', text: 'NULL' }],
    ['the word NULL', 'NULL', 'VARCHAR', { kind: 'text', text: 'NULL' }],
    ['empty text', '', 'VARCHAR', { kind: 'empty', text: '' }],
    ['zero', 0, 'INTEGER', { kind: 'number', text: '0' }],
    ['a wide number', '9223372036854775807', 'BIGINT', { kind: 'number', text: '9223372036854775807' }],
    ['false', false, 'BOOLEAN', { kind: 'boolean', text: 'false' }],
    ['lines', 'a\r\nb\nc\td', 'VARCHAR', { kind: 'text', text: 'a⏎b⏎c⇥d' }],
    ['a list', [1, null], 'INTEGER[]', { kind: 'json', text: '[1,null]' }],
    ['markup', '<img onerror=alert(1)>', 'VARCHAR', { kind: 'text', text: '<img onerror=alert(1)>' }],
  ])('%s', (_case, cell, type, shown) => {
    expect(shownCell(cell, type)).toEqual(shown)
  })

  it('that is long is drawn in part and copied whole', () => {
    const long = '汇'.repeat(100_000)
    expect(shownCell(long, 'VARCHAR').text.length).toBeLessThan(1_000)
    expect(textOfCell(long)).toBe(long)
  })
})
