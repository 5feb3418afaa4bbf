import { expect, it } from 'vitest'
import { rawBytes } from './raw-bytes.ts'

it.each([
  ['hex', '41ff0a', [0x41, 0xff, 0x0a]],
  ['upper case', 'FF', [0xff]],
  ['half a byte', '41f', undefined],
  ['nothing', '', undefined],
  ['a row as JSON', '{"a":1}', undefined],
])('%s', (_case, raw, bytes) => {
  const found = rawBytes(raw)
  expect(found === undefined ? undefined : [...found]).toEqual(bytes)
})
