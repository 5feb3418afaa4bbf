import { strictDecoder, type TextEncoding } from './text-encoding.ts'

/** Bytes of a text, or the first character the encoding does not have. Never a replacement character. */
type EncodeResult = { readonly bytes: Buffer } | { readonly unencodable: string }
export type TextEncode = (text: string) => EncodeResult

/**
 * An encoder for one encoding. Node can only encode UTF-8 and UTF-16LE; the others are the inverse of its decoder, so that what
 * is written is by construction what is read. A byte order mark is the caller's to write.
 */
export function textEncoder(encoding: TextEncoding): TextEncode {
  switch (encoding.label) {
    case 'utf-8':
      return wellFormed((text) => Buffer.from(text, 'utf8'))
    case 'utf-16le':
      return wellFormed((text) => Buffer.from(text, 'utf16le'))
    case 'utf-16be':
      return wellFormed((text) => Buffer.from(text, 'utf16le').swap16())
    default:
      return tableEncoder(encoding)
  }
}

/** Text from JavaScript may hold lone surrogates, which no Unicode encoding has. */
function wellFormed(encode: (text: string) => Buffer): TextEncode {
  return (text) =>
    text.isWellFormed()
      ? { bytes: encode(text) }
      : { unencodable: Array.from(text).find((character) => !character.isWellFormed()) ?? text }
}

const tables = new Map<string, ReadonlyMap<string, number>>()

function tableEncoder(encoding: TextEncoding): TextEncode {
  const table = tables.get(encoding.label) ?? invert(encoding)
  tables.set(encoding.label, table)
  return (text) => {
    // A code has at most four bytes, and only GB18030 has four.
    const bytes = Buffer.allocUnsafe(text.length * 4)
    let length = 0
    for (const character of text) {
      const code = table.get(character) ?? fourByteCode(encoding, character)
      if (code === undefined) return { unencodable: character }
      for (let shift = code > 0xffffff ? 24 : code > 0xffff ? 16 : code > 0xff ? 8 : 0; shift >= 0; shift -= 8) {
        bytes[length++] = (code >>> shift) & 0xff
      }
    }
    return { bytes: bytes.subarray(0, length) }
  }
}

/** Characters of the one and two-byte codes, and for GB18030 the four-byte ones of the basic plane. The shortest code wins. */
function invert(encoding: TextEncoding): Map<string, number> {
  const decode = strictDecoder(encoding)
  const table = new Map<string, number>()
  const add = (code: number, bytes: readonly number[]): void => {
    const text = decode(Uint8Array.from(bytes))
    if (text !== undefined && Array.from(text).length === 1 && !table.has(text)) table.set(text, code)
  }
  for (let first = 0; first < 0x100; first++) add(first, [first])
  for (let first = 0x81; first < 0xff; first++) {
    for (let second = 0x40; second < 0xff; second++) add((first << 8) | second, [first, second])
  }
  if (encoding.label === 'gb18030') {
    for (let linear = 0; linear < 39_420; linear++) {
      const bytes = fourBytes(linear)
      add(codeOf(bytes), bytes)
    }
  }
  return table
}

/** Supplementary planes of GB18030 lie in code-point order from 0x90308130. */
function fourByteCode(encoding: TextEncoding, character: string): number | undefined {
  const codePoint = character.codePointAt(0) ?? 0
  if (encoding.label !== 'gb18030' || codePoint < 0x10000) return undefined
  return codeOf(fourBytes(189_000 + codePoint - 0x10000))
}

function fourBytes(linear: number): [number, number, number, number] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]
}

function codeOf([first, second, third, fourth]: readonly [number, number, number, number]): number {
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0
}
