import { expect, it } from 'vitest'
import { rawText } from './raw-text.ts'

it.each([
  ['bytes of UTF-8', 'e6b1872c31', '汇,1'],
  ['bytes of another encoding', 'bbe32c31', '\ufffd\ufffd,1'],
  ['JSON of a row', '{"a":1}', '{"a":1}'],
  ['an odd number of digits', 'abc', 'abc'],
  ['nothing', '', ''],
  ['null', null, null],
])('reads %s', (_case, raw, text) => {
  expect(rawText(raw)).toBe(text)
})
