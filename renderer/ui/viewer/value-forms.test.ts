import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../engine/contract/page.ts'
import { bytesOf, formsOf, hexLines, parsedJson, withSigns } from './value-forms.ts'

describe('a value is looked at', () => {
  it.each<[string, Cell, string, string]>([
    ['as text', 'plain', 'VARCHAR', 'text'],
    ['as a tree when it is nested', { a: 1 }, 'STRUCT(a INTEGER)', 'tree'],
    ['as a tree when it is text of JSON', '{"a":[1]}', 'VARCHAR', 'tree'],
    ['as text when it only begins like JSON', '{not json', 'VARCHAR', 'text'],
    ['as text when it is a number', '12', 'VARCHAR', 'text'],
    ['as bytes', '\\x00a', 'BLOB', 'hex'],
    ['as text when it is NULL', null, 'VARCHAR', 'text'],
  ])('%s', (_case, value, type, form) => {
    expect(formsOf(value, type)[0]).toBe(form)
  })
})

it('reads JSON of objects and lists only', () => {
  expect([parsedJson('[1]'), parsedJson('"x"'), parsedJson('[1')]).toEqual([[1], undefined, undefined])
})

it.each<[string, Cell, string, number[]]>([
  ['a BLOB', '\\x00\\xFFab', 'BLOB', [0, 255, 97, 98]],
  ['text', '汇\\x00', 'VARCHAR', [0xe6, 0xb1, 0x87, 92, 120, 48, 48]],
  ['NULL', null, 'BLOB', []],
])('takes the bytes of %s', (_case, value, type, bytes) => {
  expect([...bytesOf(value, type)]).toEqual(bytes)
})

it('writes bytes in lines of sixteen', () => {
  expect(hexLines(Uint8Array.from({ length: 18 }, (_, index) => index + 0x3a))).toEqual([
    { offset: '00000000', hex: '3a 3b 3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49', text: ':;<=>?@ABCDEFGHI' },
    { offset: '00000010', hex: '4a 4b', text: 'JK' },
  ])
  expect(hexLines(new Uint8Array())).toEqual([])
})

it.each([
  ['spaces and tabs', 'a b\tc', 'a·b→\tc'],
  ['line ends', 'a\r\nb', 'a␍↵\nb'],
  ['a zero width space', 'a\u200bb', 'a<U+200B>b'],
  ['what turns the direction', '\u202eabc', '<U+202E>abc'],
  ['a wide space', '汇\u3000渠', '汇□渠'],
])('shows %s', (_case, text, shown) => {
  expect(withSigns(text)).toBe(shown)
})
