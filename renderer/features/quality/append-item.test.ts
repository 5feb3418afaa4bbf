import { describe, expect, it } from 'vitest'
import { appendItem } from './append-item.ts'

describe('one more item', () => {
  it.each([
    ['at the end', 'version: 1\nrules:\n  - { check: sql }\n', 'version: 1\nrules:\n  - { check: sql }\n  - {"a":1}\n'],
    ['of an empty list', 'rules: []\n', 'rules:\n  - {"a":1}\n'],
    ['of no list', 'version: 1', 'version: 1\nrules:\n  - {"a":1}\n'],
    [
      'before the next key',
      'rules:\n  - x: 1\n    # y\nothers: keep\n',
      'rules:\n  - x: 1\n    # y\n  - {"a":1}\nothers: keep\n',
    ],
    ['of items without indent', 'rules:\n- x: 1\n', 'rules:\n- x: 1\n- {"a":1}\n'],
  ])('%s', (_case, text, expected) => {
    expect(appendItem(text, 'rules', { a: 1 })).toBe(expected)
  })
})
