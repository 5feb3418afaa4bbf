import { expect, it } from 'vitest'
import { rawText } from './raw-text.ts'

it.each([
  ['bytes of UTF-8', 'e6b1872c31', 'utf-8', '汇,1'],
  ['bytes of another encoding', 'bbe32c31', 'utf-8', '\ufffd\ufffd,1'],
  ['bytes of GB18030', 'bbe32c31', 'gb18030', '汇,1'],
  ['bytes of an encoding that browsers do not know', '2c31', 'ibm037', ',1'],
  ['JSON of a row', '{"a":1}', 'utf-8', '{"a":1}'],
  ['an odd number of digits', 'abc', 'utf-8', 'abc'],
  ['nothing', '', 'utf-8', ''],
  ['null', null, 'utf-8', null],
])('reads %s', (_case, raw, encoding, text) => {
  expect(rawText(raw, encoding)).toBe(text)
})
