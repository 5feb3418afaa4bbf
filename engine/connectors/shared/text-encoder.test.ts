import { describe, expect, it } from 'vitest'
import { textEncoder } from './text-encoder.ts'
import { encodingOf, strictDecoder } from './text-encoding.ts'

function encoded(name: string, text: string): string {
  const result = textEncoder(encodingOf(name))(text)
  return 'bytes' in result ? result.bytes.toString('hex') : `no ${result.unencodable}`
}

describe('textEncoder', () => {
  it.each([
    ['utf-8', '汇渠😀', 'e6b187e6b8a0f09f9880'],
    ['utf-16le', 'a渠', '6100206e'],
    ['utf-16be', 'a渠', '00616e20'],
    ['gb18030', '汇渠', 'bbe3c7fe'],
    ['gb18030', '㐁', '8139ef30'],
    ['gb18030', '😀', '9439fc36'],
    ['gbk', '€中', '80d6d0'],
    ['big5', '中文', 'a4a4a4e5'],
    ['shift_jis', '日本ｱ', '93fa967bb1'],
    ['latin1', 'é€', 'e980'],
    ['gbk', '😀', 'no 😀'],
    ['big5', 'a汇', 'no 汇'],
    ['latin1', '中', 'no 中'],
    ['utf-8', 'a\ud800', 'no \ud800'],
  ])('%s of %j', (name, text, hex) => {
    expect(encoded(name, text)).toBe(hex)
  })

  // Node decodes no code to 19 private-use characters whose codes the 2005 and 2022 editions of GB18030 gave to others.
  it.each([
    ['gb18030', 0x30000 - 0x800 - 19],
    ['gbk', 23_940],
    ['big5', 13_000],
    ['shift_jis', 7_000],
    ['euc-kr', 8_000],
    ['windows-1251', 255],
    ['windows-1252', 251],
  ])('is the inverse of the decoder for every character of %s', (name, atLeast) => {
    const encode = textEncoder(encodingOf(name))
    const decode = strictDecoder(encodingOf(name))
    const wrong: string[] = []
    let count = 0
    for (let codePoint = 0; codePoint < 0x30000; codePoint++) {
      if (codePoint >= 0xd800 && codePoint < 0xe000) continue
      const character = String.fromCodePoint(codePoint)
      const result = encode(character)
      if (!('bytes' in result)) continue
      count++
      if (decode(result.bytes) !== character) wrong.push(character)
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThanOrEqual(atLeast)
  })

  it('agrees with TextDecoder on A6D9', () => {
    expect(strictDecoder(encodingOf('gb18030'))(Buffer.from('a6d9', 'hex'))).toBe('\ufe10')
    expect(encoded('gb18030', '\ufe10')).toBe('a6d9')
  })
})
