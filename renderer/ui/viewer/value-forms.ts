import type { Cell } from '../../../engine/contract/page.ts'
import { cellText } from '../grid/cell-text.ts'

export type ValueForm = 'text' | 'tree' | 'hex'

/** The ways in which a value can be looked at, the best one first. */
export function formsOf(value: Cell, type: string): readonly ValueForm[] {
  if (type === 'BLOB') return ['hex', 'text']
  if (typeof value === 'object' && value !== null) return ['tree', 'text', 'hex']
  return typeof value === 'string' && parsedJson(value) !== undefined ? ['tree', 'text', 'hex'] : ['text', 'hex']
}

/** The object or list that a text is; undefined for anything else, a plain number or quoted text too. */
export function parsedJson(text: string): Cell | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Cell
  } catch {
    return undefined
  }
}

/** The bytes of a value: those of a BLOB as DuckDB prints it (`\x00` for what is not ASCII), those of a text in UTF-8. */
export function bytesOf(value: Cell, type: string): Uint8Array {
  const text = cellText(value)
  if (type !== 'BLOB') return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const [, escaped, plain] of text.matchAll(/\\x([0-9A-Fa-f]{2})|([\s\S])/g))
    bytes.push(escaped === undefined ? (plain ?? '').charCodeAt(0) & 0xff : Number.parseInt(escaped, 16))
  return Uint8Array.from(bytes)
}

export interface HexLine {
  readonly offset: string
  readonly hex: string
  /** A dot for what is not printable ASCII. */
  readonly text: string
}

const LINE = 16

export function hexLines(bytes: Uint8Array): readonly HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / LINE) }, (_, line) => {
    const part = [...bytes.subarray(line * LINE, (line + 1) * LINE)]
    return {
      offset: (line * LINE).toString(16).padStart(8, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    }
  })
}

const SIGNS: Readonly<Record<string, string>> = {
  ' ': '·',
  '\t': '→\t',
  '\r': '␍',
  '\n': '↵\n',
  '\u00a0': '⍽',
  '\u3000': '□',
}

/** White space, and characters that cannot be seen at all, as signs. */
export function withSigns(text: string): string {
  return text.replace(/[\s\p{Cf}\p{Cc}]/gu, (sign) => {
    return SIGNS[sign] ?? `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
  })
}
