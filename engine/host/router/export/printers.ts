import type { Column } from '../../../contract/column.ts'
import type { Cell } from '../../../contract/page.ts'
import { duckDialect } from '../../../sql/dialects.ts'

/** Turns rows into text, one after another. */
export interface RowPrinter {
  readonly head: string
  row(cells: readonly Cell[], isFirst: boolean): string
  readonly tail: string
}

export type TextFormat = 'csv' | 'json' | 'ndjson' | 'sql' | 'markdown'

export interface PrintRequest {
  readonly columns: readonly Column[]
  /** The table that INSERT statements name: `orders`, `public.orders`. */
  readonly table: string
  /** Of CSV: texts that a spreadsheet would take for a formula get an apostrophe before them. */
  readonly escapeFormulas?: boolean | undefined
}

/** Whether cells come as DuckDB's own text instead of wire values. */
export const PRINTS_TEXT: Readonly<Record<TextFormat, boolean>> = {
  csv: true,
  markdown: true,
  sql: true,
  json: false,
  ndjson: false,
}

export const PRINTERS: Readonly<Record<TextFormat, (request: PrintRequest) => RowPrinter>> = {
  csv: csvPrinter,
  json: jsonPrinter,
  ndjson: ({ columns }) => ({ head: '', row: (cells) => `${objectText(columns, cells)}\n`, tail: '' }),
  sql: sqlPrinter,
  markdown: markdownPrinter,
}

/** RFC 4180: NULL is an empty field, the empty text `""`. */
function csvPrinter({ columns, escapeFormulas = false }: PrintRequest): RowPrinter {
  const inert = (text: string): string => (escapeFormulas && FORMULA.test(text) ? `'${text}` : text)
  // A number is no formula, whatever its sign.
  const isText = columns.map(({ type }) => !NUMBER.test(type))
  const field = (cell: Exclude<Cell, null>, i: number): string =>
    csvField(isText[i] === true ? inert(textOf(cell)) : textOf(cell))
  return {
    head: csvLine(columns.map(({ name }) => csvField(inert(name)))),
    row: (cells) => csvLine(cells.map((cell, i) => (cell === null ? '' : field(cell, i)))),
    tail: '',
  }
}

/** What makes a spreadsheet compute, also behind white space (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@]|^[\t\r]/

function csvLine(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`
}

function csvField(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function jsonPrinter({ columns }: PrintRequest): RowPrinter {
  return {
    head: '[',
    row: (cells, isFirst) => `${isFirst ? '\n' : ',\n'}  ${objectText(columns, cells)}`,
    tail: '\n]\n',
  }
}

/** Numbers that JSON's readers would round are still numbers here, with all their digits. */
function objectText(columns: readonly Column[], cells: readonly Cell[]): string {
  const fields = columns.map(({ name, type }, i) => `${JSON.stringify(name)}: ${valueText(cells[i] ?? null, type)}`)
  return `{${fields.join(', ')}}`
}

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|DECIMAL\(.*\)|DOUBLE|FLOAT)$/

function valueText(cell: Cell, type: string): string {
  if (typeof cell === 'string' && NUMBER.test(type) && /^-?\d+(?:\.\d+)?$/.test(cell)) return cell
  return JSON.stringify(cell)
}

function sqlPrinter({ columns, table }: PrintRequest): RowPrinter {
  const names = columns.map(({ name }) => duckDialect.quoteIdentifier(name)).join(', ')
  const head = `INSERT INTO ${tableName(table)} (${names}) VALUES`
  return {
    head: '',
    row: (cells) =>
      `${head} (${cells.map((cell, i) => literalText(cell, columns[i]?.type ?? 'VARCHAR')).join(', ')});\n`,
    tail: '',
  }
}

/** Dots part plain names only; anything else is one name. */
function tableName(table: string): string {
  const parts = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(table) ? table.split('.') : [table]
  return parts.map((part) => duckDialect.quoteIdentifier(part)).join('.')
}

function literalText(cell: Cell, type: string): string {
  if (cell === null) return 'NULL'
  const text = textOf(cell)
  if (NUMBER.test(type) && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return text
  if (type === 'BOOLEAN') return text.toUpperCase()
  return duckDialect.quoteLiteral(text)
}

function markdownPrinter({ columns }: PrintRequest): RowPrinter {
  const rule = columns.map(({ type }) => (NUMBER.test(type) ? '---:' : '---'))
  return {
    head: markdownLine(columns.map(({ name }) => markdownField(name))) + markdownLine(rule),
    row: (cells) => markdownLine(cells.map((cell) => (cell === null ? '' : markdownField(textOf(cell))))),
    tail: '',
  }
}

function markdownLine(fields: readonly string[]): string {
  return `| ${fields.join(' | ')} |\n`
}

/** Nothing in a value can end its cell or become markup. */
function markdownField(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]/g, (letter) => `\\${letter}`).replaceAll(/\r\n|\r|\n/g, ' ')
}

function textOf(cell: Exclude<Cell, null>): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}
