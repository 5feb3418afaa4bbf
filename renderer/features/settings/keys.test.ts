import { describe, expect, it } from 'vitest'
import { keyClash, keysText } from './keys.ts'

it.each([
  [['k', 'ctrl'], 'ctrl+k'],
  [['shift', 'h', 'ctrl'], 'ctrl+shift+h'],
  [[], ''],
])('%j is written %j', (pressed, expected) => {
  expect(keysText(new Set(pressed))).toBe(expected)
})

describe('two commands with the same keys', () => {
  const commands = [{ id: 'a', keys: 'mod+k' }, { id: 'b', keys: 'mod+b' }, { id: 'c' }]
  it.each<[string, Record<string, string>, string, string, string | undefined]>([
    ['taken by another', {}, 'c', 'ctrl+k', 'a'],
    ['its own', {}, 'a', 'ctrl+k', undefined],
    ['free since the other was changed', { a: 'mod+j' }, 'c', 'ctrl+k', undefined],
    ['taken by a changed one', { a: 'alt+j' }, 'c', 'alt+j', 'a'],
    ['none pressed', {}, 'c', '', undefined],
  ])('%s', (_case, changed, id, keys, expected) => {
    expect(keyClash(commands, changed, id, keys)?.id).toBe(expected)
  })
})
