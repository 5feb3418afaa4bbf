import { Failure } from '../../contract/failure.ts'

/**
 * Whether text in an encoding has CR, LF and the ASCII delimiters at bytes of their own, so that lines can be cut before
 * decoding. `bom` is written in front and skipped when read.
 */
export interface TextEncoding {
  /** Runnel's name: what is shown, and accepted in options. */
  readonly name: string
  /** The label for `TextDecoder`, the only decoder in Runnel (QUALITY 1.7). */
  readonly label: string
  readonly unitBytes: 1 | 2
  readonly bom?: readonly number[]
}

const UTF8_BOM = [0xef, 0xbb, 0xbf]

const ENCODINGS: readonly TextEncoding[] = [
  { name: 'utf-8', label: 'utf-8', unitBytes: 1 },
  { name: 'utf-8-bom', label: 'utf-8', unitBytes: 1, bom: UTF8_BOM },
  { name: 'utf-16le', label: 'utf-16le', unitBytes: 2, bom: [0xff, 0xfe] },
  { name: 'utf-16be', label: 'utf-16be', unitBytes: 2, bom: [0xfe, 0xff] },
  { name: 'gb18030', label: 'gb18030', unitBytes: 1 },
  { name: 'gbk', label: 'gbk', unitBytes: 1 },
  { name: 'big5', label: 'big5', unitBytes: 1 },
  { name: 'shift_jis', label: 'shift_jis', unitBytes: 1 },
  { name: 'euc-jp', label: 'euc-jp', unitBytes: 1 },
  { name: 'euc-kr', label: 'euc-kr', unitBytes: 1 },
  { name: 'windows-1251', label: 'windows-1251', unitBytes: 1 },
  { name: 'windows-1252', label: 'windows-1252', unitBytes: 1 },
]

/** What may be declared. */
export const ENCODING_NAMES: readonly string[] = ENCODINGS.map(({ name }) => name)

/** Other spellings people use, lower case. Latin-1 files are Windows-1252 in practice, and the WHATWG says so too. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8-bom',
  'utf-16': 'utf-16le',
  gb2312: 'gbk',
  cp936: 'gbk',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'utf-8',
}

/** @throws Failure `file.unknown_encoding` */
export function encodingOf(name: string): TextEncoding {
  const wanted = name.toLowerCase()
  const known = ENCODINGS.find((encoding) => encoding.name === (ALIASES[wanted] ?? wanted))
  if (known === undefined) {
    throw new Failure('file.unknown_encoding', { encoding: name, known: [...ENCODING_NAMES] })
  }
  return known
}

/** A decoder that refuses what is not valid; it must be given whole lines. A byte order mark is the caller's to cut. */
export function strictDecoder(encoding: TextEncoding): (bytes: Uint8Array) => string | undefined {
  const decoder = new TextDecoder(encoding.label, { fatal: true, ignoreBOM: true })
  return (bytes) => {
    try {
      return decoder.decode(bytes)
    } catch {
      return undefined
    }
  }
}
