import { expect, it } from 'vitest'
import { jsonText } from './json-text.ts'

/** Bytes as MySQL stores them, put together by hand from "json_binary.h": no MySQL can be had here. */
it.each([
  ['no bytes', '', 'null'],
  ['true', '0401', 'true'],
  ['an integer', '05ffff', '-1'],
  ['one of 64 bits', '0affffffffffffffff', '18446744073709551615'],
  ['a double', '0b000000000000f03f', '1.0'],
  ['a text', '0c0361220a', String.raw`"a\"\n"`],
  ['an empty object', '0000000400', '{}'],
  // Count and size, then for each value its kind and itself.
  ['an array', '0202000a00060100040000', '[1, null]'],
  // Count and size, place and length of the key, kind and place of the value, the key, the text with its length.
  ['an object', '0001000e000b0001000c0c00610162', '{"a": "b"}'],
  ['a nested array', '0201000e0002070001000700060200', '[[2]]'],
  // The column's type, the length, precision and scale, then the digits.
  ['a decimal', '0ff60404028005', '0.05'],
])('%s', (_case, hex, text) => {
  expect(jsonText(Buffer.from(hex, 'hex'))).toBe(text)
})
