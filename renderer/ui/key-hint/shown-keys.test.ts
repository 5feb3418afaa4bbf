import { expect, it } from 'vitest'
import { shownKeys } from './shown-keys.ts'

it.each([
  ['mod+shift+h', false, 'Ctrl+Shift+H'],
  ['mod+shift+h', true, '⌘⇧H'],
  ['mod+comma', false, 'Ctrl+,'],
  ['ctrl+pagedown', false, 'Ctrl+PgDn'],
])('%s (Mac: %s) is shown as %s', (keys, isMac, expected) => {
  expect(shownKeys(keys, isMac)).toBe(expected)
})
