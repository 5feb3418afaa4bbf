import type { Column } from '../../../contract/column.ts'

const NULL = '\\N'
const UNESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', v: '\v', '\\': '\\' }
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Cells of a line (RowLine). */
export function cellsOf(line: Buffer | string): string[] {
  return (typeof line === 'string' ? Buffer.from(line, 'latin1').toString() : line.toString()).split('\t')
}

/** The JSON of a cell: numbers with all their digits, bytes in base64, everything else that JSON has no form for as text. */
export function cellJson(cell: string, type: Column['type']): string {
  if (cell === NULL) return 'null'
  const text = cell.includes('\\') ? cell.replaceAll(/\\(.)/gs, (_, one: string) => UNESCAPED[one] ?? one) : cell
  if (type === 'BOOLEAN') return text === 't' || text === 'true' ? 'true' : 'false'
  if (type === 'BLOB' && text.startsWith('\\x'))
    return JSON.stringify(Buffer.from(text.slice(2), 'hex').toString('base64'))
  if (/INT$|^INTEGER$|^DECIMAL|^FLOAT$|^DOUBLE$/.test(type) && NUMBER.test(text)) return text
  return JSON.stringify(text)
}
